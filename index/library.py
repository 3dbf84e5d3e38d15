"""The facade: one folder, one knowledge base, everything that screens and commands ask of it."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from index import source_shelf
from index.config import Config, read_config
from index.entry import Entry
from index.errors import StoreError
from index.fact import FactKind
from index.shelf import CHANGED, NEW, UNCHANGED, Shelf
from index.source_state import Slice, SourceState
from index.store import Store
from index.stored import Added, Revision, Stored
from index.stories import Placing

if TYPE_CHECKING:
    from index.digest import Digest
    from index.own_notes import OwnNotes
    from index.period import Period
    from index.search import SearchIndex
    from index.search.complete import Suggestion
    from index.search.finder import Finder
    from index.search.meaning import Meaning
    from index.search.query import Hit, Page, Query
    from index.search.saved import SavedSearches
    from index.stories.suggestions import Possible
    from index.study import StudySessions
    from index.taxonomy import Taxonomy
    from index.timeline import Almanac
    from index.understanding import Understanding

BATCH = 100
Progress = Callable[[int, int | None], None]
"""Told (done, total or None) as long work goes on."""


def now() -> datetime:
    """The present, aware UTC."""
    return datetime.now(UTC)


class Library:
    """A knowledge base on disk. Opening it makes the folder and its files where they lack.

    Raises StoreError when the folder cannot be used and ConfigError when a setting or the
    person's taxonomy is wrong.
    """

    def __init__(self, folder: Path, clock: Callable[[], datetime] = now) -> None:
        self.folder = folder
        self.clock = clock
        self.config: Config = read_config(folder)
        self.store = Store(folder)
        self.shelf = Shelf(self.store)

    @cached_property
    def taxonomy(self) -> "Taxonomy":
        """Areas, services and regions, the person's own overlay applied."""
        from index.taxonomy import Taxonomy

        return Taxonomy.load(self.folder / "taxonomy.toml")

    @cached_property
    def understanding(self) -> "Understanding":
        """What reads the facts of entries: taxonomy, corrections and classifier."""
        from index.understanding import Understanding

        return Understanding(self.shelf, self.taxonomy, self.folder)

    @cached_property
    def index(self) -> "SearchIndex":
        """The search index, a view of the store that may be deleted at any moment."""
        from index.search import SearchIndex

        return SearchIndex(self.folder / "index", self.store)

    @cached_property
    def finder(self) -> "Finder":
        """Search in a person's words."""
        from index.search.finder import Finder

        return Finder(self.store, self.index, self.taxonomy, self.clock, self.meaning)

    @cached_property
    def meaning(self) -> "Meaning | None":
        """Search by meaning; None without the extra `semantic`."""
        from index.search.embedding import installed_embedder
        from index.search.meaning import Meaning

        embedder = installed_embedder()
        return Meaning(self.folder / "vectors", self.store, embedder) if embedder else None

    def tie_by_meaning(self, progress: Progress | None = None) -> int:
        """Find the story of what stands alone by its vector; how many found theirs.

        0 without the extra `semantic`. What was looked at before is passed over.
        """
        from index.stories import MeaningTies

        if (meaning := self.meaning) is None:
            return 0
        seen, stamp = int(self.store.meta("tied-by-meaning") or 0), self.store.stamp()
        tied = MeaningTies(self.shelf, self.taxonomy, meaning.among).place(seen, progress)
        self.store.keep_meta("tied-by-meaning", str(stamp))
        if tied:
            self.index.catch_up()
        return tied

    def suggestions(self, entry_id: str, limit: int = 5) -> tuple["Possible", ...]:
        """What may belong beside an entry, the likeliest first: possible, and tied to nothing.

        For a launch sessions, notes and posts, for those launches. () for an unknown entry.
        """
        from index.stories.suggestions import suggestions

        stored = self.get(entry_id)
        return suggestions(self.shelf, self.taxonomy, stored, limit) if stored else ()

    def find(self, query: "Query") -> "Page":
        """The page of hits that a query asks for; never raises for its text."""
        return self.finder.find(query)

    def complete(self, text: str, limit: int = 8) -> tuple["Suggestion", ...]:
        """What a query that is being typed may become, the likeliest first."""
        return self.finder.complete(text, limit)

    def alike(self, entry_id: str, limit: int = 5) -> tuple["Hit", ...]:
        """The entries most like one, its own story left out."""
        return self.finder.alike(entry_id, limit)

    @cached_property
    def saved(self) -> "SavedSearches":
        """The searches that a person named."""
        from index.search.saved import SavedSearches

        return SavedSearches(self.store, lambda query, n: self.finder.count(query, n), self.clock)

    def add(
        self, entries: Iterable[Entry], progress: Progress | None = None, *, index: bool = True
    ) -> Added:
        """Keep the entries with their facts and stories, then bring the index up to date.

        Each batch is kept as a whole before the next is read: what is counted is on disk.
        `index=False` leaves the search index to a later call (or to the next search).
        """
        total, done, waiting = Added(), 0, iter(entries)
        while batch := list(islice(waiting, BATCH)):
            total += self._add_batch(batch)
            done += len(batch)
            if progress:
                progress(done, None)
            self.store.give_way()
        if index and (total.new or total.changed):
            self.index.catch_up()
        return total

    def _add_batch(self, batch: list[Entry]) -> Added:
        moment = self.clock()
        ids: dict[str, list[str]] = {NEW: [], CHANGED: [], UNCHANGED: []}
        with self.store.write():
            for entry in batch:
                entry_id, outcome = self.shelf.put(entry, moment)
                ids[outcome].append(entry_id)
            touched = ids[NEW] + ids[CHANGED]
            items = self._understand(touched)
            Placing(self.shelf, self.taxonomy).place([*touched, *items])
        return Added(
            new=len(ids[NEW]),
            changed=len(ids[CHANGED]),
            unchanged=len(ids[UNCHANGED]),
            items=len(items),
            new_ids=tuple(ids[NEW]),
            changed_ids=tuple(ids[CHANGED]),
        )

    def _understand(self, ids: list[str]) -> list[str]:
        """Read the facts of these entries and of their items; the items' ids."""
        marks = ",".join("?" * len(ids))
        items = list(self.shelf.where(f"part_of IN ({marks})", ids))
        for stored in [*self.shelf.many(ids), *items]:
            self.shelf.keep_facts(stored.id, self.understanding.facts_of(stored))
        return [item.id for item in items]

    def get(self, entry_id: str) -> Stored | None:
        """The entry of this id; a beginning of six or more digits will do when only one fits."""
        if found := self.shelf.get(entry_id):
            return found
        if len(entry_id) < 6:
            return None
        near = list(islice(self.shelf.where("id GLOB ?", [_escaped(entry_id) + "*"]), 2))
        return near[0] if len(near) == 1 else None

    def items(self, digest_id: str) -> tuple[Stored, ...]:
        """The items of a digest, in its order."""
        return tuple(self.shelf.where("part_of = ?", [digest_id], "part"))

    def story(self, story_id: str) -> tuple[Stored, ...]:
        """The entries that tell one story, oldest first."""
        return tuple(self.shelf.where("story = ?", [story_id], "published, n"))

    def published(self, start: datetime, end: datetime) -> Iterator[Stored]:
        """Everything published in [start, end), oldest first, digest items included."""
        bounds = (int(start.timestamp()), int(end.timestamp()))
        return self.shelf.where("published >= ? AND published < ?", bounds, "published, n")

    def revisions(self, entry_id: str) -> tuple[Revision, ...]:
        """Everything that was ever said under this id, oldest first."""
        return self.shelf.revisions(entry_id)

    def digest(
        self, period: "Period", lang: str | None = None, style: str | None = None
    ) -> "Digest":
        """The digest of a period, to this group's taste (config.toml)."""
        from index.edition import build_digest
        from index.material import gather, taste_of

        taste = taste_of(self.config, lang, style)
        return build_digest(gather(self.shelf, period), period, taste)

    def newest_week(self) -> "Period | None":
        """The week of the latest announcement; None for an empty knowledge base."""
        from index.material import newest_week

        return newest_week(self.shelf)

    @cached_property
    def almanac(self) -> "Almanac":
        """Timelines, waiting previews, deadlines ahead, renames."""
        from index.timeline import Almanac

        return Almanac(self.shelf, self.taxonomy)

    @cached_property
    def study(self) -> "StudySessions":
        """The study sessions held and planned."""
        from index.study import StudySessions

        return StudySessions(self)

    @cached_property
    def notes(self) -> "OwnNotes":
        """The notes that people wrote themselves."""
        from index.own_notes import OwnNotes

        return OwnNotes(self)

    def catch_up(self, progress: Progress | None = None) -> int:
        """Bring the search index up to date; how many rows changed."""
        return self.index.catch_up(progress)

    def last_session(self) -> datetime | None:
        """The midnight (UTC) that began the day of the last study session up to today."""
        from index.study_book import last_day

        return last_day(self.store, self.clock())

    def correct(self, entry_id: str, kind: FactKind, values: Iterable[str]) -> None:
        """What a person says of an entry: it replaces the facts of that kind, for good.

        No values take the correction back. Raises StoreError for an unknown entry.
        """
        stored = self.get(entry_id)
        if stored is None:
            raise StoreError(f"no entry {entry_id!r} in {self.folder}")
        with self.store.write() as connection:
            connection.execute(
                "DELETE FROM correction WHERE id = ? AND kind = ?", (stored.id, kind)
            )
            made = int(self.clock().timestamp())
            connection.executemany(
                "INSERT INTO correction VALUES (?,?,?,?)",
                [(stored.id, kind, value, made) for value in values],
            )
            self.shelf.keep_facts(stored.id, self.understanding.facts_of(stored))
        self.index.catch_up()

    def understand(self, progress: Progress | None = None) -> int:
        """Read the facts of every entry anew, nothing fetched again; how many changed."""
        changed = self.understanding.reread(progress)
        self.index.catch_up()
        return changed

    def rebuild(self, progress: Progress | None = None) -> None:
        """Make the search index anew from the store."""
        self.index.rebuild(progress)

    def count(self) -> int:
        """How many rows are kept, digest items included."""
        return int(self.store.read().execute("SELECT count(*) FROM entry").fetchone()[0])

    def kinds(self) -> dict[str, int]:
        """How many entries of each kind, digest items left out, the most frequent first."""
        rows = self.store.read().execute(
            "SELECT kind, count(*) AS c FROM entry WHERE part_of IS NULL "
            "GROUP BY kind ORDER BY c DESC, kind"
        )
        return {row["kind"]: row["c"] for row in rows}

    def source_states(self) -> dict[str, SourceState]:
        """What is known of every source that was ever asked, by its name."""
        return {state.name: state for state in source_shelf.source_states(self.store)}

    def keep_source_states(self, states: Iterable[SourceState]) -> None:
        """Remember these states."""
        source_shelf.keep_source_states(self.store, states)

    def slices(self, source: str | None = None) -> tuple[Slice, ...]:
        """How far the history of one source, or of all, was swept."""
        return source_shelf.slices(self.store, source)

    def keep_slices(self, found: Iterable[Slice]) -> None:
        """Remember how far these parts of a history were swept."""
        source_shelf.keep_slices(self.store, found)

    def kept_by_year(self, source: str) -> dict[int, int]:
        """How many entries of a source are kept, by the year of their publication."""
        return source_shelf.kept_by_year(self.store, source)

    def entries_by_source(self) -> dict[str, int]:
        """How many entries of each source are kept, digest items left out."""
        return source_shelf.entries_by_source(self.store)

    def newest_published(self, source: str) -> datetime | None:
        """When the newest kept entry of a source was published."""
        return source_shelf.newest_published(self.store, source)


def _escaped(text: str) -> str:
    """Text for SQLite's GLOB in which nothing stands for something else."""
    return "".join(f"[{c}]" if c in "*?[" else c for c in text)
