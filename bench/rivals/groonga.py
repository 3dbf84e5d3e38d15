"""Groonga (Debian's groonga-bin), as a careful user would set it up."""

import json
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from bench.rivals.rival import FACETS, LIMIT, SEVERAL, SINGLE, TITLE_WEIGHT, cut, folder_size
from bench.search_material import Asked, Doc


class Groonga:
    """Groonga: terms parted by blanks in an index with positions, columns for filters, facets
    and order. It answers from a process of its own, asked through pipes."""

    name = "Groonga"

    def __init__(self, folder: Path) -> None:
        program = shutil.which("groonga")
        if program is None:
            raise ImportError("there is no program `groonga`; install Debian's groonga-bin")
        folder.mkdir(parents=True)
        self._folder = folder
        self._process = subprocess.Popen(
            [program, "-n", str(folder / "db")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self._page: list[int] = []
        self._make_schema()

    def _make_schema(self) -> None:
        self._do("table_create", name="Docs", flags="TABLE_HASH_KEY", key_type="UInt32")
        self._column("Docs", "published", "COLUMN_SCALAR", "Int64")
        for field in ("title", "words", "text"):
            self._column("Docs", field, "COLUMN_SCALAR", "LongText")
        for field in FACETS:
            table = field.capitalize()
            self._do("table_create", name=table, flags="TABLE_PAT_KEY", key_type="ShortText")
            kind = "COLUMN_VECTOR" if field in SEVERAL else "COLUMN_SCALAR"
            self._column("Docs", field, kind, table)
            self._column(table, "docs", "COLUMN_INDEX", "Docs", source=field)
        self._do(
            "table_create", name="Terms", flags="TABLE_PAT_KEY", key_type="ShortText",
            default_tokenizer="TokenDelimit",
        )  # fmt: skip
        for field in ("title", "words"):
            self._column("Terms", f"in_{field}", "COLUMN_INDEX|WITH_POSITION", "Docs", source=field)

    def _column(self, table: str, name: str, flags: str, kind: str, **more: str) -> None:
        self._do("column_create", table=table, name=name, flags=flags, type=kind, **more)

    def _do(self, command: str, **options: object) -> Any:
        """What one command gives; raises RuntimeError with Groonga's own words."""
        self._write(f"/d/{command}?{urlencode(options)}\n")
        return self._answer()

    def _write(self, text: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(text)
        self._process.stdin.flush()

    def _answer(self) -> Any:
        assert self._process.stdout is not None
        head, *body = json.loads(self._process.stdout.readline())
        if head[0] != 0:
            raise RuntimeError(f"Groonga: {head[3]}")
        return body[0]

    def build(self, docs: Sequence[Doc]) -> None:
        for start in range(0, len(docs), 3_000):
            rows = [self._row(doc) for doc in docs[start : start + 3_000]]
            self._write(f"load --table Docs\n{json.dumps(rows)}\n")
            self._answer()
        self._do("io_flush")

    def _row(self, doc: Doc) -> dict[str, object]:
        title, words = cut(doc)
        values: dict[str, object] = {field: getattr(doc, field) for field in SINGLE}
        values |= {field: list(getattr(doc, field)) for field in SEVERAL}
        return values | {
            "_key": doc.n, "title": title, "words": words, "text": doc.text,
            "published": doc.published,
        }  # fmt: skip

    def ask(self, asked: Asked) -> tuple[int, list[int]]:
        options: dict[str, object] = self._query(asked)
        options |= {
            "table": "Docs", "output_columns": "_key", "limit": LIMIT, "cache": "no",
            "sort_keys": "-published" if asked.newest else "-_score",
        }  # fmt: skip
        if asked.facets:
            options |= {
                "drilldown": ",".join(FACETS), "drilldown_limit": 300,
                "drilldown_sort_keys": "-_nsubrecs",
            }  # fmt: skip
        found = self._do("select", **options)[0]
        self._page = [row[0] for row in found[2:]]
        return found[0][0], self._page

    def _query(self, asked: Asked) -> dict[str, object]:
        columns = f"title*{TITLE_WEIGHT:.0f}||words" if asked.weighted else "words"
        terms = [_escaped(term) for term in asked.terms]
        text = " ".join(terms)
        if asked.phrase:
            text = f'"{" ".join(asked.terms)}"'
        elif asked.prefix:
            text = f"{terms[0]}*"
        found: dict[str, object] = {"match_columns": columns, "query": text}
        narrowed = [f"{field} == {json.dumps(value)}" for field, value in asked.filters]
        if asked.since is not None:
            narrowed.append(f'between(published,{asked.since},"include",{asked.until},"exclude")')
        if narrowed:
            found["filter"] = " && ".join(narrowed)
        return found

    def snippets(self, asked: Asked, texts: Sequence[str]) -> list[str]:
        options = self._query(Asked(asked.terms))
        options["filter"] = " || ".join(f"_key == {n}" for n in self._page) or "false"
        found = self._do(
            "select", table="Docs", limit=LIMIT, cache="no", sort_keys="-_score",
            output_columns="_key,snippet_html(text)", **options,
        )  # fmt: skip
        return [" ".join(row[1] or ()) for row in found[0][2:]]

    def upsert(self, docs: Sequence[Doc]) -> None:
        self.build(docs)

    def size(self) -> int:
        return folder_size(self._folder)


def _escaped(term: str) -> str:
    return "".join(c if c.isalnum() else f"\\{c}" for c in term)
