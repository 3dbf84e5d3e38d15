"""Search: as you type, filtered by facets; all of it in the address."""

import streamlit as st

from index.errors import ConfigError
from ui.parts import address
from ui.parts.asking import query_of
from ui.parts.escape import escape
from ui.parts.opened import visit
from ui.parts.search_view import (
    draw_box,
    draw_chips,
    draw_completions,
    draw_facets,
    draw_found,
    draw_saved,
)
from ui.parts.week_view import draw_empty

seen = visit()
st.title(seen.say("page_search"), anchor=False)
if not seen.library.count():
    draw_empty(seen)
    st.stop()
with st.container(horizontal=True, vertical_alignment="center"):
    text = draw_box(seen)
    saved = st.container(width="content")
query = query_of(address.all_values(), text)
draw_completions(seen, text)
try:
    page = seen.library.find(query)
except ConfigError as error:
    st.warning(escape(str(error)), icon=":material/warning:")
    draw_chips(seen, query)
    st.stop()
draw_facets(seen, page)
draw_chips(seen, query)
with saved:
    draw_saved(seen, query)
draw_found(seen, query, page)
