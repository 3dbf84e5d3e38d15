"""Files of every shape and every fault: read by what they hold, or named with the reason."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.imports import files
from crawler.imports.files import FileReading, left_out, read_paths
from index.entry import Entry, entry_to_dict

NOW = datetime(2026, 11, 23, tzinfo=UTC)
ENTRY = Entry(
    kind="article",
    title="A title",
    published=datetime(2020, 12, 7, tzinfo=UTC),
    source="example.org",
    url="https://example.org/1",
    text="Some text.",
    tags=("a", "b, c"),
)


def read(*paths: object) -> list[FileReading]:
    return list(read_paths([str(path) for path in paths], NOW))


def entries(*paths: object) -> list[Entry]:
    return [e for file in read(*paths) if file.reading for e in file.reading.entries]


def write(folder: Path, name: str, data: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def test_the_name_of_a_file_says_nothing_of_its_shape(tmp_path: Path) -> None:
    feed = "<rss version='2.0'><channel><item><title>F</title><link>https://e.org/f</link></item>"
    write(tmp_path, "a.json", feed + "</channel></rss>")
    write(tmp_path, "b.xml", json.dumps([{"title": "J", "url": "https://e.org/j"}]))
    write(tmp_path, "c.csv", "# M\n\nwords")
    write(tmp_path, "d.md", "title,url,date,tags\nC,https://e.org/c,2020-12-07,x\n")
    article = "<html><head><meta property='og:type' content='article'></head><body><h1>H</h1>"
    write(tmp_path, "e.txt", f"{article}<p>Words enough to be an article of 2020-12-07.</p></body>")
    assert [e.title for e in entries(tmp_path)] == ["F", "J", "M", "C", "H"]


def test_our_own_lines_are_read_back_as_they_were(tmp_path: Path) -> None:
    part = Entry(kind="announcement", title="P", published=ENTRY.published, source="example.org",
                 label="Compute", dated_by="title")  # fmt: skip
    digest = Entry(kind="digest", title="D", published=ENTRY.published, source="example.org",
                   parts=(part,))  # fmt: skip
    lines = [json.dumps(entry_to_dict(e), ensure_ascii=False) for e in (ENTRY, digest)]
    assert entries(write(tmp_path, "own.jsonl", "\n".join(lines))) == [ENTRY, digest]


def test_our_own_lines_may_leave_out_what_is_not_known(tmp_path: Path) -> None:
    line = {"kind": "digest", "title": "D", "published": "2020-12-15", "lang": "ja",
            "parts": [{"title": "P", "label": "Compute"}]}  # fmt: skip
    (entry,) = entries(write(tmp_path, "own.jsonl", json.dumps(line)))
    (part,) = entry.parts
    assert (part.kind, part.lang, part.source, part.label) == (
        "announcement",
        "ja",
        entry.source,
        "Compute",
    )


def test_folders_patterns_and_single_files_give_each_file_once(tmp_path: Path) -> None:
    write(tmp_path, "a/one.md", "# One\n\nx")
    write(tmp_path, "a/b/two.md", "# Two\n\nx")
    write(tmp_path, "a/.hidden/three.md", "# Three\n\nx")
    found = entries(tmp_path / "a", tmp_path / "**" / "*.md", tmp_path / "a" / "one.md")
    assert sorted(e.title for e in found) == ["One", "Two"]


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("empty.xml", b"", "empty"),
        ("blank.json", b" \n ", "empty"),
        ("cut.json", b'{"title": "x", "url": ', "invalid JSON at line 1"),
        ("bad.json", b"{not json}", "invalid JSON"),
        ("deep.json", b"[" * 100_000, "nested too deep"),
        ("list.json", b'[{"name": "x", "value": 1}]', "its records hold name, value"),
        ("numbers.json", b"[1, 2, 3]", "no JSON object"),
        ("nothing.json", b"[]", "no records in it"),
        ("picture.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "a picture"),
        ("paper.pdf", b"%PDF-1.4 x", "a PDF"),
        ("pack.docx", b"PK\x03\x04x", "an Office document"),
        ("noise.bin", bytes(range(256)) * 20, "not a text"),
        ("half.xml", b"<rss version='2.0'><channel><title>x", "cut off"),
        ("settings.yml", b"---\na: b\nc:\n  - d\n", "settings"),
        ("list.opml", b"<opml><body></body></opml>", "no list of feeds"),
    ],
)
def test_a_broken_file_is_named_and_stops_nothing(
    tmp_path: Path, name: str, data: bytes, reason: str
) -> None:
    broken = write(tmp_path, name, data)
    sound = write(tmp_path, "z-sound.md", "# Sound\n\ntext")
    found = read(broken, sound)
    (skipped,) = [s for file in found for s in left_out(file)]
    assert skipped.where.endswith(name)
    assert reason in skipped.reason
    assert [e.title for file in found if file.reading for e in file.reading.entries] == ["Sound"]


def test_what_is_not_there_is_named(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    found = read(tmp_path / "no.md", tmp_path / "empty", tmp_path / "*.none")
    assert [file.reason for file in found] == [
        "no such file or folder",
        "no files in this folder",
        "no file fits this pattern",
    ]


def test_a_file_without_leave_to_read_is_named(tmp_path: Path) -> None:
    path = write(tmp_path, "secret.md", "# x\n\ny")
    path.chmod(0)
    try:
        path.read_bytes()
    except PermissionError:
        (found,) = read(path)
        assert found.reason == "Permission denied"
    else:
        pytest.skip("this user may read everything")


def test_a_cut_off_list_keeps_its_whole_records(tmp_path: Path) -> None:
    records = [{"title": f"T{n}", "url": f"https://e.org/{n}"} for n in range(5)]
    path = write(tmp_path, "cut.json", json.dumps(records)[:-30])
    (file,) = read(path)
    assert file.reading is not None
    assert [e.title for e in file.reading.entries] == ["T0", "T1", "T2", "T3"]
    assert "cut off after 4 records" in file.reading.warnings[0]


def test_a_bad_line_among_lines_is_named_by_its_number(tmp_path: Path) -> None:
    good = json.dumps({"title": "T", "url": "https://e.org/1", "date": "2020-12-07"})
    (file,) = read(write(tmp_path, "x.jsonl", f"{good}\n{{bad\n[1]\n{good}\n"))
    assert [s.where.rpartition(": ")[2] for s in left_out(file)] == ["line 2", "line 3"]
    assert file.reading is not None
    assert len(file.reading.entries) == 1


def test_a_file_above_the_limit_is_refused_with_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "huge.xml"
    with path.open("wb") as file:
        file.write(b"<rss version='2.0'><channel>")
        file.truncate(200 * files.MEGABYTE)  # sparse: the disk holds almost nothing of it
    (found,) = read(path)
    assert found.reason == "200 MB is above the limit of 64 MB for one file; split it"


def test_lines_have_no_limit_and_are_read_in_stretches(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "CHUNK", 2000)
    lines = [json.dumps({"title": f"T{n}", "url": f"https://e.org/{n}"}) for n in range(200)]
    lines[150] = "{broken"
    path = write(tmp_path, "long.jsonl", "\n".join(lines))
    found = list(read_paths([str(path)], NOW, limit=1000))
    assert len(found) > 2
    assert sum(len(f.reading.entries) for f in found if f.reading) == 199
    assert [s.where.rpartition(": ")[2] for f in found for s in left_out(f)] == ["line 151"]
    assert sum(f.size for f in found) == path.stat().st_size


def test_rows_of_several_categories_are_one_announcement(tmp_path: Path) -> None:
    row = {"title": "T ", "url": "https://aws.amazon.com/about-aws/whats-new/2024/12/x/"}
    rows = [{**row, "category": c, "date": "12/27/2024"} for c in ("Containers", "Compute ")]
    (entry,) = entries(write(tmp_path, "rows.json", json.dumps(rows)))
    assert (entry.title, entry.tags) == ("T", ("Containers", "Compute"))


@pytest.mark.parametrize(("order", "day"), [("{d:02}/{m:02}/2024", 27), ("{m:02}/{d:02}/2024", 27)])
def test_the_order_of_day_and_month_is_told_by_the_whole_file(
    tmp_path: Path, order: str, day: int
) -> None:
    days = [(day, 12), (9, 2)]
    rows = [
        {"Title": f"T{d}", "Link": f"https://e.org/{d}", "Date": order.format(d=d, m=m)}
        for d, m in days
    ]
    found = entries(write(tmp_path, "rows.json", json.dumps(rows)))
    assert [(e.published.day, e.published.month) for e in found] == days


def test_a_record_about_an_announcement_is_not_that_announcement(tmp_path: Path) -> None:
    address = "https://aws.amazon.com/about-aws/whats-new/2026/03/x/"
    record = {"announcement_url": address, "title_ja": "題名", "summary_ja": "要約です。",
              "date": "2026-03-02"}  # fmt: skip
    (entry,) = entries(write(tmp_path, "index.jsonl", json.dumps(record)))
    assert (entry.kind, entry.url, entry.title) == ("article", None, "題名")
    assert address in entry.text


def test_an_excerpt_is_never_taken_for_the_text(tmp_path: Path) -> None:
    record = {"title": "T", "url": "https://e.org/1", "body": "It begins here […]"}
    (entry,) = entries(write(tmp_path, "x.json", json.dumps([record])))
    assert (entry.text, entry.summary) == ("", "It begins here […]")


def test_revisions_of_one_page_all_come_through(tmp_path: Path) -> None:
    record = {"title": "T", "url": "https://e.org/1", "published": "2026-03-02", "id": "x"}
    path = write(tmp_path, "r.json", json.dumps([record, {**record, "title": "T2"}, record]))
    assert [e.title for e in entries(path)] == ["T", "T2"]


def test_an_export_gives_its_entries_and_names_its_drafts(tmp_path: Path) -> None:
    text = """AUTHOR: me
