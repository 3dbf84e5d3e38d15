"""Placing entries in stories as they arrive, by the surest evidence that they bring.

Address (the same AWS page in another language), translation (the text names its original),
link (the text links to just one launch), then title. What is not yet there is found when it
comes: an unmet link is kept as a tie to the launch's slug.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from index.entry import Entry
from index.shelf import Shelf
from index.stored import Stored
from index.stories.links import launches_linked, original_of
from index.stories.naming import holds, named_story
from index.stories.ties import ADDRESS, CODE, LINK, MENTION, TITLE, TRANSLATION, Tie, keep_tie
from index.stories.title import Title, likeness, title_of, vetoed
from index.taxonomy import Taxonomy

OFFICIAL = "whats-new/"
TELLERS = ("blog", "article", "announcement")
WINDOW = timedelta(days=10)
_AT_HAND = 8192  # titles kept while a batch is placed
SURE, SURE_OF_POST = 0.65, 0.75
"""Likeness from which a title makes one story: of an announcement, and of a post, whose title
may be about the service in general. Measured by `./run bench quality`."""


class Placing:
    """Finds the story of entries that have just been kept; one for a batch."""

    def __init__(self, shelf: Shelf, taxonomy: Taxonomy) -> None:
        self.shelf = shelf
        self.store = shelf.store
        self.taxonomy = taxonomy
        self._known: dict[str, Title] = {}

    def place(self, ids: Sequence[str]) -> int:
        """Tie these entries to others; how many stories changed. Inside `store.write()`."""
        changed = 0
        for stored in self.shelf.many(ids):
            for tie in self._ties(stored):
                changed += keep_tie(self.store, tie)
        return changed

    def _ties(self, stored: Stored) -> Iterator[Tie]:
        yield from self._by_address(stored)
        linked = list(self._by_links(stored))
        yield from linked
        yield from self._by_code(stored)
        if not any(tie.how in (LINK, TRANSLATION) for tie in linked):
            ties = list(self._by_title(stored))
            yield from ties or self._by_name(stored)

    def _by_address(self, stored: Stored) -> Iterator[Tie]:
        slug = self._slug(stored.id)
        if slug is None:
            return
        for other in self._with_slug(slug):
            if other != stored.id:
                yield Tie(stored.id, other, ADDRESS, 1.0)
        waiting = self.store.read().execute(
            "SELECT id, how, weight FROM tie WHERE other = ?", (slug,)
        )
        for row in waiting.fetchall():
            yield Tie(row["id"], stored.id, row["how"], row["weight"])

    def _by_links(self, stored: Stored) -> Iterator[Tie]:
        """Links to a launch that is not there yet are kept under its slug, for when it comes."""
        for slug, how in links(stored.entry):
            for other in self._with_slug(slug) or [slug]:
                if other != stored.id:
                    yield Tie(stored.id, other, how, 0.95 if how != MENTION else 0.5)

    def _by_code(self, stored: Stored) -> Iterator[Tie]:
        """A note about a session and the session itself."""
        session = stored.entry.session
        if session is None or not session.code:
            return
        rows = self.store.read().execute(
            "SELECT id FROM entry WHERE id <> ? AND json_extract(detail, '$.session.code') = ? "
            "AND (json_extract(detail, '$.session.year') = ? OR ? IS NULL)",
            (stored.id, session.code, session.year, session.year),
        )
        for row in rows.fetchall():
            yield Tie(stored.id, row["id"], CODE, 0.9)

    def _by_title(self, stored: Stored) -> Iterator[Tie]:
        """The best of the window, if it is sure and the choice is mutual."""
        if stored.entry.kind not in TELLERS:
            return
        best, score = self._best(stored, self.window(stored))
        if best is None or score < threshold(stored, best):
            return
        back, _ = self._best(best, self.window(best))
        if back is None or back.id == stored.id:
            yield Tie(stored.id, best.id, TITLE, round(score, 3))

    def _by_name(self, stored: Stored) -> Iterator[Tie]:
        """The launch that an item of a digest names, whichever of them came first."""
        (mine,) = self._titles([stored.id])
        if stored.part_of:
            yield from self._named(mine, self.window(stored))
            return
        alone = self._near(stored, "part_of IS NOT NULL AND story = id")
        for item in self._titles(alone):
            if holds(mine, item) and (found := self.shelf.get(item.id)):
                yield from self._named(item, self.window(found))

    def _named(self, item: Title, near: Sequence[str]) -> Iterator[Tie]:
        held = {title.id: title for title in self._titles(near) if holds(title, item)}
        stories = self._stories(list(held), "part_of IS NULL")
        if launch := named_story(item, ((held[i], story) for i, story in stories.items())):
            yield Tie(item.id, launch.id, TITLE, SURE)

    def _stories(self, ids: Sequence[str], condition: str) -> dict[str, str]:
        """The stories of those of these entries that meet the condition, by id."""
        rows = self.store.read().execute(
            f"SELECT id, story FROM entry WHERE id IN ({','.join('?' * len(ids))}) AND {condition}",
            tuple(ids),
        )
        return {row["id"]: row["story"] for row in rows}

    def _best(self, stored: Stored, others: Sequence[str]) -> tuple[Stored | None, float]:
        if not others:
            return None, 0.0
        (mine,) = self._titles([stored.id])
        found, score = None, 0.0
        for theirs in self._titles(others):
            if comparable(mine, theirs) and not vetoed(mine, theirs):
                likely = likeness(mine, theirs)
                if likely > score:
                    found, score = theirs.id, likely
        return (self.shelf.get(found) if found else None), score

    def window(self, stored: Stored) -> list[str]:
        """Who could tell the same: published close by, and not both from AWS's own list,
        where two pages are two launches."""
        apart = "" if self._is_official(stored) else "NOT"
        return self._near(stored, f"{apart} coalesce(slug, '') NOT LIKE 'whats-new/%'")

    def _near(self, stored: Stored, condition: str) -> list[str]:
        """Tellers of other sources, published close by, that meet the condition."""
        when, around = int(stored.entry.published.timestamp()), int(WINDOW.total_seconds())
        rows = self.store.read().execute(
            "SELECT id FROM entry WHERE published BETWEEN ? AND ? AND id <> ? AND source <> ? "
            f"AND kind IN ('announcement', 'blog', 'article') AND {condition}",
            (when - around, when + around, stored.id, stored.entry.source),
        )
        return [row["id"] for row in rows]

    def _titles(self, ids: Sequence[str]) -> list[Title]:
        """The titles of these entries; those asked for lately stay at hand."""
        known = self._known
        if len(known) > _AT_HAND:
            known.clear()
        for stored in self.shelf.many([i for i in ids if i not in known]):
            known[stored.id] = titled(stored, self.taxonomy)
        return [known[i] for i in ids if i in known]

    def _is_official(self, stored: Stored) -> bool:
        return (self._slug(stored.id) or "").startswith(OFFICIAL)

    def _slug(self, entry_id: str) -> str | None:
        row = self.store.read().execute("SELECT slug FROM entry WHERE id = ?", (entry_id,))
        found = row.fetchone()
        return found["slug"] if found else None

    def _with_slug(self, slug: str) -> list[str]:
        rows = self.store.read().execute("SELECT id FROM entry WHERE slug = ? ORDER BY n", (slug,))
        return [row["id"] for row in rows]


def titled(stored: Stored, taxonomy: Taxonomy) -> Title:
    """A stored entry's title, ready to be compared: regions taken out of its words, services
    with a Japanese name by their own."""
    title = stored.entry.title
    places = taxonomy.regions_in(title)
    named = taxonomy.services_in(title)
    latin = {m: m.words if m.words.isascii() else m.service.name for m in named}
    spans = [(p.start, p.end, " ") for p in places]
    spans += [(m.start, m.end, f" {name} ") for m, name in latin.items() if name != m.words]
    for start, end, instead in sorted(spans, reverse=True):
        title = title[:start] + instead + title[end:]
    return title_of(
        stored.id,
        title,
        stored.entry.published,
        services=frozenset(stored.facts.services),
        places=frozenset(place.region.code for place in places),
        names=latin.values(),
    )


def links(entry: Entry) -> Iterator[tuple[str, str]]:
    """(launch slug, link | translation | mention) for what the text points to.

    One launch alone is what the text is about; several are only mentioned. Announcements
    point to each other for reading on, so their links say nothing.
    """
    if original := original_of(entry.text):
        yield original, TRANSLATION
        return
    if entry.kind == "announcement" and not entry.label:
        return
    found = launches_linked(entry.text)
    alone = len(found) == 1 and entry.kind not in ("digest", "session")
    for slug in found:
        yield slug, LINK if alone else MENTION


def comparable(a: Title, b: Title) -> bool:
    """False for two that cannot be alike: no service, Latin word or number in common."""
    return bool(a.services & b.services or a.words & b.words or a.numbers & b.numbers)


def threshold(one: Stored, other: Stored) -> float:
    """How alike two titles must be to make one story. A post must share a service with the
    launch, too: its title says much that no announcement says."""
    if one.entry.kind == other.entry.kind == "announcement":
        return SURE
    shared = set(one.facts.services) & set(other.facts.services)
    return SURE_OF_POST if shared else 1.1
