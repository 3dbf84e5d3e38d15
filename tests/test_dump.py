"""A blog's front page as plain text: its posts, whoever's blog it is."""

from datetime import UTC, datetime

from crawler.imports.shapes import read_bytes
from crawler.origin import Origin

NOW = datetime(2026, 11, 23, tzinfo=UTC)
PAGE = """Ann's cloud notes

Notes on AWS

re:Invent 2021 session report: (SVS302) Building with events

Overview

This session was about events. It was good.

f:id:ann123:20211205101010p:plain

  • one
    • inner
  • two

{
  "Version": "2012-10-17",
  "Statement": []
}

Summary

Worth seeing. Thanks.

How Route 53 answers

Introduction

Name servers are fun. We look at one of them.

Summary

That was it. Bye.

re:Invent 2021 updates week 1 (11/29~12/3)

A short intro. It has updates.

Compute

EC2 M6a

AMD instances arrive. Good price.

EC2 M1 Mac

Mac with M1

Database

RDS Custom for SQL Server

More control over the database.

Conclusion

That is all. See you.

f:id:ann123:20211204101010p:plain
"""


def test_posts_kinds_dates_and_items_are_put_back() -> None:
    reading = read_bytes(PAGE.encode(), Origin(name="page.txt", path="/x/page.txt", now=NOW))
    note, article, digest = reading.entries
    assert reading.title == "Ann's cloud notes"
    assert {e.source for e in reading.entries} == {"ann123.hatenablog.com"}
    assert [e.kind for e in reading.entries] == ["note", "article", "digest"]
    assert note.session is not None
    assert (note.session.code, note.session.year) == ("SVS302", 2021)
    assert [e.published.day for e in reading.entries] == [5, 4, 4]
    assert article.title == "How Route 53 answers"
    assert [(p.label, p.title, p.text) for p in digest.parts] == [
        ("Compute", "EC2 M6a", "AMD instances arrive. Good price."),
        ("Compute", "EC2 M1 Mac", "Mac with M1"),
        ("Database", "RDS Custom for SQL Server", "More control over the database."),
    ]


def test_headings_lists_pictures_and_code_are_put_back() -> None:
    (note, *_) = read_bytes(PAGE.encode(), Origin(name="page.txt", now=NOW)).entries
    assert note.text.startswith("## Overview\n\nThis session")
    assert "![](f:id:ann123:20211205101010p:plain)" in note.text
    assert "- one\n  - inner\n- two" in note.text
    assert '```\n{\n  "Version": "2012-10-17",' in note.text


def test_dates_that_stand_alone_part_the_posts() -> None:
    posts = "2021-12-05\n\nA first post\n\nWords of it. More.\n\n2021-12-01\n\nA second one"
    page = f"My blog\n\n{posts}\n\nWords. More."
    entries = read_bytes(page.encode(), Origin(name="page.txt", now=NOW)).entries
    assert [(e.title, e.published.day, e.dated_by) for e in entries] == [
        ("A first post", 5, "source"),
        ("A second one", 1, "source"),
    ]
    assert "2021" not in entries[0].text


def test_a_single_text_is_no_front_page() -> None:
    text = "A title\n\nSome words here. And more.\n\nAnother line\n\nThe end."
    reading = read_bytes(text.encode(), Origin(name="a.txt", now=NOW))
    assert (reading.form, len(reading.entries)) == ("Markdown", 1)
