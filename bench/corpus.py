"""Announcements and weekly digests from a folder in the layout of the captures, through the
program's own readers."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from crawler.imports.files import read_paths
from index.address import launch_slug
from index.entry import Entry

_LINK = re.compile(r"https?://aws\.amazon\.com/[^\s)\]>\"'、。]+")
_PLACES = ("whats-new-archive/*.jsonl", "feeds/*.xml")


def announcements(folder: Path) -> dict[str, dict[str, Entry]]:
    """Every announcement of the archives and feeds: launch → language → entry, the fullest
    record of each. Raises FileNotFoundError, saying what to do, where there is none."""
    found: dict[str, dict[str, Entry]] = {}
    for entry in entries([str(folder / place) for place in _PLACES]):
        slug = launch_slug(entry.url)
        if entry.kind != "announcement" or not slug or not slug.startswith("whats-new/"):
            continue
        known = found.setdefault(slug, {})
        if entry.lang not in known or len(entry.text) >= len(known[entry.lang].text):
            known[entry.lang] = entry
    if not found:
        raise FileNotFoundError(
            f"no announcements under {folder}: name a folder that holds whats-new-archive/*.jsonl "
            "or feeds/*.xml with --data"
        )
    return found


def entries(paths: list[str]) -> Iterator[Entry]:
    """What the files hold, in order; those that cannot be read are passed over."""
    for file in read_paths(paths, datetime.now(UTC)):
        if file.reading is not None:
            yield from file.reading.entries


def records(file: Path) -> Iterator[dict[str, Any]]:
    """The JSON objects of a JSON-lines file; none where there is no file."""
    if not file.is_file():
        return
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def linked_launches(text: str) -> tuple[str, ...]:
    """The announcements whose pages a text links to, in order, each once."""
    slugs = (launch_slug(address.rstrip(".,;:!?*_")) for address in _LINK.findall(text))
    return tuple(dict.fromkeys(s for s in slugs if s and s.startswith("whats-new/")))
