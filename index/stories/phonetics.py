"""Katakana and the English word it renders, compared by their consonants.

レプリケーション and replication both come down to a few consonants once vowels are dropped and
the sounds that Japanese does not tell apart (l and r, v and b, th and s) are one. So a
Japanese title can be held against an English one without a dictionary.
"""

import re
from functools import lru_cache

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


@lru_cache(maxsize=1 << 14)
def katakana_sound(word: str) -> str:
    """The consonants of a katakana word: レプリケーション → "rprksn"."""
    for kana, sound in _DIGRAPHS:
        word = word.replace(kana, sound)
    return _thin("".join(_KANA.get(char, char) for char in word if char not in "ーッ・"))


@lru_cache(maxsize=1 << 14)
def english_sound(word: str) -> str:
    """The consonants of an English word as Japanese hears it: replication → "rprksn"."""
    word = word.lower()
    for pattern, sound in _ENGLISH:
        word = re.sub(pattern, sound, word)
    # An r before a consonant or at the end is only a long vowel in Japanese: サーバー, server.
    word = re.sub(r"(?<=[aeiou])r(?=[^aeiouy]|$)", "", word)
    return _thin(re.sub(r"[aeiou]", "", word).lower())


def _thin(sound: str) -> str:
    return re.sub(r"(.)\1+", r"\1", sound.translate(_FOLDED))
