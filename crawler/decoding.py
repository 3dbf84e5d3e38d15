"""Bytes to text, whatever was declared: feeds and old pages lie about their encoding."""

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""(?:encoding|charset)\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""", re.I)
_ALIASES = {
    "shift_jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "shift-jis": "cp932",
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "gb2312": "gb18030",
    "euc-kr": "cp949",
}
_GUESSES = ("cp932", "euc_jp", "cp949", "gb18030")
_COMMON = re.compile("[\u3041-\u3096\u30a1-\u30fc\u3001\u3002\uac00-\ud7a3]")


def decode(data: bytes, charset: str = "") -> tuple[str, str]:
    """The text of the bytes, and a warning where the declared encoding was not the real one.

    Valid UTF-8 wins over any declaration; then the declared encoding, then the Japanese,
    Korean and Chinese ones by their letters. Never fails: at worst bytes become U+FFFD.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace"), ""
    declared = _known(charset) or _known(_declaration(data))
    if data.count(b"\x00", 0, 400) > 100 and not data.startswith(b"\x00\x00"):
        wide = "utf-16-be" if data[:1] == b"\x00" else "utf-16-le"
        return data.decode(wide, "replace"), ""
    believed = declared if declared != "cp1252" and b"\x1b$" not in data[:65536] else ""
    for name in ("utf-8" if b"\x1b$" not in data[:65536] else "", believed, *_by_letters(data)):
        text = _tried(data, name) if name else None
        if text is not None:
            return text, _warning(declared, name, data)
    return data.decode("utf-8", "replace"), "bytes in no known encoding were replaced"


def _declaration(data: bytes) -> str:
    found = _DECLARED.search(data[:2048])
    return found[1].decode("ascii") if found else ""


def _known(name: str) -> str:
    name = _ALIASES.get(name.strip().lower(), name.strip().lower())
    try:
        return codecs.lookup(name).name if name else ""
    except (LookupError, ValueError):
        return ""


def _tried(data: bytes, name: str) -> str | None:
    """The text, allowing for a last character cut in two; None where the name is wrong."""
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        if error.start < len(data) - 3 or not data:
            return None
        try:
            return data[: error.start].decode(name)
        except ValueError:
            return None
    except (ValueError, LookupError):  # a codec that is none of text
        return None


def _by_letters(data: bytes) -> list[str]:
    if b"\x1b$" in data[:65536]:
        return ["iso2022_jp", "utf-8", "cp1252"]
    scored = [
        (_share(text[:20_000]), -place, name)
        for place, name in enumerate(_GUESSES)
        if (text := _tried(data, name)) is not None
    ]
    best = max(scored, default=(0.0, 0, ""))
    return [best[2], "cp1252"] if best[0] > 0.2 else ["cp1252"]


def _share(text: str) -> float:
    foreign = sum(letter > "\x7f" for letter in text)
    return len(_COMMON.findall(text)) / max(1, foreign)


def _warning(declared: str, used: str, data: bytes) -> str:
    if not declared or codecs.lookup(used).name == declared or data.isascii():
        return ""
    return f"declared as {declared} but written in {used}"
