"""AWS's directory API: its newest pages, or its whole past around the wall of 10,000."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from crawler import health
from crawler.directory import read_directory_page
from crawler.outcome import Status
from crawler.reading import DirectoryPage
from crawler.spiders.walk import End, Walk, read_aside
from crawler.sweep import (
    EVERYTHING,
    FIRST_YEAR,
    NEWEST_FIRST,
    OLDEST_FIRST,
    Part,
    all_but,
    coverage,
    distinct,
    other_end,
    page_url,
    without_year,
    year_parts,
)
from index.entry import Entry, short_hash
from index.source_state import Slice

NEWEST_SIZE = 100
NEWEST_PAGES = 20
RECENT = timedelta(hours=6)
"""How long a complete part of a history is not looked at again."""


async def walk_directory(walk: Walk) -> End:
    """The whole history where that is asked for, else the newest entries until a known one."""
    if walk.history:
        total = await _sweep(walk)
        state = replace(walk.state, success=walk.now, checked=walk.now, failures=0, error="")
        state = replace(state, wait_until=None, stopped=False, new=_new(walk))
        alarm = "" if total else "the directory holds no record: has AWS renamed it?"
        text = f"ALARM: {alarm}" if alarm else _lacking(walk)
        return End(replace(state, alarm=alarm), Status.COLLECTED, text)
    entries, form = await directory_since(walk)
    state = health.after_reading(
        walk.source,
        walk.state,
        walk.now,
        form=form,
        entries=entries,
        headers={},
        chance=walk.chance,
    )
    text = f"ALARM: {state.alarm}" if state.alarm else ""
    return End(replace(state, new=_new(walk)), Status.COLLECTED, text)


async def directory_since(walk: Walk) -> tuple[tuple[Entry, ...], str]:
    """Take the newest pages until an entry older than `since` (or our newest); the first page.

    Where twenty pages do not reach back that far, the years since are swept.
    """
    start = walk.since or walk.state.newest
    first: tuple[tuple[Entry, ...], str] = ((), "directory API")
    for number in range(NEWEST_PAGES):
        page = await _page(walk, NEWEST_FIRST, number, NEWEST_SIZE)
        await walk.keep(page.reading.entries, page.reading.skipped)
        if number == 0:
            first = (page.reading.entries, page.reading.form)
        if start is None or not page.count or _reaches(page, start):
            return first
        if (number + 1) * NEWEST_SIZE >= page.total_hits:
            return first
    walk.since = start
    await _sweep(walk)
    return first


def _reaches(page: DirectoryPage, start: datetime) -> bool:
    dates = [e.published for e in page.reading.entries]
    return bool(dates) and min(dates) < start


async def _sweep(walk: Walk) -> int:
    """Every part in turn, and how many records the directory holds in all.

    A part that is complete and unchanged costs one small question.
    """
    last = walk.now.year
    first = max(walk.since.year, FIRST_YEAR) if walk.since else FIRST_YEAR
    walk.slices = dict(walk.slices)
    total = (await _page(walk, EVERYTHING, 0, 1)).total_hits
    years = year_parts(walk.source, first, last)
    for part in years:
        await _part(walk, part, total)
    heeded = await _heeds_not(walk, years, total)
    if heeded:
        await _part(walk, without_year(walk.source, last), total)
    if first > FIRST_YEAR:
        if not heeded:
            await _by_date(walk, NEWEST_FIRST, total, until=walk.since)
        return total
    for part in (NEWEST_FIRST, OLDEST_FIRST):
        # A count of exactly the wall may be a count that stopped there.
        if len(distinct(walk.slices.values())) < total or total == walk.wall.records:
            await _by_date(walk, part, total)
    return total


async def _heeds_not(walk: Walk, years: Iterable[Part], total: int) -> bool:
    """True when AWS heeds "not this tag": then what bears no year tag can be asked for."""
    largest = max(years, key=lambda part: _total(walk, part), default=None)
    if largest is None or not _total(walk, largest):
        return False
    rest = (await _page(walk, all_but(largest), 0, 1)).total_hits
    return rest + _total(walk, largest) == total


def _total(walk: Walk, part: Part) -> int:
    found = walk.slices.get(part.name)
    return found.total if found else 0


async def _part(walk: Walk, part: Part, total: int) -> None:
    """One part, from where it was left; from its other end too where the wall hides some."""
    if await _has_changed(walk, part):
        walk.slices = {n: s for n, s in walk.slices.items() if n not in _names(part)}
    found = walk.slices.get(part.name)
    if not (found and found.done):
        found = await _pages(walk, part, found or _empty(walk, part), total)
    if behind := walk.wall.behind(found.total):
        back = other_end(part)
        begun = walk.slices.get(back.name)
        if not (begun and begun.done):
            await _pages(walk, back, begun or _empty(walk, back), total, most=behind)


async def _has_changed(walk: Walk, part: Part) -> bool:
    """True when a complete part is to be swept again: the source counts otherwise now."""
    known = walk.slices.get(part.name)
    if walk.anew:
        return True
    if known is None or not known.done or (known.checked and walk.now - known.checked < RECENT):
        return False
    return (await _page(walk, part, 0, 1)).total_hits != known.total


def _names(part: Part) -> tuple[str, str]:
    return part.name, other_end(part).name


async def _by_date(walk: Walk, part: Part, total: int, until: datetime | None = None) -> None:
    """All by date up to the wall, or to a moment; not again while nothing was published."""
    known = walk.slices.get(part.name)
    if known and known.done and known.total == total and not walk.anew:
        return
    begun = known if known and not known.done and not walk.anew else None
    await _pages(walk, part, begun or _empty(walk, part), total, until=until)


def _empty(walk: Walk, part: Part) -> Slice:
    return Slice(source=walk.source.name, name=part.name)


async def _pages(
    walk: Walk,
    part: Part,
    found: Slice,
    total: int,
    *,
    most: int | None = None,
    until: datetime | None = None,
) -> Slice:
    """Ask for page after page, keeping each with the progress that it makes.

    `most` bounds how many records are asked for, `until` how far back.
    """
    while True:
        size = walk.wall.size
        number = found.asked // size
        page = await _page(walk, part, number, size)
        walk.wall = walk.wall.after(number * size, page.count, page.total_hits)
        if walk.wall.size != size:
            continue
        found = replace(
            found,
            total=page.total_hits,
            asked=(number + 1) * size,
            seen=found.seen | _marks(page),
            checked=walk.now,
        )
        end = walk.wall.before(page.total_hits if most is None else most)
        reached = until is not None and _reaches(page, until)
        found = replace(found, done=not page.count or found.asked >= end or reached)
        walk.slices = {**walk.slices, part.name: found}
        await walk.keep(page.reading.entries, page.reading.skipped, (found,))
        received = len(distinct(walk.slices.values()))
        # Of a bounded sweep nobody knows the whole beforehand.
        walk.tell(walk.source, received, None if walk.since else total, part.name)
        if found.done:
            return found


async def _page(walk: Walk, part: Part, number: int, size: int) -> DirectoryPage:
    answer = await walk.get(page_url(walk.source, part, number, size))
    return await read_aside(
        read_directory_page, answer.body, answer.url, walk.source.entry_source, now=walk.now
    )


def _marks(page: DirectoryPage) -> frozenset[str]:
    """A short mark of each record, of those too that were no entries."""
    kept = {short_hash(e.guid or e.id, 10) for e in page.reading.entries}
    return frozenset(kept | {short_hash(s.where, 10) for s in page.reading.skipped})


def _new(walk: Walk) -> datetime | None:
    return walk.now if walk.kept.new else walk.state.new


def _lacking(walk: Walk) -> str:
    rows = [r for r in coverage(walk.slices) if r.share < 1.0]
    if not rows:
        return ""
    said = ", ".join(f"{r.year or 'undated'}: {r.received:,} of {r.total:,}" for r in rows)
    return f"the source withheld records ({said})"
