"""Whatever the bytes, a reader reads them or refuses them with its own error."""

import json
import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.dates import is_sane
from crawler.directory import read_directory_page
from crawler.feeds import read_feed
from crawler.imports.shapes import read_bytes
from crawler.opml import read_opml
from crawler.origin import Origin
from crawler.pages import read_archive, read_page
from crawler.reading import DirectoryPage, Reading
from index.entry import entry_from_dict, entry_to_dict
from index.errors import SourceError

NOW = datetime(2026, 11, 23, tzinfo=UTC)
PAGE = "https://example.org/feed"
ORIGIN = Origin(name="any.bin", path="notes/any.bin", now=NOW)

READERS: dict[str, Callable[[bytes], object]] = {
    "file": lambda data: read_bytes(data, ORIGIN),
    "feed": lambda data: read_feed(data, PAGE, now=NOW),
    "directory": lambda data: read_directory_page(data, PAGE, now=NOW),
    "page": lambda data: read_page(data, PAGE, now=NOW),
    "archive": lambda data: read_archive(data, PAGE),
    "opml": lambda data: read_opml(data, "any"),
}
SHAPES = (
    b"<rss version='2.0'><channel><item><title>%s</title><link>%s</link><guid>%s</guid>"
    b"<pubDate>%s</pubDate><description>%s</description></item></channel></rss>",
    b"<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>%s</title><link href='%s'/>"
    b"<id>%s</id><updated>%s</updated><content type='html'>%s</content></entry></feed>",
    b"<html><body><article><h1>%s</h1><a href='%s'>%s</a><time>%s</time>%s</article></body></html>",
    b"---\ntitle: %s\nurl: %s\nid: %s\ndate: %s\n---\n%s\n",
    b"AUTHOR: a\nTITLE: %s\nUNIQUE URL: %s\nBASENAME: %s\nDATE: %s\n-----\nBODY:\n%s\n--------\n",
    b"title,url,id,date,abstract\n%s,%s,%s,%s,%s\n",
    b"<opml><body><outline title='%s' xmlUrl='%s' id='%s' a='%s' text='%s'/></body></opml>",
)
KEYS = ("title", "url", "published", "kind", "session", "parts", "series", "items", "item", "tags",
        "additionalFields", "headline", "abstract", "level", "code", "speakers", "media",
        "attributes", "schedulingData", "start", "timestamp", "slides", "metadata")  # fmt: skip

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=4), inner, max_size=6)
    ),
    max_leaves=20,
)
slow = settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])


def read(name: str, data: bytes) -> Reading | None:
    """What a reader gave, or None for what has no entries or was refused by its own error."""
    try:
        found = READERS[name](data)
    except SourceError as error:
        assert str(error)
        return None
    found = found.reading if isinstance(found, DirectoryPage) else found
    return found if isinstance(found, Reading) else None


def check(reading: Reading | None) -> None:
    """Every entry is sound: a sane date, no control characters, nothing that runs."""
    for entry in reading.entries if reading else ():
        assert is_sane(entry.published, NOW)
        assert entry.id
        assert all(part.keys for part in entry.parts)
        assert entry.title == " ".join(entry.title.split())
        assert not any(unicodedata.category(letter) in ("Cc", "Cs") for letter in entry.title)
        assert "](javascript:" not in entry.text
        assert entry_from_dict(json.loads(json.dumps(entry_to_dict(entry)))) == entry


@pytest.mark.parametrize("name", READERS)
@slow
@given(data=st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(name: str, data: bytes) -> None:
    check(read(name, data))


@pytest.mark.parametrize("name", READERS)
@slow
@given(
    shape=st.sampled_from(SHAPES),
    fields=st.lists(
        st.binary(max_size=30) | st.text(max_size=30).map(str.encode), min_size=5, max_size=5
    ),
)
def test_any_fields_in_a_known_shape_are_read_or_refused(
    name: str, shape: bytes, fields: list[bytes]
) -> None:
    check(read(name, shape % tuple(fields)))


@pytest.mark.parametrize("name", ["file", "directory"])
@slow
@given(value=anything)
def test_any_json_is_read_or_refused(name: str, value: object) -> None:
    check(read(name, json.dumps(value).encode()))


@slow
@given(records=st.lists(st.dictionaries(st.sampled_from(KEYS), anything, min_size=2), max_size=4))
def test_any_records_under_known_keys_are_read_or_refused(records: list[object]) -> None:
    check(read("file", json.dumps(records).encode()))
    check(read("file", "\n".join(map(json.dumps, records)).encode()))


@slow
@given(text=st.text(alphabet="#-*`|[]()<>:~/ \n0123456789aZあ月日週弾第「」。", max_size=300))
def test_any_markdown_is_read_or_refused(text: str) -> None:
    check(read("file", f"# Updates 12/7~12/11\n{text}".encode()))
    check(read("file", text.encode()))
