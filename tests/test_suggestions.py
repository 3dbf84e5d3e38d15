"""Suggestions: what may belong beside an entry, offered and never tied."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from crawler.imports.files import read_paths
from index.entry import Entry, Session
from index.library import Library
from ui.cli import cli

WHEN = datetime(2020, 12, 8, 20, tzinfo=UTC)
PAGE = "https://aws.amazon.com/about-aws/whats-new/2020/12/"


def launch(title: str, slug: str, days: int = 0) -> Entry:
    return Entry(
        kind="announcement", title=title, source="whats-new-en", lang="en",
        url=PAGE + slug, published=WHEN + timedelta(days=days),
    )  # fmt: skip


def talk(title: str, code: str, days: int = 1, text: str = "") -> Entry:
    return Entry(
        kind="session", title=title, source="reinvent-2020", lang="en", text=text,
        published=WHEN + timedelta(days=days), session=Session(code=code, year=2020),
    )  # fmt: skip


@pytest.fixture()
def library(tmp_path: Path) -> Iterator[Library]:
    library = Library(tmp_path)
    yield library
    library.store.close()


def id_of(library: Library, title: str) -> str:
    return next(library.shelf.where("title = ?", [title])).id


def offered(library: Library, title: str) -> list[str]:
    return [p.stored.entry.title for p in library.suggestions(id_of(library, title))]


def test_a_launch_and_a_talk_of_its_days_with_its_words_are_offered_both_ways(
    library: Library,
) -> None:
    new = "Introducing AWS Panorama for computer vision at the edge"
    about = "Use computer vision at the edge with AWS Panorama"
    late = "Deep dive on AWS Panorama, computer vision at the edge"
    library.add([launch(new, "panorama"), talk(about, "AIM101"), talk(late, "AIM102", days=90)])
    assert offered(library, new) == [about]
    assert offered(library, about) == [new]
    assert offered(library, late) == []


def test_a_service_with_many_launches_must_share_words_too(library: Library) -> None:
    launches = [f"Amazon Redshift {what}" for what in ("data sharing", "RA3 nodes", "SUPER type")]
    library.add([launch(t, f"r{i}") for i, t in enumerate(launches)])
    library.add([talk("What's new with Amazon Redshift", "ANT101")])
    library.add([talk("Data sharing with Amazon Redshift", "ANT102")])
    assert offered(library, "What's new with Amazon Redshift") == []
    assert offered(library, "Data sharing with Amazon Redshift") == launches[:1]


def test_a_code_in_a_text_offers_its_session(library: Library) -> None:
    note = Entry(
        kind="article", title="My week", text="The best was DOP309, on tests.", source="blog",
        lang="en", published=WHEN + timedelta(days=9),
    )  # fmt: skip
    library.add([talk("Test twice", "DOP309"), note])
    (found,) = library.suggestions(id_of(library, "My week"))
    assert (found.why, found.words, found.stored.entry.title) == ("code", ("DOP309",), "Test twice")


def test_what_is_tied_is_not_offered_and_nothing_offered_is_kept(library: Library) -> None:
    new = "Introducing AWS Panorama for computer vision at the edge"
    linked = Entry(
        kind="blog", title="AWS Panorama brings computer vision to the edge", source="aws-blog-aws",
        lang="en", text=f"Read [more]({PAGE}panorama/).", published=WHEN,
    )  # fmt: skip
    library.add(
        [launch(new, "panorama"), linked, talk("Vision at the edge with AWS Panorama", "AIM101")]
    )
    assert offered(library, linked.title) == []
    before = library.store.read().execute("SELECT count(*) FROM tie").fetchone()[0]
    assert offered(library, new) == ["Vision at the edge with AWS Panorama"]
    after = library.store.read().execute("SELECT count(*) FROM tie").fetchone()[0]
    assert before == after


def test_an_unknown_entry_offers_nothing(library: Library) -> None:
    assert library.suggestions("f" * 12) == ()


def test_show_tells_what_is_possible_and_why(tmp_path: Path) -> None:
    new, about = "Introducing AWS Panorama", "Use AWS Panorama"
    library = Library(tmp_path)
    library.add([launch(new, "panorama"), talk(about, "AIM101")])
    asked = ["--data", str(tmp_path), "show", id_of(library, new)]
    library.store.close()
    assert "Possibly beside it" in CliRunner().invoke(cli, asked).stdout
    (possible,) = json.loads(CliRunner().invoke(cli, [*asked, "--json"]).stdout)["possible"]
    assert (possible["title"], possible["why"]) == (about, "service")
    assert 0.5 <= possible["weight"] <= 1


@pytest.mark.shared
def test_new_launch_sessions_of_2020_find_their_launches(captures: Path, library: Library) -> None:
    """Sessions that the catalogue itself marks as being about a launch."""
    files = [
        captures / "whats-new-archive" / "dirs-whats-new-en_US-to-2022-09.jsonl",
        captures / "reinvent-sessions" / "2020-schedule-2020-12-02.json",
    ]
    read = [f.reading for f in read_paths(list(map(str, files)), WHEN) if f.reading]
    first, last = WHEN - timedelta(days=14), WHEN + timedelta(days=14)
    near = [e for r in read for e in r.entries if first <= e.published <= last]
    library.add(near, index=False)
    expected = {
        "AWS Panorama": "introducing-aws-panorama",
        "AWS Proton: Automating": "announces-aws-proton",
        "Babelfish for Aurora": "babelfish",
        "Amazon Lookout for Vision": "lookout-for-vision",
        "Amazon EKS Distro": "eks-distro",
        "QuickSight Q": "quicksight-q",
        "AWS Glue Elastic Views": "glue-elastic-view-preview",
        "Amazon ECR Public": "ecr-public",
    }
    found = {}
    for stored in library.shelf.where("kind = 'session' AND title LIKE '%NEW LAUNCH%'"):
        for name in (n for n in expected if n in stored.entry.title):
            found[name] = next((p.stored.entry.url for p in library.suggestions(stored.id)), "")
    assert found.keys() == expected.keys()
    right = [name for name, url in found.items() if expected[name] in (url or "").lower()]
    assert set(right) == set(expected), found
