"""What pages ask again and again, remembered until the knowledge base changes.

The values are frozen and shared, not copied: `cache_resource` costs nothing per look.
"""

import streamlit as st

from index.digest import Digest
from index.library import Library
from index.period import Period
from ui.parts.weeks import WeekCount, week_counts


def digest_of(library: Library, period: Period, lang: str) -> Digest:
    """The digest of a period in a language."""
    return _digest(library, library.store.stamp(), period, lang)


def weeks_of(library: Library) -> tuple[WeekCount, ...]:
    """How much was announced in every week."""
    return _weeks(library, library.store.stamp())


def newest_of(library: Library) -> Period | None:
    """The week of the latest announcement."""
    return _newest(library, library.store.stamp())


@st.cache_resource(max_entries=24, show_spinner=False)
def _digest(_library: Library, stamp: int, period: Period, lang: str) -> Digest:
    return _library.digest(period, lang=lang)


@st.cache_resource(max_entries=2, show_spinner=False)
def _weeks(_library: Library, stamp: int) -> tuple[WeekCount, ...]:
    return week_counts(_library)


@st.cache_resource(max_entries=2, show_spinner=False)
def _newest(_library: Library, stamp: int) -> Period | None:
    return _library.newest_week()
