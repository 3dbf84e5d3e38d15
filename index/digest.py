"""The digest of a period, as values: what a digest says, whatever writes it down.

`index.edition` makes one from stored entries; the command line, Markdown, mail, feed and
decks only read these values.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

from index.fact import Facts
from index.period import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """Another entry that belongs to an item: a copy in another language, a blog post, a
    session, a note. `url` is None for local notes."""

    id: str
    kind: str
    title: str
    url: str | None
    lang: str
    source: str
    published: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestItem:
    """One story of the period, told once.

    `id` is that of the entry whose words are shown (`lang` is their language; `foreign`
    when it is not the one asked for). `area` is the group it stands in; `label` the
    author's own area of a digest's item, "" otherwise. `summary` holds one to three lines,
    never none. `regions` are codes as in facts; `tokyo` and `osaka` are yes, no or "" where
    the source does not say. `price` is the source's words, or "". `copies` are the other
    entries of the story, `companions` the posts, sessions and notes tied to it. `reasons`
    say why `score` is what it is, the strongest first. `text` is the full text shown.
    `points` and `script` are a language model's drafts of a slide's points and of the words
    to say with it, checked against the source; empty where no model is asked.
    """

    id: str
    kind: str
    title: str
    summary: tuple[str, ...]
    url: str | None
    source: str
    published: datetime
    lang: str
    foreign: bool = False
    stage: str = ""
    area: str = "Other"
    label: str = ""
    services: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    tokyo: str = ""
    osaka: str = ""
    price: str = ""
    story: str = ""
    copies: tuple[Reference, ...] = ()
    companions: tuple[Reference, ...] = ()
    watched: bool = False
    pinned: bool = False
    score: float = 0.0
    reasons: tuple[str, ...] = ()
    facts: Facts = field(default_factory=Facts)
    text: str = ""
    points: tuple[str, ...] = ()
    script: str = ""


@dataclass(frozen=True, slots=True)
class RegionLine:
    """A service's region-only news of the period in one line: `regions` in order of code,
    `items` the news itself, oldest first."""

    service: str
    regions: tuple[str, ...]
    items: tuple[DigestItem, ...]


@dataclass(frozen=True, slots=True)
class AreaGroup:
    """An area's news: `items` holds all of it, by score; `folded` those of them that a
    digest tells in one line a service."""

    area: str
    items: tuple[DigestItem, ...]
    folded: tuple[RegionLine, ...] = ()

    @property
    def told(self) -> tuple[DigestItem, ...]:
        """The items that are told one by one: all but the folded ones."""
        inside = {item.id for line in self.folded for item in line.items}
        return tuple(item for item in self.items if item.id not in inside)


@dataclass(frozen=True, slots=True)
class Deadline:
    """A date ahead that a source names: `what` is end-of-support, closed-to-new or "",
    `words` the source's own."""

    day: date
    what: str
    title: str
    words: str
    url: str | None
    entry: str


@dataclass(frozen=True, slots=True)
class Count:
    """How many stories; `former` is the mean of the stretches before, or None where the
    knowledge base holds nothing of them."""

    name: str
    count: int
    former: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """A period's news. `total` counts stories (those in `areas`); `top` are the ones that
    matter most, also in `areas`; `apart` the posts, sessions, notes and articles of the
    period that belong to no item above. `lines` is the period in at most five lines.
    `counts` go by area in the order of `areas`, `stages` by stage; `overall` is the total
    with its former mean."""

    period: Period
    lang: str
    total: int
    top: tuple[DigestItem, ...] = ()
    areas: tuple[AreaGroup, ...] = ()
    apart: tuple[DigestItem, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    lines: tuple[str, ...] = ()
    counts: tuple[Count, ...] = ()
    stages: tuple[Count, ...] = ()
    overall: Count = Count("", 0)

    @property
    def items(self) -> tuple[DigestItem, ...]:
        """Every item of the areas, in the order of the digest."""
        return tuple(item for group in self.areas for item in group.items)

    @property
    def launches(self) -> int:
        """How many items are announcements: none where posts are all there is."""
        return sum(item.kind == "announcement" for item in self.items)

    @property
    def empty(self) -> bool:
        """True when nothing at all was published in the period."""
        return not self.total and not self.apart
