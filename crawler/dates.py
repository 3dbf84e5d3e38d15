"""Dates as the wild writes them, turned into aware UTC, and refused where they cannot be."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

EARLIEST = datetime(1996, 1, 1, tzinfo=UTC)  # before the first weblogs, and before AWS
AHEAD = timedelta(days=731)
JST = timezone(timedelta(hours=9), "JST")

_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
_ISO = re.compile(
    r"^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?)?"
    r"\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?$",
    re.I,
)
_YEAR_FIRST = re.compile(
    r"^(\d{4})\s*[./年]\s*(\d{1,2})\s*[./月]\s*(\d{1,2})\s*日?(?:\s+(\d{1,2}):(\d{2})(?::(\d{2}))?)?$"
)
_SLASHED = re.compile(
    r"^(\d{1,2})/(\d{1,2})/(\d{4})(?:[ ,]+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([AP]M)?)?$", re.I
)
_WORDED = re.compile(
    r"(?<![A-Za-z])([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)"
)
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})\s+([A-Za-z]{3,9})\.?,?\s+(\d{4})(?!\d)")
_MONTH = re.compile(r"^([A-Za-z]{3,9})\.?,?\s+(\d{4})$")
_NUMBER = re.compile(r"^\d{9,16}(?:\.\d+)?$")
_IN_PATH = re.compile(r"/((?:19|20)\d{2})/(\d{1,2})(?:/(\d{1,2}))?(?=[/_-]|$)")
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d{2})[-_.]?(\d{2})[-_.]?(\d{2})(?!\d)")


@dataclass(frozen=True, slots=True)
class Dated:
    """A date, what it rests on (source, title, url, file or guess), and a warning if mended."""

    when: datetime
    by: str
    warning: str = ""


def parse_date(found: object, *, zone: timezone = UTC, day_first: bool = False) -> datetime | None:
    """The instant that a text or a number states, in UTC, or None.

    Reads ISO 8601, RFC 822, Unix seconds to microseconds, `2023.12.09`, `2020年12月7日`,
    `MM/DD/YYYY` (`DD/MM/YYYY` when `day_first` or when the first is above 12) and English
    month names. `zone` holds for a time of day without one; a bare day is midnight UTC.
    """
    if isinstance(found, bool) or found is None:
        return None
    text = str(found).strip()
    if not text or len(text) > 120:
        return None
    try:
        if _NUMBER.match(text):
            return _of_number(float(text))
        return _of_text(text, zone, day_first)
    except (ValueError, OverflowError, TypeError, IndexError):
        return None


def _of_number(number: float) -> datetime:
    while number > 1e11:  # milliseconds, microseconds
        number /= 1000
    return datetime.fromtimestamp(int(number), UTC)


def _of_text(text: str, zone: timezone, day_first: bool) -> datetime | None:
    if found := _ISO.match(text):
        return _iso(found, zone)
    if found := _YEAR_FIRST.match(text):
        return _built([int(g) for g in found.groups()[:3]], found.groups()[3:6], zone)
    if found := _SLASHED.match(text):
        return _slashed(found, zone, day_first)
    if re.match(r"^(?:[A-Za-z]{3,9},?\s+)?\d{1,2}\s+[A-Za-z]{3}[a-z]*\s+\d{4}\s+\d", text):
        when = parsedate_to_datetime(text)
        return (when if when.tzinfo else when.replace(tzinfo=zone)).astimezone(UTC)
    if (found := _WORDED.search(text)) and found[1][:3].lower() in _MONTHS:
        return _built([int(found[3]), _MONTHS[found[1][:3].lower()], int(found[2])], (), zone)
    if (found := _MONTH.match(text)) and found[1][:3].lower() in _MONTHS:
        return _built([int(found[2]), _MONTHS[found[1][:3].lower()], 1], (), zone)
    if (found := _DAY_FIRST.search(text)) and found[2][:3].lower() in _MONTHS:
        return _built([int(found[3]), _MONTHS[found[2][:3].lower()], int(found[1])], (), zone)
    return None


def _iso(found: re.Match[str], zone: timezone) -> datetime:
    year, month, day, hour, minute, second, offset = found.groups()
    day_of = [int(year), int(month), int(day)]
    if offset and offset.upper() not in ("Z", "UTC", "GMT"):
        sign = -1 if offset[0] == "-" else 1
        digits = offset[1:].replace(":", "")
        zone = timezone(sign * timedelta(hours=int(digits[:2]), minutes=int(digits[2:])))
    elif offset:
        zone = UTC
    return _built(day_of, (hour, minute, second), zone)


def _slashed(found: re.Match[str], zone: timezone, day_first: bool) -> datetime:
    first, second, year = int(found[1]), int(found[2]), int(found[3])
    if first > 12 or (day_first and second <= 12):
        first, second = second, first
    hour = found[4]
    if hour and found[7]:
        hour = str(int(hour) % 12 + (12 if found[7].upper() == "PM" else 0))
    return _built([year, first, second], (hour, found[5], found[6]), zone)


def _built(day: list[int], clock: tuple[str | None, ...] | tuple[()], zone: timezone) -> datetime:
    times = [int(part) if part else 0 for part in clock]
    if not clock or clock[0] is None:
        return datetime(day[0], day[1], day[2], tzinfo=UTC)
    return datetime(*day[:3], *times, tzinfo=zone).astimezone(UTC)  # type: ignore[misc,arg-type]


def is_sane(when: datetime, now: datetime) -> bool:
    """True from 1996 until two years from now."""
    return EARLIEST <= when <= now + AHEAD


def date_in_url(url: str | None) -> datetime | None:
    """The day (or the first of the month) that an address states, or None."""
    found = _IN_PATH.search(url or "") or _COMPACT.search((url or "").rpartition("/")[2])
    if not found and url:
        found = _COMPACT.search(url.rstrip("/").rpartition("/")[2])
    return _day(found)


def date_in_name(name: str) -> datetime | None:
    """The first day written in a file's name, or None."""
    return _day(_COMPACT.search(name))


def _day(found: re.Match[str] | None) -> datetime | None:
    if not found:
        return None
    try:
        return datetime(int(found[1]), int(found[2]), int(found[3] or 1), tzinfo=UTC)
    except ValueError:
        return None


def settle_date(
    stated: Iterable[object],
    *,
    now: datetime,
    url: str | None = None,
    name: str = "",
    day: datetime | None = None,
    guess: datetime | None = None,
    zone: timezone = UTC,
) -> Dated:
    """The first sane date of: what the source states, the address, the reader's `guess` (an
    event's first day), the file's name, its day.

    A stated but impossible date is replaced and named in `warning`; it is never kept.
    """
    refused = ""
    for text in stated:
        when = text if isinstance(text, datetime) else parse_date(text, zone=zone)
        if when is not None and is_sane(when, now):
            return Dated(when, "source", refused and f"impossible date {refused}, {when:%F} used")
        if text not in (None, "") and not refused:
            refused = repr(str(text)[:40])
    ways = (
        ("url", date_in_url(url)),
        ("guess", guess),
        ("file", date_in_name(name)),
        ("file", day),
    )
    for by, when in ways:
        if when is not None and is_sane(when, now):
            return Dated(when, by, refused and f"impossible date {refused}, {when:%F} used")
    moment = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return Dated(
        moment, "guess", f"impossible date {refused}, today used" if refused else "no date"
    )
