"""`slides`: decks of weeks and of study sessions from the command line."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from PIL import Image
from pptx import Presentation
from pptx.oxml.ns import qn

from index.entry import Entry
from index.errors import ConfigError
from index.library import Library
from tests.deck_weeks import templates
from ui.cli import cli
from ui.decks.gather import chosen_of, timelines_of
from ui.decks.meeting import outline_of_session
from ui.decks.outline import Agenda, Picture, Points, Section, Timeline, Update

NOW = datetime(2020, 12, 12, 9, tzinfo=UTC)


def launch(name: str, day: datetime, text: str, tag: str = "Analytics") -> Entry:
    slug = name.lower().replace(" ", "-").replace("(", "").replace(")", "")
    return Entry(
        kind="announcement",
        title=name,
        published=day,
        source="whats-new-en",
        url=f"https://aws.amazon.com/about-aws/whats-new/{day:%Y/%m}/{slug}/",
        text=text,
        tags=(tag,),
    )


DAY = datetime(2020, 12, 8, 12, tzinfo=UTC)
LAUNCHES = (
    launch("Announcing Amazon Redshift ML (Preview)", DAY,
           "Amazon Redshift ML is in preview. It creates models with SQL. Training runs in "
           "Amazon SageMaker."),
    launch("Amazon Redshift ML is now generally available", datetime(2021, 5, 27, tzinfo=UTC),
           "Amazon Redshift ML is generally available. It creates models with SQL."),
    launch("AWS Audit Manager simplifies audits", DAY,
           "AWS Audit Manager collects evidence. It maps it to controls. Reports are made by "
           "it.", "Security"),
    launch("Amazon EMR Studio opens notebooks", DAY,
           "Amazon EMR Studio opens notebooks. They run on clusters. Users sign in with SSO."),
)  # fmt: skip
NOTE = Entry(
    kind="note",
    title="EMB023 の感想",
    published=DAY,
    source="notes.example",
    lang="ja",
    text="## 概要\n\nAurora の話です。\n\n![構成](images/f.png)\n\n図の続きです。",
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    library = Library(tmp_path_factory.mktemp("kb"), clock=lambda: NOW)
    library.add([*LAUNCHES, NOTE], index=False)
    return library


@pytest.fixture
def slides(library: Library, tmp_path: Path) -> Callable[..., Result]:
    def run(*words: str) -> Result:
        return CliRunner().invoke(cli, ["--data", str(library.folder), "slides", *words])

    return run


def texts(path: Path) -> str:
    deck = Presentation(BytesIO(path.read_bytes()))
    return "\n".join(t.text or "" for s in deck.slides for t in s._element.iter(qn("a:t")))


def test_a_week_becomes_a_deck(slides: Any, tmp_path: Path) -> None:
    path = tmp_path / "w.pptx"
    assert slides("2020-W50", "-o", str(path)).exit_code == 0
    assert "Audit Manager" in texts(path)


def test_the_same_call_writes_the_same_file(slides: Any, tmp_path: Path) -> None:
    for name in ("a.pptx", "b.pptx"):
        slides("2020-W50", "-o", str(tmp_path / name))
    assert (tmp_path / "a.pptx").read_bytes() == (tmp_path / "b.pptx").read_bytes()


def test_language_title_and_template_are_chosen(slides: Any, tmp_path: Path) -> None:
    template = templates(tmp_path)["dark"]
    path = tmp_path / "w.pptx"
    words = ("--lang", "en", "--title", "Our week", "--template", str(template))
    assert slides("2020-W50", "-o", str(path), *words).exit_code == 0
    found = texts(path)
    assert "Our week" in found
    assert "Agenda" in found


def test_markdown_comes_out_as_marp(slides: Any, tmp_path: Path) -> None:
    path = tmp_path / "w.md"
    assert slides("2020-W50", "-o", str(path)).exit_code == 0
    assert path.read_text("utf-8").startswith("---\nmarp: true\n")


def test_an_empty_week_is_said_and_still_written(slides: Any, tmp_path: Path) -> None:
    path = tmp_path / "w.pptx"
    found = slides("1999-W01", "-o", str(path))
    assert found.exit_code == 0
    assert "nothing was published in 1999-W01" in found.output
    assert "この期間のアップデートはありません" in texts(path)


def test_another_ending_or_an_unwritable_place_is_a_sentence(slides: Any, tmp_path: Path) -> None:
    assert "must end in .pptx" in slides("2020-W50", "-o", str(tmp_path / "w.pdf")).output
    found = slides("2020-W50", "-o", str(tmp_path / "no" / "w.md"))
    assert isinstance(found.exception, ConfigError)
    assert "cannot write" in str(found.exception)


def test_an_unknown_session_names_the_known(slides: Any, tmp_path: Path) -> None:
    found = slides("99", "-o", str(tmp_path / "w.md"))
    assert isinstance(found.exception, ConfigError)
    assert "study session '99'" in str(found.exception)


def test_a_preview_that_became_available_gets_a_timeline(library: Library) -> None:
    from index.period import parse_period
    from ui.decks.week import outline_of_digest

    digest = library.digest(parse_period("2020-W50", NOW), lang="en")
    found = outline_of_digest(
        digest, "en", timelines=timelines_of(library, digest.items, "en")
    ).slides
    timeline = next(s for s in found if isinstance(s, Timeline))
    assert [m.stage for m in timeline.moments] == ["preview", "ga"]
    assert [m.date for m in timeline.moments] == ["2020-12-08", "2021-05-27"]


@pytest.fixture
def session(library: Library) -> Any:
    """Analytics, Security, Analytics: the group's order goes across the areas."""
    study = library.study
    chosen = [LAUNCHES[0].id, LAUNCHES[2].id, LAUNCHES[3].id, NOTE.id]
    made = study.add(study.new(date(2020, 12, 12), carry=False), chosen)
    made = study.comment(made, LAUNCHES[0].id, "試してみたい。\n料金は?")
    yield made
    study.remove(made)


