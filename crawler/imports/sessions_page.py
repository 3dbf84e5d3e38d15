"""The session catalogue's HTML page of 2012–2016: a row for each session."""

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag

from crawler.markup import one_line

_LESS = re.compile(r"^\s*view (?:less|more)\s*$", re.I)


def is_session_page(soup: BeautifulSoup) -> bool:
    """True when rows with a code and a title stand on the page."""
    return bool(soup.select_one(".sessionRow .abbreviation, .sessionRow .title"))


def session_records(soup: BeautifulSoup) -> Iterator[dict[str, object]]:
    """One record a row, under the keys that JSON catalogues use."""
    for row in soup.select(".sessionRow"):
        for link in row.find_all("a", string=_LESS):
            link.decompose()
        yield {
            "abbreviation": _words(row, ".abbreviation").strip(" -–"),
            "title": _words(row, ".title"),
            "abstract": _words(row, ".abstract"),
            "session_type": _words(row, ".type"),
            "track": _words(row, ".track"),
            "speakers": _words(row, ".speakers, .speaker"),
            "length": _words(row, ".length"),
        }


def _words(row: Tag, selector: str) -> str:
    node = row.select_one(selector)
    return one_line(node.get_text(" ")) if node else ""
