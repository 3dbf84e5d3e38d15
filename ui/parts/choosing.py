"""Choosing updates for the coming study session, from any card."""

from collections import Counter
from datetime import date, timedelta

import streamlit as st

from index.meeting import StudySession
from ui.parts.escape import escape
from ui.parts.opened import Visit

_WEEK = 7


class Chooser:
    """Draws the buttons that put entries into the coming study session; one for each run."""

    def __init__(self, seen: Visit) -> None:
        session = coming(seen)
        self._seen = seen
        self._chosen = {item.entry.id for item in session.items} if session else set()
        self._drawn: Counter[str] = Counter()

    def draw(self, entry_id: str) -> None:
        """The button of one entry; it says so when the entry is chosen already."""
        chosen = entry_id in self._chosen
        self._drawn[entry_id] += 1
        st.button(
            self._seen.say("study_added" if chosen else "study_add"),
            # The same update may stand twice on a page: on top and in its area.
            key=f"choose-{entry_id}-{self._drawn[entry_id]}",
            icon=":material/check:" if chosen else ":material/add:",
            type="tertiary",
            on_click=_drop if chosen else _add,
            args=(self._seen, entry_id),
        )


def coming(seen: Visit) -> StudySession | None:
    """The nearest session from today on, or None."""
    today = today_of(seen)
    ahead = [s for s in seen.library.study.all() if s.day >= today]
    return min(ahead, key=lambda s: (s.day, s.number)) if ahead else None


def today_of(seen: Visit) -> date:
    """Today in the group's time zone."""
    return seen.library.clock().astimezone(seen.zone).date()


def next_monday(today: date) -> date:
    """The first Monday after today."""
    return today + timedelta(days=_WEEK - today.weekday())


def _add(seen: Visit, entry_id: str) -> None:
    session = coming(seen) or seen.library.study.new(next_monday(today_of(seen)))
    session = seen.library.study.add(session, [entry_id])
    st.toast(seen.say("study_added_to", name=escape(session.name)), icon=":material/check:")


def _drop(seen: Visit, entry_id: str) -> None:
    session = coming(seen)
    if session and any(item.entry.id == entry_id for item in session.items):
        seen.library.study.drop(session, [entry_id])
