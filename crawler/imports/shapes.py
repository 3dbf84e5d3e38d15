"""Which reader a file needs, by what it holds; its name only breaks a tie."""

import csv
import io
import re
from dataclasses import replace

from crawler.decoding import decode
from crawler.directory import is_directory, items_in, read_items
from crawler.feeds import read_feed_of
from crawler.imports.decks import is_deck, read_deck
from crawler.imports.dump import is_dump, read_dump
from crawler.imports.exports import is_export, read_export
from crawler.imports.notes import read_markdown
from crawler.imports.records import read_records
from crawler.imports.values import is_lines, parse_json, parse_lines, records_in
from crawler.markup import is_html
from crawler.opml import is_opml
from crawler.origin import Origin
from crawler.pages import read_page_of
from crawler.reading import Reading
from index.errors import FeedError

_FEED = re.compile(r"<(?:\w+:)?(?:rss|feed|rdf)\b", re.I)
_BINARY = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_KINDS = (
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"\x89PNG", "a picture"),
    (b"GIF8", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"\x1f\x8b", "a gzip archive; unpack it first"),
    (b"SQLite format 3", "an SQLite database"),
)

_DATA_ENDINGS = (".json", ".jsonl", ".ndjson", ".xml", ".rss", ".atom", ".opml", ".csv", ".tsv")
_SHORTEST_NOTE = 40


def read_bytes(data: bytes, origin: Origin) -> Reading:
    """The entries of one file's bytes. An OPML file is not for this; see `is_opml`.

    Raises FeedError or PageError with the reason when they are of no known shape.
    """
    if not data.strip():
        raise FeedError("empty", name=origin.name)
    for mark, what in _KINDS:
        if data.startswith(mark):
            raise FeedError(f"{what}, not a text", name=origin.name)
    text, warning = decode(data, origin.charset)
    if len(_BINARY.findall(text[:2000])) > 20:
        raise FeedError("not a text", name=origin.name)
    reading = _read_text(text, data, origin)
    return replace(reading, warnings=(warning, *reading.warnings)) if warning else reading


def _read_text(text: str, data: bytes, origin: Origin) -> Reading:
    start = text.lstrip("\ufeff \t\r\n")
    if start[:1] in "[{":
        return read_json(start, origin)
    if start.startswith("<"):
        return _read_markup(start, data, origin)
    if is_settings(start):
        raise FeedError("settings (YAML), not entries", name=origin.name)
    if is_export(start):
        return read_export(text, origin)
    if is_table(start):
        return read_table(text, origin)
    if is_dump(text):
        return read_dump(text, origin)
    if not _is_note(start, origin):
        raise FeedError("no entries in it, and no note: a text without shape", name=origin.name)
    return read_markdown(text, origin)


def _is_note(text: str, origin: Origin) -> bool:
    """True for front matter, a heading or a text of some length. A file that calls itself data
    must look like a note from its first line: a broken feed is no article."""
    if text.startswith("---\n") or re.search(r"^#{1,6} \S|^(?:===+|---+)$", text, re.M):
        return True
    data = origin.name.lower().endswith(_DATA_ENDINGS)
    return not data and (len(text) >= _SHORTEST_NOTE or len(text.strip().splitlines()) > 1)


def _read_markup(text: str, data: bytes, origin: Origin) -> Reading:
    if _FEED.search(text[:20_000]) and not re.match(r"<(?:!doctype html|html)\b", text, re.I):
        return read_feed_of(data, origin)
    if is_opml(text):
        raise FeedError("a list of feeds (OPML)", name=origin.name)
    return read_page_of(data, origin) if _is_page(text, origin) else read_markdown(text, origin)


def _is_page(text: str, origin: Origin) -> bool:
    """True for HTML; Markdown too may begin with a comment or a tag."""
    if re.match(r"(?:<!--.*?-->\s*)*<(?:!doctype|html|head|body|\?xml)\b", text, re.I | re.S):
        return True
    bare = re.sub(r"\A(?:<!--.*?-->\s*)+", "", text, flags=re.S)
    if not bare.startswith("<") or re.search(r"^#{1,6} \S", text, re.M):
        return False
    return is_html(bare)


def read_json(text: str, origin: Origin) -> Reading:
    """The entries of a JSON document or of JSON lines."""
    if is_lines(text):
        return read_records(parse_lines(text), origin)
    document = parse_json(text, origin.name)
    if is_directory(document.value):
        reading = read_items(items_in(document.value), origin)
    elif is_deck(document.value):
        reading = read_deck(document.value, origin)
    else:
        reading = read_records(records_in(document.value), origin)
    if document.cut:
        cut = f"the file is cut off after {reading.records} records; those were read"
        reading = replace(reading, warnings=(cut, *reading.warnings))
    return reading


def is_settings(text: str) -> bool:
    """True for YAML alone: it begins as front matter does, and no text follows."""
    lines = [line for line in text.split("\n")[1:400] if line.strip()]
    if not text.startswith("---\n") or not lines or any(line.rstrip() == "---" for line in lines):
        return False
    keyed = sum(bool(re.match(r"^\s*(?:-\s|#|[\w\"'][^:]{0,60}:(?:\s|$))", line)) for line in lines)
    return keyed > 0.8 * len(lines)


def is_table(text: str) -> bool:
    """True for CSV or TSV: a first line of several short column names, and a second line."""
    first, _, rest = text.partition("\n")
    names = [name.strip().strip('"') for name in re.split(r"[,\t;]", first)]
    named = all(re.fullmatch(r"[A-Za-z][\w /()&-]{0,40}", name) for name in names)
    return len(names) >= 3 and named and bool(rest.strip())


def read_table(text: str, origin: Origin) -> Reading:
    """The entries of a CSV or TSV file with a line of column names."""
    first = text.lstrip("\ufeff").partition("\n")[0]
    delimiter = max(",\t;", key=first.count)
    try:
        rows = list(csv.DictReader(io.StringIO(text.lstrip("\ufeff")), delimiter=delimiter))
    except csv.Error as error:
        raise FeedError(f"a table that cannot be read: {error}", name=origin.name) from error
    return read_records([{str(k): v for k, v in row.items() if k} for row in rows], origin)
