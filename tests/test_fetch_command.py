"""`fetch` as a person runs it: a process of its own, over real HTTP, into a real folder."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from crawler.source_file import write_sources
from crawler.sources import Source, new_sources
from index.library import Library
from tests.blog_site import Blog
from tests.directory_site import directory, records
from tests.site import Site, always, rss, running

ROOT = Path(__file__).parents[1]
NEWS = rss(
    ("Amazon Aurora now supports words", "Wed, 02 Dec 2020 10:00:00 GMT"),
    ("AWS Lambda now supports more words", "Tue, 01 Dec 2020 10:00:00 GMT"),
)


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with running() as found:
        yield found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "config.toml").write_text("[collect]\nseconds_per_request = 0.0\n")
    return tmp_path


def start(folder: Path, *args: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "ui", "--data", str(folder), *args],
        cwd=ROOT,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "NO_COLOR": "1"},
    )


def kb(folder: Path, *args: str) -> tuple[int, str, str]:
    process = start(folder, *args)
    out, err = process.communicate(timeout=300)
    assert "Traceback" not in err
    return process.returncode, out, err


def kept(folder: Path) -> int:
    return Library(folder).count()


def test_the_first_fetch_keeps_and_the_second_is_unchanged(site: Site, folder: Path) -> None:
    write_sources(folder, [Source(name="news", url=site.at("/news", NEWS))])
    code, out, _ = kb(folder, "fetch", "news", "--json")
    told = json.loads(out)
    assert code == 0
    assert (told["read"], told["new"], told["changed"], told["unchanged"]) == (2, 2, 0, 0)
    assert told["skipped"] == []
    assert told["sources"][0]["name"] == "news" and told["sources"][0]["status"] == "collected"
    code, out, _ = kb(folder, "fetch", "news")
    assert code == 0 and "unchanged" in out and "0 new" in out
    assert kept(folder) == 2
    code, out, _ = kb(folder, "find", "Aurora", "--json")
    assert code == 0 and json.loads(out)["total"] == 1


def test_exit_codes_and_the_doctor_say_which_sources_failed(site: Site, folder: Path) -> None:
    good = Source(name="good", url=site.at("/good", NEWS))
    write_sources(folder, [good, Source(name="bad", url=site.at("/bad", always(404)))])
    code, out, _ = kb(folder, "fetch", "good", "bad")
    assert code == 3 and "1 need a look: bad" in out
    assert kb(folder, "fetch", "bad")[0] == 4
    code, out, _ = kb(folder, "doctor", "--json")
    told = json.loads(out)
    row = next(s for s in told["sources"] if s["name"] == "bad")
    assert code == 3
    assert row["state"] == "failing" and "404" in row["message"] and row["last_success"] is None
    assert any(problem.startswith("bad:") for problem in told["problems"])


def test_an_unknown_source_names_its_nearest(folder: Path) -> None:
    code, _, err = kb(folder, "fetch", "whats-nwe-en")
    assert code == 2 and "did you mean 'whats-new-en'?" in err


def test_a_dry_run_prints_entries_and_keeps_nothing(site: Site, folder: Path) -> None:
    write_sources(folder, [Source(name="news", url=site.at("/dry", NEWS))])
    code, out, err = kb(folder, "fetch", "news", "--dry-run")
    assert code == 0 and len(out.splitlines()) == 2
    assert json.loads(out.splitlines()[0])["title"].startswith("Amazon Aurora")
    assert "news" in err
    assert kept(folder) == 0 and Library(folder).source_states() == {}


def test_json_lines_tell_a_run_as_it_goes(site: Site, folder: Path) -> None:
    archive = _archive(site, folder, 30)
    code, out, _ = kb(folder, "fetch", "--history", archive, "--since", "2025", "--json-lines")
    events = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert events[0]["event"] == "start" and events[-1]["event"] == "done"
    assert {e["event"] for e in events} == {"start", "progress", "source", "done"}
    rows = {row["year"]: row for row in events[-1]["coverage"][archive]}
    assert (rows[2025]["total"], rows[2025]["received"], rows[2025]["kept"]) == (30, 30, 30)
    code, out, _ = kb(folder, "fetch", "--history", archive, "--since", "2025")
    assert code == 0 and "source has" in out and "100.0%" in out


def test_two_fetches_at_once_do_not_harm_each_other(site: Site, folder: Path) -> None:
    write_sources(folder, [Source(name="news", url=site.at("/both", NEWS))])
    one, two = start(folder, "fetch", "news"), start(folder, "fetch", "news")
    for process in (one, two):
        _, err = process.communicate(timeout=300)
        assert process.returncode == 0, err
    assert kept(folder) == 2
    assert [a.is_conditional for a in site.asked("/both")] == [False, True]


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGKILL])
def test_what_was_reported_is_kept_and_the_next_run_goes_on(folder: Path, end: int) -> None:
    with running() as blogs:
        blog = Blog(blogs, 15)
        gate = blogs.pages[blog.path(3)]
        blogs.at(blog.path(3), lambda ask: (blogs.leaving.wait(120), gate(ask))[1])
        url = blogs.url("/archive")
        write_sources(folder, new_sources(url, name="old", kind="archive", channel="blog"))
        process = start(folder, "fetch", "--history", "old", "--json-lines")
        reported = _until(process, "progress")
        process.send_signal(end)
        _, err = process.communicate(timeout=300)
        assert process.returncode == (130 if end != signal.SIGKILL else -signal.SIGKILL)
        assert "Traceback" not in err
        assert reported["done"] <= kept(folder) < 15
        blogs.pages[blog.path(3)] = gate
        before = len(blogs.asks)
        assert kb(folder, "fetch", "--history", "old")[0] == 0
        assert kept(folder) == 15
        assert not any(a.path == blog.path(15) for a in blogs.asks[before:])


def test_the_polite_pace_is_the_default(site: Site, tmp_path: Path) -> None:
    sources = [Source(name=f"n{n}", url=site.at(f"/polite-{n}", NEWS)) for n in range(2)]
    write_sources(tmp_path, sources)
    assert kb(tmp_path, "fetch", "n0", "n1")[0] == 0
    first, second = site.asked("/polite-0")[0], site.asked("/polite-1")[0]
    assert second.when - first.when >= 0.9


def _archive(site: Site, folder: Path, count: int) -> str:
    """A directory of that many records of 2025, each site path its own; its name."""
    path = f"/{count}/api/dirs/items/search"
    site.at(path, directory(records(2025, count)))
    url = site.url(f"{path}?item.directoryId=whats-new-v2&item.locale=en_US")
    write_sources(folder, new_sources(url, name=f"archive-{count}"))
    return f"archive-{count}"


def _until(process: "subprocess.Popen[str]", event: str) -> dict[str, Any]:
    assert process.stdout is not None
    for line in process.stdout:
        told: dict[str, Any] = json.loads(line)
        if told["event"] == event:
            return told
    raise AssertionError(process.stderr and process.stderr.read())
