"""This week: the digest as cards by area, and the ways to other weeks."""

import streamlit as st

from ui.parts.address import settle
from ui.parts.card import draw_card
from ui.parts.choosing import Chooser
from ui.parts.escape import escape
from ui.parts.exports import draw_exports
from ui.parts.opened import visit
from ui.parts.values import digest_of, newest_of
from ui.parts.week_view import (
    chosen_period,
    draw_empty,
    draw_filters,
    draw_groups,
    draw_head,
    draw_side,
    filtered,
    go_to,
)

seen = visit()
settle("week")
period = chosen_period(seen)
if period is None:
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

chooser = Chooser(seen)
areas, stages = draw_filters(seen, digest)
main, side = st.columns([0.68, 0.32], gap="large")
with main:
    if not areas and not stages:
        with st.expander(seen.say("week_lines"), expanded=True, icon=":material/summarize:"):
            st.markdown("\n".join(f"- {escape(line)}" for line in digest.lines))
        st.subheader(seen.say("week_top", count=len(digest.top)), anchor=False)
        for item in digest.top:
            draw_card(seen, item, chooser.draw, reasons=True)
    draw_groups(seen, filtered(digest, areas, stages), chooser)
    if digest.apart and not areas and not stages:
        st.subheader(seen.say("week_apart"), anchor=False)
        for item in digest.apart:
            draw_card(seen, item, chooser.draw)
with side:
    draw_side(seen, digest)
    draw_exports(seen, digest)
