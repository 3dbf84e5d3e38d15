"""This week: the digest as cards by area, and the ways to other weeks."""

import streamlit as st

from ui.parts.address import settle
from ui.parts.blocks import draw_list
from ui.parts.digest_blocks import by_area, whole
from ui.parts.escape import escape
from ui.parts.exports import draw_exports
from ui.parts.opened import visit
from ui.parts.values import digest_of, newest_of
from ui.parts.week_view import (
    chosen_period,
    draw_charts,
    draw_deadlines,
    draw_empty,
    draw_filters,
    draw_head,
    filtered,
    go_to,
)

seen = visit()
settle("week")
period = chosen_period(seen)
if period is None:
    st.title(seen.say("page_week"), anchor=False)
    draw_empty(seen)
    st.stop()
digest = digest_of(seen.library, period, seen.text_lang)
draw_head(seen, digest)
if digest.empty:
    st.info(escape(seen.say("week_empty", label=period.label)))
    newest = newest_of(seen.library)
    if newest and st.button(seen.say("week_go_newest", label=newest.label), type="primary"):
        go_to(seen, newest.label)
    st.stop()

areas, stages = draw_filters(seen, digest)
main, side = st.columns([0.68, 0.32], gap="large")
with main:
    if areas or stages:
        found = by_area(seen, filtered(digest, areas, stages))
    else:
        found = whole(seen, digest)
    if not found:
        st.info(seen.say("week_none_filtered"))
    name = repr((period.label, areas, stages))
    draw_list(seen, "digest", found, name=name, first=40, waited=True)
with side:
    draw_exports(seen, digest)
    draw_deadlines(seen, digest)
    draw_charts(seen, digest)
