"""RSS and Atom: every feed is read whole, and nothing that it holds can hurt."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.feeds import read_feed, split_tags
from index.errors import FeedError

NOW = datetime(2026, 11, 23, tzinfo=UTC)

COUNTS = {
    "whats-new-rss-2022-03-23.xml": 100,
    "whats-new-rss-2025-02-22-reformatted.xml": 100,
    "aws-news-blog-rss-2026-09-24-excerpt-1-item.xml": 1,
    "hatena-rss-3qe-2024-09.xml": 3,
    "hatena-atom-2020-03-16.xml": 1,
    "hatena-dev-trending-rss-2024-07-01.xml": 20,
    "hatena-dev-trending-atom-2024-07-01.xml": 20,
    "jp-tech-blogs-aggregate-rss-2026-08-08.xml": 447,
}


def rss(*items: str, head: str = "") -> bytes:
    channel = f"<channel><title>Feed</title>{''.join(items)}</channel>"
    return f'<?xml version="1.0"?>{head}<rss version="2.0">{channel}</rss>'.encode()


def item(**fields: str) -> str:
    return "<item>" + "".join(f"<{k}>{v}</{k}>" for k, v in fields.items()) + "</item>"


@pytest.mark.shared
@pytest.mark.parametrize("name", COUNTS)
def test_every_item_of_a_captured_feed_becomes_an_entry(captures: Path, name: str) -> None:
    reading = read_feed((captures / "feeds" / name).read_bytes(), name=name, now=NOW)
    assert (reading.records, len(reading.entries), reading.skipped) == (
        COUNTS[name],
        COUNTS[name],
        (),
    )
    assert all(entry.title == " ".join(entry.title.split()) for entry in reading.entries)


@pytest.mark.shared
def test_whats_new_items_are_announcements_with_their_tags_split(captures: Path) -> None:
    data = (captures / "feeds" / "whats-new-rss-2022-03-23.xml").read_bytes()
    entries = read_feed(data, now=NOW).entries
    assert {(e.kind, e.source, e.lang) for e in entries} == {("announcement", "whats-new-en", "en")}
    assert all("," not in tag for entry in entries for tag in entry.tags)
    assert not any("](/" in entry.text for entry in entries)  # links are absolute
    assert not any("<p>" in entry.text or "&nbsp;" in entry.text for entry in entries)


def test_only_tokens_of_aws_are_split_at_commas() -> None:
    assert split_tags("general:products/a,marketing:marchitecture/b-c") == (
        "general:products/a",
        "marketing:marchitecture/b-c",
    )
    assert split_tags("Security, Identity, & Compliance") == ("Security, Identity, & Compliance",)
    assert split_tags(" ") == ()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        (b"<!DOCTYPE html><html><body>Sorry</body></html>", "an HTML page"),
        (b'{"items": []}', "neither RSS nor Atom"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "neither RSS nor Atom"),
        (b"<rss version='2.0'><channel><title>Cut", "cut off"),
    ],
)
def test_what_is_no_feed_is_refused_with_its_reason(data: bytes, reason: str) -> None:
    with pytest.raises(FeedError, match=reason) as raised:
        read_feed(data, "https://example.org/feed")
    assert raised.value.url == "https://example.org/feed"


def test_a_truncated_feed_keeps_what_came_before_the_cut() -> None:
    whole = rss(*(item(title=f"Item {n}", link=f"https://example.org/{n}") for n in range(5)))
    reading = read_feed(whole[: whole.index(b"Item 3")], now=NOW)
    assert [e.title for e in reading.entries][:3] == ["Item 0", "Item 1", "Item 2"]
    assert any("cut off" in warning for warning in reading.warnings)


def test_entities_of_a_dtd_do_not_expand() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;"><!ENTITY f SYSTEM "/etc/passwd">]>'
    reading = read_feed(rss(item(title="T &b; &f;", link="https://e.org/1"), head=bomb), now=NOW)
    assert "aaaa" not in reading.entries[0].title
    assert "root" not in reading.entries[0].title


def test_an_impossible_date_is_replaced_and_said() -> None:
    feed = rss(
        item(
            title="New",
            link="https://example.org/2021/05/06/x",
            pubDate="Fri, 01 Jan 0202 00:00:00 GMT",
        )
    )
    reading = read_feed(feed, now=NOW)
    assert reading.entries[0].published == datetime(2021, 5, 6, tzinfo=UTC)
    assert reading.entries[0].dated_by == "url"
    assert "0202" in reading.warnings[0]


def test_scripts_and_runnable_links_do_not_come_through() -> None:
    feed = rss(
        item(title="A &lt;script&gt;alert(1)&lt;/script&gt;B", link="https://example.org/1"),
        item(title="C", link="javascript:alert(1)"),
        item(
            title="D",
            link="https://example.org/2",
            description="&lt;a href='javascript:x'&gt;go&lt;/a&gt;&lt;style&gt;p{}&lt;/style&gt;",
        ),
    )
    reading = read_feed(feed, now=NOW)
    assert [e.title for e in reading.entries] == ["A B", "D"]
    assert reading.entries[1].text == "go"
    assert "no http(s) address" in reading.skipped[0].reason
    assert "(C)" in reading.skipped[0].where


def test_control_characters_and_doubled_blanks_vanish() -> None:
    feed = rss(item(title="A\x0b \u00a0 B\n  C", link="https://example.org/1"))
    assert read_feed(feed, now=NOW).entries[0].title == "A B C"


def test_the_same_item_twice_is_one_entry_and_one_id_of_two_items_is_told() -> None:
    one = item(title="A", link="https://example.org/1", guid="x", pubDate="2021-01-01T00:00:00Z")
    other = item(title="B", link="https://example.org/2", guid="x", pubDate="2021-01-01T00:00:00Z")
    reading = read_feed(rss(one, one, other), now=NOW)
    assert [e.title for e in reading.entries] == ["A", "B"]
    assert reading.records == 3
    assert reading.entries[1].guid is None
    assert "too" in reading.warnings[0]


@pytest.mark.parametrize("encoding", ["shift_jis", "euc_jp", "utf-8", "utf-16", "iso2022_jp"])
def test_a_wrong_declaration_does_not_spoil_the_letters(encoding: str) -> None:
    text = rss(item(title="新しいサービスのお知らせです", link="https://example.org/1")).decode()
    text = text.replace('"1.0"', '"1.0" encoding="iso-8859-1"', 1)
    assert (
        read_feed(text.encode(encoding), now=NOW).entries[0].title == "新しいサービスのお知らせです"
    )


def test_a_video_of_a_session_is_a_session() -> None:
    feed = b"""<feed xmlns="http://www.w3.org/2005/Atom"
      xmlns:yt="http://www.youtube.com/xml/schemas/2015"><title>AWS Events</title>
    <entry><id>yt:video:CL3Sw4CTpEM</id><yt:videoId>CL3Sw4CTpEM</yt:videoId>
    <title>AWS re:Invent 2025 - A talk (DAT302-R1)</title>
    <link rel="alternate" href="https://www.youtube.com/watch?v=CL3Sw4CTpEM"/>
    <published>2025-12-15T00:17:19+00:00</published></entry></feed>"""
    entry = read_feed(feed, now=NOW).entries[0]
    assert entry.kind == "session"
    assert entry.session is not None
    assert (entry.session.code, entry.session.variant, entry.session.year) == ("DAT302", "R1", 2025)
