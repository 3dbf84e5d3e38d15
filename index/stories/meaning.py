"""Ties that words alone do not show: titles near in meaning, where vectors are installed."""

from collections.abc import Callable, Mapping, Sequence

from index.shelf import Shelf
from index.stored import Stored
from index.stories.placing import TELLERS, Placing, comparable, threshold, titled
from index.stories.ties import MEANING, Tie, keep_tie
from index.stories.title import likeness, vetoed
from index.taxonomy import Taxonomy

Near = Callable[[int, Sequence[int]], Mapping[int, float]]
"""How near in meaning (up to 1) the entry of a row is to those of other rows."""

SURE = 0.9
WORDS = 0.5
"""Nearness plus this share of the words' likeness must reach SURE. Chosen on half of the official
pairs of 2026; on the other half every tie was right, at recall .97, and .9 % were false where the
twin was absent (`./run bench quality`)."""


class MeaningTies:
    """Finds the story of entries that stand alone; vectors see no numbers, so the vetoes of
    the title hold."""

    def __init__(self, shelf: Shelf, taxonomy: Taxonomy, near: Near) -> None:
        self.shelf = shelf
        self.taxonomy = taxonomy
        self.near = near
        self._placing = Placing(shelf, taxonomy)

    def place(
        self, since: int = 0, progress: Callable[[int, int | None], None] | None = None
    ) -> int:
        """Tie what stands alone to its nearest, where the choice is mutual; how many.

        `since` is the change counter up to which everything was placed before.
        """
        alone, tied = self._alone(since), 0
        for done, entry_id in enumerate(alone, 1):
            stored = self.shelf.get(entry_id)
            assert stored is not None
            if tie := self._tie(stored):
                with self.shelf.store.write():
                    tied += keep_tie(self.shelf.store, tie)
            if progress:
                progress(done, len(alone))
        return tied

    def _alone(self, since: int) -> list[str]:
        marks = ",".join("?" * len(TELLERS))
        rows = self.shelf.store.read().execute(
            f"SELECT min(id) AS id FROM entry WHERE kind IN ({marks}) GROUP BY story "
            "HAVING count(*) = 1 AND max(stamp) > ?",
            (*TELLERS, since),
        )
        return [row["id"] for row in rows]

    def _tie(self, stored: Stored) -> Tie | None:
        best, score = self._best(stored)
        if best is None or score < SURE or threshold(stored, best) > 1:
            return None
        back, _ = self._best(best)
        if back is not None and back.id != stored.id:
            return None
        return Tie(stored.id, best.id, MEANING, round(min(score, 1.0), 3))

    def _best(self, stored: Stored) -> tuple[Stored | None, float]:
        others = self.shelf.many(self._placing.window(stored))
        near = self.near(stored.n, [other.n for other in others]) if others else {}
        mine = titled(stored, self.taxonomy)
        found, score = None, 0.0
        for other in others:
            theirs = titled(other, self.taxonomy)
            likely = near.get(other.n, 0.0) + WORDS * likeness(mine, theirs)
            if likely > score and comparable(mine, theirs) and not vetoed(mine, theirs):
                found, score = other, likely
        return found, score
