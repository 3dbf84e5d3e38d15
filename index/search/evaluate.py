"""A query tree against a snapshot: which documents match, and how well."""

from collections.abc import Sequence
from datetime import datetime
from math import ceil

import numpy as np

from index.search.arrays import Array, all_of
from index.search.cache import NOTHING, Scored
from index.search.query import (
    And,
    Best,
    Boosted,
    During,
    Everything,
    Near,
    Node,
    Not,
    Or,
    Pattern,
    Phrase,
    Prefix,
    Term,
    Value,
)
from index.search.snapshot import Snapshot

_FEW = 64  # so many times shorter: looking each item up costs less than marking all


class Evaluation:
    """Evaluates trees against one snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    def answered(self, root: Node) -> Scored:
        """`scored`, remembered: people narrow, sort and leaf through what they asked for."""
        return self._snapshot.remembered(root, lambda: self.scored(root))

    def scored(self, node: Node) -> Scored:
        """The living documents that match, with their scores; 0 where nothing scores."""
        match node:
            case Term(term, field, boost):
                return _boosted(self._snapshot.term(field, term), boost)
            case Phrase(terms, field, boost):
                return _boosted(self._snapshot.phrase(field, terms), boost) if terms else NOTHING
            case Prefix(start, field, boost):
                return _boosted(self._snapshot.prefix(field, start), boost)
            case And(parts):
                return self._and(parts)
            case Or(parts):
                return self._any(parts, np.add)
            case Best(parts):
                return self._any(parts, np.maximum)
            case Boosted(base, boosts):
                return self._with_boosts(self.scored(base), boosts)
        ids = np.flatnonzero(self._mask(node))
        return Scored(ids, np.zeros(len(ids), np.float32))

    def _mask(self, node: Node) -> Array:
        """For each document, whether it lives and matches a node that has no score."""
        snapshot = self._snapshot
        match node:
            case Everything():
                return snapshot.alive
            case Value(field, value):
                return snapshot.alive & has_value(snapshot, field, (value,))
            case During(since, until):
                return snapshot.alive & published_during(snapshot, None, since, until)
            case Not(part):
                found = snapshot.alive.copy()
                found[self.scored(part).ids] = False
                return found
            case Pattern() | Near():
                found = np.zeros(snapshot.size, bool)
                found[_rare(snapshot, node)] = True
                return found & snapshot.alive
        raise TypeError(f"not a node of a query: {node!r}")

    def _and(self, parts: Sequence[Node]) -> Scored:
        scoreless = (Everything, Value, During, Not, Pattern, Near)
        masks = [part for part in parts if isinstance(part, scoreless)]
        scoring = [part for part in parts if not isinstance(part, scoreless)]
        if not scoring:
            mask = self._snapshot.alive
            for part in masks:
                mask = mask & self._mask(part)
            ids = np.flatnonzero(mask)
            return Scored(ids, np.zeros(len(ids), np.float32))
        found = sorted((self.scored(part) for part in scoring), key=lambda s: len(s.ids))
        both = found[0]
        for other in found[1:]:
            both = _meet(both, other, self._snapshot.size)
        for part in masks:
            both = both.where(self._mask(part).take(both.ids))
        return both

    def _any(self, parts: Sequence[Node], combine: np.ufunc) -> Scored:
        found = [scored for part in parts if len((scored := self.scored(part)).ids)]
        if len(found) < 2:
            return found[0] if found else NOTHING
        mask = np.zeros(self._snapshot.size, bool)
        total = np.zeros(self._snapshot.size, np.float32)
        for scored in found:
            mask[scored.ids] = True
            total[scored.ids] = combine(total[scored.ids], scored.scores)
        ids = np.flatnonzero(mask)
        return Scored(ids, total[ids])

    def _with_boosts(self, base: Scored, boosts: Sequence[Node]) -> Scored:
        found = [scored for part in boosts if len((scored := self.scored(part)).ids)]
        if not found or not len(base.ids):
            return base
        more = np.zeros(self._snapshot.size, np.float32)
        for scored in found:
            more[scored.ids] += scored.scores
        return Scored(base.ids, base.scores + more[base.ids])


def _rare(snapshot: Snapshot, node: Pattern | Near) -> Array:
    from index.search.whoosh_search import rare

    return rare(snapshot, node)


def _boosted(scored: Scored, boost: float) -> Scored:
    return scored if boost == 1.0 else Scored(scored.ids, scored.scores * np.float32(boost))


def _meet(few: Scored, many: Scored, size: int) -> Scored:
    """The documents of both, scores added; `few` has no more than `many`."""
    if not len(few.ids):
        return NOTHING
    if len(few.ids) * _FEW < len(many.ids):
        at = np.minimum(np.searchsorted(many.ids, few.ids), len(many.ids) - 1)
        keep = many.ids.take(at) == few.ids
        scores = few.scores.compress(keep) + many.scores.take(at.compress(keep))
        return Scored(few.ids.compress(keep), scores)
    table = np.full(size, -1, np.float32)  # no score is below 0
    table[many.ids] = many.scores
    others = table.take(few.ids)
    keep = others >= 0
    return Scored(few.ids.compress(keep), (few.scores + others).compress(keep))


def has_value(
    snapshot: Snapshot, field: str, wanted: Sequence[str], ids: Array | None = None
) -> Array:
    """For each of the documents (of all, without `ids`), whether it has any of the values."""
    values = snapshot.values[field]
    chosen = np.zeros(len(values.names) + 1, bool)
    for value in wanted:
        if (code := values.code(value)) is not None:
            chosen[code] = True
    if values.starts is None:
        return np.asarray(chosen.take(values.codes if ids is None else values.codes.take(ids)))
    found = np.zeros(snapshot.size, bool)
    found[snapshot.owners[field].compress(chosen.take(values.codes))] = True
    return found if ids is None else np.asarray(found.take(ids))


def published_during(
    snapshot: Snapshot, ids: Array | None, since: datetime | None, until: datetime | None
) -> Array:
    """For each of the documents (None: of all), whether it was published at or after `since`
    and before `until`."""
    published = snapshot.published if ids is None else snapshot.published.take(ids)
    masks = []
    if since is not None:
        masks.append(published >= ceil(since.timestamp()))
    if until is not None:
        masks.append(published < ceil(until.timestamp()))
    found = all_of(masks)
    return np.ones(len(published), bool) if found is None else found
