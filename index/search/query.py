"""The values that search speaks: what is asked, its analysed tree, and the page of answers.

Walk: `Query` (a person's words and filters) → `Node` (its tree, of index terms only) → `Matches`
(the engine: row numbers, scores, counts) → `Page` (what screens and JSON show).
Terms in a tree are as they stand in the index: whoever builds a tree has analysed them.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from index.search.notices import Notice

TEXT_FIELDS = ("words", "title")
"""`words` holds everything (title, names, lead, body, weighted); `title` the title only."""

VALUE_FIELDS = ("area", "service", "kind", "stage", "lang", "source", "year", "region", "code")
"""Fields of exact values; `service` and `region` hold several. `year` is four digits."""

FACETS = ("area", "service", "kind", "stage", "lang", "source", "year", "region")
SORTS = ("relevance", "newest", "oldest")


@dataclass(frozen=True, slots=True)
class Everything:
    """Every entry."""


@dataclass(frozen=True, slots=True)
class Term:
    """Entries with this term; a word of the title weighs more than one of the body."""

    term: str
    field: str = "words"
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Phrase:
    """The terms at rising neighbouring positions, in one part (title, names, lead or body)."""

    terms: tuple[str, ...]
    field: str = "words"
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Prefix:
    """Any term that begins so. An empty start matches nothing."""

    start: str
    field: str = "words"
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Pattern:
    """Any term of this shape, `*` any and `?` one character; rare, answered by Whoosh itself
    without a score."""

    shape: str
    field: str = "words"


@dataclass(frozen=True, slots=True)
class Near:
    """The terms in this order with at most `gap` positions from one to the next; rare,
    answered by Whoosh itself without a score."""

    terms: tuple[str, ...]
    gap: int = 2
    field: str = "words"


@dataclass(frozen=True, slots=True)
class Value:
    """The exact value of a value field, e.g. `Value("area", "Security")`; it adds no score."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class During:
    """Published at or after `since` and before `until` (aware UTC; None leaves the end open)."""

    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class And:
    """All parts; their scores add up. Without parts it matches everything."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any part; the scores of those that match add up. Without parts it matches nothing."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Best:
    """Any part; the best score counts: other names of one thing (aliases) do not pile up."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Boosted:
    """What `base` matches; `boosts` only add to the score where they match too."""

    base: "Node"
    boosts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Everything that `part` does not match; no score."""

    part: "Node"


Node = (
    Everything | Term | Phrase | Prefix | Pattern | Near | Value | During
    | And | Or | Best | Boosted | Not
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What a person asks. Filters: any value within one field, all fields together.

    `since` is inclusive, `until` exclusive, both aware UTC. `limit` and `offset` count folded
    hits; `fold=False` shows every copy of a story by itself, `facets=False` counts none.
    """

    text: str = ""
    area: tuple[str, ...] = ()
    service: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    stage: tuple[str, ...] = ()
    lang: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    year: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    sort: str = "relevance"
    limit: int = 20
    offset: int = 0
    fold: bool = True
    facets: bool = True

    def __post_init__(self) -> None:
        if self.sort not in SORTS:
            raise ValueError(f"unknown sort {self.sort!r}; one of {', '.join(SORTS)}")

    @property
    def filters(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The facets that are restricted, with their values, in the order of FACETS."""
        return tuple((name, values) for name in FACETS if (values := getattr(self, name)))


@dataclass(frozen=True, slots=True)
class Match:
    """One folded hit of the engine: row number `n` in SQLite, the rows of its copies, score."""

    n: int
    score: float
    copies: tuple[int, ...] = ()


FacetCounts = tuple[tuple[str, tuple[tuple[str, int], ...]], ...]


@dataclass(frozen=True, slots=True)
class Matches:
    """One page of the engine: `total` counts folded hits; counts of a facet ignore its own
    filter (they say what another choice would show), the most frequent value first."""

    total: int
    found: tuple[Match, ...] = ()
    facets: FacetCounts = ()
    notice: Notice | None = None


@dataclass(frozen=True, slots=True)
class Copy:
    """Another entry of the same story: the other language, the blog post, a republication."""

    id: str
    kind: str
    title: str
    url: str | None
    lang: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One line of a result page. `excerpt` and `marked_title` are HTML-escaped text in which
    `<mark>` is the only tag; `score` is 0 when sorted by date."""

    n: int
    id: str
    kind: str
    title: str
    url: str | None
    published: datetime
    lang: str
    source: str
    area: str
    services: tuple[str, ...] = ()
    stage: str = ""
    excerpt: str = ""
    marked_title: str = ""
    score: float = 0.0
    copies: tuple[Copy, ...] = ()
    part_of: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page of answers. `notices` tell what was done to the query or the index; `corrected`
    is a text to try instead; `related` are hits near in meaning only, never mixed in."""

    total: int
    hits: tuple[Hit, ...] = ()
    facets: FacetCounts = ()
    notices: tuple[Notice, ...] = ()
    corrected: str = ""
    related: tuple[Hit, ...] = field(default=())

    @property
    def notice(self) -> str:
        """What was done, in English; "" for nothing."""
        return "; ".join(self.notices)


def page_to_dict(page: Page) -> dict[str, Any]:
    """The JSON of `find --json`: plain values, times as ISO 8601 in UTC, stage null if none."""
    return {
        "total": page.total,
        "hits": [hit_to_dict(hit) for hit in page.hits],
        "facets": {name: [[v, c] for v, c in counts] for name, counts in page.facets},
        "notice": page.notice,
        "corrected": page.corrected,
        "related": [hit_to_dict(hit) for hit in page.related],
    }


def hit_to_dict(hit: Hit) -> dict[str, Any]:
    """One hit of `find --json`."""
    copies = [
        {"id": c.id, "kind": c.kind, "title": c.title, "url": c.url, "lang": c.lang,
         "source": c.source}
        for c in hit.copies
    ]  # fmt: skip
    return {
        "id": hit.id,
        "kind": hit.kind,
        "title": hit.title,
        "url": hit.url,
        "published": hit.published.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "lang": hit.lang,
        "source": hit.source,
        "area": hit.area,
        "services": list(hit.services),
        "stage": hit.stage or None,
        "excerpt": hit.excerpt,
        "score": round(hit.score, 4),
        "copies": copies,
        "part_of": hit.part_of,
    }
