"""Feeds and listing pages: one conditional GET, read in full or not at all."""

from dataclasses import replace
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup

from crawler import health, manners
from crawler.faults import Fault, WireError
from crawler.feeds import read_feed
from crawler.outcome import Status
from crawler.pages import read_page
from crawler.reading import Reading
from crawler.spiders.walk import End, Walk, read_aside
from crawler.wire import Answer
from index.errors import FeedError

_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json")


async def walk_feed(walk: Walk) -> End:
    """Ask a feed (or a listing page) whether it has news, and take them.

    Raises WireError for what the wire did, FeedError or PageError for bytes that are none.
    """
    state, sent = walk.state, _validators(walk)
    address = state.moved_to or walk.source.url
    answer = await walk.get(address, sent)
    if answer.is_unchanged:
        if not sent:
            raise WireError(
                "answered 304 although nothing was asked conditionally", Fault.BROKEN, url=address
            )
        after = health.after_unchanged(
            walk.source, state, walk.now, dict(answer.headers), walk.chance
        )
        return End(after, Status.UNCHANGED, "not modified")
    reading, answer = await _read(walk, answer)
    return await _kept(walk, reading, answer, was_sure=_believed(walk))


def _validators(walk: Walk) -> dict[str, str]:
    state = walk.state
    if walk.anew or manners.recheck_due(state, walk.now):
        return {}
    wanted = {"If-None-Match": state.etag, "If-Modified-Since": state.last_modified}
    return {name: value for name, value in wanted.items() if value}


def _believed(walk: Walk) -> bool:
    """True when this full reading checks a row of "not modified" answers."""
    return walk.state.unchanged >= manners.RECHECK_AFTER and not walk.state.distrust


async def _read(walk: Walk, answer: Answer) -> tuple[Reading, Answer]:
    if walk.source.kind == "page":
        return await _read_as(read_page, walk, answer), answer
    try:
        return await _read_as(read_feed, walk, answer), answer
    except FeedError:
        found = _announced_feed(answer)
        if found is None:
            raise
    # The address is a page that names its feed: that is what was meant.
    moved = replace(await walk.get(found), moved=found)
    return await _read_as(read_feed, walk, moved), moved


async def _read_as(reader: object, walk: Walk, answer: Answer) -> Reading:
    source = walk.source
    assert callable(reader)
    return await read_aside(
        reader,
        answer.body,
        answer.url,
        source.entry_source,
        kind=source.entry_kind,
        charset=answer.charset,
        name=source.name,
        now=walk.now,
        **({"lang": source.lang} if reader is read_feed else {}),
    )


def _announced_feed(answer: Answer) -> str | None:
    """The feed of the same host that an HTML page announces in its head."""
    if b"<link" not in answer.body[:200_000].lower():
        return None
    soup = BeautifulSoup(answer.body[:200_000], "lxml")
    for link in soup.find_all("link", rel="alternate"):
        if str(link.get("type", "")).lower() in _FEED_TYPES and link.get("href"):
            found = urljoin(answer.url, str(link["href"]))
            if urlsplit(found).hostname == urlsplit(answer.url).hostname:
                return found
    return None


async def _kept(walk: Walk, reading: Reading, answer: Answer, *, was_sure: bool) -> End:
    before = walk.state
    after = health.after_reading(
        walk.source,
        before,
        walk.now,
        form=reading.form,
        entries=reading.entries,
        headers=dict(answer.headers),
        chance=walk.chance,
    )
    if hole := health.hole_of(before, reading.entries):
        after = replace(after, hole_from=before.hole_from or hole[0], hole_until=hole[1])
    if answer.moved and answer.moved != walk.source.url:
        after = replace(after, moved_to=answer.moved)
    since = walk.since
    wanted = [e for e in reading.entries if since is None or e.published >= since]
    kept = await walk.keep(wanted, reading.skipped)
    if kept.new:
        after = replace(after, new=walk.now)
    notes = [*_notes(walk, before.moved_to, answer, after.alarm), *_warned(reading)]
    if was_sure and kept.new:
        after = replace(after, distrust=True)
        notes.append(
            f"it said 'not modified' {before.unchanged} times although it had news; "
            "it is read in full from now on"
        )
    return End(after, Status.COLLECTED, "; ".join(notes))


def _warned(reading: Reading) -> list[str]:
    """The first thing that was mended, and how many more there were."""
    more = len(reading.warnings) - 1
    return [w + (f" (and {more} more)" if more else "") for w in reading.warnings[:1]]


def _notes(walk: Walk, moved_before: str, answer: Answer, alarm: str) -> list[str]:
    notes = []
    if alarm:
        notes.append(f"ALARM: {alarm}")
    if answer.moved and answer.moved not in (walk.source.url, moved_before):
        notes.append(f"has moved to {answer.moved}, which is asked from now on")
    return notes
