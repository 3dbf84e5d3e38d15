"""The engines that ours is measured against, each set up as a careful user would.

They get the terms of our analyser (their own cannot cut Japanese), so that all engines look the
same terms up; a field `title`, a field `words` of everything, and the facets. A rival counts the
facets of what is left after all filters; ours also counts what another choice would show.
"""

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Protocol

from bench.search_material import Asked, Doc
from index.text import postings

SINGLE = ("area", "kind", "stage", "lang", "source", "year")
SEVERAL = ("service", "region")
FACETS = (*SINGLE, *SEVERAL)
LIMIT = 20
TITLE_WEIGHT = 5.0


class Rival(Protocol):
    """An engine under measurement. `ask` gives the exact total and the rows of the page."""

    name: str

    def build(self, docs: Sequence[Doc]) -> None: ...
    def ask(self, asked: Asked) -> tuple[int, list[int]]: ...
    def snippets(self, asked: Asked, texts: Sequence[str]) -> list[str]: ...
    def upsert(self, docs: Sequence[Doc]) -> None: ...
    def size(self) -> int: ...


def in_order(text: str) -> list[str]:
    """The text's terms in the order of their positions."""
    placed = [(place, term) for term, places in postings(text)[0].items() for place in places]
    return [term for _, term in sorted(placed)]


def cut(doc: Doc) -> tuple[str, str]:
    """(title, everything) as terms parted by blanks."""
    title = " ".join(in_order(doc.title))
    names = " ".join(in_order("\n".join(doc.service)))
    return title, f"{title} | {names} | {' '.join(in_order(doc.text))}"


def folder_size(folder: Path) -> int:
    """Bytes of all files under a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


class Fts5:
    """SQLite FTS5 with a table of facets beside it; no copy of the text in the index."""

    name = "FTS5"

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        self._file = folder / "fts.sqlite3"
        self._base = sqlite3.connect(self._file, isolation_level=None)
        self._base.executescript(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=1000000000;"
            "CREATE VIRTUAL TABLE t USING fts5(title, words, content='',"
            " tokenize=\"unicode61 remove_diacritics 0 tokenchars '-_.~+#@/&:'\");"
            f"CREATE TABLE m(n INTEGER PRIMARY KEY, published, {', '.join(SINGLE)});"
            "CREATE TABLE s(n, field, value); CREATE INDEX s_n ON s(n);"
        )

    def build(self, docs: Sequence[Doc]) -> None:
        for start in range(0, len(docs), 3_000):
            self._base.execute("BEGIN")
            self._insert(docs[start : start + 3_000])
            self._base.execute("COMMIT")

    def _insert(self, docs: Sequence[Doc]) -> None:
        self._base.executemany(
            "INSERT INTO t(rowid, title, words) VALUES (?,?,?)", ((d.n, *cut(d)) for d in docs)
        )
        self._base.executemany(
            f"INSERT INTO m VALUES (?,?{',?' * len(SINGLE)})",
            ((d.n, d.published, *(getattr(d, f) for f in SINGLE)) for d in docs),
        )
        self._base.executemany(
            "INSERT INTO s VALUES (?,?,?)",
            ((d.n, f, v) for d in docs for f in SEVERAL for v in getattr(d, f)),
        )

    def ask(self, asked: Asked) -> tuple[int, list[int]]:
        quoted = ['"' + term.replace('"', '""') + '"' for term in asked.terms]
        text = " + ".join(quoted) if asked.phrase else " AND ".join(quoted)
        match = f"{text}*" if asked.prefix else text
        match = match if asked.weighted else f"words : ({match})"
        where, values = "t MATCH ?", [match]
        joined = asked.area or asked.kind or asked.since is not None or asked.newest
        for field, value in asked.filters:
            where, values = f"{where} AND m.{field} = ?", [*values, value]
        if asked.since is not None:
            where += f" AND m.published >= {asked.since} AND m.published < {asked.until}"
        source = "t JOIN m ON m.n = t.rowid" if joined else "t"
        order = "m.published DESC" if asked.newest else f"bm25(t, {TITLE_WEIGHT}, 1.0)"
        rows = self._base.execute(
            f"SELECT t.rowid FROM {source} WHERE {where} ORDER BY {order} LIMIT {LIMIT}", values
        ).fetchall()
        if asked.facets:
            return self._facets(source, where, values), [row[0] for row in rows]
        total = self._base.execute(f"SELECT count(*) FROM {source} WHERE {where}", values)
        return int(total.fetchone()[0]), [row[0] for row in rows]

    def _facets(self, source: str, where: str, values: list[str]) -> int:
        source = source if " JOIN " in source else "t JOIN m ON m.n = t.rowid"
        parts = [f"SELECT '{f}', {f}, count(*) FROM hit GROUP BY 2" for f in SINGLE]
        parts.append("SELECT s.field, s.value, count(*) FROM hit JOIN s USING (n) GROUP BY 1, 2")
        rows = self._base.execute(
            f"WITH hit AS MATERIALIZED (SELECT m.* FROM {source} WHERE {where}) "
            + " UNION ALL ".join(parts),
            values,
        ).fetchall()
        return sum(count for facet, _, count in rows if facet == "lang")

    def snippets(self, asked: Asked, texts: Sequence[str]) -> list[str]:
        # A table without content makes none itself: a temporary one of the page's texts does.
        self._base.execute("CREATE VIRTUAL TABLE temp.p USING fts5(x)")
        self._base.executemany("INSERT INTO temp.p VALUES (?)", ((text,) for text in texts))
        words = " OR ".join('"' + term.replace('"', '""') + '"' for term in asked.terms)
        rows = self._base.execute(
            "SELECT snippet(p, 0, '<mark>', '</mark>', '…', 40) FROM p WHERE p MATCH ?", (words,)
        ).fetchall()
        self._base.execute("DROP TABLE temp.p")
        return [row[0] for row in rows]

    def upsert(self, docs: Sequence[Doc]) -> None:
        self._base.execute("BEGIN")
        # A table without content is told what to forget.
        self._base.executemany(
            "INSERT INTO t(t, rowid, title, words) VALUES ('delete',?,?,?)",
            ((d.n, *cut(d)) for d in docs),
        )
        for table in ("m", "s"):
            self._base.executemany(f"DELETE FROM {table} WHERE n = ?", ((d.n,) for d in docs))
        self._insert(docs)
        self._base.execute("COMMIT")

    def size(self) -> int:
        self._base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return self._file.stat().st_size


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


RIVALS: dict[str, Callable[[Path], Rival]] = {
    "whoosh": StockWhoosh,
    "fts5": Fts5,
    "tantivy": Tantivy,
}
