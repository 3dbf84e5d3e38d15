"""All services: the busy ones, what waits, what ends, and the list of every one."""

from collections.abc import Sequence
from urllib.parse import urlencode

import streamlit as st

from index.timeline import calendar
from ui.parts import address
from ui.parts.blocks import Block, Card, area_mark, draw_list, heading, row
from ui.parts.choosing import today_of
from ui.parts.escape import escape, link
from ui.parts.opened import Visit
from ui.parts.service_numbers import ServiceCount
from ui.parts.values import deadlines_of, waiting_of
from ui.watch_list import watched
from ui.wording import say as say_wording

_WAITING = 12
_BUSY = 18
OLD_PREVIEW = 6.0  # months


def draw_overview(seen: Visit, counts: Sequence[ServiceCount]) -> None:
    """The watch list, the busiest services, what waits, what ends."""
    busy, other = st.columns([0.55, 0.45], gap="large")
    by_name = {c.name: c for c in counts}
    blocks: list[Block] = []
    if names := watched(seen.library.folder):
        blocks.append(heading(seen.say("watch_list")))
        blocks += [_service(seen, name, by_name.get(name)) for name in names]
    blocks.append(heading(seen.say("service_busy")))
    blocks += [_service(seen, count.name, count) for count in counts[:_BUSY]]
    with busy:
        first = _BUSY + len(names)
        draw_list(seen, "services", blocks, name="services", first=first, waited=True)
    with other:
        draw_deadlines(seen)
        draw_waiting(seen)


def draw_all(seen: Visit, counts: Sequence[ServiceCount]) -> None:
    """Every service that is known, with its former names; drawn when it is opened."""
    services = seen.library.taxonomy.services
    label = seen.say("service_list", count=len(services))
    every = st.expander(label, icon=":material/list:", on_change="rerun", key="every-service")
    if not every.open:
        return
    by_name = {c.name: c.count for c in counts}
    head = [seen.say(name) for name in ("facet_service", "area", "count", "service_former")]
    lines = [f"| {' | '.join(head)} |", "| --- | --- | ---: | --- |"]
    for service in sorted(services, key=lambda s: (s.area, s.name)):
        former = ", ".join(f"{f.name} (–{f.until:%Y-%m})" for f in service.former)
        count = by_name.get(service.name, 0)
        lines.append(
            f"| {escape(service.name)} | {escape(service.area)} | {count} | {escape(former)} |"
        )
    with every:
        st.markdown("\n".join(lines))


def _service(seen: Visit, name: str, count: ServiceCount | None) -> Card:
    told = seen.say("service_count", lately=count.lately, count=count.count) if count else ""
    return {
        "block": "card",
        "id": name,
        "title": [name],
        "marks": [area_mark(count.area if count else "Other")],
        "quiet": told,
        "plain": True,
        "to": f"services?{urlencode(address.to(service=name))}",
    }


def draw_deadlines(seen: Visit) -> None:
    """What ends from today on; where nothing does, nothing stands here."""
    due = deadlines_of(seen.library, today_of(seen))
    if not due:
        return
    st.subheader(seen.say("week_deadlines"), anchor=False)
    lines = []
    for item in due[:15]:
        known = item.what in ("end-of-support", "closed-to-new")
        what = f" {escape(say_wording(seen.lang, item.what))}" if known else ""
        lines.append(f"- **{item.day}**{what}  \n  {link(item.title, item.url)}")
    st.markdown("\n".join(lines))
    st.download_button(
        seen.say("deadlines_ics"),
        data=calendar(due, seen.library.clock()).encode(),
        file_name="aws-deadlines.ics",
        mime="text/calendar",
        icon=":material/event:",
        on_click="ignore",
    )


def draw_waiting(seen: Visit) -> None:
    """Previews without general availability, the oldest first. Thousands of titles are
    compared for it: drawn when the rest of the page stands."""
    if not st.session_state.get(address.DRAWN):
        return
    waiting = waiting_of(seen.library, OLD_PREVIEW)
    if not waiting:
        return
    st.subheader(seen.say("service_waiting"), anchor=False)
    shown = waiting[:_WAITING]
    told = seen.library.almanac.told_in([item.preview for item in shown], seen.text_lang)
    rows = []
    for item in shown:
        preview = told.get(item.preview.story, item.preview)
        age = seen.say("service_months", months=f"{item.months:g}")
        rows.append(row(preview.id, preview.title, f"{preview.when:%Y-%m-%d}", age))
    draw_list(seen, "waiting", rows, name="waiting")
