"""Choosing updates for the coming study session, from any card."""

from datetime import date, timedelta

import streamlit as st

from index.meeting import StudySession
from ui.parts.escape import escape
from ui.parts.opened import Visit

_WEEK = 7


def draw_choice(seen: Visit, entry_id: str) -> None:
    """The button of one entry; it says so when the entry is chosen already."""
    chosen = entry_id in chosen_ids(seen)
    st.button(
        seen.say("study_added" if chosen else "study_add"),
        key=f"choose-{entry_id}",
        icon=":material/check:" if chosen else ":material/add:",
        type="tertiary",
        on_click=toggle,
        args=(seen, entry_id),
    )


def chosen_ids(seen: Visit) -> set[str]:
    """The entries of the stories chosen for the coming session: a launch that was chosen in one
    language is chosen in the other."""
    session = coming(seen)
    stories = [item.entry.story for item in session.items] if session else []
    rows = seen.library.store.read().execute(
        f"SELECT id FROM entry WHERE story IN ({','.join('?' * len(stories))})", stories
    )
    return {row["id"] for row in rows}


def toggle(seen: Visit, entry_id: str) -> None:
    """Put an entry into the coming session, or take its story out where it is in; an unknown
    one changes nothing."""
    stored = seen.library.get(entry_id)
    if stored is None:
        return
    session = coming(seen)
    known = [i.entry.id for i in session.items if i.entry.story == stored.story] if session else []
    if session and known:
        seen.library.study.drop(session, known)
        return
    session = session or seen.library.study.new(next_monday(today_of(seen)))
    session = seen.library.study.add(session, [entry_id])
    st.toast(seen.say("study_added_to", name=escape(session.name)), icon=":material/check:")


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
