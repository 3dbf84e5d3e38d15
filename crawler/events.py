"""When re:Invent was held: what a session without a date is dated by."""

from datetime import UTC, datetime, timedelta

FIRST_YEAR = 2012
# Held elsewhere in the calendar before it settled in the week after Thanksgiving.
_STARTS = {2012: (11, 27), 2013: (11, 12), 2014: (11, 11), 2015: (10, 6)}


def reinvent_start(year: int) -> datetime:
    """The first day of that year's re:Invent: the Monday after Thanksgiving since 2016."""
    if year in _STARTS:
        return datetime(year, *_STARTS[year], tzinfo=UTC)
    first = datetime(year, 11, 1, tzinfo=UTC)
    thanksgiving = first + timedelta(days=(3 - first.weekday()) % 7 + 21)
    return thanksgiving + timedelta(days=4)


def reinvent_year(when: datetime) -> int | None:
    """The re:Invent that a report of this day most likely tells of, or None out of season."""
    days = (when - reinvent_start(when.year)).days
    if days >= -14:
        return when.year
    return when.year - 1 if when.month <= 2 and when.year > FIRST_YEAR else None
