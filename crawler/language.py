"""The language of a text: by what its source states, else by its letters."""

import re

_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa\u30fc]")
_HANGUL = re.compile("[\uac00-\ud7a3]")
_HAN = re.compile("[\u4e00-\u9fff]")
_LETTER = re.compile(r"[^\W\d_]")
_LOCALE = re.compile(r"^([a-z]{2})(?:[-_]([a-z]{2}))?$", re.I)
_ALIASES = {"jp": "ja", "kr": "ko", "cn": "zh", "tw": "zh-tw"}


def lang_of_locale(locale: str) -> str:
    """`ja` for "ja_JP", `zh-tw` for "zh_TW", "" for what is no locale."""
    found = _LOCALE.match(locale.strip())
    if not found:
        return ""
    lang = _ALIASES.get(found[1].lower(), found[1].lower())
    return "zh-tw" if lang == "zh" and (found[2] or "").lower() in ("tw", "hk") else lang


def lang_of_text(title: str, text: str = "") -> str:
    """ja, ko, zh or en, by the letters of the title, else of the text's beginning.

    Languages in Latin letters are not told apart: their sources state them.
    """
    sample = text[:2000]
    if _HANGUL.search(title):
        return "ko"
    if _KANA.search(title):
        return "ja"
    if _HAN.search(title):
        return "ja" if _KANA.search(sample) or not _share(_HAN, sample) else "zh"
    for lang, letters in (("ko", _HANGUL), ("ja", _KANA), ("zh", _HAN)):
        if _share(letters, sample) > 0.1:
            return lang
    return "en"


def _share(letters: re.Pattern[str], sample: str) -> float:
    return len(letters.findall(sample)) / max(1, len(_LETTER.findall(sample)))
