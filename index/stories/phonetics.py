"""Katakana and the English word it renders, compared by their consonants.

レプリケーション and replication both come down to a few consonants once vowels are dropped and
the sounds that Japanese does not tell apart (l and r, v and b, th and s) are one. So a
Japanese title can be held against an English one without a dictionary.
"""

import re
import tomllib
from difflib import SequenceMatcher
from functools import lru_cache
from pathlib import Path

from index.text import stem

_ROWS = {
    "": "アイウエオァィゥェォ",
    "k": "カキクケコ",
    "g": "ガギグゲゴ",
    "s": "サシスセソ",
    "j": "ジ",
    "z": "ザズゼゾ",
    "t": "タチツテト",
    "d": "ダヂヅデド",
    "n": "ナニヌネノン",
    "h": "ハヒヘホ",
    "f": "フ",
    "b": "バビブベボヴ",
    "p": "パピプペポ",
    "m": "マミムメモ",
    "y": "ヤユヨャュョ",
    "r": "ラリルレロ",
    "w": "ワヲ",
}
_KANA = {kana: sound for sound, row in _ROWS.items() for kana in row}
_DIGRAPHS = (
    ("チャ", "t"),
    ("チュ", "t"),
    ("チョ", "t"),
    ("チェ", "t"),
    ("ティ", "t"),
    ("ディ", "d"),
)
_ENGLISH = (
    (r"[tsc]ion", "sn"),
    (r"gh", ""),
    (r"tu(?=r)|tch|ch", "T"),
    (r"du(?=l)", "j"),
    (r"ph", "f"),
    (r"sh", "s"),
    (r"th", "s"),
    (r"ck", "k"),
    (r"qu", "k"),
    (r"x", "ks"),
    (r"c(?=[eiy])", "s"),
    (r"c(?!$)", "k"),
    (r"c$", "k"),
    (r"g(?=[ei])", "j"),
    (r"dg", "j"),
)
_FOLDED = str.maketrans(
    {"l": "r", "v": "b", "z": "s", "c": "t", "j": "s", "q": "k", "h": "", "w": "", "y": ""}
)
_ALIKE = 0.8
_GLOSSARY = tomllib.loads((Path(__file__).parent / "glossary.toml").read_text("utf-8"))
_SHORT: dict[str, frozenset[str]] = {
    kana: frozenset(map(stem, words)) for kana, words in _GLOSSARY["short"].items()
}


@lru_cache(maxsize=1 << 14)
def katakana_sound(word: str) -> str:
    """The consonants of a katakana word: レプリケーション → "rprksn"."""
    for kana, sound in _DIGRAPHS:
        word = word.replace(kana, sound)
    return _thin("".join(_KANA.get(char, char) for char in word if char not in "ーッ・"))


@lru_cache(maxsize=1 << 14)
def english_sounds(word: str) -> frozenset[str]:
    """The consonants of an English word as Japanese hears it: replication → "rprksn".

    More than one where a stem has lost its e: storag is "strg" and "strs" (ストレージ).
    """
    word = word.lower()
    soft = re.sub(r"g$", "j", re.sub(r"c$", "s", word))
    return frozenset(map(_heard, {word, soft}))


def _heard(word: str) -> str:
    for pattern, sound in _ENGLISH:
        word = re.sub(pattern, sound, word)
    # An r before a consonant or at the end is only a long vowel in Japanese: サーバー, server.
    word = re.sub(r"(?<=[aeiou])r(?=[^aeiouy]|$)", "", word)
    return _thin(re.sub(r"[aeiou]", "", word).lower())


@lru_cache(maxsize=1 << 16)
def sounds_alike(kana: str, word: str) -> bool:
    """True when the katakana renders the English word. A single consonant tells nothing: such
    words are listed."""
    if word in _SHORT.get(kana, ()):
        return True
    if not word.isalpha():
        return False
    sound = katakana_sound(kana)
    return any(_near(sound, heard) for heard in english_sounds(word))


def _near(sound: str, heard: str) -> bool:
    if len(heard) < 2 or sound[:1] != heard[0] or abs(len(heard) - len(sound)) > 2:
        return False
    alike = len(heard) >= 3 and SequenceMatcher(None, sound, heard).ratio() >= _ALIKE
    return alike or sound == heard


@lru_cache(maxsize=1 << 14)
def rendered(kana: str, words: frozenset[str]) -> tuple[frozenset[str], int]:
    """(the English words that a katakana compound is made of, how many of its letters they
    leave unexplained): クロスアカウント and {cross, account, safeguard} give two, and 0."""
    none: frozenset[str] = frozenset()
    best = [(0, none)] * (len(kana) + 1)  # from each letter on: letters explained, words
    for start in reversed(range(len(kana))):
        best[start] = best[start + 1]
        for end in range(start + 2, len(kana) + 1):
            covered, found = best[end][0] + end - start, best[end][1]
            if covered > best[start][0]:
                alike = (w for w in sorted(words - found) if sounds_alike(kana[start:end], w))
                if word := next(alike, ""):
                    best[start] = (covered, found | {word})
    explained, found = best[0]
    return found, len(kana) - explained


def _thin(sound: str) -> str:
    return re.sub(r"(.)\1+", r"\1", sound.translate(_FOLDED))
