"""Understanding what is kept: facts of entries, corrections, and what they teach."""

from collections.abc import Callable, Iterator
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from index.address import launch_slug
from index.fact import FactKind, Facts
from index.facts import read_facts
from index.facts.area import channel_area, leading
from index.facts.classifier import AreaClassifier, Example, learn
from index.facts.lead import Lead
from index.facts.tagged import category_areas
from index.shelf import Shelf
from index.stored import Stored
from index.taxonomy import Taxonomy

if TYPE_CHECKING:
    from index.taxonomy.unknown import Text, UnknownName

BATCH = 500
Correction = tuple[FactKind, str]
Progress = Callable[[int, int | None], None]
"""Told (done, total or None) as long work goes on."""


class Understanding:
    """Reads the facts of stored entries with what a person and AWS's tags have taught."""

    def __init__(self, shelf: Shelf, taxonomy: Taxonomy, folder: Path) -> None:
        self.shelf = shelf
        self.taxonomy = taxonomy
        self.folder = folder

    @cached_property
    def classifier(self) -> AreaClassifier | None:
        """The classifier that `learn` left in the folder; None before that."""
        return AreaClassifier.load(self.folder)

    def facts_of(self, stored: Stored) -> Facts:
        """The entry's facts, a person's corrections in the place of what they correct."""
        corrections = self._corrections([stored.id]).get(stored.id, ())
        return self._facts(stored, corrections)

    def reread(self, progress: Progress | None = None) -> int:
        """Read the facts of every entry anew; how many changed. Nothing is fetched.

        Each batch is kept as a whole, so that an interruption loses one batch at most.
        """
        store = self.shelf.store
        total = self._count()
        changed, done, last = 0, 0, 0
        while batch := list(islice(self.shelf.where("n > ?", [last]), BATCH)):
            corrections = self._corrections([stored.id for stored in batch])
            read = [(s, self._facts(s, corrections.get(s.id, ()))) for s in batch]
            # Others write while the texts are read.
            with store.write():
                for stored, facts in read:
                    if facts != stored.facts:
                        changed += self.shelf.keep_facts(stored.id, facts)
            store.give_way()
            last, done = batch[-1].n, done + len(batch)
            if progress:
                progress(done, total)
        return changed

    def learn(self, progress: Progress | None = None) -> AreaClassifier:
        """Learn areas from the entries that AWS tagged and keep what was learned.

        A copy in another language learns from its twin's tags. Raises ConfigError when too
        few entries are tagged.
        """
        classifier = learn(self._examples(progress))
        classifier.save(self.folder)
        self.__dict__["classifier"] = classifier
        return classifier

    def doubtful(self, limit: int) -> tuple[Stored, ...]:
        """Entries whose area rests on weak evidence, the newest first."""
        weak = "id IN (SELECT id FROM fact WHERE kind = 'area' AND weak = 1)"
        return tuple(islice(self.shelf.where(weak, order="published DESC, n"), limit))

    def unknown_names(self, progress: Progress | None = None) -> "tuple[UnknownName, ...]":
        """Names like a service's that entries use and the taxonomy lacks."""
        from index.taxonomy.unknown import unknown_names

        return unknown_names(self._texts(progress), self.taxonomy)

    def _facts(self, stored: Stored, corrections: tuple[Correction, ...]) -> Facts:
        return read_facts(
            stored.entry, self.taxonomy, corrections=corrections, classifier=self.classifier
        )

    def _corrections(self, ids: list[str]) -> dict[str, tuple[Correction, ...]]:
        rows = self.shelf.store.read().execute(
            f"SELECT id, kind, value FROM correction WHERE id IN ({','.join('?' * len(ids))}) "
            "ORDER BY made, value",
            ids,
        )
        found: dict[str, tuple[Correction, ...]] = {}
        for row in rows:
            correction = (FactKind(row["kind"]), str(row["value"]))
            found[row["id"]] = (*found.get(row["id"], ()), correction)
        return found

    def _examples(self, progress: Progress | None) -> Iterator[Example]:
        """One example for each area that AWS's own tags give an announcement or its twin, and
        one for each post of a blog with an area of its own."""
        areas: dict[str, tuple[str, ...]] = {}
        untagged: list[Stored] = []
        for stored in self._told("kind = 'announcement'", progress):
            own = self._tagged_areas(stored)
            if slug := launch_slug(stored.entry.url):
                if own:
                    areas[slug] = own
                else:
                    untagged.append(stored)
            yield from self._as_examples(stored, own)
        for stored in untagged:
            yield from self._as_examples(stored, areas.get(launch_slug(stored.entry.url) or "", ()))

        for stored in self.shelf.where("kind = 'blog'"):
            channels = tuple(f.value for f in channel_area(stored.entry, self.taxonomy))
            yield from self._as_examples(stored, channels[:1])

    def _tagged_areas(self, stored: Stored) -> tuple[str, ...]:
        lead = Lead(stored.entry)
        found = category_areas(lead, self.taxonomy, leading(lead.title, self.taxonomy))
        return tuple(sorted({said.area for said in found if not said.loose}))

    def _as_examples(self, stored: Stored, areas: tuple[str, ...]) -> Iterator[Example]:
        lead = Lead(stored.entry)
        text = " ".join([lead.title, *lead.sentences])
        services = tuple(m.service.name for m in self.taxonomy.services_in(text))
        for area in areas:
            yield Example(text, services, area)

    def _texts(self, progress: Progress | None) -> "Iterator[Text]":
        from index.taxonomy.unknown import Text

        for stored in self._told("1", progress):
            lead = Lead(stored.entry)
            yield Text(stored.id, lead.title, lead.body, stored.entry.tags)

    def _count(self, condition: str = "1") -> int:
        sql = f"SELECT count(*) FROM entry WHERE {condition}"
        return int(self.shelf.store.read().execute(sql).fetchone()[0])

    def _told(self, condition: str, progress: Progress | None) -> Iterator[Stored]:
        """The entries that meet the condition, telling how far it is."""
        total = self._count(condition) if progress else None
        for done, stored in enumerate(self.shelf.where(condition), 1):
            yield stored
            if progress and done % BATCH == 0:
                progress(done, total)
