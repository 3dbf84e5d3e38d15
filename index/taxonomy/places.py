"""Finding regions in text, by their code or by a name of theirs."""

import re
from collections.abc import Iterable

from index.taxonomy.values import Place, Region

# Katakana goes on a katakana name, but "東京リージョン" names Tokyo.
_EASTERN = re.compile(r"[ぁ-ヺ一-鿿가-힣]")
_LIKE_A_CODE = re.compile(r"-\d")
_WORD = "(?!リージョン|ローカルゾーン|ロケーション|エッジ)[A-Za-z0-9ァ-ヺー]"


class Places:
    """Regions found by their code or by a name of theirs."""

    def __init__(self, regions: tuple[Region, ...]) -> None:
        self._regions: dict[str, Region] = {}
        named = [(n, r) for r in regions for n in (r.code, r.name, r.japanese, *r.places)]
        named.sort(key=lambda pair: len(pair[0]), reverse=True)
        for name, region in named:
            self._regions.setdefault(_flat(name), region)
        names = [name for name, _ in named]
        # Most texts need few of the names, and a short pattern is read ten times as fast.
        self._any = _pattern(names)
        latin = [name for name in names if not _EASTERN.search(name)]  # São Paulo is Latin
        self._latin = _pattern([name for name in latin if name[0].isupper()])
        self._code = _pattern([name for name in latin if not name[0].isupper()])

    def find(self, text: str) -> tuple[Place, ...]:
        """The regions that the text names, in its order."""
        flat = text.replace("（", "(").replace("）", ")")
        found = []
        for match in self._matches(flat):
            region = self._regions.get(_flat(match[0]))
            start, end = match.span()
            if region is not None and not re.match(_WORD, flat[start - 1 : start] or " "):
                found.append(Place(region, text[start:end], start, end))
        return tuple(found)

    def _matches(self, flat: str) -> Iterable[re.Match[str]]:
        if _EASTERN.search(flat):
            return self._any.finditer(flat)
        if not _LIKE_A_CODE.search(flat):
            return self._latin.finditer(flat)
        both = (*self._latin.finditer(flat), *self._code.finditer(flat))
        return sorted(both, key=lambda match: match.start())


def _pattern(names: Iterable[str]) -> re.Pattern[str]:
    """Any of the names, the longest first, with or without its blanks and hyphens. スペイン語
    is a language."""
    by_letter: dict[str, list[str]] = {}
    for name in names:
        rest = re.sub(r"(?:\\?[\s-])+", r"[\\s\\-]*", re.escape(name[1:]))
        by_letter.setdefault(re.escape(name[0]), []).append(rest)
    inner = "|".join(f"{letter}(?:{'|'.join(rest)})" for letter, rest in by_letter.items())
    # No look-behind in front: so the engine skips to letters that begin a name.
    return re.compile(rf"(?:{inner})(?!{_WORD}|[語어])" if inner else r"(?!)")


def _flat(name: str) -> str:
    return re.sub(r"[\s\-]+", "", name.replace("（", "(").replace("）", ")"))
