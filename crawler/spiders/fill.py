"""Filling a hole: what a feed has already dropped is fetched from the source that keeps a past."""

from dataclasses import replace

from crawler.faults import WireError
from crawler.spiders.archive import archive_since
from crawler.spiders.directory import directory_since
from crawler.spiders.walk import End, Walk
from index.errors import SourceError


async def fill_hole(walk: Walk, end: End, other: Walk) -> End:
    """The end of a walk once its hole was filled through the `other` source, or why not."""
    span = _span(end)
    other.since = end.state.hole_from
    other.toll = walk.toll
    fill = directory_since if other.source.kind == "directory" else archive_since
    try:
        await fill(other)
    except SourceError as error:
        reason = error.reason if isinstance(error, WireError) else str(error)
        text = (
            f"entries between {span} may be missing: {other.source.name} could not fill them "
            f"({reason})"
        )
        return replace(end, message=_joined(end.message, text))
    finally:
        walk.kept += other.kept
        walk.read += other.read
        walk.skipped += other.skipped
    text = f"entries between {span} were missed and filled from {other.source.name}"
    text += f": {other.kept.new} new"
    state = replace(end.state, hole_from=None, hole_until=None)
    if other.kept.new:
        state = replace(state, new=walk.now)
    return replace(end, state=state, message=_joined(end.message, text))


def filled_with_others(end: End, filler: str) -> End:
    """The end of a walk whose hole was filled by an earlier one's request in this run."""
    span = _span(end)
    text = f"entries between {span} were missed and filled from {filler} with others' holes"
    state = replace(end.state, hole_from=None, hole_until=None)
    return replace(end, state=state, message=_joined(end.message, text))


def told_of_hole(end: End) -> End:
    """The end of a walk that found a hole which no source can fill."""
    span = _span(end)
    text = (
        f"entries between {span} may be missing, and no source holds them: import them from "
        f"files, then `sources enable {end.state.name}`"
    )
    return replace(end, message=_joined(end.message, text))


def _span(end: End) -> str:
    state = end.state
    assert state.hole_from is not None and state.hole_until is not None
    return f"{state.hole_from:%Y-%m-%d} and {state.hole_until:%Y-%m-%d}"


def _joined(*texts: str) -> str:
    return "; ".join(t for t in texts if t)
