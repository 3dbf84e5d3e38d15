"""Foreign text into Streamlit's Markdown: shown as it is, never obeyed.

Streamlit's Markdown knows more than CommonMark: `:red[…]`, `:material/…:`, emoji names,
formulas, diagrams and remote pictures. All of it is signs, and every sign is escaped here.
"""

import re
from collections.abc import Iterable

from index.address import is_web_address

_SIGNS = re.compile(r"([\\`*_\[\]<>&$:~|!#+\-=^{}()\"'.@/])")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")
# Emoji names and icons are looked for after escapes were read: a word joiner parts them.
_NAMED = re.compile(r":(?=[\w+\-/]+:)")
_UNSAFE = {ord(c): f"%{ord(c):02X}" for c in "()<>[]\\|`\"'*_~$^{} "}


def escape(text: str) -> str:
    """The text on one line, so that Streamlit's Markdown shows exactly its characters."""
    line = " ".join(_CONTROL.sub(" ", text).split())
    return _SIGNS.sub(r"\\\1", _NAMED.sub(":\u2060", line))


def link(text: str, url: str | None) -> str:
    """A link to an http(s) address; the escaped text alone for any other or none."""
    address = safe_address(url)
    return f"[{escape(text)}]({address})" if address else escape(text)


def safe_address(url: str | None) -> str:
    """The address as it may stand in a Markdown link; "" when it is not http(s)."""
    if not url or _CONTROL.search(url) or not is_web_address(url):
        return ""
    return url.translate(_UNSAFE)


def escape_inside(text: str) -> str:
    """Like `escape`, but blanks at both ends stay: for pieces of one line."""
    lead = " " if text[:1].isspace() else ""
    trail = " " if text[-1:].isspace() and text.strip() else ""
    return lead + escape(text) + trail


def pill(text: str, background: str, foreground: str = "FFFFFF") -> str:
    """A word on a coloured ground (six hex digits)."""
    colours = f'{{foreground="#{foreground}" background="#{background}"}}'
    return f":color[\u00a0{escape(text)}\u00a0]{colours}"


def joined(parts: Iterable[str]) -> str:
    """The parts that say something, with a middle dot between them."""
    return " · ".join(part for part in parts if part)
