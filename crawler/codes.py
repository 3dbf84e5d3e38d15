"""Session codes: where a title hides them, and what their endings mean."""

import re
from dataclasses import dataclass

_CODE = r"([A-Z]{2,4})[ -]?([0-9]{3,4})((?:-(?:R[0-9]?|S|L|G|P|INT|JPN|KOR|[A-Z]{1,3}[0-9]?))*)"
_BRACKETED = re.compile(rf"[(\[（【［]\s*{_CODE}\s*[)\]）】］]")
_LEADING = re.compile(rf"^\s*(?:\[[^\]]*\]\s*)*{_CODE}(?=\s*[-–—:：_|｜]|\s+\S|$)")
_HASHTAG = re.compile(rf"[#＃]{_CODE}(?![0-9A-Za-z])")
_ANYWHERE = re.compile(rf"(?<![A-Za-z0-9-]){_CODE}(?![0-9A-Za-z])")
# Words of the trade that look like a code: standards, processors, instance names.
_NO_CODE = {
    "AES",
    "SHA",
    "RSA",
    "ISO",
    "SOC",
    "HTTP",
    "TLS",
    "UTF",
    "IPV",
    "RFC",
    "EC",
    "CVE",
    "SAP",
    "USD",
    "FIPS",
    "IEEE",
    "TOP",
    "GPT",
    "CIS",
    "PCI",
    "MD",
    "AD",
    "NIST",
    "DO",
    "IMDS",
}
_YEAR = re.compile(
    r"re[:_\s.-]?\s?invent[^0-9]{0,3}(20[12]\d)|(20[12]\d)[^0-9]{0,5}re[:_\s.-]?\s?invent", re.I
)


@dataclass(frozen=True, slots=True)
class Code:
    """A base code such as DOP309, and its variant such as R1, S or R-L, "" for the original."""

    base: str
    variant: str = ""


def parse_code(text: str) -> Code | None:
    """The code that a whole text is, such as "RET352-G"; None for anything else."""
    found = re.fullmatch(_CODE, text.strip().upper())
    return _of(found) if found else None


def code_in_title(title: str) -> Code | None:
    """The code that a title carries in brackets, at its start or as a hashtag, or None."""
    for pattern in (_BRACKETED, _HASHTAG, _LEADING):
        for found in pattern.finditer(title):
            code = _of(found)
            if code:
                return code
    return None


def code_in_text(text: str) -> Code | None:
    """The first code anywhere in a short text, such as a file's name, or None."""
    return next((code for found in _ANYWHERE.finditer(text) if (code := _of(found))), None)


def event_year(text: str) -> int | None:
    """The year that stands beside the word re:Invent, or None."""
    found = _YEAR.search(text)
    return int(found[1] or found[2]) if found else None


def without_code(title: str) -> str:
    """The title without its code, `[REPEAT]` marks and the event's name around them."""
    title = re.sub(r"\[\s*repeat\w*(?:\s*\d+)?\s*\]", " ", title, flags=re.I)
    title = _HASHTAG.sub(" ", _LEADING.sub(" ", _BRACKETED.sub(" ", title)))
    title = re.sub(r"^\s*AWS re:?Invent 20\d\d\s*[-–—:|]\s*", "", title, flags=re.I)
    return re.sub(r"\s+", " ", title).strip(" -–—:：|｜_")


def _of(found: re.Match[str]) -> Code | None:
    if found[1] in _NO_CODE or found[2].startswith("0"):
        return None
    return Code(found[1] + found[2], found[3].strip("-"))
