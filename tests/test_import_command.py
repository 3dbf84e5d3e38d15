"""`import`: what it says, what it keeps, and the code it leaves with."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from index.library import Library
from ui.cli import main

NOTE = "---\ntitle: {0}\npublished: 2020-12-0{1}\nblog: blog.example.org\n---\n\nWords of {0}.\n"


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    folder = tmp_path / "notes"
    folder.mkdir()
    for n, title in enumerate(
        ("The long road Part 1", "Something else", "The long road Part 2"), 1
    ):
        (folder / f"{n}.md").write_text(NOTE.format(title, n), encoding="utf-8")
    return folder


def run(tmp_path: Path, *words: object) -> int:
    """The exit code of `reinvent-kb import …` on the knowledge base under tmp_path."""
    with pytest.raises(SystemExit) as left:
        main(["--data", str(tmp_path / "kb"), "import", *map(str, words)])
    return int(left.value.code or 0)


def told(tmp_path: Path, capsys: pytest.CaptureFixture[str], *words: object) -> dict[str, object]:
    run(tmp_path, *words, "--json")
    found = json.loads(capsys.readouterr().out)
    assert isinstance(found, dict)
    return found


def test_a_first_import_keeps_all_and_a_second_changes_nothing(
    tmp_path: Path, notes: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, notes) == 0
    assert capsys.readouterr().out == "3 read: 3 new, 0 changed, 0 unchanged; 0 skipped\n"
    assert run(tmp_path, notes) == 0
    said = capsys.readouterr().out
    assert "3 read: 0 new, 0 changed, 3 unchanged; 0 skipped" in said
    assert "Nothing changed" in said


def test_the_parts_of_a_series_find_each_other_across_files(tmp_path: Path, notes: Path) -> None:
    run(tmp_path, notes)
    kept = Library(tmp_path / "kb").shelf.where("kind = 'article'", order="published")
    assert [s.entry.series.part if s.entry.series else None for s in kept] == [1, None, 2]


def test_json_names_everything_that_was_skipped(
    tmp_path: Path, notes: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (notes / "empty.xml").write_bytes(b"")
    found = told(tmp_path, capsys, notes)
    assert found["read"] == found["new"] == 3
    assert (found["changed"], found["unchanged"]) == (0, 0)
    assert found["sources"] == ["blog.example.org"]
    assert found["skipped"] == [{"file": str(notes / "empty.xml"), "reason": "empty"}]


def test_the_exit_code_says_whether_some_or_all_failed(tmp_path: Path, notes: Path) -> None:
    empty = tmp_path / "empty.xml"
    empty.write_bytes(b"")
    assert run(tmp_path, notes) == 0
    assert run(tmp_path, notes, empty) == 3
    assert run(tmp_path, empty) == 4
    assert run(tmp_path, tmp_path / "nowhere") == 4
    assert run(tmp_path) == 2


def test_what_was_skipped_is_said_on_standard_error(
    tmp_path: Path, notes: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (notes / "bad.json").write_text("{", encoding="utf-8")
    run(tmp_path, notes)
    captured = capsys.readouterr()
    assert "bad.json: invalid JSON at line 1" in captured.err
    assert "skipped" not in captured.out.replace("1 skipped", "")


def test_the_feeds_of_an_opml_file_become_sources(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    outline = '<outline text="{0}" xmlUrl="https://{0}.example.org/feed"/>'
    opml = tmp_path / "feeds.opml"
    opml.write_text(f"<opml><body>{outline.format('one')}{outline.format('two')}</body>")
    assert run(tmp_path, opml) == 0
    assert "2 feeds added to the sources, 0 known" in capsys.readouterr().out
    assert told(tmp_path, capsys, opml)["feeds"] == {"added": 0, "known": 2}
    text = (tmp_path / "kb" / "sources.toml").read_text(encoding="utf-8")
    assert "https://one.example.org/feed" in text


def test_an_import_killed_in_the_middle_loses_nothing_it_kept(tmp_path: Path) -> None:
    records = [
        {"title": f"Amazon S3 news {n}", "url": f"https://e.org/{n}", "published": "2020-12-07"}
        for n in range(4000)
    ]
    file = tmp_path / "long.json"
    file.write_text(json.dumps(records), encoding="utf-8")
    folder = tmp_path / "kb"
    code = (
        "import os, signal, sys\nfrom ui.cli import main\nfrom index.library import Library\n"
        "keep = Library._add_batch\n"
        "def kept(self, batch):\n"
        "    done = keep(self, batch)\n"
        "    os.write(1, b'%d\\n' % self.count())\n"
        "    if self.count() > 1500:\n"
        "        os.kill(os.getpid(), signal.SIGKILL)\n"
        "    return done\n"
        "Library._add_batch = kept\n"
        f"main(['--data', {str(folder)!r}, 'import', {str(file)!r}])\n"
    )
    died = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120)
    assert died.returncode == -9
    promised = int(died.stdout.split()[-1])
    assert Library(folder).count() >= promised > 1500
    assert run(tmp_path, file) == 0
    assert Library(folder).count() == 4000
