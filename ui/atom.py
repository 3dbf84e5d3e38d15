"""An Atom feed (RFC 4287) of digests, the newest first."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from xml.etree import ElementTree

from index.digest import Digest
from ui.brief import heading
from ui.mail import html_body
from ui.wording import say

_ATOM = "http://www.w3.org/2005/Atom"
_NAMES = uuid.uuid5(uuid.NAMESPACE_URL, "reinvent-kb/digests")


def atom_feed(digests: Sequence[Digest], lang: str) -> str:
    """The feed as an XML document; each digest is an entry under an id of its own for good."""
    ElementTree.register_namespace("", _ATOM)
    feed = ElementTree.Element(
        f"{{{_ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": lang}
    )
    newest = sorted(digests, key=lambda d: d.period.start, reverse=True)
    _add(feed, "id", _NAMES.urn)
    _add(feed, "title", say(lang, "feed"))
    _add(feed, "updated", _stamp(max((_changed(d) for d in newest), default=_EPOCH)))
    _add(_add(feed, "author"), "name", "re:Invent KB")
    for digest in newest:
        _entry(feed, digest)
    ElementTree.indent(feed)
    body = ElementTree.tostring(feed, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{body}\n'


_EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


def _entry(feed: ElementTree.Element, digest: Digest) -> None:
    entry = _add(feed, "entry")
    _add(entry, "id", uuid.uuid5(_NAMES, f"{digest.lang}:{digest.period.label}").urn)
    _add(entry, "title", heading(digest))
    _add(entry, "published", _stamp(digest.period.start))
    _add(entry, "updated", _stamp(_changed(digest)))
    for group in digest.areas:
        ElementTree.SubElement(entry, f"{{{_ATOM}}}category", {"term": group.area})
    _add(entry, "summary", "\n".join(digest.lines) or heading(digest)).set("type", "text")
    _add(entry, "content", html_body(digest)).set("type", "html")


def _changed(digest: Digest) -> datetime:
    """When its newest item came out: the same on every run."""
    told = (*digest.items, *digest.apart)
    return max((item.published for item in told), default=digest.period.start)


def _add(parent: ElementTree.Element, name: str, text: str = "") -> ElementTree.Element:
    element = ElementTree.SubElement(parent, f"{{{_ATOM}}}{name}")
    element.text = text or None
    return element


def _stamp(when: datetime) -> str:
    return when.strftime("%Y-%m-%dT%H:%M:%SZ")
