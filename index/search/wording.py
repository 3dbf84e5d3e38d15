"""Words side by side in a query: what each means, and which of them must occur."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.search.aliases import SAME, Aliases, Meaning, units_of
from index.search.notices import Notice
from index.search.query import And, Best, Boosted, Node, Or, Phrase, Prefix, Term
from index.text import WORD_MARK, cjk_words, compound_terms, is_cjk, raw_words, stem, stream

WITHIN = 0.5  # a CJK word's characters inside another word, beside the word by itself
NEIGHBOURS, NEIGHBOUR_NUMBER, WHOLE_PIECE = 0.6, 1.5, 1.0
AS_TYPED = 1.0
IN_TITLE = 2.0  # the same words again, within titles alone
SOFT = 0.3


@dataclass(frozen=True, slots=True)
class _Unit:
    """A stem or a CJK word: which raw word it stands in, and whether it begins or ends it."""

    key: str
    raw: str
    first: bool
    last: bool
    piece: str = ""  # the CJK piece that it is a word of


@dataclass(frozen=True, slots=True)
class _Clause:
    """A name or word of the query with its node; `row` are its terms as typed."""

    node: Node
    row: tuple[str, ...]
    soft: bool
    piece: str = ""


class Wording:
    """The meaning of some words side by side, for one text field."""

    def __init__(self, aliases: Aliases, text: str, name: str = "words") -> None:
        self._aliases = aliases
        self._name = name
        self._units = _units(aliases, text)
        self.notices: list[Notice] = []
        self.plain: list[str] = []  # Latin words that are no part of a known name
        self._clauses = self._read()

    def strict(self) -> Node | None:
        """Every word that asks for something; the others, and neighbourhood, add to the rank."""
        required = [c for c in self._clauses if not c.soft] or self._clauses
        if not required:
            return None
        base = required[0].node if len(required) == 1 else And(tuple(c.node for c in required))
        boosts = [_weaker(c.row, self._name) for c in self._clauses if c not in required]
        boosts += self._neighbours()
        if self._name != "title":
            boosts += [in_title(clause.node) for clause in required]
        return Boosted(base, tuple(boosts)) if boosts else base

    def loose(self) -> Node | None:
        """Any of the words; entries with more of them rank higher."""
        required = [c for c in self._clauses if not c.soft] or self._clauses
        parts = tuple(c.node for c in required)
        if len(parts) == 1:
            parts = self._taken_apart() or parts
        if len(parts) < 2:
            return parts[0] if parts else None
        boosts = self._neighbours()
        if self._name != "title":
            boosts += [in_title(part, IN_TITLE / 2) for part in parts]
        return Boosted(Or(parts), tuple(boosts))

    def _read(self) -> list[_Clause]:
        clauses: list[_Clause] = []
        keys = [unit.key for unit in self._units]
        at = 0
        while at < len(keys):
            taken, meaning = self._longest(keys, at)
            clause = self._named(at, taken, meaning) if taken else None
            if clause is None or taken < self._width(at):
                taken, clause = self._width(at), self._single(at)
                self.plain += [] if is_cjk(self._units[at].raw) else [self._units[at].raw]
            if taken == 1 and (joined := self._joined(at, clause)):
                taken, clause = 2, joined
                self.plain = [word for word in self.plain if word != self._units[at].raw]
            clauses.append(clause)
            at += taken
        return clauses

    def _longest(self, keys: Sequence[str], at: int) -> tuple[int, Meaning]:
        """The longest name here that ends where a written word ends."""
        if not self._units[at].first:
            return 0, Meaning()
        taken, meaning = self._aliases.longest(keys, at)
        while taken and not self._units[at + taken - 1].last:
            taken, meaning = self._aliases.longest(keys[: at + taken - 1], at)
        return taken, meaning

    def _width(self, at: int) -> int:
        """How many units the written word at this unit has."""
        end = at
        while not self._units[end].last:
            end += 1
        return end - at + 1

    def _named(self, at: int, taken: int, meaning: Meaning) -> _Clause | None:
        """A known name: as typed, or by another of its names."""
        units = self._units[at : at + taken]
        row = tuple(stream(" ".join(dict.fromkeys(_written(units)))))
        if taken == 1 and self._is_soft(units[0]):
            return _Clause(self._typed(units), row, True)
        if meaning.notice:
            self.notices.append(meaning.notice)
        typed = self._typed(units)
        others = [row_node(o.terms, self._name, o.weight) for o in meaning.others]
        node = _best([typed, *others])
        if any(o.weight == SAME for o in meaning.others):
            # Every name finds the thing, but the name that was typed comes first.
            node = Boosted(node, (row_node(row, self._name, AS_TYPED),))
        return _Clause(node, row, False, units[0].piece)

    def _typed(self, units: Sequence[_Unit]) -> Node:
        """A name as typed: one word, or its words side by side."""
        if len(units) == 1 and is_cjk(units[0].key):
            return self._cjk(units[0].key)
        raws = _written(units)
        if len(raws) == 1:
            return self._latin(raws[0])
        row = stream(" ".join(raws))
        side_by_side = row_node(row, self._name)
        _, meaning = self._aliases.longest([u.key for u in units], 0)
        if any(o.weight == SAME for o in meaning.others):
            return side_by_side
        singles = [self._single_node(unit) for unit in units if unit.first]
        return Boosted(And(tuple(singles)), (side_by_side,))

    def _single(self, at: int) -> _Clause:
        """One written word that is no known name."""
        unit = self._units[at]
        row = tuple(stream(unit.key if is_cjk(unit.key) else unit.raw))
        node = self._cjk(unit.key) if is_cjk(unit.key) else self._latin(unit.raw)
        return _Clause(node, row, self._is_soft(unit), unit.piece)

    def _joined(self, at: int, clause: _Clause) -> _Clause | None:
        """Two words that are one name when written together: either way of writing finds it."""
        one, other = self._units[at], self._units[at + 1 : at + 2]
        if not other or not (one.last and other[0].first and other[0].last) or is_cjk(one.key):
            return None
        if is_cjk(other[0].key) or not self._aliases.joins(one.raw, other[0].raw):
            return None
        apart = And((clause.node, self._single(at + 1).node))
        row = (one.key, other[0].key)
        return _Clause(Best((apart, Term(stem(one.raw + other[0].raw), self._name))), row, False)

    def _single_node(self, unit: _Unit) -> Node:
        """One word of a longer name, with its own other names."""
        typed = self._cjk(unit.key) if is_cjk(unit.key) else self._latin(unit.raw)
        _, meaning = self._aliases.longest([unit.key], 0)
        others = [row_node(o.terms, self._name, o.weight) for o in meaning.others]
        return _best([typed, *others])

    def _latin(self, raw: str) -> Node:
        """A Latin word; a compound as a whole, or by its parts side by side."""
        whole, parts = compound_terms(raw)
        nodes: list[Node] = [Term(term, self._name) for term in whole]
        if not whole or not any(map(str.isdigit, raw)):
            nodes.append(row_node(parts, self._name))
        return _best(nodes)

    def _cjk(self, word: str) -> Node:
        """A CJK word: its bigrams side by side, worth more where it is a word of its own."""
        row = stream(word)
        if len(row) == 1 and len(row[0]) == 1:
            return Prefix(row[0], self._name)
        words = cjk_words(word)
        if words == [WORD_MARK + word]:
            # Within another word the characters count half: ラム is not プログラム.
            return Best((row_node(row, self._name, WITHIN), Term(words[0], self._name)))
        marked = tuple(Term(term, self._name, WITHIN) for term in words)
        node = row_node(row, self._name)
        return Boosted(node, marked) if marked else node

    def _is_soft(self, unit: _Unit) -> bool:
        return (unit.key if is_cjk(unit.key) else unit.raw) in self._aliases.words.soft

    def _taken_apart(self) -> tuple[Node, ...]:
        """The words within a single name or compound (医療データ: 医療, データ)."""
        units = [u for u in self._units if not self._is_soft(u)]
        found: list[Node] = []
        for unit in units:
            if is_cjk(unit.key):
                words = self._aliases.parts(unit.key)
                found += [self._single_node(_Unit(w, w, True, True)) for w in words]
            else:
                found.append(self._single_node(_Unit(unit.key, unit.key, True, True)))
        return tuple(dict.fromkeys(found))

    def _neighbours(self) -> list[Node]:
        """Phrases of neighbouring words, a name with its number above all (PostgreSQL 17)."""
        found: list[Node] = []
        for one, other in zip(self._clauses, self._clauses[1:], strict=False):
            if one.soft or other.soft or not (one.row and other.row):
                continue
            if one.piece and one.piece == other.piece:
                row = stream(one.piece)
                boost = WHOLE_PIECE
            else:
                row = [*one.row, *other.row]
                boost = NEIGHBOUR_NUMBER if other.row[0][0].isdigit() else NEIGHBOURS
            if len(row) > 1 and not (is_cjk(one.row[0]) and not one.piece):
                node = Phrase(tuple(row), self._name, boost)
                if node not in found:
                    found.append(node)
        return found[:6]


def _units(aliases: Aliases, text: str) -> list[_Unit]:
    found: list[_Unit] = []
    for raw in raw_words(text):
        if is_cjk(raw):
            for words in aliases.segments(raw):
                piece = "".join(words)
                found += [_Unit(word, word, True, True, piece) for word in words]
            continue
        keys = units_of(raw)
        last = len(keys) - 1
        found += [_Unit(key, raw, i == 0, i == last) for i, key in enumerate(keys)]
    return found


def _written(units: Sequence[_Unit]) -> list[str]:
    return [unit.raw for unit in units if unit.first]


def row_node(row: Sequence[str], name: str = "words", boost: float = 1.0) -> Node:
    """The node of a row of terms: a term alone, or a phrase."""
    if len(row) == 1:
        return Term(row[0], name, boost)
    return Phrase(tuple(row), name, boost)


def in_title(node: Node, boost: float = IN_TITLE) -> Node:
    """The node asked of titles alone; what only boosts is left out."""
    match node:
        case Term(term, _, weight):
            return Term(term, "title", weight * boost)
        case Phrase(terms, _, weight):
            return Phrase(terms, "title", weight * boost)
        case Prefix(start, _, weight):
            return Prefix(start, "title", weight * boost)
        case And(parts):
            return And(tuple(in_title(part, boost) for part in parts))
        case Or(parts):
            return Or(tuple(in_title(part, boost) for part in parts))
        case Best(parts):
            return Best(tuple(in_title(part, boost) for part in parts))
        case Boosted(base):
            return in_title(base, boost)
    return node


def _weaker(row: Sequence[str], name: str) -> Node:
    return row_node(row, name, SOFT)


def _best(nodes: Sequence[Node]) -> Node:
    unique = tuple(dict.fromkeys(nodes))
    return unique[0] if len(unique) == 1 else Best(unique)
