"""OPML: the list of feeds, for any other reader."""

from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from crawler.sources import Source


def write_opml(sources: Iterable[Source]) -> str:
    """An OPML 2.0 document of these feeds, in their folders, ending in a line break."""
    root = Element("opml", version="2.0")
    SubElement(SubElement(root, "head"), "title").text = "re:Invent KB"
    body = SubElement(root, "body")
    folders: dict[str, Element] = {}
    for source in sources:
        parent = body
        if source.folder:
            if source.folder not in folders:
                folders[source.folder] = SubElement(
                    body, "outline", text=source.folder, title=source.folder
                )
            parent = folders[source.folder]
        title = source.title or source.name
        SubElement(parent, "outline", type="rss", text=title, title=title, xmlUrl=source.url)
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, "unicode") + "\n"
