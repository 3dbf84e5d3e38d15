"""The period that a title states: "12/7~12/11", "2025-11-02 ～ 2025-11-08", "week of Dec 7"."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from crawler.dates import parse_date

_TO = r"\s*(?:[~〜～∼\-–—_]|から|to|through)\s*"
_YEARLY = r"(?:(?P<{y}>20\d\d)\s*[年/.-]\s*)?"
_DAY = r"(?P<{m}>\d{{1,2}})\s*[月/.-]\s*(?P<{d}>\d{{1,2}})日?\s*(?:[(（][月火水木金土日][)）])?"
_SPAN = re.compile(
    r"(?<!\d)" + (_YEARLY + _DAY).format(y="y1", m="m1", d="d1")
    + _TO + (_YEARLY + _DAY).format(y="y2", m="m2", d="d2") + r"(?!\d)"
)  # fmt: skip
_WORDED = re.compile(
    r"([A-Z][a-z]{2,8})\.?\s+(\d{1,2})"
    + _TO
    + r"(?:([A-Z][a-z]{2,8})\.?\s+)?(\d{1,2}),?\s*(20\d\d)?"
)
_WEEK_OF = re.compile(
    r"week\s+of\s+([A-Z][a-z]{2,8}\.?\s+\d{1,2}(?:,?\s*20\d\d)?)|(20\d\d)年(\d{1,2})月(\d{1,2})日週",
    re.I,
)
_ISO_WEEK = re.compile(r"(?<!\d)(20\d\d)-?W(\d{1,2})(?!\d)")
_YEAR = re.compile(r"(?<!\d)(20[012]\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class Span:
    """Whole days, both inclusive, midnight UTC."""

    first: datetime
    last: datetime


def find_span(text: str, near: datetime | None = None) -> Span | None:
    """The first period that a text states, or None.

    A year that the period lacks is the text's own ("re:Invent 2020 …"), else the one that
    puts the period last before `near`; without either the period is unknown.
    """
    try:
        return _slashed(text, near) or _worded(text, near) or _week(text, near)
    except ValueError:  # the 31st of February
        return None


def _slashed(text: str, near: datetime | None) -> Span | None:
    for found in _SPAN.finditer(text):
        year = found["y1"] or found["y2"]
        first = int(found["m1"]), int(found["d1"])
        last = int(found["m2"]), int(found["d2"])
        if first[0] > 12 or last[0] > 12:
            continue
        return _span(int(year) if year else None, first, last, text, near)
    return None


def _worded(text: str, near: datetime | None) -> Span | None:
    for found in _WORDED.finditer(text):
        start = parse_date(f"{found[1]} {found[2]}, 2000")
        end = parse_date(f"{found[3] or found[1]} {found[4]}, 2000")
        if start and end:
            days = (start.month, start.day), (end.month, end.day)
            return _span(int(found[5]) if found[5] else None, *days, text, near)
    return None


def _week(text: str, near: datetime | None) -> Span | None:
    if found := _ISO_WEEK.search(text):
        monday = date.fromisocalendar(int(found[1]), int(found[2]), 1)
    elif found := _WEEK_OF.search(text):
        said = found[1] or f"{found[2]}-{found[3]}-{found[4]}"
        stated = parse_date(said) or (near and parse_date(f"{said}, {near.year}"))
        if not stated:
            return None
        monday = stated.date()
    else:
        return None
    first = datetime(monday.year, monday.month, monday.day, tzinfo=UTC)
    return Span(first, first + timedelta(days=6))


def _span(
    year: int | None,
    first: tuple[int, int],
    last: tuple[int, int],
    text: str,
    near: datetime | None,
) -> Span | None:
    said = _YEAR.search(text)
    year = year or (int(said[1]) if said else None)
    if year is None and near is not None:
        ends = near.year
        if datetime(ends, *last, tzinfo=UTC) > near + timedelta(days=31):
            ends -= 1
        year = ends - (last < first)
    if year is None:
        return None
    begin = datetime(year, *first, tzinfo=UTC)
    end = datetime(year + (last < first), *last, tzinfo=UTC)
    return Span(begin, end) if end - begin <= timedelta(days=62) else None
