"""Sessions and notes: by event, year, code, topic and level, with the notes about each."""

import streamlit as st

from ui.parts.opened import visit
from ui.parts.session_rows import matching
from ui.parts.session_view import draw_new_note, draw_rows, draw_wish
from ui.parts.values import sessions_of_library

seen = visit()
with st.container(horizontal=True, vertical_alignment="center"):
    st.title(seen.say("page_sessions"), anchor=False, width="stretch")
    draw_new_note(seen)
rows = sessions_of_library(seen.library)
if not rows:
    st.info(seen.say("sessions_none"), icon=":material/co_present:")
    st.stop()
found = matching(rows, draw_wish(seen, rows))
st.caption(seen.say("sessions_count", count=f"{len(found):,}"))
draw_rows(seen, found, rows)
