"""From a query's text to the tree that the index answers: analysed, with aliases, never raising."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from index.errors import ConfigError
from index.search.aliases import Aliases
from index.search.beginnings import starred
from index.search.dates import read_span
from index.search.notices import Notice
from index.search.query import (
    SORTS,
    And,
    During,
    Everything,
    Node,
    Not,
    Or,
    Prefix,
    Value,
)
from index.search.syntax import (
    AllOf,
    AnyOf,
    FieldValue,
    Part,
    Quoted,
    Starred,
    Without,
    Words,
    parse,
)
from index.search.vocabulary import Vocabulary
from index.search.wording import Wording, row_node
from index.text import is_cjk, raw_words, stream

_DATE_FIELDS = ("since", "until", "week", "date")
_SORT_NAMES = {
    "newest": "newest", "new": "newest", "date": "newest", "latest": "newest",
    "新しい順": "newest", "oldest": "oldest", "old": "oldest", "古い順": "oldest",
    "relevance": "relevance", "best": "relevance", "関連順": "relevance",
}  # fmt: skip
_LONGEST_VALUE = 5


@dataclass(frozen=True, slots=True)
class Understood:
    """A query's text, understood. `loose` finds entries with some of the words where `root`
    asks for all of them (None where that is no different); `plain` are the words that a
    person may have misspelt, as folded; `notices` tell what was done."""

    root: Node
    loose: Node | None = None
    plain: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()
    sort: str | None = None


class Reader:
    """Reads query texts with the names that the program knows. Does not change once made."""

    def __init__(
        self, aliases: Aliases, vocabulary: Vocabulary, clock: Callable[[], datetime]
    ) -> None:
        self.aliases = aliases
        self.vocabulary = vocabulary
        self.clock = clock

    def read(self, text: str) -> Understood:
        """The tree of a query text; whatever is odd becomes words, with a notice."""
        parsed = parse(text)
        reading = _Reading(self, list(parsed.notices))
        strict = reading.tree(parsed.root)
        if strict is None:
            strict = self._without_words(text, reading)
        loose = _Reading(self, [], loose=True).tree(parsed.root)
        return Understood(
            strict,
            loose if loose != strict else None,
            tuple(dict.fromkeys(reading.plain)),
            tuple(dict.fromkeys(reading.notices)),
            reading.sort,
        )

    def _without_words(self, text: str, reading: "_Reading") -> Node:
        """Signs alone find nothing; no text at all, or only a sort, finds everything."""
        if not text.strip() or reading.sort:
            return Everything()
        reading.notices.append(Notice("no-word"))
        return Or(())


@dataclass(slots=True)
class _Reading:
    """One pass over one query's tree; collects notices and words on its way."""

    reader: Reader
    notices: list[Notice]
    loose: bool = False
    plain: list[str] = field(default_factory=list)
    sort: str | None = None

    def tree(self, part: Part, name: str = "words") -> Node | None:
        """The node of a part, its text looked up in the text field `name`; None for nothing."""
        match part:
            case Words(text):
                return self._words(text, name)
            case Quoted(text):
                return self._quoted(text, name)
            case Starred(text):
                return starred(text, name)
            case FieldValue(asked, value):
                return self._field(asked, value)
            case Without(inner):
                node = _Reading(self.reader, self.notices).tree(inner, name)
                return None if node is None else Not(node)
            case AnyOf(parts):
                found = [n for p in parts if (n := self.tree(p, name)) is not None]
                return Or(tuple(found)) if len(found) > 1 else found[0] if found else None
            case AllOf(parts):
                return self._all(parts, name)

    def _all(self, parts: Sequence[Part], name: str) -> Node | None:
        parts = self._with_long_values(parts)
        found = [node for part in parts if (node := self.tree(part, name)) is not None]
        if not found:
            return None
        if self.loose:
            found = _any_of_the_texts(found)
        if all(isinstance(node, Not) for node in found):
            found.insert(0, Everything())
        return And(tuple(found)) if len(found) > 1 else found[0]

    def _words(self, text: str, name: str) -> Node | None:
        wording = Wording(self.reader.aliases, text, name)
        self.plain += wording.plain
        self.notices += wording.notices
        return wording.loose() if self.loose else wording.strict()

    def _quoted(self, text: str, name: str) -> Node | None:
        row = stream(text)
        self.plain += [raw for raw in raw_words(text) if not is_cjk(raw)]
        if len(row) == 1 and is_cjk(row[0]) and len(row[0]) == 1:
            return Prefix(row[0], name)
        return row_node(row, name) if row else None

    def _field(self, asked: str, value: Part) -> Node | None:
        if asked == "title":
            return self.tree(value, "title")
        if isinstance(value, AllOf | AnyOf):
            parts = [p.text.split() if isinstance(p, Words) else [p] for p in _leaves(value.parts)]
            found = [
                self._field(asked, Words(p) if isinstance(p, str) else p)
                for some in parts
                for p in some
            ]
            return Or(tuple(n for n in found if n is not None))
        if not isinstance(value, Words | Quoted | Starred):
            return self.tree(value)
        text = value.text
        if asked == "sort":
            return self._sorted(text)
        if asked in _DATE_FIELDS:
            return self._dated(asked, text)
        return self._valued(asked, text)

    def _valued(self, asked: str, text: str) -> Node | None:
        """A filter on values; several may be given with commas."""
        found: list[str] = []
        names = [text] if self.reader.vocabulary.values(asked, text) else text.split(",")
        for name in filter(None, (n.strip() for n in names)):
            values = self.reader.vocabulary.values(asked, name)
            if not values:
                near = self.reader.vocabulary.nearest(asked, name)
                kind = "unknown-words-near" if near else "unknown-words"
                self._note(Notice(kind, field=asked, value=name, near=near))
                return self._words(text.replace(",", " "), "words")
            found += values
        nodes = tuple(Value(asked, value) for value in dict.fromkeys(found))
        return nodes[0] if len(nodes) == 1 else Or(nodes) if nodes else None

    def _dated(self, asked: str, text: str) -> Node | None:
        try:
            start, end = read_span(text, self.reader.clock())
        except ConfigError as error:
            self._note(Notice("no-date", field=asked, error=error))
            return self._words(text, "words")
        if asked == "since":
            return During(since=start)
        if asked == "until":
            return During(until=end)
        return During(start, end)

    def _sorted(self, text: str) -> Node | None:
        known = _SORT_NAMES.get(text.casefold())
        if known in SORTS:
            self.sort = known
            return None
        self._note(Notice("no-order", value=text))
        return None

    def _with_long_values(self, parts: Sequence[Part]) -> list[Part]:
        """`area:application integration`: a value goes on over the words that complete it."""
        found = list(parts)
        for i, part in enumerate(found[:-1]):
            following = found[i + 1]
            if not (isinstance(part, FieldValue) and isinstance(part.value, Words)):
                continue
            if not isinstance(following, Words) or part.field in ("title", "sort", *_DATE_FIELDS):
                continue
            words = following.text.split()
            for size in range(min(len(words), _LONGEST_VALUE), 0, -1):
                text = f"{part.value.text} {' '.join(words[:size])}"
                if self.reader.vocabulary.values(part.field, text):
                    found[i] = FieldValue(part.field, Words(text))
                    found[i + 1] = Words(" ".join(words[size:]))
                    break
        return found

    def _note(self, notice: Notice) -> None:
        self.notices.append(notice)


def _any_of_the_texts(nodes: list[Node]) -> list[Node]:
    """The filters as they are, and one node for any of the others."""
    filters = [node for node in nodes if _filters(node)]
    texts = [node for node in nodes if not _filters(node)]
    return [*filters, Or(tuple(texts))] if len(texts) > 1 else nodes


def _filters(node: Node) -> bool:
    if isinstance(node, Or):
        return all(isinstance(part, Value) for part in node.parts)
    return isinstance(node, Value | During | Not | Everything)


def _leaves(parts: Sequence[Part]) -> list[Part]:
    found: list[Part] = []
    for part in parts:
        found += _leaves(part.parts) if isinstance(part, AllOf | AnyOf) else [part]
    return found
