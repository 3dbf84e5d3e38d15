"""Search: as you type, filtered by facets; all of it in the address."""

import streamlit as st

from ui.parts import address
from ui.parts.opened import visit
from ui.parts.search_view import draw_finder
from ui.parts.week_view import draw_empty

seen = visit()
st.title(seen.say("page_search"), anchor=False)
if not seen.library.count():
    draw_empty(seen)
    st.stop()
draw_finder(seen, address.all_values())
