"""A stretch of time for a digest: a week, a re:Invent, or everything since a date.

Periods are half open (`start` belongs to it, `end` does not) and in UTC. Weeks are ISO
weeks, Monday 00:00 UTC, so that every instant lies in exactly one.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from index.errors import ConfigError

_WEEK = re.compile(r"^(\d{4})-?W(\d{1,2})$", re.I)
_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$")
_MONTH = re.compile(r"^(\d{4})-(\d{2})$")
_RANGE = re.compile(r"^(\d{4}-\d{2}-\d{2})\s*(?:\.\.|/|to)\s*(\d{4}-\d{2}-\d{2})$")
_REINVENT = re.compile(r"^re:?invent-?(\d{4})$", re.I)
# re:Invent opens on the Monday after the US Thanksgiving; these years did otherwise.
_REINVENT_DAYS = {
    2013: (date(2013, 11, 12), 4),
    2014: (date(2014, 11, 11), 4),
    2015: (date(2015, 10, 6), 4),
    2020: (date(2020, 11, 30), 21),
}


@dataclass(frozen=True, slots=True)
class Period:
    """`start` <= instant < `end`, both aware UTC; `label` names it for a person."""

    start: datetime
    end: datetime
    label: str

    def __post_init__(self) -> None:
        if self.start.utcoffset() != timedelta(0) or self.end.utcoffset() != timedelta(0):
            raise ValueError("a period's bounds are aware UTC times")
        if self.end <= self.start:
            raise ValueError(f"a period ends after its start: {self.start} .. {self.end}")

    def __contains__(self, instant: datetime) -> bool:
        return self.start <= instant < self.end

    @property
    def last_day(self) -> date:
        """The last day that lies in the period."""
        return (self.end - timedelta(microseconds=1)).date()

    @property
    def is_week(self) -> bool:
        """True for exactly one ISO week."""
        return self == week_of(self.start)


def week_of(instant: datetime | date) -> Period:
    """The ISO week in which the instant lies; its label is `2020-W50`.

    Raises ConfigError at the two ends of the calendar, where a week would leave it.
    """
    day = instant.astimezone(UTC).date() if isinstance(instant, datetime) else instant
    year, week, weekday = day.isocalendar()
    try:
        start = _midnight(day - timedelta(days=weekday - 1))
        return Period(start, start + timedelta(days=7), f"{year:04d}-W{week:02d}")
    except OverflowError as error:
        raise ConfigError(f"{day} lies in no whole week of the calendar") from error


def weeks_before(period: Period, count: int) -> tuple[Period, ...]:
    """The `count` stretches of equal length right before, the nearest first.

    Their labels are ISO weeks where the period is one, dates otherwise.
    """
    length = period.end - period.start
    found = []
    for step in range(1, count + 1):
        start = period.start - step * length
        end = start + length
        label = week_of(start).label if period.is_week else span_label(start, end)
        found.append(Period(start, end, label))
    return tuple(found)


def since(start: datetime, now: datetime) -> Period:
    """From `start` to `now`; at least a second long."""
    end = max(now, start + timedelta(seconds=1))
    return Period(start, end, span_label(start, end))


def parse_period(text: str, now: datetime) -> Period:
    """The period that a person names, read against `now` (aware UTC).

    Understood: `2020-W50`; a day (its week); `2020-12` (a month); `2020-12-07..2020-12-11`
    (both days included); `since:2020-12-01`; `reinvent-2020`; today, this, last.
    Raises ConfigError, naming these forms, for anything else.
    """
    text = text.strip()
    try:
        period = _parse(text, now)
    except (ValueError, OverflowError) as error:
        raise ConfigError(f"{text!r} is no date of the calendar") from error
    if period is None:
        raise ConfigError(
            f"{text!r} names no period; write a day (2020-12-09), a week (2020-W50), a month "
            "(2020-12), a stretch (2020-12-07..2020-12-11), since:2020-12-01 or reinvent-2020"
        )
    return period


def _parse(text: str, now: datetime) -> Period | None:
    lowered = text.lower()
    if lowered in ("", "today", "this"):
        return week_of(now)
    if lowered == "last":
        return week_of(now - timedelta(days=7))
    if match := _WEEK.match(text):
        return week_of(date.fromisocalendar(int(match[1]), int(match[2]), 1))
    if _DAY.match(text):
        return week_of(date.fromisoformat(text))
    if match := _MONTH.match(text):
        return _month(int(match[1]), int(match[2]))
    if match := _REINVENT.match(text):
        return reinvent(int(match[1]))
    if match := _RANGE.match(text):
        first, last = date.fromisoformat(match[1]), date.fromisoformat(match[2])
        start, end = _midnight(first), _midnight(last + timedelta(days=1))
        return Period(start, end, span_label(start, end))
    if lowered.startswith("since:"):
        return since(_midnight(date.fromisoformat(text[6:].strip())), now)
    return None


def reinvent(year: int) -> Period:
    """The re:Invent of a year, from its first day to the end of its last Sunday.

    AWS has held it in the week after Thanksgiving since 2016; 2020 took three weeks.
    """
    first, days = _REINVENT_DAYS.get(year, (_after_thanksgiving(year), 7))
    start = _midnight(first)
    return Period(start, start + timedelta(days=days), f"re:Invent {year}")


def _after_thanksgiving(year: int) -> date:
    """The Monday after the fourth Thursday of November."""
    first = date(year, 11, 1)
    return first + timedelta(days=(3 - first.weekday()) % 7 + 21 + 4)


def _month(year: int, month: int) -> Period:
    start = date(year, month, 1)
    end = date(year + month // 12, month % 12 + 1, 1)
    return Period(_midnight(start), _midnight(end), f"{year:04d}-{month:02d}")


def span_label(start: datetime, end: datetime) -> str:
    """`2020-12-07..2020-12-11`, both days included."""
    return f"{start.date()}..{(end - timedelta(microseconds=1)).date()}"


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
