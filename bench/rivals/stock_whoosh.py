"""Whoosh as it comes, as its manual shows it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from bench.rivals.rival import FACETS, LIMIT, SEVERAL, SINGLE, TITLE_WEIGHT, cut, folder_size
from bench.search_material import Asked, Doc


class StockWhoosh:
    """Whoosh as its manual shows it: its own codec, searcher, facets and commits of 3,000."""

    name = "Whoosh stock"

    def __init__(self, folder: Path) -> None:
        from whoosh import analysis, fields, index

        folder.mkdir(parents=True)
        self._folder = folder
        blanks = analysis.RegexTokenizer(r"\S+")
        schema = fields.Schema(
            n=fields.NUMERIC(int, unique=True, stored=True),
            title=fields.TEXT(analyzer=blanks, field_boost=TITLE_WEIGHT),
            words=fields.TEXT(analyzer=blanks),
            published=fields.NUMERIC(int, sortable=True),
        )
        for field in SINGLE:
            schema.add(field, fields.ID(sortable=True))
        for field in SEVERAL:
            schema.add(field, fields.KEYWORD(commas=True, sortable=True))
        self._index = index.create_in(str(folder), schema)

    def build(self, docs: Sequence[Doc]) -> None:
        for start in range(0, len(docs), 3_000):
            writer = self._index.writer(limitmb=256)
            for doc in docs[start : start + 3_000]:
                writer.add_document(**self._fields(doc))
            writer.commit()
        self._searcher = self._index.searcher()

    def _fields(self, doc: Doc) -> dict[str, Any]:
        title, words = cut(doc)
        single = {field: getattr(doc, field) for field in SINGLE}
        several = {field: ",".join(getattr(doc, field)) for field in SEVERAL}
        return {"n": doc.n, "title": title, "words": words, "published": doc.published} | (
            single | several
        )

    def ask(self, asked: Asked) -> tuple[int, list[int]]:
        from whoosh import query

        found = self._searcher.search(
            self._query(asked),
            limit=LIMIT,
            sortedby="published" if asked.newest else None,
            reverse=asked.newest,
            filter=query.And([query.Term(f, v) for f, v in asked.filters])
            if asked.filters
            else None,
            groupedby=list(SINGLE) + list(SEVERAL) if asked.facets else None,
        )
        if asked.facets:
            for facet in FACETS:
                Counter({value: len(ids) for value, ids in found.groups(facet).items()})
        total = len(found)
        return total, [hit["n"] for hit in found[:LIMIT]]

    def _query(self, asked: Asked) -> Any:
        from whoosh import query

        if asked.phrase:
            return query.Phrase("words", list(asked.terms))
        if asked.prefix:
            return query.Prefix("words", asked.terms[0])
        parts: list[Any] = [self._term(term, asked.weighted) for term in asked.terms]
        if asked.since is not None:
            span = query.NumericRange("published", asked.since, asked.until, endexcl=True)
            parts.append(query.ConstantScoreQuery(span))
        return query.And(parts)

    def _term(self, term: str, weighted: bool) -> Any:
        from whoosh import query

        fields: Iterable[str] = ("title", "words") if weighted else ("words",)
        return query.Or([query.Term(field, term) for field in fields])

    def snippets(self, asked: Asked, texts: Sequence[str]) -> list[str]:
        from whoosh import analysis, highlight

        blanks = analysis.RegexTokenizer(r"\S+")
        terms = frozenset(asked.terms)
        return [
            highlight.highlight(
                text, terms, blanks, highlight.ContextFragmenter(), highlight.HtmlFormatter("mark")
            )
            for text in texts
        ]

    def upsert(self, docs: Sequence[Doc]) -> None:
        writer = self._index.writer(limitmb=256)
        for doc in docs:
            writer.update_document(**self._fields(doc))
        writer.commit()
        self._searcher = self._searcher.refresh()

    def size(self) -> int:
        return folder_size(self._folder)
