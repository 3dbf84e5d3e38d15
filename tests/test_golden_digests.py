"""The sample week's digest is what it was, in every format and language."""

import json
from pathlib import Path

import pytest

from tests.golden_week import FORMATS, GOLDEN, sample_library, written

HINT = "meant? then `python -m tests.golden_week` and look at the difference"


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return written(sample_library(tmp_path_factory.mktemp("sample")))


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("ending", FORMATS)
def test_the_sample_week_is_written_as_before(
    lang: str, ending: str, found: dict[str, str]
) -> None:
    name = f"week-2020-W50.{lang}.{ending}"
    assert found[name] == (GOLDEN / name).read_text(encoding="utf-8"), HINT


def test_both_languages_tell_the_same_stories() -> None:
    stories = []
    for lang in ("ja", "en"):
        text = Path(GOLDEN / f"week-2020-W50.{lang}.json").read_text(encoding="utf-8")
        areas = json.loads(text)["areas"]
        stories.append({i["story"] for area in areas for i in area["items"]})
    assert stories[0] == stories[1] and len(stories[0]) > 15


def test_the_sample_week_shows_every_feature_of_a_digest() -> None:
    found = json.loads((GOLDEN / "week-2020-W50.ja.json").read_text(encoding="utf-8"))
    items = [i for area in found["areas"] for i in area["items"]]
    assert len(found["top"]) == 5 and 3 <= len(found["lines"]) <= 5
    assert any(i["stage"] == "preview" for i in items)
    assert any(i["copies"] for i in items) and any(i["companions"] for i in items)
    assert any(i["foreign"] for i in items) and any(i["price"] for i in items)
    assert all(1 <= len(i["lines"]) <= 3 for i in items)
