"""What an answer says of its source: shape, holes, alarms, and when to ask again. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from crawler import manners
from crawler.faults import Fault, WireError
from crawler.outcome import Status
from crawler.sources import CADENCES, Source
from index.entry import Entry
from index.source_state import SourceState

SILENCE = {"hourly": 2, "daily": 7, "weekly": 45, "monthly": 120, "rarely": 800}
"""Days without anything new after which a source of that cadence is suspected."""


@dataclass(frozen=True, slots=True)
class Hold:
    """Why a source is not asked now, and until when where that is known."""

    status: Status
    message: str


def hold(
    source: Source,
    state: SourceState,
    now: datetime,
    *,
    due_only: bool = False,
    force: bool = False,
) -> Hold | None:
    """Why this source must not be asked now, or None.

    Retry-After and a stop bind even `force`; its own cache time binds a plain run, the next
    check only a timer's (`due_only`).
    """
    if state.retired:
        return Hold(Status.RETIRED, "gone for good (410); `sources remove` drops it")
    if state.wait_until and state.wait_until > now:
        if state.stopped:
            text = f"stopped after a refusal, asked again after {_minute(state.wait_until)}"
            return Hold(Status.STOPPED, f"{text}; `sources enable {source.name}` asks now")
        return Hold(Status.WAITING, f"asked us to wait until {_minute(state.wait_until)}")
    if state.fresh_until and state.fresh_until > now and not force:
        return Hold(Status.FRESH, f"fresh until {_minute(state.fresh_until)} by its own word")
    if due_only and state.next_check and state.next_check > now:
        return Hold(Status.NOT_DUE, f"next check {_minute(state.next_check)}")
    return None


def known_of(source: Source, state: SourceState | None) -> SourceState:
    """What is known of a source; little where a person gave it another address since."""
    if state is None:
        return SourceState(name=source.name, url=source.url)
    if state.url and state.url != source.url:
        return SourceState(name=source.name, url=source.url, newest=state.newest, new=state.new)
    return replace(state, url=source.url)


def shape_of(form: str, entries: Sequence[Entry]) -> tuple[str, ...]:
    """The form and the fields that four in five entries bear."""
    return (form, *(name for name, share in _shares(entries).items() if share >= 0.8))


def alarm_of(state: SourceState, entries: Sequence[Entry]) -> str:
    """What rings: nothing where there always was something, or a field that has left.

    A field has left when four in five entries bore it and not one in five does now: less
    is the ordinary unsteadiness of a source.
    """
    if not entries:
        if state.count:
            return f"it holds no entry any more; it held {state.count} before"
        return "" if state.read else "it holds no entry"
    shares = _shares(entries)
    lost = [part for part in state.shape[1:] if shares.get(part, 0.0) < 0.2]
    if lost and len(entries) >= 3:
        return f"its shape has changed: most entries have lost their {' and '.join(lost)}"
    return ""


def _shares(entries: Sequence[Entry]) -> dict[str, float]:
    """The share of entries that bear each field: what a redesign takes away shows here."""
    bear = {
        "address": sum(bool(e.url) for e in entries),
        "text": sum(bool(e.text or e.summary) for e in entries),
        "tags": sum(bool(e.tags) for e in entries),
        "id": sum(bool(e.guid) for e in entries),
        "date": sum(e.dated_by == "source" for e in entries),
    }
    return {name: count / max(len(entries), 1) for name, count in bear.items()}


def hole_of(state: SourceState, entries: Iterable[Entry]) -> tuple[datetime, datetime] | None:
    """The time between our newest entry and a feed's oldest, when nothing links the two."""
    dates = [e.published for e in entries if e.dated_by in ("source", "title", "url")]
    if not dates or state.newest is None or min(dates) <= state.newest:
        return None
    return state.newest, min(dates)


