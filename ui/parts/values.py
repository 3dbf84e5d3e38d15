"""What pages ask again and again, remembered until the knowledge base changes.

The values are frozen and shared, not copied: `cache_resource` costs nothing per look.
"""

from datetime import date, timedelta

import streamlit as st

from index.digest import Digest
from index.library import Library
from index.period import Period, week_of
from index.timeline import Due, Moment, Timeline, Waiting
from ui.parts.service_numbers import ServiceCount, service_counts
from ui.parts.session_rows import SessionRow, session_rows
from ui.parts.source_numbers import YearKept, kept_by_year
from ui.parts.weeks import WeekCount, week_counts
from ui.sample import is_sample_alone
from ui.source_health import SourceHealth, source_health

_LOOKED_BACK = 3 * 365  # days before the newest news in which a preview began


def digest_of(library: Library, period: Period, lang: str) -> Digest:
    """The digest of a period in a language."""
    return _digest(library, library.store.stamp(), period, lang)


def weeks_of(library: Library) -> tuple[WeekCount, ...]:
    """How much was announced in every week."""
    return _weeks(library, library.store.stamp())


def newest_of(library: Library) -> Period | None:
    """The week that the app opens with: that of the latest announcement."""
    return _newest(library, library.store.stamp())


def services_of(library: Library) -> tuple[ServiceCount, ...]:
    """Every service with its numbers, the busiest of late first."""
    return _services(library, library.store.stamp())


def timeline_of(library: Library, text: str, lang: str) -> Timeline:
    """The timeline of a service or feature, in the words of a language where there are any."""
    return _timeline(library, library.store.stamp(), text, lang)


def regions_of(library: Library, text: str) -> tuple[tuple[str, Moment], ...]:
    """The regions where the service or feature is said to be, with the moment that says so."""
    return _regions(library, library.store.stamp(), text)


def waiting_of(library: Library, months: float) -> tuple[Waiting, ...]:
    """Previews of the last years older than so many months without general availability."""
    return _waiting(library, library.store.stamp(), library.clock().date(), months)


def deadlines_of(library: Library, since: date) -> tuple[Due, ...]:
    """What ends on or after a day."""
    return _deadlines(library, library.store.stamp(), since)


def kept_of(library: Library) -> tuple[YearKept, ...]:
    """What is kept of every source and year."""
    return _kept(library, library.store.stamp())


@st.cache_resource(max_entries=2, show_spinner=False)
def _kept(_library: Library, stamp: int) -> tuple[YearKept, ...]:
    return kept_by_year(_library)


def sessions_of_library(library: Library) -> tuple[SessionRow, ...]:
    """Every session, note and article."""
    return _sessions(library, library.store.stamp())


@st.cache_resource(max_entries=1, show_spinner=False)
def _sessions(_library: Library, stamp: int) -> tuple[SessionRow, ...]:
    return session_rows(_library)


def kinds_of(library: Library) -> dict[str, int]:
    """How many entries of each kind there are."""
    return _kinds(library, library.store.stamp())


@st.cache_resource(max_entries=2, show_spinner=False)
def _kinds(_library: Library, stamp: int) -> dict[str, int]:
    return _library.kinds()


def health_of(library: Library) -> tuple[SourceHealth, ...]:
    """Every source with its health; a few seconds old at most."""
    return _health(library, library.store.stamp())


def forget_health() -> None:
    """The list of sources was changed: look again."""
    _health.clear()


@st.cache_resource(ttl=5, max_entries=2, show_spinner=False)
def _health(_library: Library, stamp: int) -> tuple[SourceHealth, ...]:
    return source_health(_library)


@st.cache_resource(max_entries=2, show_spinner=False)
def _services(_library: Library, stamp: int) -> tuple[ServiceCount, ...]:
    return service_counts(_library)


@st.cache_resource(max_entries=8, show_spinner=False)
def _timeline(_library: Library, stamp: int, text: str, lang: str) -> Timeline:
    almanac = _library.almanac
    return almanac.in_language(almanac.timeline(text), lang)


@st.cache_resource(max_entries=8, show_spinner=False)
def _regions(_library: Library, stamp: int, text: str) -> tuple[tuple[str, Moment], ...]:
    return _library.almanac.matrix(text)


@st.cache_resource(max_entries=2, show_spinner=False)
def _waiting(_library: Library, stamp: int, day: date, months: float) -> tuple[Waiting, ...]:
    newest = _library.newest_week()
    since = newest.start - timedelta(days=_LOOKED_BACK) if newest else None
    return _library.almanac.waiting(_library.clock(), months, since)


@st.cache_resource(max_entries=4, show_spinner=False)
def _deadlines(_library: Library, stamp: int, since: date) -> tuple[Due, ...]:
    return _library.almanac.deadlines(since)


@st.cache_resource(max_entries=24, show_spinner=False)
def _digest(_library: Library, stamp: int, period: Period, lang: str) -> Digest:
    return _library.digest(period, lang=lang)


@st.cache_resource(max_entries=2, show_spinner=False)
def _weeks(_library: Library, stamp: int) -> tuple[WeekCount, ...]:
    return week_counts(_library)


@st.cache_resource(max_entries=2, show_spinner=False)
def _newest(_library: Library, stamp: int) -> Period | None:
    if is_sample_alone(_library) and (weeks := week_counts(_library)):
        # The pack thins out towards its end; a first look shall find a full week.
        return week_of(max(weeks, key=lambda week: (week.count, week.monday)).monday)
    return _library.newest_week()
