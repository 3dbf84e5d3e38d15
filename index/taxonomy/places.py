"""Finding regions in text, by their code or by a name of theirs."""

import re

from index.taxonomy.values import Place, Region

# Katakana goes on a katakana name, but "東京リージョン" names Tokyo.
_WORD = "(?!リージョン|ローカルゾーン|ロケーション|エッジ)[A-Za-z0-9ァ-ヺー]"


class Places:
    """Regions found by their code or by a name of theirs."""

    def __init__(self, regions: tuple[Region, ...]) -> None:
        self._regions: dict[str, Region] = {}
        by_letter: dict[str, list[str]] = {}
        names = [(n, r) for r in regions for n in (r.code, r.name, r.japanese, *r.places)]
        for name, region in sorted(names, key=lambda pair: len(pair[0]), reverse=True):
            self._regions.setdefault(_flat(name), region)
            rest = re.sub(r"(?:\\?[\s-])+", r"[\\s\\-]*", re.escape(name[1:]))
            by_letter.setdefault(re.escape(name[0]), []).append(rest)
        inner = "|".join(f"{letter}(?:{'|'.join(rest)})" for letter, rest in by_letter.items())
        # No look-behind in front: so the engine skips to letters that begin a name.
        self._pattern = re.compile(rf"(?:{inner})(?!{_WORD})")

    def find(self, text: str) -> tuple[Place, ...]:
        flat = text.replace("（", "(").replace("）", ")")
        found = []
        for match in self._pattern.finditer(flat):
            region = self._regions.get(_flat(match[0]))
            start, end = match.span()
            if region is not None and not re.match(_WORD, flat[start - 1 : start] or " "):
                found.append(Place(region, text[start:end], start, end))
        return tuple(found)


def _flat(name: str) -> str:
    return re.sub(r"[\s\-]+", "", name.replace("（", "(").replace("）", ")"))
