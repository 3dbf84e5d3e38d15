"""Entries and queries for the search benchmark: real text, recombined to any number, and a store.

A recombined entry takes title, date's year, language and facts of one real entry, and as body
passages of real entries of the same language until it is as long as wanted (3.4 kB on average,
which is what AWS's announcements and blog posts together measure). One in ten tells the story of
the entry before it, so that folding has work to do. The same seed gives the same entries.
"""

import random
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench.corpus import entries
from index.entry import Entry
from index.fact import FactKind
from index.facts import read_facts
from index.search.query import And, Node, Phrase, Prefix, Query, Term
from index.store import Store
from index.taxonomy import Taxonomy
from index.text import postings, stream

PLACES = ("whats-new-archive/*.jsonl", "feeds/*.xml")
MEAN_BYTES = 3_400
_PASSAGE = re.compile(r".{80,400}?(?:[.!?](?=\s)|[。！？]|\n|$)", re.S)
_YEAR = 365 * 86_400
_KEPT = ("kind", "source", "lang", "title", "published", "text", "area", "stage", "story")


@dataclass(frozen=True, slots=True)
class Doc:
    """One entry as every engine gets it; `published` is unix seconds."""

    n: int
    title: str
    text: str
    published: int
    area: str
    kind: str
    stage: str
    lang: str
    source: str
    service: tuple[str, ...]
    region: tuple[str, ...]
    story: str

    @property
    def year(self) -> str:
        return f"{datetime.fromtimestamp(self.published, UTC).year}"

    @property
    def size(self) -> int:
        return len(self.title.encode()) + len(self.text.encode())


def real_entries(data: Path | None) -> list[Entry]:
    """The entries with a text of the data folder, or of the sample pack."""
    root = Path(__file__).parents[1]
    paths = [str(data / place) for place in PLACES] if data else [str(root / "data/sample")]
    if data and not any(list(data.glob(place)) for place in PLACES):
        paths = [str(data)]
    found = [entry for entry in entries(paths) if len(entry.text) >= 200]
    if len(found) < 20:
        raise SystemExit(f"{data or 'data/sample'} holds only {len(found)} entries with a text")
    return found


def recombined(real: Sequence[Entry], count: int, seed: int = 1) -> list[Doc]:
    """So many entries made of the real ones."""
    chance = random.Random(seed)
    taxonomy = Taxonomy.load(Path("no overlay"))
    facts = [read_facts(entry, taxonomy) for entry in real]
    passages: dict[str, list[str]] = {}
    for entry in real:
        passages.setdefault(entry.lang, []).extend(_PASSAGE.findall(entry.text))
    found: list[Doc] = []
    for n in range(1, count + 1):
        i = chance.randrange(len(real))
        entry, known = real[i], facts[i]
        found.append(
            Doc(
                n=n,
                title=entry.title,
                text=_body(chance, passages[entry.lang]),
                published=int(entry.published.timestamp()) // 1000 * 1000 + n % 1000,
                area=known.area,
                kind=chance.choice(("announcement", "announcement", "announcement", "blog")),
                stage=known.stage,
                lang=entry.lang,
                source=entry.source,
                service=tuple(dict.fromkeys(known.services)),
                region=tuple(dict.fromkeys(known.values(FactKind.REGION))),
                story=f"s{n - 1 if n % 10 == 0 else n}",
            )
        )
    return found


def _body(chance: random.Random, passages: Sequence[str]) -> str:
    wanted = chance.uniform(0.3, 1.7) * MEAN_BYTES
    parts: list[str] = []
    size = 0
    while size < wanted:
        parts.append(chance.choice(passages))
        size += len(parts[-1].encode())
    return " ".join(parts)


def fill(store: Store, docs: Sequence[Doc]) -> None:
    """Put the entries into a store as rows, past the reading of sources."""
    facts = [
        (f"e{d.n}", i, kind, value, "title", value, 0, "")
        for d in docs
        for i, (kind, value) in enumerate(
            [*(("service", s) for s in d.service), *(("region", r) for r in d.region)]
        )
    ]
    with store.write() as connection:
        connection.executemany(
            "INSERT INTO entry (n, id, kind, source, lang, title, published, text, area, stage, "
            "story, stamp, summary, detail, revision, first_seen, changed) "
            "VALUES (?,?,?,?,?,?,?,?,?,?,?,?,'','{}',1,0,0)",
            [(d.n, f"e{d.n}", *(getattr(d, name) for name in _KEPT), d.n) for d in docs],
        )
        connection.executemany("INSERT INTO fact VALUES (?,?,?,?,?,?,?,?)", facts)
        connection.execute("UPDATE meta SET value = ? WHERE key = 'stamp'", (str(len(docs)),))


