"""Documents that tell one story: folded to one hit, counted once."""

from dataclasses import dataclass

import numpy as np

from index.search.arrays import Array, sizes


@dataclass(frozen=True, slots=True)
class Folded:
    """Documents of an answer (`ids`), and those of them that meet another one of their story
    there: their places among the ids, and the number of each one's story, from 0 without gaps.
    """

    ids: Array
    places: Array
    stories: Array

    @classmethod
    def apart(cls, ids: Array) -> "Folded":
        """Documents that are not folded: each stands for itself."""
        return cls(ids, ids[:0], ids[:0])

    @property
    def count(self) -> int:
        """How many stories have several of the documents."""
        return int(self.stories.max()) + 1 if len(self.stories) else 0


class Twins:
    """Which of a snapshot's living documents share their story, and with which others.

    Most stories have one document, and most answers one document of a story, so whatever is
    done for stories is done only for the documents that meet another.
    """

    def __init__(self, alive: Array, story: Array, published: Array) -> None:
        documents = np.flatnonzero(alive)
        # The newest first within each story: the order in which copies are named.
        self._order = documents[np.lexsort((-published[documents], story[documents]))]
        count = int(story.max()) + 1 if len(story) else 0
        starts = np.searchsorted(story[self._order], np.arange(count + 1))
        many = sizes(starts) > 1
        self._starts, self._ends = starts[:-1].compress(many), starts[1:].compress(many)
        # The number of all documents whose story has no other comes after those that have.
        self._alone = int(np.count_nonzero(many))
        self._number = np.where(many, np.cumsum(many) - 1, self._alone).take(story)

    def folded(self, ids: Array) -> Folded:
        """The documents with those that meet another of their story."""
        number = self._number.take(ids)
        counts = np.bincount(number, minlength=self._alone + 1)
        counts[self._alone] = 0
        several = counts > 1
        if not several.any():
            return Folded.apart(ids)
        places = np.flatnonzero(several.take(number))
        rows = np.cumsum(several) - 1
        return Folded(ids, places, rows.take(number.take(places)))

    def others(self, ids: Array) -> list[list[int]]:
        """For each document the other living ones of its story, the newest first."""
        numbers = self._number.take(ids).tolist()
        return [
            [] if number == self._alone else self._others(document, number)
            for document, number in zip(ids.tolist(), numbers, strict=True)
        ]

    def _others(self, document: int, number: int) -> list[int]:
        found = self._order[self._starts[number] : self._ends[number]].tolist()
        return [other for other in found if other != document]
