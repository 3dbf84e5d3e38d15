"""JSON as people export it: a document, lines, a cut-off list, or values after each other."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from crawler.reading import Skipped
from index.errors import FeedError

Record = Mapping[str, Any]
_LISTS = ("items", "posts", "entries", "sessions", "videos", "announcements", "articles", "data",
          "results", "records", "hits", "events", "news")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Document:
    """What a JSON text held: `value` as it stands, or `lines` of records; `cut` when it was
    cut off and only its beginning could be read."""

    value: Any = None
    cut: bool = False


def parse_json(text: str, name: str = "") -> Document:
    """The value of a JSON document; of a list that is cut off, its whole items.

    Raises FeedError naming the line where the text stops being JSON.
    """
    try:
        return Document(json.loads(text))
    except RecursionError as error:
        raise FeedError("JSON nested too deep", name=name) from error
    except ValueError as error:
        kept = _whole_items(text)
        if kept:
            return Document(kept, cut=True)
        where = f"line {error.lineno}" if isinstance(error, json.JSONDecodeError) else "a number"
        raise FeedError(f"invalid JSON at {where}", name=name) from error


def _whole_items(text: str) -> list[Any]:
    """The items before the fault of a top-level list of records."""
    decoder = json.JSONDecoder()
    at = len(text) - len(text.lstrip())
    if text[at : at + 1] != "[":
        return []
    kept: list[Any] = []
    at += 1
    while True:
        while at < len(text) and text[at] in " \t\r\n,":
            at += 1
        try:
            value, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            return kept
        if not isinstance(value, Mapping):
            return []
        kept.append(value)


def is_lines(text: str) -> bool:
    """True when a text is JSON lines: a whole record in its first line, and more lines."""
    first, _, rest = text.lstrip().partition("\n")
    if not first.startswith("{") or not first.rstrip().endswith("}") or not rest.strip():
        return False
    try:
        return isinstance(json.loads(first), Mapping)
    except (ValueError, RecursionError):
        return False


def parse_lines(text: str, start: int = 1) -> Iterator[Record | Skipped]:
    """A record a line; a line that is none comes as `Skipped` with its number."""
    for number, line in enumerate(text.split("\n"), start):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            yield Skipped(f"line {number}", "invalid JSON")
            continue
        yield value if isinstance(value, Mapping) else Skipped(f"line {number}", "no JSON object")


def records_in(value: Any) -> list[Any]:
    """The records of a document: its list, the list under a usual key, the longest list of
    records, the pages of an API laid end to end, or a table of records by id."""
    if isinstance(value, list):
        pages = [v for v in value if isinstance(v, Mapping) and isinstance(v.get("items"), list)]
        if pages and len(pages) == len(value):
            return [item for page in pages for item in page["items"]]
        return value
    if not isinstance(value, Mapping):
        return []
    if isinstance(value.get("title"), str) and {"url", "link", "published", "kind"} & value.keys():
        return [value]
    lists = {k: v for k, v in value.items() if isinstance(v, list) and _holds_records(v)}
    for key in _LISTS:
        if key in lists:
            return lists[key]
    if lists:
        return max(lists.values(), key=len)
    tables = [v for v in value.values() if isinstance(v, Mapping) and _is_table(v)]
    if tables:
        return list(max(tables, key=len).values())
    return list(value.values()) if _is_table(value) else [value]


def _holds_records(values: list[Any]) -> bool:
    return bool(values) and all(isinstance(value, Mapping) for value in values)


def _is_table(value: Mapping[str, Any]) -> bool:
    return len(value) > 0 and all(isinstance(v, Mapping) and "title" in v for v in value.values())