def test_a_session_keeps_its_order_and_its_comments(
    library: Library, session: Any, tmp_path: Path
) -> None:
    Image.new("RGB", (8, 8)).save(tmp_path / "f.png")
    chosen = chosen_of(library, session, "ja", tmp_path)
    outline = outline_of_session(session, chosen, "ja")
    updates = [s for s in outline.slides if isinstance(s, Update)]
    assert [u.key for u in updates] == [i.entry.id for i in session.items]
    comment = next(s for s in outline.slides if isinstance(s, Points) and "感想" in s.title)
    assert comment.lines == ("試してみたい。", "料金は?")
    picture = next(s for s in outline.slides if isinstance(s, Picture))
    assert (picture.file.name, picture.alt) == ("f.png", "構成")
    agenda = next(s for s in outline.slides if isinstance(s, Agenda))
    assert [stop.key for stop in agenda.stops] == [u.key for u in updates]
    assert not any(isinstance(s, Section) for s in outline.slides)


def test_areas_that_stand_together_get_sections(library: Library, session: Any) -> None:
    moved = library.study.move(session, LAUNCHES[3].id, 2)
    outline = outline_of_session(moved, chosen_of(library, moved, "ja"), "ja")
    sections = [s.area for s in outline.slides if isinstance(s, Section)]
    assert len(sections) == len(set(sections)) > 1


def test_what_changed_or_was_carried_over_is_marked(library: Library, session: Any) -> None:
    following = library.study.new(date(2020, 12, 19))
    chosen = chosen_of(library, following, "ja")
    updates = [
        s for s in outline_of_session(following, chosen, "ja").slides if isinstance(s, Update)
    ]
    assert {u.mark for u in updates} == {"前回からの持ち越し"}
    library.study.remove(following)


def test_a_session_by_day_is_a_deck_and_an_empty_one_says_so(
    library: Library, session: Any, slides: Any, tmp_path: Path
) -> None:
    path = tmp_path / "s.pptx"
    assert slides("2020-12-12", "-o", str(path)).exit_code == 0
    assert "試してみたい" in texts(path)
    empty = library.study.new(date(2020, 12, 30), carry=False)
    assert slides("last", "-o", str(path)).exit_code == 0
    assert "まだ何も選ばれていません" in texts(path)
    library.study.remove(empty)
