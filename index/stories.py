"""Stories: the entries that tell the same launch, under the id of the one that leads."""

from collections.abc import Iterable

from index.store import Store


def place_by_address(store: Store, ids: Iterable[str]) -> int:
    """Join each entry to the others whose address names the same launch; the number moved.

    The earliest row leads. Call it inside `store.write()`.
    """
    connection = store.read()
    moved = 0
    for entry_id in ids:
        row = connection.execute(
            "SELECT e.story AS mine, f.story AS theirs, f.id AS other FROM entry e "
            "JOIN entry f ON f.slug = e.slug AND f.id <> e.id WHERE e.id = ? ORDER BY f.n LIMIT 1",
            (entry_id,),
        ).fetchone()
        if row is None or row["mine"] == row["theirs"]:
            continue
        connection.execute(
            "UPDATE entry SET story = ?, stamp = ? WHERE id = ?",
            (row["theirs"], store.next_stamp(), entry_id),
        )
        connection.execute(
            "INSERT OR REPLACE INTO tie VALUES (?, ?, 'address', 1.0)", (entry_id, row["other"])
        )
        moved += 1
    return moved
