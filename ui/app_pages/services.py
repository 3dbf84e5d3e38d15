"""Services: what moves, what waits, what ends; and the timeline of one service or feature."""

import streamlit as st

from ui.parts import address
from ui.parts.escape import escape
from ui.parts.opened import visit
from ui.parts.service_view import (
    draw_choice,
    draw_ends,
    draw_latest,
    draw_pictures,
    draw_regions,
    draw_service_head,
    draw_sessions,
)
from ui.parts.services_view import draw_all, draw_overview
from ui.parts.values import regions_of, services_of, timeline_of
from ui.parts.week_view import draw_empty

seen = visit()
address.settle("service")
wanted = address.value("service").strip()[:120]
counts = services_of(seen.library)
if not wanted:
    st.title(seen.say("page_services"), anchor=False)
    if not seen.library.count():
        draw_empty(seen)
        st.stop()
    draw_choice(seen, counts, "")
    draw_overview(seen, counts)
    draw_all(seen, counts)
    st.stop()

timeline = timeline_of(seen.library, wanted, seen.text_lang)
service = seen.library.taxonomy.service(timeline.subject.service)
st.page_link(
    "app_pages/services.py",
    label=seen.say("service_all"),
    icon=":material/arrow_back:",
    query_params=address.to(),
)
draw_service_head(seen, timeline, service)
draw_choice(seen, counts, timeline.subject.name)
if not timeline.moments:
    st.info(escape(seen.say("service_nothing", service=wanted)), icon=":material/search_off:")
    st.stop()
draw_pictures(seen, timeline)
main, side = st.columns([0.62, 0.38], gap="large")
with main:
    draw_latest(seen, timeline.moments, wanted)
with side:
    draw_ends(seen, timeline.ends)
    draw_regions(seen, regions_of(seen.library, wanted))
    draw_sessions(seen, timeline.subject.service)
