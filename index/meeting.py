"""A study session as a value: a day, the stories chosen for it in order, our comments."""

from dataclasses import dataclass
from datetime import date, datetime

from index.stored import Stored


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyItem:
    """A story chosen for a session. `covered` is when it was presented (aware UTC) or None;
    `revision` the entry's then. `carried` is the number of the session that did not get to
    it. `changed` is true when the source says something else since it was presented."""

    entry: Stored
    pinned: bool = False
    comment: str = ""
    covered: datetime | None = None
    revision: int | None = None
    carried: int | None = None

    @property
    def changed(self) -> bool:
        """True when the entry has a newer revision than the one presented."""
        return self.revision is not None and self.entry.revision > self.revision


@dataclass(frozen=True, slots=True, kw_only=True)
class StudySession:
    """A meeting; `items` are in the order of presentation, pinned ones first. `start` is
    from when on news was considered, None when nobody said."""

    number: int
    day: date
    title: str
    items: tuple[StudyItem, ...] = ()
    start: datetime | None = None

    @property
    def name(self) -> str:
        """The title, or the day where it has none."""
        return self.title or self.day.isoformat()

    @property
    def left(self) -> tuple[StudyItem, ...]:
        """What was not covered."""
        return tuple(item for item in self.items if item.covered is None)
