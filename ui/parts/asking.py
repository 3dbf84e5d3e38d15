"""A search as the address says it, and back: pure, so that a link means one thing."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from index.search.query import FACETS, SORTS, Query

PAGE_SIZE = 10
# `lang` in an address is the interface's; the facet of that name stands as `language`.
NAMES = {facet: "language" if facet == "lang" else facet for facet in FACETS}


def query_of(address: Mapping[str, Sequence[str]], text: str) -> Query:
    """The query that an address asks, page included; what it cannot mean is left out."""
    filters = {facet: tuple(address.get(name, ())) for facet, name in NAMES.items()}
    since, until = day_of(address, "since"), day_of(address, "until")
    sort = _last(address, "sort")
    page = page_of(address)
    query = Query(
        text=text,
        since=_midnight(since) if since else None,
        until=_midnight(until + timedelta(days=1)) if until and until.year < 9999 else None,
        sort=sort if sort in SORTS else "relevance",
        limit=PAGE_SIZE,
        offset=(page - 1) * PAGE_SIZE,
    )
    return replace(query, **filters)  # type: ignore[arg-type]


def address_of(query: Query) -> dict[str, list[str]]:
    """The address that asks the query's first page."""
    found = {NAMES[facet]: list(values) for facet, values in query.filters}
    if query.text:
        found["q"] = [query.text]
    if query.since:
        found["since"] = [query.since.date().isoformat()]
    if query.until:
        found["until"] = [(query.until - timedelta(days=1)).date().isoformat()]
    if query.sort != "relevance":
        found["sort"] = [query.sort]
    return found


def day_of(address: Mapping[str, Sequence[str]], name: str) -> date | None:
    """The ISO day of that name, or None."""
    try:
        return date.fromisoformat(_last(address, name))
    except ValueError:
        return None


def page_of(address: Mapping[str, Sequence[str]]) -> int:
    """The page's number, from 1."""
    text = _last(address, "page")
    return min(max(int(text), 1), 100_000) if text.isdecimal() and len(text) < 7 else 1


def _last(address: Mapping[str, Sequence[str]], name: str) -> str:
    found = address.get(name) or [""]
    return found[-1]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
