"""Study: the sessions, what was chosen for one, our comments, and its deck."""

import streamlit as st

from ui.parts import address
from ui.parts.agenda_view import draw_agenda
from ui.parts.deck_view import draw_deck
from ui.parts.escape import escape
from ui.parts.opened import visit
from ui.parts.study_view import (
    chosen_session,
    draw_changed,
    draw_remove,
    draw_sessions,
)

seen = visit()
address.settle("session")
st.title(seen.say("page_study"), anchor=False)
session = chosen_session(seen)
draw_sessions(seen, session)
if session is None:
    st.info(seen.say("study_none"), icon=":material/school:")
    st.stop()
st.subheader(escape(f"{session.day} {session.title}".strip()), anchor=False)
left = len(session.left)
st.caption(seen.say("session_state", count=len(session.items), left=left))
main, side = st.columns([0.58, 0.42], gap="large")
with main:
    draw_agenda(seen, session)
    draw_changed(seen)
    draw_remove(seen, session)
with side:
    draw_deck(seen, session)
