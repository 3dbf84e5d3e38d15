"""A person's query to a page of hits: understood, looked up, corrected or relaxed, and shown."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

import numpy as np

from index.search.aliases import Aliases
from index.search.alike import alike_node
from index.search.complete import Completer, Suggestion
from index.search.engine import SearchIndex
from index.search.evaluate import Evaluation
from index.search.filters import filter_nodes, resolved
from index.search.hits import Hits
from index.search.marking import marker
from index.search.meaning import Meaning
from index.search.notices import Notice
from index.search.plain import plain
from index.search.query import And, Hit, Match, Matches, Page, Query
from index.search.related import Related
from index.search.spelling import Speller
from index.search.understand import Reader, Understood
from index.search.vocabulary import Vocabulary
from index.store import Store
from index.taxonomy import Taxonomy

ALIKE = 0.15  # of the best score: below it, a likeness is chance
_TITLES = 40  # in which the forms of a word are looked for


@dataclass(frozen=True, slots=True)
class _Answer:
    """What was looked up in the end, and what the person should know of it."""

    understood: Understood
    matches: Matches
    notices: tuple[Notice, ...] = ()
    corrected: str = ""


class Finder:
    """Finds entries in one knowledge base; may be shared by threads."""

    def __init__(
        self,
        store: Store,
        index: SearchIndex,
        taxonomy: Taxonomy,
        clock: Callable[[], datetime],
        meaning: Meaning | None = None,
    ) -> None:
        self._store = store
        self._index = index
        self._taxonomy = taxonomy
        self._clock = clock
        self._hits = Hits(store)
        self._speller = Speller(taxonomy)
        self._related = Related(store, index, meaning) if meaning else None

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The values that filters take."""
        return Vocabulary(self._taxonomy, self._sources)

    @cached_property
    def reader(self) -> Reader:
        """Reads query texts with the names that the taxonomy and this store know."""
        return Reader(Aliases(self._taxonomy.services), self.vocabulary, self._clock)

    def find(self, query: Query) -> Page:
        """The page that a query asks for; never raises for its text.

        Where no entry has all the words, misspelt ones are corrected; else entries with some
        of them are shown. The notice says so. Filters take any name of a value; raises
        ConfigError for an unknown area, kind or stage.
        """
        query, unknown = resolved(query, self.vocabulary)
        answer = self._answer(query)
        mark = marker(answer.understood.root)
        told = (answer.matches.notice, *unknown, *answer.understood.notices, *answer.notices)
        found = answer.matches.found
        related: tuple[Match, ...] = ()
        if self._related and not query.offset and query.limit:
            shown = [n for match in found for n in (match.n, *match.copies)]
            related = self._related.to_query(query, shown)
        return Page(
            total=answer.matches.total,
            hits=self._hits.of(found, mark),
            related=self._hits.of(related, mark),
            facets=answer.matches.facets,
            notices=tuple(dict.fromkeys(notice for notice in told if notice)),
            corrected=answer.corrected,
        )

    def count(self, query: Query, after: int = 0) -> int:
        """How many stories match, counting only entries whose row number is above `after`."""
        query, _ = resolved(query, self.vocabulary)
        root = And((self.reader.read(query.text).root, *filter_nodes(query)))
        snapshot = self._index.snapshot()
        ids = Evaluation(snapshot).scored(root).ids
        return len(np.unique(snapshot.story[ids[snapshot.n[ids] > after]]))

    def complete(self, text: str, limit: int = 8) -> tuple[Suggestion, ...]:
        """What a text being typed may become, the likeliest first."""
        return self._completer.complete(self._index.snapshot(), text, limit)

    def alike(self, entry_id: str, limit: int = 5) -> tuple[Hit, ...]:
        """The entries most like one, its own story left out; none for an unknown id."""
        row = (
            self._store.read()
            .execute("SELECT n, title, text, summary FROM entry WHERE id = ?", (entry_id,))
            .fetchone()
        )
        if row is None:
            return ()
        text = plain(row["text"] or row["summary"])
        root = alike_node(self._index.snapshot(), self.reader.aliases, row["title"], text)
        if root is None:
            return ()
        found = self._index.matches(root, Query(limit=limit + 1)).found
        least = ALIKE * max((m.score for m in found), default=0.0)
        others = [m for m in found if row["n"] not in (m.n, *m.copies) and m.score >= least]
        if self._related:
            others = fused(others, self._related.to_entry(row["n"], limit))
        return self._hits.of(others[:limit], marker(root))

    @cached_property
    def _completer(self) -> Completer:
        return Completer(self._taxonomy, self.reader.aliases, self._hits.titles)

    def _answer(self, query: Query) -> _Answer:
        first = self._look_up(query, query.text)
        better = self._speller.correct(
            self._index.snapshot(), query.text, first.understood.plain, self._titles_with
        )
        if first.matches.total:
            # A page past the end is empty, and no reason to offer anything.
            return replace(first, corrected=better.text) if better else first
        if better:
            second = self._look_up(query, better.text)
            if second.matches.total:
                notice = Notice("corrected", asked=query.text.strip(), better=better.text)
                return replace(second, corrected=better.text, notices=(notice,))
        return self._relaxed(query, first)

    def _look_up(self, query: Query, text: str) -> _Answer:
        understood = self.reader.read(text)
        if understood.sort and query.sort == "relevance":
            query = replace(query, sort=understood.sort)
        return _Answer(understood, self._index.matches(understood.root, query))

    def _relaxed(self, query: Query, first: _Answer) -> _Answer:
        """Entries with some of the words, where that is any different."""
        loose = first.understood.loose
        if loose is None:
            return first
        matches = self._index.matches(loose, query)
        return _Answer(first.understood, matches, (Notice("relaxed"),)) if matches.total else first

    def _titles_with(self, term: str) -> Iterable[str]:
        """Some titles in which a term stands, the latest that arrived."""
        snapshot = self._index.snapshot()
        numbers = snapshot.n[snapshot.term("title", term).ids[-_TITLES:]].tolist()
        return self._hits.titles(numbers).values()

    def _sources(self) -> tuple[str, ...]:
        rows = self._store.read().execute("SELECT DISTINCT source FROM entry ORDER BY source")
        return tuple(row["source"] for row in rows)


def fused(some: Iterable[Match], others: Iterable[Match]) -> list[Match]:
    """Two rankings as one: what stands high in either comes first (reciprocal ranks)."""
    known: dict[int, Match] = {}
    rank: dict[int, float] = {}
    for matches in (some, others):
        for place, match in enumerate(matches):
            leader = next((n for n in (match.n, *match.copies) if n in known), match.n)
            known.setdefault(leader, match)
            rank[leader] = rank.get(leader, 0.0) + 1 / (10 + place)
    return [known[n] for n in sorted(rank, key=lambda n: -rank[n])]
