"""More like this: entries that share an entry's rarest words, in either language."""

import math
from collections.abc import Iterator

from index.search.aliases import Aliases
from index.search.query import Best, Node, Or
from index.search.snapshot import Snapshot
from index.search.terms import frequency
from index.search.wording import row_node
from index.text import WORD_MARK, is_cjk, postings

_TERMS = 14
_TITLE_WEIGHT = 3.0
_LEAD = 600  # characters of the text that are looked at
_COMMON = 0.2  # a term in a larger share of the entries says nothing


def alike_node(snapshot: Snapshot, aliases: Aliases, title: str, text: str) -> Node | None:
    """The tree that finds entries like one of this title and text; None for nothing to go by.

    Terms weigh by their number in title and opening and by their rarity; each also stands for
    its other names.
    """
    weights: dict[str, float] = {}
    for part, weight in ((title, _TITLE_WEIGHT), (text[:_LEAD], 1.0)):
        for term, places in postings(part)[0].items():
            if _speaks(term, aliases):
                weights[term] = weights.get(term, 0.0) + weight * min(len(places), 3)
    ranked = sorted(_rarity(snapshot, weights), reverse=True)[:_TERMS]
    if not ranked:
        return None
    heaviest = ranked[0][0]
    return Or(tuple(_named(aliases, term, weight / heaviest) for weight, term in ranked))


def _speaks(term: str, aliases: Aliases) -> bool:
    """False for bigrams (their words speak for them), bare numbers and empty words."""
    if is_cjk(term) or len(term) < 2 or term.isdigit():
        return False
    return term.removeprefix(WORD_MARK) not in aliases.words.soft


def _rarity(snapshot: Snapshot, weights: dict[str, float]) -> Iterator[tuple[float, str]]:
    for term, weight in weights.items():
        count = frequency(snapshot, term)
        if 1 < count <= max(5, _COMMON * snapshot.count):
            yield weight * math.log(1 + snapshot.count / count), term


def _named(aliases: Aliases, term: str, boost: float) -> Node:
    node = row_node([term], boost=boost)
    _, meaning = aliases.longest([term.removeprefix(WORD_MARK)], 0)
    others = [row_node(o.terms, boost=boost * o.weight) for o in meaning.others]
    return Best((node, *others)) if others else node
