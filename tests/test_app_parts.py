"""The app's own reckoning, without a browser: addresses, numbers, jobs, notes, the watch list."""

import threading
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.entry import Session
from index.errors import ConfigError, StoreError
from index.period import parse_period, week_of
from index.search.query import Query
from tests.app_pages import NOW, announcement, filled
from ui.parts.asking import PAGE_SIZE, address_of, page_of, query_of
from ui.parts.deck_making import check_template
from ui.parts.job_view import safe_name
from ui.parts.jobs import Jobs
from ui.parts.service_numbers import service_counts
from ui.parts.session_rows import Wish, matching, notes_by_code, session_rows
from ui.parts.weeks import beside, named, week_counts
from ui.watch_list import watch, watched

VALUES = st.lists(st.text(min_size=1, max_size=8), unique=True, max_size=3).map(tuple)
DAYS = st.dates(date(1970, 1, 2), date(9998, 1, 1))


@given(
    st.builds(
        Query,
        text=st.text(max_size=20),
        limit=st.just(PAGE_SIZE),
        area=VALUES,
        lang=VALUES,
        year=VALUES,
        since=st.none() | DAYS.map(lambda d: datetime(d.year, d.month, d.day, tzinfo=UTC)),
        until=st.none() | DAYS.map(lambda d: datetime(d.year, d.month, d.day, tzinfo=UTC)),
        sort=st.sampled_from(("relevance", "newest", "oldest")),
    )
)
def test_a_saved_search_comes_back_from_its_address(query: Query) -> None:
    said = address_of(query)
    text = said.pop("q", [""])[0]
    assert query_of(said, text) == query


@given(st.dictionaries(st.text(max_size=8), st.lists(st.text(max_size=12), max_size=3)))
def test_no_address_whatever_breaks_a_search(said: dict[str, list[str]]) -> None:
    query = query_of(said, "x")
    assert query.offset % PAGE_SIZE == 0


@pytest.mark.parametrize(("text", "page"), [("", 1), ("3", 3), ("0", 1), ("-2", 1), ("９", 9)])
def test_pages_count_from_one(text: str, page: int) -> None:
    assert page_of({"page": [text]}) == page


def test_weeks_are_counted_by_story_and_empty_ones_stand_between(tmp_path: Path) -> None:
    library = filled(
        tmp_path,
        [
            announcement("Amazon Redshift ML is now in preview", "2020-12-07"),
            announcement("Amazon Aurora gains a thing", "2020-12-13"),
            announcement("AWS Lambda gains a thing", "2020-12-21"),
        ],
    )
    counts = week_counts(library)
    assert [(w.label, w.count) for w in counts] == [
        ("2020-W50", 2),
        ("2020-W51", 0),
        ("2020-W52", 1),
    ]
    assert counts[0].monday == date(2020, 12, 7)


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_the_weeks_beside_a_week_touch_it(day: date) -> None:
    period = week_of(day)
    before, after = beside(period)
    assert before.end == period.start and after.start == period.end
    assert parse_period(named(after), NOW) == after


def test_the_stretch_beside_a_month_is_as_long() -> None:
    period = parse_period("2020-12", NOW)
    before, after = beside(period)
    assert before.end == period.start and after.start == period.end
    assert parse_period(named(before), NOW).start == before.start


def test_services_are_counted_by_story_the_busy_ones_first(tmp_path: Path) -> None:
    library = filled(
        tmp_path,
        [
            announcement("Amazon Aurora gains a thing", "2015-01-01"),
            announcement("Amazon Redshift ML is now in preview", "2020-12-08"),
            announcement("Amazon Redshift gains a thing", "2020-12-09"),
        ],
    )
    counts = service_counts(library)
    assert (counts[0].name, counts[0].lately, counts[0].area) == ("Amazon Redshift", 2, "Analytics")
    assert ("Amazon Aurora", 0) in {(c.name, c.lately) for c in counts}


