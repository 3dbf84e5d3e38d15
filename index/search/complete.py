"""Search as you type: services by any name, words of titles, titles; in either language."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from index.folding import fold
from index.search.aliases import Aliases
from index.search.evaluate import Evaluation
from index.search.query import And, Node, Or, Prefix, Term
from index.search.snapshot import Snapshot
from index.search.wording import row_node
from index.taxonomy import Taxonomy
from index.taxonomy.values import VENDORS, without_vendor
from index.text import WORD_MARK, is_cjk, raw_words, stem, stream

_NAMES = 200  # services' names looked at
_SAMPLE = 300  # titles looked at for words
_SERVICES, _TITLES = 3, 3
_LETTERS = 2  # typed of a Latin word before titles are searched
_SHORTENED = 4  # letters that a stem may lack of the word typed so far
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9.+#-]*[A-Za-z0-9+#]|[ァ-ヺー]{2,}[一-鿿々]*|[一-鿿々]{2,}")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What the box may be completed to: `text` is the whole new query; `kind` is service, word
    or title, and a title names its entry's row."""

    kind: str
    text: str
    n: int | None = None


class Completer:
    """Completes query texts; holds the services' names only, all else is in the index."""

    def __init__(
        self,
        taxonomy: Taxonomy,
        aliases: Aliases,
        titles: Callable[[Iterable[int]], Mapping[int, str]],
    ) -> None:
        self._aliases = aliases
        self._titles = titles
        names = {(fold(a), a, s.name) for s in taxonomy.services for a in s.aliases}
        self._names = sorted(names)
        self._folded = [name for name, *_ in self._names]

    def complete(self, snapshot: Snapshot, text: str, limit: int = 8) -> tuple[Suggestion, ...]:
        """What the text may become, at most `limit`: services, then words, then titles."""
        head, last = self._parted(text)
        if not last or limit < 1:
            return ()
        rows = self._rows(snapshot, head, last)
        titles = self._titles(rows)
        listed = [(n, titles[n]) for n in rows if n in titles]
        words = _words(listed, head, last)
        services = self._services(text.strip(), "")
        if not services and not words:
            services = self._services(last, head)
        shown = [Suggestion("title", title, n) for n, title in listed]
        taken = services[:_SERVICES]
        known = {s.text.casefold() for s in taken}
        taken += [w for w in words if w.text.casefold() not in known]
        return tuple((taken[: max(limit - _TITLES, 1)] + shown)[:limit])

    def _parted(self, text: str) -> tuple[str, str]:
        """(what stands, the word being typed). A blank at the end: nothing is being typed."""
        match = re.search(r"[^\s\"()|:「」]+$", text)
        if match is None:
            return text, ""
        word, start = match[0], match.start()
        run = re.search(r"[^\x00-\x7f]+$", word)
        if run and run.start():
            start, word = start + run.start(), run[0]
        if is_cjk(word):
            start, word = _after_particles(self._aliases, word, start)
        return text[:start], word

    def _services(self, typed: str, head: str) -> list[Suggestion]:
        """Services one of whose names begins as typed: by their own name first, then as that
        other name is written."""
        start = fold(typed)
        at = bisect_left(self._folded, start)
        own: dict[str, None] = {}
        other: dict[str, None] = {}
        for folded, alias, service in self._names[at : at + _NAMES]:
            if not folded.startswith(start):
                break
            if is_cjk(folded) or fold(without_vendor(service)).startswith(start):
                own[service] = None
            elif folded == start or not alias.startswith(VENDORS):
                other[service if folded == start else alias] = None
        ranked = [*sorted(own, key=len), *sorted(other.keys() - own.keys(), key=len)]
        return [Suggestion("service", head + name) for name in ranked]

    def _rows(self, snapshot: Snapshot, head: str, last: str) -> list[int]:
        """Rows whose titles hold the words that stand and one that begins as typed."""
        begun = _begun(fold(last), snapshot)
        if begun is None:
            return []
        standing = [row_node(row, "title") for raw in raw_words(head) if (row := stream(raw))]
        found = Evaluation(snapshot).scored(And((*standing, begun)))
        if not len(found.ids):
            return []
        score = found.scores * snapshot.prior[found.ids]
        best = np.argpartition(-score, min(_SAMPLE, len(score) - 1))[:_SAMPLE]
        best = best[np.argsort(-score[best], kind="stable")]
        rows: list[int] = snapshot.n[found.ids[best]].tolist()
        return rows


def _begun(last: str, snapshot: Snapshot) -> Node | None:
    """Terms of titles that may belong to a word that begins so."""
    if is_cjk(last):
        return Prefix(WORD_MARK + last, "title")
    if len(last) < _LETTERS:
        return None
    parts = [part for part in re.split(r"[^a-z0-9]+", last) if part]
    if not parts:
        return None
    before = [Term(stem(part), "title") for part in parts[:-1]]
    word = parts[-1]
    nodes: list[Node] = [Prefix(word, "title")]
    if stem(word) != word:
        nodes.append(Term(stem(word), "title"))
    if len(word) > _SHORTENED and not len(snapshot.prefix("title", word).ids):
        # Stems lack endings: `encrypti` begins no term, but `encrypt` is one.
        least = max(3, len(word) - _SHORTENED)
        nodes += [Term(word[:end], "title") for end in range(len(word) - 1, least - 1, -1)]
    return And((*before, Or(tuple(nodes))))


def _words(titles: Iterable[tuple[int, str]], head: str, last: str) -> list[Suggestion]:
    """The titles' words that begin as typed, the most usual first, as usually written."""
    start = fold(last)
    forms: dict[str, Counter[str]] = {}
    for _, title in titles:
        for word, folded in _words_of(title):
            if folded.startswith(start) and folded != start:
                forms.setdefault(folded, Counter())[word] += 1
    ranked = sorted(forms, key=lambda word: (-forms[word].total(), len(word), word))
    return [Suggestion("word", head + forms[word].most_common(1)[0][0]) for word in ranked]


@lru_cache(maxsize=1 << 13)
def _words_of(title: str) -> tuple[tuple[str, str], ...]:
    """The words of a title with their folded spelling: the next key meets the same titles."""
    return tuple((word, fold(word)) for word in _WORD.findall(title))


def _after_particles(aliases: Aliases, run: str, start: int) -> tuple[int, str]:
    """The part of a CJK run that is being typed: Redshiftのデー completes デー."""
    for i in range(len(run) - 1, 0, -1):
        if "ぁ" <= run[i - 1] <= "ゖ" and not "ぁ" <= run[i] <= "ゖ":
            begin = i - 1
            while begin and "ぁ" <= run[begin - 1] <= "ゖ":
                begin -= 1
            if run[begin:i] in aliases.words.particles:
                return start + i, run[i:]
    return start, run
