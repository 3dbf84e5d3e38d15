"""What is indexed of an entry: read from SQLite in the order of its changes."""

import json
import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from index.fact import FactKind
from index.store import Store

_LEAD = 400  # characters that count as the opening of a text
_LINK_TARGET = re.compile(r"\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*\)")
_BARE_ADDRESS = re.compile(r"https?://\S+")
_SENTENCE_END = re.compile(r"[.!?](?=\s)|[。！？]|\n\s*\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One row of the index. `published` is unix seconds; `names` are the subject services,
    the session code, labels, tags and speakers; `stamp` is the row's place in the changes."""

    n: int
    stamp: int
    published: int
    story: str
    title: str
    names: str
    lead: str
    body: str
    area: str
    kind: str
    stage: str
    lang: str
    source: str
    year: str
    code: str
    service: tuple[str, ...]
    region: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """The next rows to index, the row numbers that left, and the stamp that both reach."""

    records: tuple[Record, ...]
    gone: tuple[int, ...]
    stamp: int


def changes_after(store: Store, seen: int, most: int) -> Changes:
    """What changed after the stamp `seen`, at most about `most` rows, in order of change.

    Rows of one stamp are never parted. Nothing changed: the stamp is `seen`.
    """
    connection = store.read()
    last = connection.execute(
        "SELECT max(stamp), count(*) FROM "
        "(SELECT stamp FROM entry WHERE stamp > ? ORDER BY stamp LIMIT ?)",
        (seen, most),
    ).fetchone()
    # The last batch also takes in what only left.
    until = last[0] if last[1] == most else None
    rows = connection.execute(
        "SELECT * FROM entry WHERE stamp > ? AND (? IS NULL OR stamp <= ?) ORDER BY stamp, n",
        (seen, until, until),
    ).fetchall()
    gone = connection.execute(
        "SELECT n, stamp FROM gone WHERE stamp > ? AND (? IS NULL OR stamp <= ?)",
        (seen, until, until),
    ).fetchall()
    stamp = max([seen, *(r["stamp"] for r in rows), *(r["stamp"] for r in gone)])
    return Changes(_records(connection, rows), tuple(r["n"] for r in gone), stamp)


def _records(connection: sqlite3.Connection, rows: Sequence[sqlite3.Row]) -> tuple[Record, ...]:
    found: list[Record] = []
    for start in range(0, len(rows), 500):
        some = rows[start : start + 500]
        facts = _facts(connection, [row["id"] for row in some])
        found += [_record(row, *facts.get(row["id"], ((), ()))) for row in some]
    return tuple(found)


_Values = tuple[tuple[str, ...], tuple[str, ...]]


def _facts(connection: sqlite3.Connection, ids: Sequence[str]) -> dict[str, _Values]:
    """Services and regions by entry id; a region that is not yet served is not one."""
    # `+` keeps SQLite from walking all facts of the kinds instead of looking up the ids.
    rows = connection.execute(
        "SELECT id, kind, value FROM fact WHERE +kind IN (?, ?) AND detail != 'not-yet' "
        f"AND id IN ({','.join('?' * len(ids))}) ORDER BY id, position",
        (FactKind.SERVICE, FactKind.REGION, *ids),
    )
    found: dict[str, _Values] = {}
    for entry_id, kind, value in rows:
        services, regions = found.get(entry_id, ((), ()))
        if kind == FactKind.SERVICE:
            found[entry_id] = ((*services, value), regions)
        else:
            found[entry_id] = (services, (*regions, value))
    return found


def _record(row: sqlite3.Row, services: tuple[str, ...], regions: tuple[str, ...]) -> Record:
    detail = json.loads(row["detail"])
    session = detail.get("session") or {}
    lead, body = split_text(row["summary"], row["text"])
    tags = [tag for tag in detail.get("tags", ()) if ":" not in tag]
    code = session.get("code", "")
    names = [*services, code, detail.get("label", ""), *tags, detail.get("author", "")]
    names += [*session.get("speakers", ()), *session.get("topics", ())]
    return Record(
        n=row["n"],
        stamp=row["stamp"],
        published=row["published"],
        story=row["story"],
        title=row["title"],
        names="\n".join(name for name in names if name),
        lead=lead,
        body=body,
        area=row["area"],
        kind=row["kind"],
        stage=row["stage"],
        lang=row["lang"],
        source=row["source"],
        year=f"{datetime.fromtimestamp(row['published'], UTC).year:04}",
        code=code,
        service=tuple(dict.fromkeys(services)),
        region=tuple(dict.fromkeys(regions)),
    )


def split_text(summary: str, text: str) -> tuple[str, str]:
    """(lead, body): the opening sentences, a summary that is not among them, and the rest.

    Addresses in Markdown links are left out: nobody searches for their parts.
    """
    plain = _BARE_ADDRESS.sub(" ", _LINK_TARGET.sub("]", text))
    cut = min(len(plain), _LEAD)
    if len(plain) > _LEAD:
        ends = [m.end() for m in _SENTENCE_END.finditer(plain, 0, _LEAD)]
        cut = ends[-1] if ends and ends[-1] > _LEAD // 4 else _LEAD
    lead, body = plain[:cut], plain[cut:]
    if summary and summary[:40] not in lead:
        lead = f"{summary}\n{lead}"
    return lead, body
