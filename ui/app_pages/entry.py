"""An entry: its text, what is known of it and why, who else tells it, and one's own note."""

import streamlit as st

from ui.parts import address
from ui.parts.entry_view import draw_edits, draw_head, draw_versions
from ui.parts.escape import escape
from ui.parts.fact_view import draw_facts
from ui.parts.note_view import draw_note
from ui.parts.opened import visit
from ui.parts.tellings_view import draw_services, draw_tellings, draw_then

seen = visit()
address.settle("id")
# A story bears the id of the entry that leads it.
wanted = address.value("id") or address.value("story")
stored = seen.library.get(wanted) if wanted else None
if stored is None:
    st.title(seen.say("page_entry"), anchor=False)
    st.warning(escape(seen.say("entry_unknown", id=wanted[:40])), icon=":material/search_off:")
    st.page_link("app_pages/search.py", icon=":material/search:", query_params=address.to())
    st.stop()

members = seen.library.story(stored.story)
draw_head(seen, stored)
main, side = st.columns([0.66, 0.34], gap="large")
with main:
    draw_versions(seen, stored, members)
    draw_note(seen, stored)
    draw_edits(seen, seen.library.revisions(stored.id))
with side:
    draw_services(seen, stored)
    draw_facts(seen, stored)
    draw_then(seen, stored)
    draw_tellings(seen, stored, members)