def after_reading(
    source: Source,
    state: SourceState,
    now: datetime,
    *,
    form: str,
    entries: Sequence[Entry],
    headers: dict[str, str],
    chance: float,
) -> SourceState:
    """What to remember once a source was read in full.

    An answer that rings leaves the old shape, count and validators in place: the next run
    reads it again, and rings until it is right or a person accepts it.
    """
    alarm = alarm_of(state, entries)
    found = replace(
        _answered(source, state, now, headers, chance),
        read=now,
        unchanged=0,
        alarm=alarm,
        newest=_newest(state, entries),
    )
    if alarm:
        return replace(found, etag="", last_modified="", fresh_until=None)
    return replace(
        found,
        count=len(entries),
        shape=shape_of(form, entries) if entries else state.shape,
        channel=_channel(entries) or state.channel,
        etag=manners.clean_validator(headers.get("etag")),
        last_modified=manners.clean_validator(headers.get("last-modified")),
    )


def after_unchanged(
    source: Source, state: SourceState, now: datetime, headers: dict[str, str], chance: float
) -> SourceState:
    """What to remember after a 304."""
    found = _answered(source, state, now, headers, chance)
    return replace(found, unchanged=state.unchanged + 1)


def after_fault(
    source: Source, state: SourceState, now: datetime, fault: Exception, chance: float
) -> SourceState:
    """What to remember after a failure: how long to leave the source alone."""
    failures = state.failures + 1
    reason = getattr(fault, "reason", str(fault))
    kind = fault.fault if isinstance(fault, WireError) else None
    pause = now + manners.back_off(failures)
    wait: datetime | None = None
    if kind is Fault.BUSY and isinstance(fault, WireError):
        # Unasked-for patience: a busy source that names no time is left alone all the same.
        wait = fault.until or pause
    if kind is Fault.REFUSED and isinstance(fault, WireError):
        wait = fault.until or now + manners.stop_time(failures)
    return replace(
        state,
        # An address that it once moved to is not believed for ever.
        moved_to=state.moved_to if kind is Fault.BUSY else "",
        checked=now,
        next_check=max(wait or pause, pause),
        failures=failures,
        error=reason,
        wait_until=wait,
        stopped=kind is Fault.REFUSED,
        retired=kind is Fault.GONE,
    )


def suspicion(source: Source, state: SourceState) -> str:
    """Why a source that seems well may not be: a hole, or silence while it was asked."""
    if state.hole_from and state.hole_until:
        span = f"{state.hole_from:%Y-%m-%d} and {state.hole_until:%Y-%m-%d}"
        return f"entries between {span} may be missing"
    last = max((t for t in (state.new, state.newest) if t), default=None)
    if state.success and last and state.success - last > timedelta(days=SILENCE[source.cadence]):
        days = (state.success - last).days
        return f"nothing new for {days} days; {source.cadence} news is to be expected"
    return ""


def neglect(source: Source, state: SourceState, now: datetime) -> str:
    """A sentence where we, not the source, have been silent: it was not asked for a week."""
    if source.is_history or state.checked is None or now - state.checked < timedelta(days=7):
        return ""
    return f"not asked for {(now - state.checked).days} days; `fetch` asks it"


def _channel(entries: Sequence[Entry]) -> str:
    """The source that most entries bear."""
    return next((name for name, _ in Counter(e.source for e in entries).most_common(1)), "")


def _answered(
    source: Source, state: SourceState, now: datetime, headers: dict[str, str], chance: float
) -> SourceState:
    """What every readable answer means: no failure, and when to ask again."""
    fresh = manners.fresh_until(
        headers.get("cache-control"), headers.get("expires"), headers.get("age"), now
    )
    return replace(
        state,
        checked=now,
        success=now,
        failures=0,
        error="",
        fresh_until=fresh,
        wait_until=None,
        stopped=False,
        next_check=manners.next_check(now, CADENCES[source.cadence], fresh, chance),
    )


def _newest(state: SourceState, entries: Sequence[Entry]) -> datetime | None:
    """The publication time of the newest entry ever seen of a source."""
    return max(
        [e.published for e in entries] + ([state.newest] if state.newest else []), default=None
    )


def _minute(when: datetime) -> str:
    return f"{when:%Y-%m-%d %H:%M} UTC"
