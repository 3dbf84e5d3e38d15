"""How AWS's directory API is swept around its wall of 10,000 records. Pure.

The wall: a page that would end beyond record 10,000 is empty, without an error; so is one
larger than 2,000, and one beyond the hundredth. Hence each year is asked by its tag, then
everything that bears no year tag, then, where records are still lacking, all of it by date
from both ends.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit

from crawler.sources import Source
from index.source_state import Slice

FIRST_YEAR = 2004
SMALLEST = 25
SECOND_TAG_SINCE = 2025
"""Since when AWS's second form of the year tag is met beside the first."""


@dataclass(frozen=True, slots=True)
class Wall:
    """How many records a question can reach, and how many we ask for at once.

    `learned` says that `size` is what the source showed to give, not our own wish.
    """

    records: int = 10_000
    size: int = 500
    learned: bool = False

    def before(self, total: int) -> int:
        """How many of a part's records can be reached from one end."""
        return min(total, self.records)

    def behind(self, total: int) -> int:
        """How many the wall hides, to be asked for from the other end."""
        return self.before(max(total - self.records, 0))

    def after(self, place: int, count: int, total: int) -> "Wall":
        """The wall after a page from `place` on that held `count` of `total` records.

        A source that gives less than half of what was asked for, or nothing, has a smaller
        page than ours: AWS answers too large a size with silence.
        """
        expected = min(self.size, total - place)
        if self.learned or expected <= SMALLEST or count * 2 > expected:
            return self
        return Wall(self.records, max(count, SMALLEST), learned=True)


@dataclass(frozen=True, slots=True)
class Part:
    """One part to sweep: its name, the tags it is asked by, and the order of its dates."""

    name: str
    tags: tuple[str, ...] = ()
    order: str = "asc"


EVERYTHING = Part("everything")
NEWEST_FIRST = Part("by date, newest first", order="desc")
OLDEST_FIRST = Part("by date, oldest first")


def year_parts(source: Source, first: int, last: int) -> tuple[Part, ...]:
    """A part for each year and form of its tag, the oldest year first."""
    parts = []
    for year in range(first, last + 1):
        for number, form in enumerate(source.year_tags):
            if number and year < SECOND_TAG_SINCE:
                continue
            suffix = f" ({number + 1})" if number else ""
            parts.append(Part(f"year {year}{suffix}", (form.format(year=year),)))
    return tuple(parts)


def without_year(source: Source, last: int) -> Part:
    """What bears none of the year tags: a leading `!` means not, repeated tags mean and."""
    tags = [t for part in year_parts(source, FIRST_YEAR, last) for t in part.tags]
    return Part("without a year", tuple(f"!{tag}" for tag in tags))


def all_but(part: Part) -> Part:
    """Everything that does not bear the part's tag: whether AWS heeds the "not" shows here."""
    return Part(f"all but {part.name}", tuple(f"!{tag}" for tag in part.tags))


def other_end(part: Part) -> Part:
    """The same part read from its other end, for what lies behind the wall."""
    return Part(f"{part.name}, from its end", part.tags, "desc" if part.order == "asc" else "asc")


def page_url(source: Source, part: Part, page: int, size: int) -> str:
    """The address of one page of a part."""
    parts = urlsplit(source.url)
    query = [(k, v) for k, v in parse_qsl(parts.query) if k not in ("page", "size")]
    if source.order:
        query += [("sort_by", source.order), ("sort_order", part.order)]
    query += [("size", str(size)), ("page", str(page))]
    query += [("tags.id", tag) for tag in part.tags]
    return parts._replace(query=urlencode(query)).geturl()


def year_of(slice_: Slice) -> int | None:
    """The year that a slice belongs to, or None."""
    words = slice_.name.replace(",", " ").split()
    return int(words[1]) if words[0] == "year" and words[1].isdigit() else None


def distinct(slices: Iterable[Slice]) -> frozenset[str]:
    """All records that were received, each once."""
    return frozenset().union(*(s.seen for s in slices))


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of a year the source gave: `total` as it counts, `received` of that."""

    year: int | None
    total: int
    received: int

    @property
    def share(self) -> float:
        """1.0 when nothing is lacking."""
        return min(self.received / self.total, 1.0) if self.total else 1.0


def coverage(slices: Mapping[str, Slice] | Iterable[Slice]) -> tuple[Coverage, ...]:
    """Received beside what the source holds, by year, then what bears no year (None)."""
    found = tuple(slices.values()) if isinstance(slices, Mapping) else tuple(slices)
    years: dict[int, list[Slice]] = {}
    for part in found:
        if (year := year_of(part)) is not None:
            years.setdefault(year, []).append(part)
    rows = [
        Coverage(year, max(len(distinct(parts)), *(p.total for p in parts)), len(distinct(parts)))
        for year, parts in sorted(years.items())
    ]
    dated = distinct(p for parts in years.values() for p in parts)
    rest = distinct(found) - dated
    untagged = max((p.total for p in found if p.name == "without a year"), default=0)
    if rest or untagged:
        rows.append(Coverage(None, max(untagged, len(rest)), len(rest)))
    return tuple(rows)
