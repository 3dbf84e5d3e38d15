"""What a digest is made from, read from the store."""

from datetime import UTC, datetime

from index.companions import AFTER, BEFORE
from index.config import Config
from index.edition import AHEAD, Material
from index.errors import ConfigError
from index.period import Period, week_of, weeks_before
from index.ranking import weights_with
from index.shelf import Shelf
from index.summary import STYLES
from index.telling import Taste

FORMER = 4
"""How many stretches before a period its counts are compared with."""


def gather(shelf: Shelf, period: Period) -> Material:
    """The period's entries with the other entries of their stories, the deadlines ahead, and
    the counts of the stretches before."""
    bounds = _bounds(period)
    stories = "story IN (SELECT story FROM entry WHERE published >= ? AND published < ?)"
    first, last = period.start.date(), (period.end + AHEAD).date()
    around = (
        "kind IN ('session', 'note') AND (published BETWEEN ? AND ? OR published BETWEEN ? AND ?)"
    )
    wholes = "id IN (SELECT part_of FROM entry WHERE published >= ? AND published < ?)"
    deadlines = "id IN (SELECT id FROM fact WHERE kind = 'deadline' AND value BETWEEN ? AND ?)"
    return Material(
        published=tuple(shelf.where(stories, bounds, "published, n")),
        wholes=tuple(shelf.where(wholes, bounds)),
        near=tuple(shelf.where(around, _around(period), "published, n")),
        dated=tuple(shelf.where(deadlines, (first.isoformat(), last.isoformat()), "published, n")),
        former=tuple(_areas(shelf, former) for former in weeks_before(period, FORMER)),
    )


def taste_of(config: Config, lang: str | None = None, style: str | None = None) -> Taste:
    """The group's taste as its settings say; `lang` and `style` go before them.

    Raises ConfigError for a weight of no known signal or an unknown style.
    """
    chosen = config.digest
    if (style or chosen.style) not in STYLES:
        raise ConfigError(f"{chosen.style!r} is none of {', '.join(STYLES)}", key="digest.style")
    return Taste(
        lang=lang or config.interface.language,
        style=style or chosen.style,
        weights=weights_with(chosen.weights),
        watch=chosen.watch,
        pin=chosen.pin,
        hide=chosen.hide,
        top=chosen.top,
    )


def newest_week(shelf: Shelf) -> Period | None:
    """The week of the latest announcement, or of the latest entry where there is none; None
    for an empty knowledge base."""
    row = (
        shelf.store.read()
        .execute(
            "SELECT coalesce(max(CASE WHEN kind = 'announcement' THEN published END), "
            "max(published)) AS latest FROM entry"
        )
        .fetchone()
    )
    return None if row["latest"] is None else week_of(datetime.fromtimestamp(row["latest"], UTC))


def _areas(shelf: Shelf, period: Period) -> dict[str, int]:
    rows = shelf.store.read().execute(
        "SELECT area, count(DISTINCT story) AS stories FROM entry WHERE kind = 'announcement' "
        "AND published >= ? AND published < ? GROUP BY area",
        _bounds(period),
    )
    return {row["area"]: row["stories"] for row in rows}


def _around(period: Period) -> tuple[int, int, int, int]:
    """The stretches before and after the period, both ends included."""
    start, end = _bounds(period)
    before, after = int(BEFORE.total_seconds()), int(AFTER.total_seconds())
    return start - before, start - 1, end, end + after


def _bounds(period: Period) -> tuple[int, int]:
    return int(period.start.timestamp()), int(period.end.timestamp())