TITLE: 一つ目の題
BASENAME: 2023/02/28/075356
STATUS: Publish
CONVERT BREAKS: 0
DATE: 02/28/2023 07:53:56
CATEGORY: AWS
CATEGORY: 日記
-----
BODY:
<p>本文</p>
-----
COMMENT:
AUTHOR: other
DATE: 03/01/2023 00:00:00
hello
-----
--------
AUTHOR: me
TITLE: Draft
STATUS: Draft
DATE: 03/01/2023 00:00:00
-----
BODY:
x
-----
--------
"""
    (file,) = read(write(tmp_path, "export.txt", text))
    assert file.reading is not None
    (entry,) = file.reading.entries
    assert (entry.title, entry.text, entry.tags) == ("一つ目の題", "本文", ("AWS", "日記"))
    assert entry.published == datetime(2023, 2, 27, 22, 53, 56, tzinfo=UTC)
    assert [s.reason for s in left_out(file)] == ["a draft that was not published"]


def test_notes_tell_their_session_by_name_folder_or_first_line(tmp_path: Path) -> None:
    write(tmp_path, "2019-notes/sessions__DOP309-Chaos.md", "# Chaos\n\n- a\n")
    write(tmp_path, "2018-notes/20181126-netflix.md", "# A day\n\nNET-312\n\n## x\n")
    found = [e.session for e in entries(tmp_path)]
    assert [(s.code, s.year) for s in found if s] == [("NET312", 2018), ("DOP309", 2019)]


def test_the_head_of_a_note_wins_over_everything(tmp_path: Path) -> None:
    text = """---
