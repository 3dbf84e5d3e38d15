"""Sources: their health, a fetch to start and watch, new sources, files to drop in."""

import streamlit as st

from ui.parts.address import DRAWN
from ui.parts.blocks import draw_end
from ui.parts.job_view import draw_add, draw_fetch, draw_import
from ui.parts.opened import visit
from ui.parts.source_view import draw_heat, draw_table, draw_trouble
from ui.parts.values import health_of, kinds_of

seen = visit()
st.title(seen.say("page_sources"), anchor=False)
rows = health_of(seen.library)
kinds = kinds_of(seen.library)
told = " · ".join(f"{seen.say(f'kind_{kind}')} {count:,}" for kind, count in kinds.items())
st.caption(told or seen.say("sources_empty"))
draw_trouble(seen, rows)
fetch, give = st.columns([0.55, 0.45], gap="large")
with fetch:
    st.subheader(seen.say("fetch"), anchor=False)
    draw_fetch(seen, rows)
    draw_add(seen)
with give:
    st.subheader(seen.say("import"), anchor=False)
    draw_import(seen)
draw_table(seen, rows)
draw_end(seen)
if st.session_state.get(DRAWN):
    draw_heat(seen, rows)
