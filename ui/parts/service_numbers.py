"""Numbers for the services pages, counted in the store."""

from dataclasses import dataclass
from datetime import UTC, datetime

from index.library import Library


@dataclass(frozen=True, slots=True)
class ServiceCount:
    """How many stories tell of a service, how many of them in the last 90 days before the
    newest, and when the latest was."""

    name: str
    area: str
    count: int
    lately: int
    latest: datetime


@dataclass(frozen=True, slots=True)
class YearCount:
    """Stories of a year at one stage ("" for none)."""

    year: int
    stage: str
    count: int


_RECENT = 90 * 86400


def service_counts(library: Library) -> tuple[ServiceCount, ...]:
    """Every service that an announcement is about, the busiest of late first."""
    store = library.store.read()
    newest = store.execute(
        "SELECT max(published) FROM entry WHERE kind = 'announcement'"
    ).fetchone()[0]
    if newest is None:
        return ()
    rows = store.execute(
        "SELECT f.value, count(DISTINCT e.story) AS c, max(e.published) AS latest, "
        "count(DISTINCT CASE WHEN e.published > ? THEN e.story END) AS lately "
        "FROM fact f JOIN entry e ON e.id = f.id "
        "WHERE f.kind = 'service' AND e.kind = 'announcement' GROUP BY f.value",
        (newest - _RECENT,),
    )
    found = [
        ServiceCount(
            row["value"],
            _area(library, row["value"]),
            row["c"],
            row["lately"],
            datetime.fromtimestamp(row["latest"], UTC),
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda s: (-s.lately, -s.count, s.name)))


def sessions_of(library: Library, service: str, limit: int) -> tuple[str, ...]:
    """The ids of sessions, notes and posts that are about a service, newest first."""
    rows = library.store.read().execute(
        "SELECT DISTINCT e.id, e.published FROM fact f JOIN entry e ON e.id = f.id "
        "WHERE f.kind = 'service' AND f.value = ? AND e.kind IN ('session', 'note', 'article') "
        "ORDER BY e.published DESC, e.n DESC LIMIT ?",
        (service, limit),
    )
    return tuple(row["id"] for row in rows)


def _area(library: Library, name: str) -> str:
    service = library.taxonomy.service(name)
    return service.area if service else "Other"
