"""What every reader gives back: the entries of some bytes, and what it had to leave out."""

from dataclasses import dataclass

from index.entry import Entry


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that was not kept: `where` names the file or the item, `reason` says why."""

    where: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one file or one answer of the wire said.

    `entries` stand in the order of the source. `skipped` names the items that are no
    entries and why; `warnings` are sentences about entries that were kept but mended (an
    impossible date). `records` counts the source's own items: entries + skipped + those
    folded into another entry (a row per category, a repeat of a session). `form` names
    the shape that was recognised, such as "rss" or "directory API".
    """

    form: str
    entries: tuple[Entry, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    warnings: tuple[str, ...] = ()
    records: int = 0
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectoryPage:
    """One answer of AWS's directory API; `total_hits` is what AWS says it holds."""

    reading: Reading
    count: int
    total_hits: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """One page of a blog's archive: the addresses of its entries, and the next older page."""

    addresses: tuple[str, ...]
    older: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """One feed of an OPML file; `folder` is the outline that holds it, "" at the top.

    `url` is "" where the outline names no address."""

    title: str
    url: str
    site: str = ""
    folder: str = ""
