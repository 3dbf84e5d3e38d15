"""SQLite FTS5, as a careful user would set it up."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from bench.rivals.rival import LIMIT, SEVERAL, SINGLE, TITLE_WEIGHT, cut
from bench.search_material import Asked, Doc


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
