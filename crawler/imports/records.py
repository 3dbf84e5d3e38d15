"""The records of a JSON or CSV file: each is read by what it is, the whole becomes a reading."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from crawler.directory import is_item, item_drafts
from crawler.drafts import Draft, collect
from crawler.imports.fields import Fields
from crawler.imports.own import is_own, own_entry
from crawler.imports.posts import (
    is_day_first,
    is_pair,
    is_post,
    pair_drafts,
    post_draft,
    slashed_date,
)
from crawler.imports.sessions import catalogue_of, is_session, session_draft
from crawler.imports.variants import join_variants
from crawler.markup import one_line
from crawler.origin import Origin
from crawler.reading import Reading, Skipped
from crawler.series import join_series
from index.address import canonical_url, is_web_address
from index.entry import Entry
from index.errors import FeedError

Found = Mapping[str, Any] | Skipped


def read_records(records: Iterable[Found | Any], origin: Origin) -> Reading:
    """The entries of the records of one file, whatever each of them is.

    Raises FeedError when not one record is an entry of a known shape.
    """
    found: list[Found] = [
        record
        if isinstance(record, Mapping | Skipped)
        else Skipped(f"record {n}", "no JSON object")
        for n, record in enumerate(records, 1)
    ]
    shape = _shape_of(found)
    if not shape:
        raise FeedError(_strange(found), name=origin.name)
    reading = _READERS[shape](found, origin)
    return replace(reading, records=len(found), entries=join_series(reading.entries))


def _shape_of(found: list[Found]) -> str:
    """The name of the first shape that a record of the file has, by the first hundred."""
    for record in [r for r in found if isinstance(r, Mapping)][:100]:
        fields = Fields(record)
        if is_own(record):
            return "our own entries"
        if is_item(record):
            return "directory API"
        if is_session(fields):
            return "session catalogue"
        if is_pair(fields):
            return "pairs"
        if is_post(fields):
            return "posts"
    return ""


def _strange(found: list[Found]) -> str:
    records = [record for record in found if isinstance(record, Mapping)]
    if not records:
        return found[0].reason if found and isinstance(found[0], Skipped) else "no records in it"
    keys = ", ".join(one_line(str(key))[:30] for key in list(records[0])[:6])
    return f"no entries in it: its records hold {keys or 'nothing'}"


def _read_own(found: list[Found], origin: Origin) -> Reading:
    entries: list[Entry] = []
    skipped: list[Skipped] = []
    warnings: list[str] = []
    for number, record in enumerate(found, 1):
        if isinstance(record, Skipped):
            skipped.append(record)
            continue
        try:
            entry, warning = own_entry(record, origin)
        except (ValueError, TypeError, AttributeError, KeyError) as error:
            title = one_line(str(record.get("title", "")))[:80]
            skipped.append(Skipped(f"item {number} ({title})", str(error)))
            continue
        entries.append(entry)
        warnings += [f"{entry.title[:80]}: {warning}"] if warning else []
    return Reading(
        form="our own entries",
        entries=tuple(entries),
        skipped=tuple(skipped),
        warnings=tuple(warnings),
    )


def _read_items(found: list[Found], origin: Origin) -> Reading:
    return collect("directory API", item_drafts(found), origin)


def _read_sessions(found: list[Found], origin: Origin) -> Reading:
    fields = [r if isinstance(r, Skipped) else Fields(r) for r in found]
    catalogue = catalogue_of((f for f in fields if isinstance(f, Fields)), origin)
    drafts = (f if isinstance(f, Skipped) else session_draft(f, catalogue) for f in fields)
    return collect("session catalogue", join_variants(drafts), origin)


def _read_pairs(found: list[Found], origin: Origin) -> Reading:
    def drafts() -> Iterator[Draft | Skipped]:
        for record in found:
            if isinstance(record, Skipped):
                yield record
            else:
                yield from pair_drafts(Fields(record))

    return collect("pairs", drafts(), origin)


def _read_posts(found: list[Found], origin: Origin) -> Reading:
    fields = [r if isinstance(r, Skipped) else Fields(r) for r in found]
    day_first = is_day_first(slashed_date(f) for f in fields if isinstance(f, Fields))
    drafts = (
        f if isinstance(f, Skipped) else _post(f, day_first, n) for n, f in enumerate(fields, 1)
    )
    return collect("posts", _by_category(drafts), origin)


def _post(fields: Fields, day_first: bool, number: int) -> Draft | Skipped:
    if not is_post(fields):
        return Skipped(f"record {number}", "no title, or nothing beside it")
    return post_draft(fields, day_first)


def _by_category(drafts: Iterable[Draft | Skipped]) -> Iterator[Draft | Skipped]:
    """A listing names an announcement once a category: one draft bears all its categories."""
    joined: dict[object, Draft | Skipped] = {}
    for number, draft in enumerate(drafts):
        key: object = number
        if isinstance(draft, Draft) and draft.url and not draft.html and not draft.summary:
            key = (_canonical(draft.url), one_line(draft.title), draft.stated[:1])
        other = joined.get(key)
        if isinstance(draft, Draft) and isinstance(other, Draft):
            tags = tuple(dict.fromkeys(other.tags + draft.tags))
            joined[key] = replace(other, tags=tags)
        else:
            joined[key] = draft
    yield from joined.values()


def _canonical(url: str) -> str:
    try:
        return canonical_url(url) if is_web_address(url) else url
    except ValueError:
        return url


_READERS = {
    "our own entries": _read_own,
    "directory API": _read_items,
    "session catalogue": _read_sessions,
    "pairs": _read_pairs,
    "posts": _read_posts,
}
