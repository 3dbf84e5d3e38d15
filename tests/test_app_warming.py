"""What the first page needs is ready before somebody asks for it."""

from pathlib import Path

import pytest

from tests.app_pages import announcement, filled
from ui.parts import values
from ui.parts.opened import opened
from ui.warming import warm_up


def test_the_newest_week_is_made_before_anybody_asks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REINVENT_KB_DATA", str(tmp_path))
    filled(tmp_path, [announcement("Amazon Redshift ML is now in preview")])
    naps: list[float] = []
    warm_up(naps.append)
    library = opened()

    def never(*_: object, **__: object) -> None:
        raise AssertionError("made once more")

    newest = values.newest_of(library)
    assert newest and naps[0] > naps[1] > 0
    monkeypatch.setattr(type(library), "digest", never)
    monkeypatch.setattr(values, "service_counts", never)
    assert values.digest_of(library, newest, "ja").total == 1
    assert [count.name for count in values.services_of(library)] == ["Amazon Redshift"]


def test_an_empty_knowledge_base_is_warm_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REINVENT_KB_DATA", str(tmp_path))
    warm_up(lambda _: None)
    assert values.newest_of(opened()) is None


def test_a_knowledge_base_that_cannot_be_read_is_left_to_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REINVENT_KB_DATA", str(tmp_path))
    (tmp_path / "config.toml").write_text("[interface\n")
    warm_up(lambda _: None)
