"""Sessions, notes and articles as rows to filter; read from the store, plain values."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from index.library import Library
from index.text import fold

KINDS = ("session", "note", "article")


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRow:
    """One session, note or article. `year` is the event's, else of its date; `found_by` is
    what a person may type of it, folded."""

    id: str
    kind: str
    title: str
    published: datetime
    lang: str
    source: str
    area: str
    event: str
    year: int
    code: str
    level: int | None
    topics: tuple[str, ...]
    speakers: tuple[str, ...]
    found_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a person filters by; empty means any."""

    text: str = ""
    kinds: Sequence[str] = ()
    events: Sequence[str] = ()
    years: Sequence[str] = ()
    levels: Sequence[str] = ()
    topics: Sequence[str] = ()


def session_rows(library: Library) -> tuple[SessionRow, ...]:
    """All of them, the newest year first, by code within it."""
    marks = ",".join("?" * len(KINDS))
    rows = library.store.read().execute(
        "SELECT id, kind, title, published, lang, source, area, detail FROM entry "
        f"WHERE kind IN ({marks})",
        KINDS,
    )
    found = [_row(tuple(row)) for row in rows]
    return tuple(sorted(found, key=lambda r: (-r.year, r.code or "~", r.published, r.id)))


def matching(rows: Iterable[SessionRow], wish: Wish) -> tuple[SessionRow, ...]:
    """The rows that a wish asks for; every typed word must be found."""
    words = fold(wish.text).split()
    return tuple(
        row
        for row in rows
        if (not wish.kinds or row.kind in wish.kinds)
        and (not wish.events or row.event in wish.events)
        and (not wish.years or str(row.year) in wish.years)
        and (not wish.levels or str(row.level) in wish.levels)
        and (not wish.topics or set(wish.topics) & set(row.topics))
        and all(word in row.found_by for word in words)
    )


def notes_by_code(rows: Iterable[SessionRow]) -> dict[tuple[int, str], tuple[SessionRow, ...]]:
    """The notes and articles about each session, by (year, code)."""
    found: dict[tuple[int, str], tuple[SessionRow, ...]] = {}
    for row in rows:
        if row.kind != "session" and row.code:
            found[row.year, row.code] = (*found.get((row.year, row.code), ()), row)
    return found


def _row(values: tuple[object, ...]) -> SessionRow:
    entry_id, kind, title, published, lang, source, area, detail = values
    session = json.loads(str(detail)).get("session") or {}
    when = datetime.fromtimestamp(int(str(published)), UTC)
    code = str(session.get("code") or "")
    speakers = tuple(str(s) for s in session.get("speakers") or ())
    return SessionRow(
        id=str(entry_id),
        kind=str(kind),
        title=str(title),
        published=when,
        lang=str(lang),
        source=str(source),
        area=str(area),
        event=str(session.get("event") or "") if session else "",
        year=int(session.get("year") or when.year),
        code=code,
        level=session.get("level"),
        topics=tuple(str(t) for t in session.get("topics") or ()),
        speakers=speakers,
        found_by=fold(" ".join([code, str(session.get("variant") or ""), str(title), *speakers])),
    )