def test_sessions_are_filtered_and_know_their_notes(tmp_path: Path) -> None:
    session = Session(code="DOP309", year=2020, level=300, topics=("DevOps",), speakers=("Ann",))
    library = filled(
        tmp_path,
        [
            announcement("Amplify in the wild", kind="session", source="reinvent-2020",
                         session=session),
            announcement("Notes on DOP309", "2020-12-18", kind="note", source="b.example",
                         session=Session(code="DOP309", year=2020)),
            announcement("An article", kind="article", source="b.example"),
        ],
    )  # fmt: skip
    rows = session_rows(library)
    assert {r.kind for r in rows} == {"session", "note", "article"}
    assert [r.title for r in matching(rows, Wish(text="dop309 ann"))] == ["Amplify in the wild"]
    assert [r.kind for r in matching(rows, Wish(levels=["300"]))] == ["session"]
    assert [r.title for r in notes_by_code(rows)[2020, "DOP309"]] == ["Notes on DOP309"]


def test_the_watch_list_changes_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('# ours\n[digest]\nstyle = "polite"  # so\n')
    assert watch(tmp_path, "Amazon Redshift", True) == ("Amazon Redshift",)
    assert watch(tmp_path, "Amazon Redshift", True) == ("Amazon Redshift",)
    assert watch(tmp_path, "Amazon Redshift", False) == ()
    assert "# ours" in file.read_text() and 'style = "polite"  # so' in file.read_text()
    file.write_text("[digest\n")
    with pytest.raises(ConfigError, match=r"config\.toml"):
        watched(tmp_path)


def test_a_note_is_one_however_often_it_is_written(tmp_path: Path) -> None:
    library = filled(tmp_path, [announcement("Amazon Redshift ML is now in preview")])
    about = next(library.shelf.where("1 = 1"))
    first = library.notes.keep(about, "one", NOW)
    second = library.notes.keep(about, "two", NOW)
    assert first and second and first.id == second.id
    assert second.entry.text.startswith("two") and second.revision == 2
    assert [n.id for n in library.notes.all()] == [first.id]
    assert library.notes.keep(about, "  ", NOW) is None
    assert library.notes.all() == () and library.find(Query(text="two")).total == 0
    with pytest.raises(StoreError):
        library.notes.forget(about.id)


def test_a_free_note_needs_words(tmp_path: Path) -> None:
    library = filled(tmp_path)
    tokyo = ZoneInfo("Asia/Tokyo")
    note = library.notes.write("勉強会のメモ", "面白かった", date(2020, 12, 9), tokyo)
    assert note.entry.lang == "ja" and note.entry.published.date() == date(2020, 12, 9)
    with pytest.raises(StoreError):
        library.notes.write(" ", "text", date(2020, 12, 9), tokyo)


def test_a_job_runs_the_command_line_and_tells_its_result(tmp_path: Path) -> None:
    source = tmp_path / "files"
    source.mkdir()
    (source / "note.md").write_text("---\ntitle: A note\ndate: 2020-12-09\n---\n\nWords.\n")
    ended = threading.Event()
    jobs = Jobs()
    words = ["import", "--json", str(source)]
    job = jobs.start("import", tmp_path / "data", words, ended.set)
    assert jobs.start("import", tmp_path / "data", words) is job
    assert ended.wait(60)
    assert job.process is not None
    for thread in threading.enumerate():
        if thread.name == "job-import":
            thread.join(30)
    assert job.code == 0 and job.result()["new"] == 1


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd", "..\\..\\x.json", "<img src=x>.json", ".hidden", "", "a/b/c.xml",
     "名前 日本語.md", "x" * 300 + ".json", "con\x00trol.json"],
)  # fmt: skip
def test_a_dropped_files_name_stays_in_its_folder(name: str, tmp_path: Path) -> None:
    safe = safe_name(name, 3)
    assert (tmp_path / safe).resolve().parent == tmp_path.resolve()
    assert len(safe) < 120 and not safe.startswith(".")
    assert Path(safe).suffix == Path(name.replace("\\", "/")).suffix or not Path(name).suffix


def test_a_template_that_is_none_is_refused_by_name() -> None:
    with pytest.raises(ConfigError, match=r"company\.pptx"):
        check_template(b"not a zip", "../../company.pptx")
