"""The health of every source, as the Sources page, `sources` and `doctor` show it."""

from dataclasses import dataclass, replace
from datetime import datetime

from crawler import health
from crawler.sources import Source, read_sources
from crawler.sweep import Coverage, coverage
from index.library import Library
from index.source_state import SourceState


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceHealth:
    """One source, what is known of it, and the judgement.

    `word` is ok, new (never asked), off, waiting, stale (not asked for long), stopped,
    retired, failing, alarm, hole or silent; `message` says what and what to do, "" when
    there is nothing to say.
    """

    source: Source
    state: SourceState | None
    word: str
    message: str
    entries: int = 0
    coverage: tuple[Coverage, ...] = ()

    @property
    def is_trouble(self) -> bool:
        """True when a person should look."""
        return self.word in ("stopped", "failing", "alarm", "silent", "hole")


def source_health(library: Library) -> tuple[SourceHealth, ...]:
    """Every source of the knowledge base with its health, in the order of the list."""
    states = library.source_states()
    counts = library.entries_by_source()
    now = library.clock()
    found = []
    for source in read_sources(library.folder):
        state = states.get(source.name)
        word, message = _judged(source, state, now)
        found.append(
            SourceHealth(
                source=source,
                state=state,
                word=word,
                message=message,
                entries=counts.get(source.entry_source or (state.channel if state else ""), 0),
                coverage=coverage(library.slices(source.name)) if source.is_history else (),
            )
        )
    return tuple(found)


def trusted_again(state: SourceState) -> SourceState:
    """The state once a person said that the source is right as it is: nothing rings or waits."""
    return replace(
        state,
        alarm="",
        stopped=False,
        retired=False,
        wait_until=None,
        failures=0,
        count=0,
        shape=(),
        etag="",
        last_modified="",
        hole_from=None,
        hole_until=None,
        distrust=False,
    )


def iso(when: datetime | None) -> str | None:
    """A moment as JSON has it, or None."""
    return when.strftime("%Y-%m-%dT%H:%M:%SZ") if when else None


def _judged(source: Source, state: SourceState | None, now: datetime) -> tuple[str, str]:
    if not source.enabled:
        return "off", ""
    if state is None or state.checked is None:
        return "new", ""
    if state.retired:
        return "retired", f"{state.error}; `sources remove {source.name}` drops it"
    if state.stopped:
        return "stopped", state.error
    if state.alarm:
        return "alarm", f"{state.alarm}; `sources enable {source.name}` accepts it"
    if state.failures:
        times = f" ({state.failures} times in a row)" if state.failures > 1 else ""
        return "failing", state.error + times
    if state.wait_until and state.wait_until > now:
        return "waiting", f"asked us to wait until {state.wait_until:%Y-%m-%d %H:%M} UTC"
    if doubt := health.suspicion(source, state):
        return ("hole" if state.hole_from else "silent"), doubt
    if ours := health.neglect(source, state, now):
        return "stale", ours
    return "ok", ""
