"""Xapian (Debian's python3-xapian), as a careful user would set it up."""

import sys
from collections import Counter
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from bench.rivals.rival import FACETS, LIMIT, SEVERAL, TITLE_WEIGHT, cut, folder_size
from bench.search_material import Asked, Doc

_DEBIAN = "/usr/lib/python3/dist-packages"  # its bindings have no wheel
_SLOT = {field: slot for slot, field in enumerate((*FACETS, "published"))}
_BETWEEN = "\x1f"


def _xapian() -> Any:
    sys.path.append(_DEBIAN)
    try:
        return import_module("xapian")
    finally:
        sys.path.remove(_DEBIAN)


class Xapian:
    """Xapian: terms at their positions, boolean terms for filters, values for facets and order."""

    name = "Xapian"

    def __init__(self, folder: Path) -> None:
        self._x, self._folder = _xapian(), folder
        self._base = self._x.WritableDatabase(str(folder), self._x.DB_CREATE)

    def build(self, docs: Sequence[Doc]) -> None:
        for start in range(0, len(docs), 3_000):
            for doc in docs[start : start + 3_000]:
                self._base.replace_document(doc.n, self._document(doc))
            self._base.commit()

    def _document(self, doc: Doc) -> Any:
        found = self._x.Document()
        title, words = cut(doc)
        for position, term in enumerate(words.split()):
            found.add_posting(term[:240], position)
        for term in title.split():
            found.add_term("S" + term[:240])
        for field in FACETS:
            value = getattr(doc, field)
            values = (value,) if isinstance(value, str) else value
            found.add_value(_SLOT[field], _BETWEEN.join(values))
            for one in values:
                found.add_boolean_term(_filter_term(field, one))
        found.add_value(_SLOT["published"], self._x.sortable_serialise(doc.published))
        return found

    def ask(self, asked: Asked) -> tuple[int, list[int]]:
        found, spies = self._found(asked)
        for field, spy in spies.items():
            counts: Counter[str] = Counter()
            for item in spy.values():
                for value in item.term.decode().split(_BETWEEN) if field in SEVERAL else ():
                    counts[value] += item.termfreq
        return found.get_matches_estimated(), [match.docid for match in found]

    def _found(self, asked: Asked) -> tuple[Any, dict[str, Any]]:
        """(the matches, what counts the values of each facet)."""
        enquire = self._x.Enquire(self._base)
        enquire.set_query(self._query(asked))
        if asked.newest:
            enquire.set_sort_by_value(_SLOT["published"], True)
        spies = {}
        for field in FACETS if asked.facets else ():
            spies[field] = self._x.ValueCountMatchSpy(_SLOT[field])
            enquire.add_matchspy(spies[field])
        # Looking at everything makes the total exact.
        return enquire.get_mset(0, LIMIT, self._base.get_doccount()), spies

    def _query(self, asked: Asked) -> Any:
        make = self._x.Query
        if asked.phrase:
            return make(make.OP_PHRASE, list(asked.terms))
        if asked.prefix:
            limits = (0, make.WILDCARD_LIMIT_ERROR, make.OP_SYNONYM)
            return make(make.OP_WILDCARD, asked.terms[0], *limits)
        query = make(make.OP_AND, [self._term(term, asked.weighted) for term in asked.terms])
        for field, value in asked.filters:
            query = make(make.OP_FILTER, query, make(_filter_term(field, value)))
        if asked.since is not None:
            # A range of values includes its end.
            ends = (self._x.sortable_serialise(at) for at in (asked.since, asked.until - 1))
            span = make(make.OP_VALUE_RANGE, _SLOT["published"], *ends)
            query = make(make.OP_FILTER, query, span)
        return query

    def _term(self, term: str, weighted: bool) -> Any:
        make = self._x.Query
        if not weighted:
            return make(term)
        title = make(make.OP_SCALE_WEIGHT, make("S" + term), TITLE_WEIGHT)
        return make(make.OP_OR, make(term), title)

    def snippets(self, asked: Asked, texts: Sequence[str]) -> list[str]:
        found, _ = self._found(Asked(asked.terms))
        options = found.SNIPPET_BACKGROUND_MODEL | found.SNIPPET_EXHAUSTIVE
        options |= found.SNIPPET_CJK_NGRAM
        stem = self._x.Stem("none")
        return [
            found.snippet(text, 240, stem, options, "<mark>", "</mark>").decode() for text in texts
        ]

    def upsert(self, docs: Sequence[Doc]) -> None:
        self.build(docs)

    def size(self) -> int:
        return folder_size(self._folder)


def _filter_term(field: str, value: str) -> str:
    return f"X{field.upper()}:{value}"[:240]
