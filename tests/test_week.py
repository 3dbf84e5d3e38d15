"""`week`: the command, from a real knowledge base to every format."""

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest

from index.entry import Entry
from index.library import Library
from ui.cli import main

BASE = "https://aws.amazon.com/about-aws/whats-new/2020/12"


def entry(title: str, day: int, **fields: object) -> Entry:
    values = {
        "kind": "announcement",
        "title": title,
        "published": datetime(2020, 12, day, 18, tzinfo=UTC),
        "source": "whats-new-en",
        "url": f"{BASE}/{title.lower().replace(' ', '-')}/",
        "text": f"Today, AWS announces {title}, a thing. It costs nothing.",
    }
    return Entry(**{**values, **fields})  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    place = tmp_path_factory.mktemp("kb")
    part = entry("Amazon Kendra adds synonyms", 9, source="blog", url=None, label="ML/AI")
    (place / "config.toml").write_text("[digest]\ntop = 2\n")
    library = Library(place)
    library.add(
        [
            entry("Amazon Redshift ML is generally available", 8),
            entry("AWS Lambda is now available in the Asia Pacific (Osaka) Region", 9),
            entry("Amazon RDS supports PostgreSQL 13.1", 1),
            entry(
                "Week 50",
                15,
                kind="digest",
                source="blog",
                url="https://b.example/1",
                parts=(part,),
            ),
        ]
    )
    yield place


def run(folder: Path, *words: str) -> int:
    with pytest.raises(SystemExit) as left:
        main(["--data", str(folder), "week", *words])
    return int(left.value.code or 0)


def test_text_groups_the_week_by_area(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(folder, "2020-W50", "--lang", "en") == 0
    said = capsys.readouterr().out
    assert "AWS updates 2020-W50" in said and "3 updates" in said
    assert "■ Analytics (1)" in said and "[GA]" in said
    assert "AWS Lambda: Asia Pacific (Osaka)" in said
    assert "author's area: ML/AI" in said and "PostgreSQL" not in said


def test_json_is_alone_on_stdout(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(folder, "2020-12-09", "--format", "json") == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["week"], found["total"]) == ("2020-W50", 3)
    assert sum(len(a["items"]) for a in found["areas"]) == 3
    assert all(item["reasons"] for item in found["top"])


def test_the_feed_holds_the_weeks_before(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(folder, "2020-W50", "--format", "atom", "--lang", "en") == 0
    feed = ElementTree.fromstring(capsys.readouterr().out.encode())
    titles = [e.text for e in feed.iter("{http://www.w3.org/2005/Atom}title")]
    assert titles[1:] == ["AWS updates 2020-W50", "AWS updates 2020-W49"]


def test_a_file_is_written_and_named(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "week.md"
    assert run(folder, "2020-W50", "--format", "md", "-o", str(target)) == 0
    said = capsys.readouterr()
    assert said.out == "" and str(target) in said.err
    assert target.read_text(encoding="utf-8").startswith("# AWS")
    assert run(folder, "2020-W50", "-o", str(tmp_path / "no" / "x.md")) == 2


def test_an_empty_week_says_so_and_names_the_newest(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(folder, "2019-W01", "--lang", "en") == 0
    assert "The newest news is of 2020-W50" in capsys.readouterr().err
    assert run(tmp_path / "new", "--lang", "en") == 0
    assert "knowledge base is empty" in capsys.readouterr().err


def test_without_a_period_the_newest_week_is_told(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(folder, "--lang", "en") == 0
    assert "2020-W50" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("soon",), "names no period"),
        (("2020-W60",), "no date of the calendar"),
        (("2020-W50", "--since-session"), "without a date"),
        (("--since-session",), "no study session"),
        (("2020-W50", "--send", "slack"), "REINVENT_KB_SLACK_WEBHOOK"),
        (("2020-W50", "--send", "smtp"), "mail.host"),
    ],
)
def test_a_mistake_is_one_sentence_and_code_2(
    folder: Path,
    words: tuple[str, ...],
    reason: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("REINVENT_KB_SLACK_WEBHOOK", raising=False)
    assert run(folder, *words) == 2
    said = capsys.readouterr().err
    assert reason in said and "Traceback" not in said


def test_an_unknown_weight_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "config.toml").write_text("[digest]\nweights = {prize = 2}\n")
    assert run(tmp_path, "2020-W50") == 2
    assert "no signal 'prize'" in capsys.readouterr().err


def test_the_group_decides_what_leads(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Library(tmp_path).add(
        [entry("Amazon Redshift ML is generally available", 8), entry("Amazon MQ adds a thing", 8)]
    )
    (tmp_path / "config.toml").write_text('[digest]\nwatch = ["MQ"]\n')
    assert run(tmp_path, "2020-W50", "--lang", "en", "--format", "json") == 0
    top = json.loads(capsys.readouterr().out)["top"]
    assert top[0]["title"] == "Amazon MQ adds a thing" and top[0]["watched"]


def test_the_reader_of_the_output_may_leave(folder: Path) -> None:
    command = [sys.executable, "-m", "ui", "--data", str(folder), "week", "2020-W50"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None and process.stderr is not None
    process.stdout.close()
    assert b"Traceback" not in process.stderr.read()
    process.wait()
