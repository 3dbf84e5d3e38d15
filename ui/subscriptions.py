"""Addresses and OPML files become sources: each feed once, under a name of its own."""

from pathlib import Path
from typing import Any

from crawler.opml import read_opml
from crawler.reading import Subscription
from crawler.source_file import write_sources
from crawler.sources import Source, free_name, new_sources, read_sources
from index.address import canonical_url
from index.errors import ConfigError


def add_source(folder: Path, url: str, name: str = "", **given: Any) -> tuple[Source, ...]:
    """The sources that an address makes, written to the folder's list.

    An address that is known keeps its name; a host that is taken gives way to a free one.
    Raises ConfigError when it is no absolute http(s) address.
    """
    known = read_sources(folder)
    wanted = canonical_url(new_sources(url, **given)[0].url)
    same = next((s.name for s in known if canonical_url(s.url) == wanted), "")
    own = name or same or free_name(url, "", [s.name for s in known])
    found = new_sources(url, name=own, **given)
    write_sources(folder, found)
    return found


def add_subscriptions(folder: Path, file: Path) -> tuple[int, int, list[tuple[str, str]]]:
    """How many feeds of an OPML file were added, were known, and which were refused and why.

    Raises FeedError when the file is no OPML and ConfigError when it cannot be read.
    """
    try:
        data = file.read_bytes()
    except OSError as error:
        raise ConfigError(f"cannot be read: {error.strerror}", key=str(file)) from error
    known = read_sources(folder)
    names = {s.name for s in known}
    addresses = {canonical_url(s.url) for s in known}
    added: list[Source] = []
    refused: list[tuple[str, str]] = []
    feeds = read_opml(data, file.name)
    for feed in feeds:
        try:
            address = canonical_url(feed.url) if feed.url else ""
        except ValueError as error:
            refused.append((feed.title or feed.url, str(error)))
            continue
        if not address:
            refused.append((feed.title, "names no feed"))
        elif address not in addresses:
            source = _source(feed, names)
            added.append(source)
            names.add(source.name)
            addresses.add(address)
    write_sources(folder, added)
    return len(added), len(feeds) - len(added) - len(refused), refused


def _source(feed: Subscription, taken: set[str]) -> Source:
    name = free_name(feed.url, feed.title, taken)
    return Source(name=name, url=feed.url, title=feed.title, folder=feed.folder)
