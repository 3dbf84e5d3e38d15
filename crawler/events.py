"""When re:Invent was held: what a session without a date is dated by."""

from datetime import datetime

from index.period import reinvent

FIRST_YEAR = 2012


def reinvent_start(year: int) -> datetime:
    """The first day of that year's re:Invent, midnight UTC."""
    return reinvent(year).start


def reinvent_year(when: datetime) -> int | None:
    """The re:Invent that a report of this day most likely tells of, or None out of season:
    from two weeks before it begins until the end of February."""
    if (when - reinvent_start(when.year)).days >= -14:
        return when.year
    return when.year - 1 if when.month <= 2 and when.year > FIRST_YEAR else None
