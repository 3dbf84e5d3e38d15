"""One spelling for text that is compared: width, case, variants and long vowels folded.

NFKC, then lower case, then the Japanese variants of variants.toml wherever they stand, then
no long vowel at the end of a katakana run of three or more (サーバー and サーバ are one).
"""

import re
import tomllib
import unicodedata
from array import array
from collections.abc import Callable, Sequence
from pathlib import Path

VARIANTS_FILE = Path(__file__).parent / "variants.toml"
_VARIANTS = tomllib.loads(VARIANTS_FILE.read_text("utf-8"))
LATIN_VARIANTS: dict[str, str] = _VARIANTS["latin"]
_JAPANESE_VARIANTS: dict[str, str] = _VARIANTS["japanese"]
_JAPANESE_VARIANT = re.compile(
    "|".join(sorted(map(re.escape, _JAPANESE_VARIANTS), key=len, reverse=True))
)
_LONG_VOWEL = re.compile(r"(?<=[ァ-ヺー]{2})ー(?![ァ-ヺー])")
# Characters that NFKC leaves alone, to hasten what is done character by character.
_STABLE = "\\x00-\\x7f–—‘’“”、-〃々-〛ぁ-ゖァ-ヺー一-鿿"
_MARKS = "\u0300-\u036f\u3099\u309a\uff9e\uff9f"
# A character with the marks that join it (half-width kana have theirs as a character).
_CLUSTER = re.compile(f".[{_MARKS}]+|[^{_STABLE}]", re.S)
_JAPANESE = re.compile("[ぁ-鿿]")


def fold(text: str) -> str:
    """The text in the one spelling that is compared; its length may differ."""
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKC", text).lower()
    text = _JAPANESE_VARIANT.sub(_variant, text)
    return _LONG_VOWEL.sub("", text)


def fold_in_place(text: str) -> tuple[str, Sequence[int]]:
    """The folded text, and for each of its characters, and for its end, the place in `text`
    where what it stands for begins."""
    places: Sequence[int] = range(len(text) + 1)
    if text.isascii():
        return text.lower(), places
    folded = unicodedata.normalize("NFKC", text).lower()
    if len(folded) != len(text):
        folded, places = _replaced_in_place(text, places, _CLUSTER, _normalised)
    if _JAPANESE.search(folded):
        folded, places = _replaced_in_place(folded, places, _JAPANESE_VARIANT, _variant)
        folded, places = _replaced_in_place(folded, places, _LONG_VOWEL, lambda _: "")
    return folded, places


def _normalised(match: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", match[0]).lower()


def _variant(match: re.Match[str]) -> str:
    return _JAPANESE_VARIANTS[match[0]]


def _replaced_in_place(
    text: str,
    places: Sequence[int],
    pattern: re.Pattern[str],
    replacement: Callable[[re.Match[str]], str],
) -> tuple[str, Sequence[int]]:
    parts: list[str] = []
    moved: list[int] = []
    end = 0
    for match in pattern.finditer(text):
        new = replacement(match)
        parts += (text[end : match.start()], new)
        moved += places[end : match.start()]
        last = match.end() - match.start() - 1
        moved += [places[match.start() + min(i, last)] for i in range(len(new))]
        end = match.end()
    if not parts:
        return text, places
    moved += places[end:]
    return "".join([*parts, text[end:]]), array("I", moved)
