"""tantivy, as a careful user would set it up."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.rivals.rival import FACETS, LIMIT, SEVERAL, SINGLE, TITLE_WEIGHT, cut, folder_size
from bench.search_material import Asked, Doc


class Tantivy:
    """tantivy: terms parted by blanks, fast fields for filters, facets and order."""

    name = "tantivy"

    def __init__(self, folder: Path) -> None:
        import tantivy

        self._t, self._folder = tantivy, folder
        folder.mkdir(parents=True)
        builder = tantivy.SchemaBuilder()
        for field in ("title", "words"):
            builder.add_text_field(field, tokenizer_name="blanks")
        for field in FACETS:
            builder.add_text_field(field, tokenizer_name="raw", fast=True)
        builder.add_unsigned_field("n", stored=True, indexed=True, fast=True)
        builder.add_integer_field("published", indexed=True, fast=True)
        self._schema = builder.build()
        self._index = tantivy.Index(self._schema, str(folder))
        blanks = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        self._index.register_tokenizer("blanks", blanks)
        facets = {field: {"terms": {"field": field, "size": 300}} for field in FACETS}
        self._aggregation = facets

    def build(self, docs: Sequence[Doc]) -> None:
        writer = self._index.writer(heap_size=256 << 20, num_threads=1)
        for doc in docs:
            writer.add_document(self._document(doc))
        writer.commit()
        writer.wait_merging_threads()
        self._open()

    def _open(self) -> None:
        self._index.reload()
        self._searcher = self._index.searcher()

    def _document(self, doc: Doc) -> Any:
        title, words = cut(doc)
        found = self._t.Document(title=title, words=words)
        found.add_unsigned("n", doc.n)
        found.add_integer("published", doc.published)
        for field in SINGLE:
            found.add_text(field, getattr(doc, field))
        for field in SEVERAL:
            for value in getattr(doc, field):
                found.add_text(field, value)
        return found

    def ask(self, asked: Asked) -> tuple[int, list[int]]:
        query = self._query(asked)
        order = {"order_by_field": "published"} if asked.newest else {}
        found = self._searcher.search(query, LIMIT, count=True, **order)
        if asked.facets:
            self._searcher.aggregate(query, self._aggregation)
        numbers = self._searcher.fast_field_values("n", [address for _, address in found.hits])
        return found.count, [int(n) for n in numbers]

    def _query(self, asked: Asked) -> Any:
        make, must = self._t.Query, self._t.Occur.Must
        if asked.phrase:
            return make.phrase_query(self._schema, "words", list(asked.terms))
        if asked.prefix:
            return make.regex_query(self._schema, "words", _escaped(asked.terms[0]) + ".*")
        parts = [(must, self._term(term, asked.weighted)) for term in asked.terms]
        for field, value in asked.filters:
            only = make.term_query(self._schema, field, value)
            parts.append((must, make.const_score_query(only, 0.0)))
        if asked.since is not None:
            span = make.range_query(
                self._schema, "published", self._t.FieldType.Integer, asked.since, asked.until,
                True, False,
            )  # fmt: skip
            parts.append((must, make.const_score_query(span, 0.0)))
        return make.boolean_query(parts)

    def _term(self, term: str, weighted: bool) -> Any:
        make, should = self._t.Query, self._t.Occur.Should
        everywhere = make.term_query(self._schema, "words", term)
        if not weighted:
            return everywhere
        title = make.boost_query(make.term_query(self._schema, "title", term), TITLE_WEIGHT)
        return make.boolean_query([(should, everywhere), (should, title)])

    def snippets(self, asked: Asked, texts: Sequence[str]) -> list[str]:
        make = self._t.SnippetGenerator.create(
            self._searcher, self._query(asked), self._schema, "words"
        )
        return [make.snippet_from_doc(self._t.Document(words=text)).to_html() for text in texts]

    def upsert(self, docs: Sequence[Doc]) -> None:
        writer = self._index.writer(heap_size=64 << 20, num_threads=1)
        for doc in docs:
            writer.delete_documents("n", doc.n)
            writer.add_document(self._document(doc))
        writer.commit()
        self._open()

    def size(self) -> int:
        return folder_size(self._folder)


def _escaped(text: str) -> str:
    return "".join(c if c.isalnum() else f"\\{c}" for c in text)
