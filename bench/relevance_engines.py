"""The engines compared by relevance: ours, SQLite FTS5 and tantivy, each as a user would set it up.

The rivals are given the same entries (title, and summary, tags and text), weigh the title five
times like ours, ask for all words first and for any of them where that finds nothing, and have
their hits folded by story, as ours are.
"""

import re
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Protocol

from index.library import Library
from index.search.query import Query
from index.stored import Stored
from index.text import postings

_WORD = re.compile(r"\w+(?:[.+#-]\w+)*")
_MOST = 60  # rows asked of a rival, so that ten stories are left after folding


class Engine(Protocol):
    """Something that ranks stories for a text."""

    name: str

    def stories(self, text: str, lang: str, most: int) -> list[str]:
        """The ids of the best stories, the best first; `lang` restricts the entries."""


class Ours:
    """This program; `meaning` adds what is near in meaning after what has the words."""

    def __init__(self, library: Library, story_of: dict[int, str], meaning: bool) -> None:
        self.name = "ours + meaning" if meaning else "ours"
        self._library = library
        self._story_of = story_of
        self._meaning = meaning

    def stories(self, text: str, lang: str, most: int) -> list[str]:
        query = Query(text=text, lang=(lang,) if lang else (), limit=most)
        page = self._library.find(query)
        words = [self._story_of[hit.n] for hit in page.hits]
        if not self._meaning:
            return words
        return self._fused(words, [self._story_of[hit.n] for hit in page.related])[:most]

    def _fused(self, words: list[str], related: list[str]) -> list[str]:
        """Both lists as the screen shows them: the best five of words, then the related."""
        return list(dict.fromkeys([*words[:5], *related[:5], *words[5:], *related[5:]]))


class Fts5:
    """SQLite's full-text search: trigrams, or words and CJK bigrams cut beforehand."""

    def __init__(self, entries: Sequence[Stored], trigrams: bool) -> None:
        self.name = "FTS5 trigram" if trigrams else "FTS5 pre-tokenised"
        self._trigrams = trigrams
        self._rows = {i: (s.story, s.entry.lang) for i, s in enumerate(entries, 1)}
        self._base = sqlite3.connect(":memory:")
        tokenizer = "trigram" if trigrams else "porter unicode61"
        self._base.execute(
            f"CREATE VIRTUAL TABLE t USING fts5(title, body, tokenize='{tokenizer}')"
        )
        self._base.executemany(
            "INSERT INTO t(rowid, title, body) VALUES (?,?,?)",
            ((i, self._cut(t), self._cut(b)) for i, (t, b) in enumerate(map(texts, entries), 1)),
        )

    def _cut(self, text: str) -> str:
        return text if self._trigrams else " ".join(_bigrams(text))

    def stories(self, text: str, lang: str, most: int) -> list[str]:
        words = _WORD.findall(text) if self._trigrams else _bigrams(text)
        words = [w for w in words if len(w) > 2] if self._trigrams else words
        quoted = ['"' + w.replace('"', '""') + '"' for w in words]
        for joint in (" AND ", " OR "):
            if quoted and (rows := self._match(joint.join(quoted))):
                return _folded(((self._rows[r]) for r in rows), lang, most)
        return []

    def _match(self, asked: str) -> list[int]:
        # Ranking every row of a common word is slow; the best thousand are enough.
        rows = self._base.execute(
            "SELECT rowid FROM t WHERE t MATCH ? ORDER BY bm25(t, 5.0, 1.0) LIMIT 1000", (asked,)
        )
        return [row[0] for row in rows]


class Tantivy:
    """tantivy with its default tokenizer, or with one of n-grams for text without blanks."""

    def __init__(self, entries: Sequence[Stored], folder: Path, ngrams: bool) -> None:
        import tantivy

        self.name = "tantivy n-gram" if ngrams else "tantivy default"
        self._rows = [(s.story, s.entry.lang) for s in entries]
        schema = tantivy.SchemaBuilder().add_unsigned_field("row", stored=True)
        for field in ("title", "body"):
            schema.add_text_field(field, tokenizer_name="grams" if ngrams else "en_stem")
        folder.mkdir(parents=True)
        self._index = tantivy.Index(schema.build(), str(folder))
        if ngrams:
            grams = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.ngram(2, 3, False))
            self._index.register_tokenizer(
                "grams", grams.filter(tantivy.Filter.lowercase()).build()
            )
        writer = self._index.writer(heap_size=64 << 20)
        for row, stored in enumerate(entries):
            title, body = texts(stored)
            writer.add_document(tantivy.Document(row=row, title=title, body=body))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._searcher = self._index.searcher()

    def stories(self, text: str, lang: str, most: int) -> list[str]:
        words = " ".join(_WORD.findall(text))
        for all_words in (True, False):
            found = self._match(words, all_words)
            if found:
                return _folded((self._rows[row] for row in found), lang, most)
        return []

    def _match(self, words: str, all_words: bool) -> list[int]:
        boosts = {"title": 5.0, "body": 1.0}
        fields = ["title", "body"]
        try:
            query: Any = self._index.parse_query(
                words, fields, field_boosts=boosts, conjunction_by_default=all_words
            )
        except ValueError:
            return []
        hits = self._searcher.search(query, 1000, count=False).hits
        return [int(self._searcher.doc(address)["row"][0]) for _, address in hits]


def texts(stored: Stored) -> tuple[str, str]:
    """What a rival indexes of an entry: its title, and all its other words."""
    entry = stored.entry
    return entry.title, "\n".join(filter(None, (entry.summary, " ".join(entry.tags), entry.text)))


def _bigrams(text: str) -> list[str]:
    """Words and CJK bigrams in order, as an application would cut them for FTS5."""
    terms, _ = postings(text)
    placed = [(place, term) for term, places in terms.items() for place in places]
    return [term for _, term in sorted(placed) if term.isalnum()]


def _folded(rows: Iterable[tuple[str, str]], lang: str, most: int) -> list[str]:
    found = dict.fromkeys(story for story, written in rows if not lang or written == lang)
    return list(found)[:most]
