"""Written digests: nothing foreign acts, every format says the same, goldens hold."""

import html
import json
import re
from datetime import UTC, datetime
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from index.digest import Digest
from index.edition import Material, build_digest
from index.period import parse_period
from index.stored import Stored
from index.telling import Taste
from tests.making import facts, stored
from ui.atom import atom_feed
from ui.digest_json import json_digest
from ui.mail import html_digest, mail_digest
from ui.markdown import escape, link, markdown_digest
from ui.message import slack_message, teams_message
from ui.plain import plain_digest

WEEK = parse_period("2020-W50", datetime(2021, 1, 1, tzinfo=UTC))
NASTY = (
    "<script>alert(1)</script> [x](javascript:alert(1)) ![p](http://e/i.png) **b** | `c` "
    "</li><img src=x onerror=1> \x1b[31m\u202e((note)) id:someone <!channel> # h &amp; @all"
)


def digest_of(*entries: Stored, lang: str = "ja") -> Digest:
    return build_digest(Material(published=entries), WEEK, Taste(lang=lang))


@pytest.fixture(scope="module")
def nasty() -> Digest:
    known = facts(area="Compute", service=NASTY, price=NASTY, stage="ga")
    url = "https://aws.amazon.com/a(b)/?q='%22&x=1"
    region = facts(area="Compute", service=NASTY, stage="region")
    return digest_of(
        stored(NASTY, n=1, text=NASTY, url=url, label=NASTY, known=known),
        stored("R" + NASTY, n=2, known=region),
        *(stored(f"Filler {i}", n=i, known=facts(stage="ga")) for i in range(3, 9)),
        stored("N" + NASTY, n=9, kind="note", source="blog", text=NASTY),
    )


class Seen(HTMLParser):
    """The tags and addresses of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += attrs


def rendered(markdown: str) -> Seen:
    """As a reader that allows HTML shows it: what was not escaped becomes a tag."""
    return Seen(MarkdownIt("commonmark", {"html": True}).enable("table").render(markdown))


def test_foreign_text_makes_no_tag_in_any_format(nasty: Digest) -> None:
    for seen in (
        Seen(html_digest(nasty)),
        rendered(markdown_digest(nasty)),
    ):
        assert not seen.tags & {"script", "img", "iframe", "object"}
        assert all(name not in ("onerror", "onclick") for name, _ in seen.attributes)
        addresses = [value or "" for name, value in seen.attributes if name == "href"]
        assert addresses and all(a.startswith("https://") for a in addresses)


def test_no_control_sign_reaches_a_terminal_or_a_mail(nasty: Digest) -> None:
    for text in (plain_digest(nasty), markdown_digest(nasty), html_digest(nasty)):
        assert "\x1b" not in text and "\u202e" not in text


@given(st.text(max_size=60))
def test_escaped_text_is_shown_as_it_is(text: str) -> None:
    from index.prose import clean

    page = MarkdownIt("commonmark", {"html": True}).enable("table").render(f"x {escape(text)} x")
    assert not Seen(page).tags - {"p"}
    shown = html.unescape(re.sub(r"</?p>", "", page)).split()
    assert shown == f"x {clean(text)} x".split()


def test_a_link_holds_its_address_whatever_signs_it_has() -> None:
    page = MarkdownIt("commonmark").render(link("a [b]", "https://e.org/a_(b)?c=[1]&d=<e>"))
    assert 'href="https://e.org/a_%28b%29?c=%5B1%5D&amp;d=%3Ce%3E"' in page


def test_json_has_the_documented_shape(nasty: Digest) -> None:
    found = json.loads(json_digest(nasty))
    assert {"week", "start", "end", "total", "top", "areas"} <= found.keys()
    assert (found["week"], found["start"][:10], found["end"][:10]) == (
        "2020-W50",
        "2020-12-07",
        "2020-12-14",
    )
    assert all(item["reasons"] for item in found["top"]) and len(found["top"]) == 5
    items = [item for area in found["areas"] for item in area["items"]]
    assert len(items) == found["total"] == 8
    for item in items:
        assert {"id", "title", "summary", "url", "stage", "published"} <= item.keys()


def test_the_feed_is_a_valid_atom_feed(nasty: Digest) -> None:
    space = "{http://www.w3.org/2005/Atom}"
    feed = ElementTree.fromstring(atom_feed([nasty, digest_of(stored("A"))], "ja").encode())
    assert feed.tag == f"{space}feed"
    for element in (feed, *feed.findall(f"{space}entry")):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{space}{name}")) == 1
        datetime.fromisoformat(element.findtext(f"{space}updated").replace("Z", "+00:00"))  # type: ignore[union-attr]
    assert feed.find(f"{space}author/{space}name") is not None
    content = feed.findtext(f"{space}entry/{space}content")
    assert content and "script" not in Seen(content).tags


def test_the_feed_of_nothing_is_still_a_feed() -> None:
    assert "<feed" in atom_feed([], "en") and "<entry" not in atom_feed([], "en")


def test_a_mail_has_a_plain_twin(nasty: Digest) -> None:
    message = mail_digest(nasty, "kb@example.org", ("a@example.org", "b@example.org"))
    kinds = [part.get_content_type() for part in message.walk()]
    assert kinds == ["multipart/alternative", "text/plain", "text/html"]
    plain = message.get_body(("plain",))
    assert plain is not None and "2020-W50" in plain.get_content()
    assert "<style" not in html_digest(nasty) and 'style="' in html_digest(nasty)


def test_chat_messages_fit_their_limits_and_call_nobody(nasty: Digest) -> None:
    slack = slack_message(nasty)
    assert len(slack["blocks"]) <= 50
    texts = [b["text"]["text"] for b in slack["blocks"] if b["type"] == "section"]
    assert all(len(t) <= 3000 and "<!channel" not in t for t in texts)
    assert len(json.dumps(teams_message(nasty))) < 28_000


def test_every_format_names_every_item() -> None:
    entries = [stored(f"Item number {i}", n=i, known=facts(area="IoT")) for i in range(12)]
    digest = digest_of(*entries)
    for text in (plain_digest(digest), markdown_digest(digest), html_digest(digest)):
        assert all(f"Item number {i}" in text for i in range(12))


def test_region_only_news_is_written_in_a_line_with_the_places_name() -> None:
    news = stored(
        "RDS in Osaka",
        url="https://aws.amazon.com/x",
        known=facts(service="Amazon RDS", stage="region", region="ap-northeast-3"),
    )
    digest = build_digest(Material(published=(news,)), WEEK, Taste(lang="ja", top=0))
    assert "Amazon RDS: アジアパシフィック (大阪)" in plain_digest(digest)
    english = build_digest(Material(published=(news,)), WEEK, Taste(lang="en", top=0))
    assert "Amazon RDS: Asia Pacific (Osaka)" in plain_digest(english)


def test_an_empty_digest_is_written_without_an_error() -> None:
    empty = digest_of()
    for text in (plain_digest(empty), markdown_digest(empty), html_digest(empty)):
        assert "2020-W50" in text
    assert json.loads(json_digest(empty))["areas"] == []