title: "A: title"
date: 2021-02-03
kind: note
tags: [one, 'two']
url: https://e.org/x
lang: ja
blog: https://blog.example.org/
---
# Another heading

words
"""
    (entry,) = entries(write(tmp_path, "x.md", text))
    assert (entry.title, entry.kind, entry.lang) == ("A: title", "note", "ja")
    assert (entry.url, entry.source, entry.tags) == (
        "https://e.org/x",
        "blog.example.org",
        ("one", "two"),
    )
    assert entry.published == datetime(2021, 2, 3, tzinfo=UTC)


def test_hatenas_head_in_a_comment_and_tomls_are_read(tmp_path: Path) -> None:
    write(
        tmp_path, "2019-08-05 x.md", '<!--\n{"id":"2","title":"題","categories":["考察"]}\n-->\n文'
    )
    write(tmp_path, "2020-01-01.md", '+++\ntitle = "T"\ndate = "2020-01-02"\ntags = ["z"]\n+++\nw')
    first, second = entries(tmp_path)
    assert (first.title, first.tags, first.published.day) == ("題", ("考察",), 5)
    assert (second.title, second.tags, second.published.day) == ("T", ("z",), 2)


def test_an_undated_note_is_the_same_entry_wherever_it_is_copied(tmp_path: Path) -> None:
    first = write(tmp_path, "a/thoughts.md", "# Some thoughts\n\nwords")
    second = write(tmp_path, "b/copy.md", "# Some thoughts\n\nwords")
    os.utime(second, (1_600_000_000, 1_600_000_000))
    one, other = entries(first, second)
    assert one.published != other.published
    assert one.id == other.id


@pytest.mark.parametrize("name", ["broken.json", "feed.xml", "list.csv", "words.md"])
def test_words_without_shape_are_no_article(tmp_path: Path, name: str) -> None:
    (file,) = read(write(tmp_path, name, "not json"))
    assert file.reading is None
    assert "text without shape" in file.reason


def test_a_note_may_be_short_if_it_has_a_heading(tmp_path: Path) -> None:
    assert [e.title for e in entries(write(tmp_path, "note.md", "# DOP309\n\nGood."))]
