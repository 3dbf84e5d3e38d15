"""An entry as the knowledge base keeps it: with its facts, its story and its history."""

from dataclasses import dataclass
from datetime import datetime

from index.entry import Entry
from index.fact import Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """`n` is the row number (it grows with arrival), `story` the id of the story's leading
    entry, `revision` counts from 1, `part_of` is the digest that this item stands in."""

    n: int
    id: str
    entry: Entry
    facts: Facts
    story: str
    revision: int
    first_seen: datetime
    changed: datetime
    part_of: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """What a source said at one time; `revision` counts from 1."""

    revision: int
    seen: datetime
    entry: Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What became of the entries given: how many were new, changed and already known.

    `new_ids` and `changed_ids` are in the order of arrival; a digest's items count in
    `items` and not among the entries.
    """

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    items: int = 0
    new_ids: tuple[str, ...] = ()
    changed_ids: tuple[str, ...] = ()

    def __add__(self, other: "Added") -> "Added":
        return Added(
            new=self.new + other.new,
            changed=self.changed + other.changed,
            unchanged=self.unchanged + other.unchanged,
            items=self.items + other.items,
            new_ids=self.new_ids + other.new_ids,
            changed_ids=self.changed_ids + other.changed_ids,
        )
