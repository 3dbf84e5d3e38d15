"""The pieces of the study page around its agenda: the sessions, and what changed since."""

from datetime import date

import streamlit as st

from index.meeting import StudySession
from ui.parts import address
from ui.parts.blocks import draw_list, row
from ui.parts.choosing import coming, next_monday, today_of
from ui.parts.escape import escape
from ui.parts.opened import Visit

_MOST_CHANGED = 20


def chosen_session(seen: Visit) -> StudySession | None:
    """The session of the address, else the coming one, else the latest."""
    sessions = seen.library.study.all()
    wanted = address.value("session")
    found = next((s for s in sessions if str(s.number) == wanted), None)
    if wanted and found is None:
        st.warning(escape(seen.say("session_unknown", session=wanted[:40])))
    return found or coming(seen) or (sessions[0] if sessions else None)


def draw_sessions(seen: Visit, current: StudySession | None) -> None:
    """The sessions ahead and past, and the way to a new one."""
    sessions = seen.library.study.all()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if sessions and current:
            st.session_state["pick-session"] = str(current.number)
            st.selectbox(
                seen.say("session_choose"),
                [str(s.number) for s in sessions],
                format_func={str(s.number): _named(seen, s) for s in sessions}.__getitem__,
                key="pick-session",
                on_change=lambda: address.write("session", [st.session_state["pick-session"]]),
            )
        with st.popover(seen.say("session_new"), icon=":material/add:"):
            _draw_new(seen)


def _named(seen: Visit, session: StudySession) -> str:
    when = seen.say("session_ahead" if session.day >= today_of(seen) else "session_past")
    title = f" {session.title}" if session.title else ""
    return f"{session.day}{title} · {when} · {len(session.items)}"


def _draw_new(seen: Visit) -> None:
    with st.form("new-session", border=False):
        day = st.date_input(seen.say("session_day"), value=next_monday(today_of(seen)))
        title = st.text_input(seen.say("session_title"), max_chars=120)
        news = st.checkbox(seen.say("session_news"), value=True, help=seen.say("session_news_help"))
        carry = st.checkbox(seen.say("session_carry"), value=True)
        if st.form_submit_button(seen.say("session_make"), type="primary") and isinstance(
            day, date
        ):
            made = seen.library.study.new(day, str(title or ""), since_last=news, carry=carry)
            address.write("session", [str(made.number)])
            st.rerun()


def draw_changed(seen: Visit) -> None:
    """What sources changed since it was presented."""
    changed = seen.library.study.changed()
    if not changed:
        return
    with st.expander(seen.say("study_changed", count=len(changed)), icon=":material/update:"):
        rows = [
            row(i.entry.id, i.entry.entry.title, seen.say("study_presented", day=s.day))
            for s, i in changed[:_MOST_CHANGED]
        ]
        draw_list(seen, "changed", rows, name="changed")


def draw_remove(seen: Visit, session: StudySession) -> None:
    """The way to forget a session, asked twice."""
    with st.popover(seen.say("session_remove"), icon=":material/delete:"):
        st.write(escape(seen.say("session_remove_sure", day=session.day, count=len(session.items))))
        if st.button(seen.say("session_remove_yes"), type="primary"):
            seen.library.study.remove(session)
            address.write("session", [])
            st.rerun()
