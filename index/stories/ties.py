"""Ties between entries, and the stories that strong ties make."""

from dataclasses import dataclass

from index.store import Store

ADDRESS, LINK, TRANSLATION, TITLE, MEANING = "address", "link", "translation", "title", "meaning"
MENTION, CODE = "mention", "code"
JOINING = (ADDRESS, LINK, TRANSLATION, TITLE, MEANING)
"""Ties that make one story of two entries; the others only say that they belong together."""


@dataclass(frozen=True, slots=True)
class Tie:
    """Two entries (or an entry and the launch slug it links to), why, and how sure (0..1)."""

    id: str
    other: str
    how: str
    weight: float


def keep_tie(store: Store, tie: Tie) -> bool:
    """Note the tie; a joining one between two entries makes them one story. True when a
    story changed. Call it inside `store.write()`."""
    connection = store.read()
    connection.execute(
        "INSERT OR REPLACE INTO tie VALUES (?,?,?,?)", (tie.id, tie.other, tie.how, tie.weight)
    )
    return tie.how in JOINING and _join(store, tie.id, tie.other)


def ties_of(store: Store, entry_id: str) -> tuple[Tie, ...]:
    """The entry's ties in both directions, the surest first; `other` is never the entry."""
    rows = store.read().execute(
        "SELECT id, other, how, weight FROM tie WHERE id = ?1 "
        "UNION SELECT other, id, how, weight FROM tie WHERE other = ?1 "
        "ORDER BY weight DESC, id, other, how",
        (entry_id,),
    )
    return tuple(Tie(entry_id, row["other"], row["how"], row["weight"]) for row in rows)


def _join(store: Store, one: str, other: str) -> bool:
    """Make one story of two: the official launch leads, else the row that came first."""
    connection = store.read()
    stories = {
        row["story"]
        for row in connection.execute("SELECT story FROM entry WHERE id IN (?, ?)", (one, other))
    }
    if len(stories) < 2:
        return False
    leader = connection.execute(
        "SELECT id, story FROM entry WHERE story IN (?, ?) ORDER BY "
        "slug LIKE 'whats-new/%' DESC, part_of IS NULL DESC, lang = 'en' DESC, n LIMIT 1",
        tuple(stories),
    ).fetchone()
    for story in sorted(stories - {leader["id"]}):
        connection.execute(
            "UPDATE entry SET story = ?, stamp = ? WHERE story = ?",
            (leader["id"], store.next_stamp(), story),
        )
    return True
