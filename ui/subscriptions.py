"""OPML files become sources: each feed once, in the folder of its outline."""

import re
from pathlib import Path

from crawler.opml import read_opml
from crawler.origin import source_name
from crawler.reading import Subscription
from crawler.source_file import write_sources
from crawler.sources import Source, read_sources
from index.address import canonical_url
from index.errors import ConfigError


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
    addresses = {_same(s.url) for s in known}
    added: list[Source] = []
    refused: list[tuple[str, str]] = []
    met = 0
    for subscription in read_opml(data, file.name):
        if not subscription.url:
            refused.append((subscription.title, "names no feed"))
            continue
        try:
            if _same(subscription.url) in addresses:
                met += 1
                continue
            name = _name(subscription, names)
            added.append(
                Source(
                    name=name,
                    url=subscription.url,
                    title=subscription.title,
                    folder=subscription.folder,
                )
            )
        except (ConfigError, ValueError) as error:
            refused.append((subscription.title or subscription.url, str(error)))
            continue
        names.add(name)
        addresses.add(_same(subscription.url))
    write_sources(folder, added)
    return len(added), met, refused


def _same(url: str) -> str:
    return canonical_url(url)


def _name(subscription: Subscription, taken: set[str]) -> str:
    """The host where it is free, else its title, else either with a number."""
    host = source_name(subscription.url)
    title = re.sub(r"[^a-z0-9]+", "-", subscription.title.lower()).strip("-")
    if host and host not in taken:
        return host
    return _free(title if len(title) > 2 else host, taken)


def _free(name: str, taken: set[str]) -> str:
    if name not in taken:
        return name
    number = 2
    while f"{name}-{number}" in taken:
        number += 1
    return f"{name}-{number}"