def touch(store: Store, numbers: Sequence[int]) -> None:
    """Say that these rows have changed."""
    with store.write() as connection:
        for n in numbers:
            connection.execute("UPDATE entry SET stamp = ? WHERE n = ?", (store.next_stamp(), n))


@dataclass(frozen=True, slots=True)
class Asked:
    """A query for every engine: terms (all of them; side by side if `phrase`; one to begin a
    word with if `prefix`), and what narrows or orders it. `weighted`: the title counts more."""

    terms: tuple[str, ...]
    phrase: bool = False
    prefix: bool = False
    weighted: bool = False
    area: str = ""
    kind: str = ""
    since: int | None = None
    until: int | None = None
    newest: bool = False
    facets: bool = False

    @property
    def filters(self) -> tuple[tuple[str, str], ...]:
        """The facets that are restricted, with their value."""
        return tuple((f, v) for f, v in (("area", self.area), ("kind", self.kind)) if v)

    @property
    def root(self) -> Node:
        """Our tree of it."""
        if self.phrase:
            return Phrase(self.terms)
        if self.prefix:
            return Prefix(self.terms[0])
        parts = tuple(Term(term) for term in self.terms)
        return parts[0] if len(parts) == 1 else And(parts)

    @property
    def query(self) -> Query:
        """Our filters and order of it."""
        return Query(
            area=(self.area,) if self.area else (),
            kind=(self.kind,) if self.kind else (),
            since=datetime.fromtimestamp(self.since, UTC) if self.since is not None else None,
            until=datetime.fromtimestamp(self.until, UTC) if self.until is not None else None,
            sort="newest" if self.newest else "relevance",
            facets=self.facets,
        )


def questions(docs: Sequence[Doc], each: int = 24, seed: int = 2) -> dict[str, list[Asked]]:
    """Queries by kind, so many of each, half of them Japanese where there is Japanese."""
    chance = random.Random(seed)
    some = chance.sample(docs, min(len(docs), 1_500))
    frequency = Counter(term for d in some for term in postings(f"{d.title}\n{d.text}")[0])
    by_lang = [[d for d in some if d.lang == lang] for lang in ("en", "ja")]
    pools = [pool for pool in by_lang if pool]

    def terms_of(doc: Doc, low: float, high: float, size: int) -> tuple[str, ...]:
        """Terms that stand in this share of the entries, or as near to it as there are."""
        terms = [t for t in dict.fromkeys(stream(doc.text)) if len(t) > 1]
        share = {t: frequency[t] / len(some) for t in terms}
        terms.sort(key=lambda t: max(low - share[t], share[t] - high, 0.0))
        fit = [t for t in terms if low <= share[t] < high]
        return tuple(chance.sample(fit, size) if len(fit) >= size else terms[:size])

    def pick(low: float, high: float, size: int) -> list[tuple[str, ...]]:
        docs = [chance.choice(pools[i % len(pools)]) for i in range(each)]
        return [terms_of(doc, low, high, size) for doc in docs]

    def row(pool: Sequence[Doc]) -> tuple[str, ...]:
        terms = stream(chance.choice(pool).text)
        start, size = chance.randrange(max(len(terms) - 4, 1)), chance.choice((2, 3, 4))
        return tuple(terms[start : start + size])

    single, three = pick(0.02, 0.6, 1), pick(0.05, 0.7, 3)
    # As people do: one word or three, half of the kinds, a stretch of three years.
    wide = [
        Asked(t, weighted=True, kind="announcement", since=d.published - _YEAR,
              until=d.published + 2 * _YEAR, facets=True)
        for t, d in zip((*single[::4], *three), chance.choices(some, k=2 * each), strict=False)
    ]  # fmt: skip
    narrowed = [
        Asked(terms, weighted=True, area=doc.area, since=doc.published - _YEAR,
              until=doc.published + _YEAR, facets=True)
        for terms, doc in zip(pick(0.02, 0.7, 2), chance.choices(some, k=each), strict=True)
    ]  # fmt: skip
    return {
        "single": [Asked(t) for t in single],
        "rare": [Asked(t) for t in pick(0.0, 0.004, 1)],
        "AND of 3": [Asked(t) for t in three],
        "phrase": [Asked(row(pools[i % len(pools)]), phrase=True) for i in range(each)],
        "prefix": [Asked((t[:3],), prefix=True) for (t,) in pick(0.005, 0.1, 1)],
        "multifield": [Asked(t, weighted=True) for t in three],
        "+filters+facets": wide,
        "+narrow filters": narrowed,
        "all facets": [Asked(t, weighted=True, facets=True) for t in single],
        "newest first": [Asked(t, newest=True) for t in three],
    }
