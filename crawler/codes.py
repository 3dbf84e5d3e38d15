"""Session codes: where a title hides them, and what their endings mean."""

import re
from dataclasses import dataclass

_ENDING = r"((?:-(?:R[0-9]{0,2}|S|L|G|P|INT|JPN|KOR|[A-Z]{1,3}[0-9]?))*)"
_CODE = rf"([A-Z]{{2,6}})[ -]?([0-9]{{3,4}}){_ENDING}"
_BRACKETED = re.compile(rf"[(\[（【［]\s*{_CODE}\s*[)\]）】］]")
_LEADING = re.compile(
    rf"^\s*(?:\[[^\]]*\]\s*)*([A-Z]{{2,6}})([0-9]{{3,4}}){_ENDING}(?![0-9A-Za-z])"
)
_HASHTAG = re.compile(rf"[#＃]([A-Z]{{2,6}})([0-9]{{3,4}}){_ENDING}(?![0-9A-Za-z])")
_ENDED = re.compile(rf"(?<=[-–—_ |｜])([A-Z]{{3,6}})([0-9]{{3,4}}){_ENDING}(?:-NEW)?\s*$")
_ANYWHERE = re.compile(rf"(?<![A-Za-z0-9-]){_CODE}(?![0-9A-Za-z])")
_WHOLE = re.compile(rf"([A-Z]{{2,6}})[ -]?([0-9]{{2,4}}){_ENDING}")
# Words of the trade that look like a code: standards, processors, instance names.
_NO_CODE = {
    "AWS",
    "UTC",
    "RFC",
    "KB",
    "GB",
    "TB",
    "MB",
    "PORT",
    "WIN",
    "JIS",
    "ARM",
    "AES",
    "SHA",
    "RSA",
    "ISO",
    "SOC",
    "HTTP",
    "TLS",
    "UTF",
    "IPV",
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
    found = _WHOLE.fullmatch(text.strip().upper())
    return _of(found) if found else None


def code_in_title(title: str) -> Code | None:
    """The code that a title carries in brackets, as a hashtag, first or last; or None."""
    for pattern in (_BRACKETED, _HASHTAG, _LEADING, _ENDED):
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
    if found[1] in _NO_CODE:
        return None
    endings = [ending for ending in found[3].split("-") if ending and ending != "NEW"]
    return Code(found[1] + found[2], "-".join(endings))
