"""OPML: the list of feeds that another reader exported."""

import re
from typing import Any

from bs4 import BeautifulSoup, Tag
from bs4.exceptions import ParserRejectedMarkup

from crawler.decoding import decode
from crawler.markup import mend_link, one_line, without_control
from crawler.reading import Subscription
from index.errors import FeedError

_OPML = re.compile(r"<opml\b", re.I)
_OUTLINE = re.compile(r"<outline\b", re.I)


def is_opml(text: str) -> bool:
    """True for OPML, and for outlines that lost their frame."""
    head = text[:50_000]
    return bool(_OPML.search(head) or (_OUTLINE.search(head) and "xmlurl" in head.lower()))


def read_opml(data: bytes, name: str = "") -> tuple[Subscription, ...]:
    """The feeds of an OPML file in its order, well-formed or not; a repeated address once.

    An outline that is to be a feed and names no address comes with `url` "". Raises
    FeedError when there is no outline in it.
    """
    text = without_control(decode(data)[0])
    if not _OUTLINE.search(text):
        raise FeedError("no list of feeds (OPML)", name=name)
    # An HTML parser forgives what XML does not: bare ampersands, unclosed outlines.
    closed = re.sub(r"<(outline\b[^>]*?)/>", r"<\1></outline>", text)
    try:
        soup = BeautifulSoup(closed, "html.parser")
    except ParserRejectedMarkup as error:
        raise FeedError("outlines that cannot be read", name=name) from error
    found: dict[str, Subscription] = {}
    for node in soup.find_all("outline"):
        if not node.has_attr("xmlurl"):
            continue
        url = mend_link(_attribute(node, "xmlurl")) or ""
        title = one_line(_attribute(node, "title") or _attribute(node, "text"))
        site = mend_link(_attribute(node, "htmlurl")) or ""
        subscription = Subscription(title=title or url, url=url, site=site, folder=_folder(node))
        found.setdefault(url or f"{subscription.folder}/{title}", subscription)
    return tuple(found.values())


def _attribute(node: Tag, name: str) -> str:
    value: Any = node.get(name)
    return str(value or "").strip()


def _folder(node: Tag) -> str:
    above = node.find_parent("outline")
    if above is None or _attribute(above, "xmlurl"):
        return ""
    return one_line(_attribute(above, "title") or _attribute(above, "text"))
