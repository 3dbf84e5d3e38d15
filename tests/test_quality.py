"""The benchmark of understanding measures what it says, on a folder made for it."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bench import quality, quality_areas
from bench.quality_changes import read_labels
from bench.tellings import Telling, tellings
from index.entry import Entry
from index.fact import Evidence, Fact, FactKind
from index.taxonomy import Taxonomy

TAXONOMY = Taxonomy.load()


def record(slug: str, title: str, *tags: str, lang: str = "en") -> dict[str, object]:
    locale = "jp/" if lang == "ja" else ""
    return {
        "id": None,
        "title": title,
        "url": f"https://aws.amazon.com/{locale}about-aws/whats-new/2025/03/{slug}/",
        "published": "2025-03-04T10:00:00Z",
        "locale": {"en": "en_US", "ja": "ja_JP"}[lang],
        "tags": list(tags),
        "body_html": None,
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "whats-new-archive").mkdir()
    records = [
        record("a", "Amazon ECR copies images", "containers", "amazon-ecr"),
        record("a", "Amazon ECR がイメージをコピー", lang="ja"),
        record("b", "Amazon S3 counts buckets", "databases", "amazon-s3"),
        record("c", "Amazon SQS waits longer"),
    ]
    lines = "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records)
    (tmp_path / "whats-new-archive" / "made.jsonl").write_text(lines, "utf-8")
    return tmp_path


def telling(areas: set[str]) -> Telling:
    entry = Entry(
        kind="announcement", title="x", source="s", published=datetime(2025, 3, 4, tzinfo=UTC)
    )
    return Telling("x", entry, frozenset(areas), frozenset(areas), frozenset())


def test_tags_are_gathered_over_copies_and_hidden(folder: Path) -> None:
    found = {(t.slug[-1], t.lang): t for t in tellings(folder, TAXONOMY)}
    assert found["a", "ja"].areas == {"Containers"}
    assert found["a", "ja"].services == {"Amazon ECR"}
    assert found["c", "en"].areas == frozenset()
    assert all(t.entry.tags == () for t in found.values())


def test_it_measures_each_year_and_language(folder: Path) -> None:
    part = quality_areas.measure(folder)
    rows = {(r["lang"], r["year"]): r for r in part.figures["areas"]}
    assert rows["en", 2025]["accuracy"] == 0.5  # S3 was filed under databases here
    assert rows["en", 2025]["services"] == [1.0, 1.0, 1.0]
    assert rows["ja", 2025]["accuracy"] == 1.0


def test_what_could_not_be_measured_is_not_met(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    assert quality.main(["--data", str(folder), "--json", str(file)]) == 1
    told = json.loads(file.read_text("utf-8"))
    goals = {g["name"]: g for g in told["goals"]}
    assert goals["stage precision, labels kept aside"]["value"] is None
    assert not goals["stage precision, labels kept aside"]["met"]
    assert not told["goals_met"]


def test_macro_f1_weighs_every_area_alike() -> None:
    def row(said: str, area: str) -> tuple[Telling, Fact]:
        return telling({area}), Fact(FactKind.AREA, said, Evidence.TITLE)

    rows = [row("Storage", "Storage")] * 30 + [row("Storage", "Games")] * 10
    games, storage = 0.0, 60 / 70
    assert quality_areas.macro_f1(rows) == pytest.approx((games + storage) / 2)
    assert quality_areas.macro_f1(rows[:3]) is None


def test_labels_are_many_in_both_languages_and_half_kept_aside() -> None:
    labels = read_labels()
    assert len(labels) >= 300
    assert len({(label.slug, label.lang) for label in labels}) == len(labels)
    assert sum(label.lang == "ja" for label in labels) >= 100
    aside = sum(label.half != "tune" for label in labels)
    assert aside >= len(labels) / 2
