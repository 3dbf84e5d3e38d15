"""Study sessions: chosen stories in order, comments that search finds, what is carried over."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from index.entry import Entry
from index.errors import ConfigError, FeedError
from index.library import Library
from index.study_text import export_session, report_of
from ui.cli import cli

NOW = datetime(2020, 12, 12, 9, tzinfo=UTC)
NAMES = ("Amazon Redshift ML", "AWS Audit Manager", "Amazon HealthLake", "Amazon EMR Studio")


def announcement(name: str, day: int = 8, text: str = "") -> Entry:
    slug = name.lower().replace(" ", "-")
    return Entry(
        kind="announcement",
        title=f"Introducing {name} (Preview)",
        published=datetime(2020, 12, day, 12, tzinfo=UTC),
        source="whats-new-en",
        url=f"https://aws.amazon.com/about-aws/whats-new/2020/12/{slug}/",
        text=text or f"{name} is a service that does one thing well.",
    )


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library = Library(tmp_path / "kb", clock=lambda: NOW)
    library.add([announcement(name) for name in NAMES])
    return library


@pytest.fixture
def ids(library: Library) -> tuple[str, ...]:
    return tuple(announcement(name).id for name in NAMES)


def titles(session) -> list[str]:  # type: ignore[no-untyped-def]
    return [item.entry.entry.title for item in session.items]


def test_items_stand_in_the_order_in_which_they_were_added(library: Library, ids) -> None:
    session = library.study.add(library.study.new(date(2020, 12, 12)), ids[:3])
    assert [i.entry.id for i in session.items] == list(ids[:3])


def test_a_story_stands_once_however_often_it_is_added(library: Library, ids) -> None:
    session = library.study.new(date(2020, 12, 12))
    once = library.study.add(session, [ids[0], ids[0]])
    assert library.study.add(once, [ids[0][:8]]).items == once.items
    assert len(once.items) == 1


def test_two_languages_of_one_launch_are_one_item(library: Library, ids) -> None:
    twin = replace(
        announcement(NAMES[0]),
        title="Amazon Redshift ML のプレビューを開始",
        source="whats-new-ja",
        lang="ja",
        url=announcement(NAMES[0]).url.replace("com/", "com/jp/"),  # type: ignore[union-attr]
    )
    library.add([twin])
    session = library.study.add(library.study.new(date(2020, 12, 12)), [ids[0], twin.id])
    assert len(session.items) == 1


def test_moving_keeps_the_order_of_the_others(library: Library, ids) -> None:
    session = library.study.add(library.study.new(date(2020, 12, 12)), ids)
    moved = library.study.move(session, ids[3], 1)
    assert [i.entry.id for i in moved.items] == [ids[3], *ids[:3]]
    assert library.study.move(moved, ids[3], 99).items[-1].entry.id == ids[3]


def test_pinned_items_stand_first_and_go_back_when_let_go(library: Library, ids) -> None:
    session = library.study.add(library.study.new(date(2020, 12, 12)), ids)
    pinned = library.study.pin(session, ids[2])
    assert pinned.items[0].entry.id == ids[2]
    assert titles(library.study.pin(pinned, ids[2], False)) == titles(session)


def test_dropping_leaves_the_rest(library: Library, ids) -> None:
    session = library.study.add(library.study.new(date(2020, 12, 12)), ids)
    assert len(library.study.drop(session, [ids[0], "2"]).items) == 2


def test_what_was_not_covered_is_carried_over(library: Library, ids) -> None:
    first = library.study.add(library.study.new(date(2020, 12, 12)), ids)
    library.study.cover(first, ids[:2])
    second = library.study.new(date(2020, 12, 19))
    assert [i.entry.id for i in second.items] == list(ids[2:])
    assert {i.carried for i in second.items} == {first.number}
    assert not library.study.new(date(2020, 12, 26), carry=False).items


def test_carrying_over_twice_remembers_where_it_began(library: Library, ids) -> None:
    first = library.study.add(library.study.new(date(2020, 12, 5)), ids[:1])
    library.study.new(date(2020, 12, 12))
    assert library.study.new(date(2020, 12, 19)).items[0].carried == first.number


def test_since_last_brings_the_news_since_the_session_before(library: Library, ids) -> None:
    library.study.new(date(2020, 12, 9))
    library.add([announcement("AWS Proton", day=10)])
    session = library.study.new(date(2020, 12, 12), since_last=True)
    assert titles(session) == ["Introducing AWS Proton (Preview)"]
    assert session.start == datetime(2020, 12, 9, tzinfo=UTC)


def test_the_first_session_looks_back_a_week(library: Library) -> None:
    assert len(library.study.new(date(2020, 12, 12), since_last=True).items) == len(NAMES)


def test_a_change_after_presenting_is_shown(library: Library, ids) -> None:
    session = library.study.cover(
        library.study.add(library.study.new(date(2020, 12, 12)), ids[:2]), ids[:2]
    )
    assert not any(item.changed for item in session.items)
    library.add([announcement(NAMES[1], text="It is now also available in Tokyo.")])
    assert [i.changed for i in library.study.get("1").items] == [False, True]
    assert [item.entry.id for _, item in library.study.changed()] == [ids[1]]


def test_presenting_again_settles_the_change(library: Library, ids) -> None:
    first = library.study.add(library.study.new(date(2020, 12, 5)), ids[:1])
    library.study.cover(first, ids[:1])
    library.add([announcement(NAMES[0], text="New words.")])
    second = library.study.add(library.study.new(date(2020, 12, 12)), ids[:1])
    library.study.cover(second, ids[:1])
    assert library.study.changed() == ()


def test_a_comment_is_found_by_search_and_leaves_with_its_session(library: Library, ids) -> None:
    from index.search.query import Query

    session = library.study.add(library.study.new(date(2020, 12, 12)), ids[:1])
    library.study.comment(session, ids[0], "ヒープの話が印象的でした")
    found = library.find(Query(text="印象的"))
    assert [hit.source for hit in found.hits] == ["study"]
    library.study.remove(session)
    assert library.find(Query(text="印象的")).total == 0


def test_a_sessions_note_is_no_telling_of_a_launch(library: Library, ids) -> None:
    session = library.study.add(library.study.new(date(2020, 12, 12)), ids[:2])
    for commented in ids[:2]:
        session = library.study.comment(session, commented, "面白い")
        assert [s.entry.kind for s in library.story(ids[0])] == ["announcement"]


def test_taking_the_last_comment_back_takes_the_note_away(library: Library, ids) -> None:
    session = library.study.add(library.study.new(date(2020, 12, 12)), ids[:1])
    library.study.comment(session, ids[0], "x")
    library.study.comment(session, ids[0], "")
    assert "note" not in library.kinds()


def test_commenting_often_keeps_one_note(library: Library, ids) -> None:
    session = library.study.add(library.study.new(date(2020, 12, 12)), ids[:2])
    for text in ("one", "two", "three"):
        library.study.comment(session, ids[0], text)
    assert library.kinds()["note"] == 1


@pytest.mark.parametrize("comment", ["", "短い", "a\n\n## [x] no heading\n- id: 1\n> quoted\n---"])
def test_export_and_import_are_inverses(library: Library, ids, tmp_path: Path, comment) -> None:
    study = library.study
    session = study.add(study.new(date(2020, 12, 12), 'Week "50"'), ids)
    session = study.cover(study.pin(study.comment(session, ids[1], comment), ids[2]), ids[:2])
    other = Library(tmp_path / "other", clock=lambda: NOW)
    other.add([announcement(name) for name in NAMES])
    again, unknown = other.study.take(export_session(session), "x.md")
    assert not unknown
    assert (again.day, again.title, again.items) == (session.day, session.title, session.items)


def test_importing_twice_is_importing_once(library: Library, ids) -> None:
    session = library.study.add(library.study.new(date(2020, 12, 12)), ids)
    text = export_session(session)
    assert library.study.take(text, "x.md")[0] == library.study.take(text, "x.md")[0] == session
    assert len(library.study.all()) == 1


def test_import_finds_entries_by_address_and_names_the_unknown(library: Library, ids) -> None:
    text = (
        "---\nstudy: 2020-12-12\n---\n\n## [x] by address\n\n"
        f"- url: {announcement(NAMES[0]).url}\n\n## [ ] nobody knows this\n\n- id: 0000\n"
    )
    session, unknown = library.study.take(text, "x.md")
    assert [i.entry.id for i in session.items] == [ids[0]]
    assert session.items[0].covered == datetime(2020, 12, 12, tzinfo=UTC)
    assert unknown == ("nobody knows this",)


@pytest.mark.parametrize("text", ["", "# no front matter", "---\nstudy: tomorrow\n---\n"])
def test_what_is_no_session_is_refused_by_name(library: Library, text: str) -> None:
    with pytest.raises(FeedError, match=r"x\.md"):
        library.study.take(text, "x.md")


def test_a_report_has_the_three_parts_and_the_comments(library: Library, ids) -> None:
    session = library.study.add(library.study.new(date(2020, 12, 12)), ids[:2])
    session = library.study.comment(library.study.cover(session, ids[:1]), ids[0], "驚いた")
    report = report_of(session, "ja")
    places = [report.index(part) for part in ("## 概要", "## セッション内容", "## 感想", "驚いた")]
    assert places == sorted(places)
    assert NAMES[0] in report
    assert NAMES[1] not in report  # it was not covered
    assert "## Thoughts" in report_of(session, "en")


def test_names_that_fit_none_or_several_say_so(library: Library) -> None:
    with pytest.raises(ConfigError, match="study new"):
        library.study.get()
    library.study.new(date(2020, 12, 12), "a")
    library.study.new(date(2020, 12, 12), "b")
    with pytest.raises(ConfigError, match="1, 2"):
        library.study.get("2020-12-12")
    with pytest.raises(ConfigError, match="no study session '9'"):
        library.study.get("9")


def test_last_session_is_the_day_of_the_latest_one_up_to_today(library: Library) -> None:
    assert library.last_session() is None
    for day in (date(2020, 12, 5), date(2020, 12, 11), date(2020, 12, 30)):
        library.study.new(day)
    assert library.last_session() == datetime(2020, 12, 11, tzinfo=UTC)


@pytest.fixture
def kb(library: Library) -> Callable[..., str]:
    def run(*words: str, code: int = 0) -> str:
        found = CliRunner().invoke(cli, ["--data", str(library.folder), "study", *words])
        assert found.exit_code == code, found.output
        return found.output

    return run


def test_the_command_line_walks_through_a_session(kb, ids, tmp_path: Path) -> None:
    assert "0 items" in kb("new", "2020-12-12", "--title", "W50")
    assert "3 items" in kb("add", *ids[:3])
    assert "pinned" in kb("pin", "3")
    assert "面白い" in kb("comment", "1", "面白い")
    assert "2 items" in kb("drop", "2")
    assert "1 covered" in kb("covered", "1")
    assert '"comment": "面白い"' in kb("show", "--json")
    file = tmp_path / "s.md"
    kb("export", "-o", str(file))
    kb("remove", "1")
    assert "no study session yet" in kb("list")
    assert "1 covered" in kb("import", str(file))
    assert "## 感想" in kb("report")


def test_a_wrong_day_is_a_sentence(kb) -> None:
    found = CliRunner().invoke(cli, ["study", "new", "tomorrow"])
    assert isinstance(found.exception, ConfigError)
    assert "2026-11-30" in str(found.exception)
