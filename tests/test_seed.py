"""The sample blog: seven posts, as notes one by one and as the text of its front page."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.imports.files import read_paths
from crawler.series import join_series
from index.entry import Entry
from index.library import Library
from index.period import parse_period

NOW = datetime(2026, 11, 23, tzinfo=UTC)
pytestmark = pytest.mark.shared


def read(*paths: Path) -> tuple[Entry, ...]:
    files = read_paths([str(path) for path in paths], NOW)
    return join_series([e for file in files if file.reading for e in file.reading.entries])


@pytest.fixture(scope="module", params=["notes", "text"])
def posts(request: pytest.FixtureRequest, shared: Path) -> tuple[Entry, ...]:
    """The seven posts, oldest first, from either of the two forms."""
    seed = shared / "seed"
    where = [seed / "posts"] if request.param == "notes" else sorted(seed.glob("*.txt"))
    return tuple(sorted(read(*where), key=lambda e: e.published))


def test_the_seven_posts_have_their_kinds(posts: tuple[Entry, ...]) -> None:
    kinds = sorted(entry.kind for entry in posts)
    assert kinds == ["article"] * 4 + ["digest"] + ["note"] * 2
    assert {(e.lang, e.source) for e in posts} == {("ja", "fu3ak1.hatenablog.com")}


def test_the_notes_know_their_sessions(posts: tuple[Entry, ...]) -> None:
    sessions = [e.session for e in posts if e.kind == "note" and e.session]
    assert {(s.code, s.event, s.year) for s in sessions} == {
        ("DOP309", "re:Invent", 2020),
        ("EMB023", "re:Invent", 2020),
    }


def test_three_articles_are_one_series_in_order(posts: tuple[Entry, ...]) -> None:
    parts = [e.series for e in posts if e.series]
    assert [series.part for series in parts] == [0, 1, 2]
    assert len({series.name for series in parts}) == 1


def test_the_digest_comes_apart_into_27_items_in_6_areas(posts: tuple[Entry, ...]) -> None:
    (digest,) = (e for e in posts if e.kind == "digest")
    labels = [part.label for part in digest.parts]
    assert {label: labels.count(label) for label in dict.fromkeys(labels)} == {
        "Compute": 2,
        "Network": 1,
        "Developer tools": 2,
        "Security": 1,
        "Analytics": 11,
        "ML/AI": 10,
    }
    week = parse_period("2020-W50", NOW)
    assert all(week.start <= part.published < week.end for part in digest.parts)
    assert {part.dated_by for part in digest.parts} == {"title"}
    assert all(part.text for part in digest.parts)


def test_both_forms_are_the_same_entries(shared: Path) -> None:
    seed = shared / "seed"
    notes, text = read(seed / "posts"), read(*seed.glob("*.txt"))
    assert {e.id for e in notes} == {e.id for e in text}


def test_a_second_import_of_either_form_changes_nothing(shared: Path, tmp_path: Path) -> None:
    seed = shared / "seed"
    library = Library(tmp_path)
    assert library.add(read(seed / "posts")).new == 7
    assert library.add(read(*seed.glob("*.txt"))).new == 0
    for again in (read(seed / "posts"), read(*seed.glob("*.txt"))):
        added = library.add(again)
        assert (added.new, added.changed, added.unchanged) == (0, 0, 7)
