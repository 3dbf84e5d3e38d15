"""A blog's archive: page after page of its list, and every entry that is not known yet."""

import asyncio
import re
from dataclasses import replace
from urllib.parse import urlsplit

from crawler.faults import Fault, WireError
from crawler.outcome import Status
from crawler.pages import read_archive, read_page
from crawler.reading import Reading, Skipped
from crawler.spiders.walk import End, Walk, read_aside
from index.address import canonical_url
from index.entry import short_hash
from index.errors import PageError
from index.source_state import Slice

_DATE = re.compile(r"/(20\d\d)(?:/(\d\d)/(\d\d))?(?=/|\d)")
WHOLE = "read to its end"
_GRAVE = (Fault.UNREACHABLE, Fault.BUSY, Fault.REFUSED, Fault.ROBOTS, Fault.LIMIT)


async def walk_archive(walk: Walk) -> End:
    """Take the whole archive where history is asked for, else until a page of known entries."""
    await archive_since(walk)
    state = replace(
        walk.state,
        checked=walk.now,
        success=walk.now,
        read=walk.now,
        failures=0,
        error="",
        wait_until=None,
        stopped=False,
        new=walk.now if walk.kept.new else walk.state.new,
        count=sum(s.total for s in walk.slices.values()),
    )
    lacking = sum(s.total - s.received for s in walk.slices.values())
    text = f"{lacking:,} of the archive's entries could not be read" if lacking else ""
    if not state.count:
        state = replace(state, alarm="its archive lists no entry")
        text = f"ALARM: {state.alarm}"
    return End(state, Status.COLLECTED, text)


async def archive_since(walk: Walk) -> None:
    """Walk the list from the newest page to the oldest wanted one, entries as they come.

    Once an archive was read to its end, a page without news ends a later sweep as well.
    """
    walk.slices = {} if walk.anew else dict(walk.slices)
    told = walk.history and not _is_complete(walk)
    address: str | None = walk.source.url
    asked: set[str] = set()
    listed: dict[str, set[str]] = {}
    while address and address not in asked:
        asked.add(address)
        answer = await walk.get(address)
        page = await read_aside(read_archive, answer.body, answer.url, charset=answer.charset)
        wanted = [a for a in page.addresses if _at_home(a, answer.url)]
        fresh = [a for a in wanted if not _is_known(walk, a)]
        _count(walk, wanted, listed)
        await _take(walk, [a for a in fresh if not _too_old(walk, a)])
        if any(_too_old(walk, a) for a in wanted) or (not fresh and not told):
            return
        # An archive that lists nothing any more has ended, whatever its "next" link says.
        address = page.older if wanted and _at_home(page.older or "", answer.url) else None
    whole = Slice(source=walk.source.name, name=WHOLE, done=True, checked=walk.now)
    walk.slices = {**walk.slices, WHOLE: whole}
    await walk.keep((), (), (whole,))


def _is_complete(walk: Walk) -> bool:
    """True when an earlier sweep came to the end and nothing of it is lacking."""
    return WHOLE in walk.slices and all(s.received >= s.total for s in walk.slices.values())


async def _take(walk: Walk, addresses: list[str]) -> None:
    """Read the entries of one page of the list; the host's pace keeps them in a row.

    What came before an end of the walk (a stop, a limit) is kept before it is raised.
    """
    found = await asyncio.gather(*(_entry(walk, a) for a in addresses), return_exceptions=True)
    came = [(a, r) for a, r in zip(addresses, found, strict=True) if isinstance(r, Reading)]
    for address, _ in came:
        _mark(walk, address)
    skipped = [s for _, r in came for s in r.skipped]
    skipped += [r for r in found if isinstance(r, Skipped)]
    entries = [e for _, r in came for e in r.entries]
    await walk.keep(entries, skipped, walk.slices.values())
    total = sum(s.total for s in walk.slices.values())
    walk.tell(walk.source, sum(s.received for s in walk.slices.values()), total, "entries")
    for error in found:
        if isinstance(error, BaseException):
            raise error


async def _entry(walk: Walk, address: str) -> Reading | Skipped:
    """One entry, or why it is left out; what would stop every entry stops the walk."""
    try:
        answer = await walk.get(address)
        return await read_aside(
            read_page,
            answer.body,
            answer.url,
            walk.source.entry_source,
            kind=walk.source.entry_kind,
            charset=answer.charset,
            name=address,
            now=walk.now,
        )
    except PageError as error:
        return Skipped(address, error.reason)
    except WireError as fault:
        if fault.fault in _GRAVE:
            raise
        return Skipped(address, fault.reason)


def _at_home(address: str, page: str) -> bool:
    return urlsplit(address).hostname == urlsplit(page).hostname


def _mark_of(address: str) -> str:
    return short_hash(canonical_url(address), 10)


def _part_of(address: str) -> str:
    found = _DATE.search(urlsplit(address).path)
    return f"year {found[1]}" if found else "without a year"


def _slice(walk: Walk, address: str) -> Slice:
    name = _part_of(address)
    return walk.slices.get(name) or Slice(source=walk.source.name, name=name)


def _is_known(walk: Walk, address: str) -> bool:
    return _mark_of(address) in _slice(walk, address).seen


def _count(walk: Walk, addresses: list[str], listed: dict[str, set[str]]) -> None:
    """The total of a year is what was read of it and what this run has met on the list."""
    for address in addresses:
        part = _slice(walk, address)
        met = listed.setdefault(part.name, set())
        met.add(_mark_of(address))
        total = max(part.total, len(part.seen | met))
        walk.slices = {**walk.slices, part.name: replace(part, total=total, checked=walk.now)}


def _mark(walk: Walk, address: str) -> None:
    part = _slice(walk, address)
    part = replace(part, seen=part.seen | {_mark_of(address)}, checked=walk.now)
    walk.slices = {**walk.slices, part.name: replace(part, done=part.received >= part.total)}


def _too_old(walk: Walk, address: str) -> bool:
    """True when the address bears a date before the wanted time."""
    found = _DATE.search(urlsplit(address).path)
    if walk.since is None or found is None:
        return False
    day = f"{found[1]}-{found[2] or '12'}-{found[3] or '31'}"
    return day < f"{walk.since:%Y-%m-%d}"
