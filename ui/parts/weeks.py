"""Numbers for the week page: how much was announced in each week."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from index.library import Library
from index.period import Period, week_of


@dataclass(frozen=True, slots=True)
class WeekCount:
    """An ISO week by its Monday and label, and how many stories were announced in it."""

    monday: date
    label: str
    count: int


def week_counts(library: Library) -> tuple[WeekCount, ...]:
    """Every week from the first announcement to the last, those without any included."""
    rows = library.store.read().execute(
        # Unix time began on a Thursday: four days later is the first Monday.
        "SELECT (first - 345600) / 604800 AS week, count(*) AS stories FROM "
        "(SELECT story, min(published) AS first FROM entry WHERE kind = 'announcement' "
        "GROUP BY story) GROUP BY week ORDER BY week"
    )
    counts = {int(row["week"]): int(row["stories"]) for row in rows}
    if not counts:
        return ()
    return tuple(_week(n, counts.get(n, 0)) for n in range(min(counts), max(counts) + 1))


def beside(period: Period) -> tuple[Period, Period]:
    """The stretches of equal length right before and after; for a week, the weeks."""
    length = period.end - period.start
    if period.is_week:
        return week_of(period.start - length), week_of(period.end)
    return (
        Period(period.start - length, period.start, _days(period.start - length, period.start)),
        Period(period.end, period.end + length, _days(period.end, period.end + length)),
    )


def named(period: Period) -> str:
    """The period as `parse_period` reads it back."""
    return period.label if period.is_week else _days(period.start, period.end)


def _days(start: datetime, end: datetime) -> str:
    return f"{start.date()}..{(end - timedelta(microseconds=1)).date()}"


def _week(number: int, count: int) -> WeekCount:
    monday = datetime.fromtimestamp(number * 604800 + 345600, UTC).date()
    return WeekCount(monday, week_of(monday).label, count)
