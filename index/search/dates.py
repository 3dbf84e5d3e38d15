"""Dates as people write them in a query: days, months, years, weeks, stretches."""

import re
from datetime import UTC, datetime, timedelta

from index.errors import ConfigError
from index.period import parse_period

_DAY = re.compile(r"^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$")
_MONTH = re.compile(r"^(\d{4})[-/.年](\d{1,2})月?$")
_YEAR = re.compile(r"^(\d{4})年?$")
_AGO = re.compile(r"^(\d{1,4})\s*(d|days?|w|weeks?|m|months?|y|years?)$", re.I)
_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}
_BETWEEN = re.compile(r"\.\.+|〜|～|~")

Span = tuple[datetime | None, datetime | None]


def read_span(text: str, now: datetime) -> Span:
    """(start, end), aware UTC, end exclusive: all of the day, month, year or week named.

    `a..b` runs from the start of a to the end of b, either of them may be missing; `30d`
    means the last thirty days. Raises ConfigError for what is no date.
    """
    parts = _BETWEEN.split(text.strip())
    if len(parts) == 2:
        start = _span(parts[0], now)[0] if parts[0].strip() else None
        end = _span(parts[1], now)[1] if parts[1].strip() else None
        if start and end and end <= start:
            raise ConfigError(f"{text!r} ends before it starts")
        return start, end
    return _span(text, now)


def _span(text: str, now: datetime) -> Span:
    text = text.strip()
    try:
        return _named(text, now)
    except (ValueError, OverflowError) as error:
        raise ConfigError(f"{text!r} is no date of the calendar") from error


def _named(text: str, now: datetime) -> Span:
    if match := _DAY.match(text):
        start = datetime(int(match[1]), int(match[2]), int(match[3]), tzinfo=UTC)
        return start, start + timedelta(days=1)
    if match := _MONTH.match(text):
        year, month = int(match[1]), int(match[2])
        following = (year + month // 12, month % 12 + 1)
        return datetime(year, month, 1, tzinfo=UTC), datetime(*following, 1, tzinfo=UTC)
    if match := _YEAR.match(text):
        year = int(match[1])
        return datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)
    if match := _AGO.match(text):
        days = int(match[1]) * _DAYS[match[2][0].lower()]
        return now - timedelta(days=days), None
    today = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    if text.lower() in ("today", "今日"):
        return today, today + timedelta(days=1)
    if text.lower() in ("yesterday", "昨日"):
        return today - timedelta(days=1), today
    period = parse_period({"今週": "this", "先週": "last"}.get(text, text), now)
    return period.start, period.end
