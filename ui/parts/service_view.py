"""One service or feature: its head, its pictures in time, its latest stories and Regions."""

from collections.abc import Sequence

import streamlit as st

from index.fact import STAGES
from index.taxonomy import Service
from index.timeline import Moment, Succession, Timeline
from ui.parts import address
from ui.parts.blocks import Card, draw_list, row, stage_marks
from ui.parts.chart_view import draw_chart
from ui.parts.escape import escape, joined, link, pill
from ui.parts.opened import Visit
from ui.parts.palette import area_colour
from ui.parts.service_numbers import ServiceCount, sessions_of
from ui.watch_list import watch, watched

LATEST = 12
_MOST_MOMENTS = 400
_PICTURE = 250  # pixels


def draw_choice(seen: Visit, counts: Sequence[ServiceCount], current: str) -> None:
    """Every service and any feature by its words: a choice shows its timeline."""
    names = [c.name for c in counts]
    options = list(dict.fromkeys([*([current] if current else []), *names]))
    st.session_state["pick-service"] = current or None

    def changed() -> None:
        chosen = st.session_state["pick-service"]
        address.write("service", [chosen] if chosen else [])

    st.selectbox(
        seen.say("service_choose"),
        options,
        index=None,
        key="pick-service",
        placeholder=seen.say("service_placeholder"),
        accept_new_options=True,
        on_change=changed,
    )


def draw_service_head(seen: Visit, timeline: Timeline, service: Service | None) -> None:
    """Name, area, former names, and whether it is watched."""
    subject = timeline.subject
    st.title(escape(subject.name), anchor=False)
    marks = [pill(service.area, area_colour(service.area))] if service else []
    formerly = [
        escape(seen.say("service_formerly", former=name, until=until))
        for name, until in subject.formerly
    ]
    also = service.japanese[:2] if service else ()
    st.markdown(" ".join([*marks, joined([*map(escape, also), *formerly])]))
    if subject.service:
        on = subject.service in watched(seen.library.folder)
        st.button(
            seen.say("watch_off" if on else "watch_on"),
            icon=":material/visibility_off:" if on else ":material/visibility:",
            on_click=_watch,
            args=(seen, subject.service, not on),
        )


def _watch(seen: Visit, service: str, on: bool) -> None:
    watch(seen.library.folder, service, on)
    said = "watch_now" if on else "watch_no_more"
    st.toast(seen.say(said, service=escape(service)), icon=":material/check:")


def draw_pictures(seen: Visit, timeline: Timeline) -> None:
    """The stories by year, and the stages in time; their place is kept until the list of
    stories stands, then they are drawn."""
    said = {name: seen.say(name) for name in STAGES}
    said |= {"": seen.say("stage_other"), "count": seen.say("count"), "year": seen.say("year")}
    said |= {"stage": seen.say("facet_stage"), "date": seen.say("facet_date")}
    said["title"] = seen.say("title")
    volume, stages = (
        column.container(height=_PICTURE, border=False) for column in st.columns(2, gap="large")
    )
    if not st.session_state.get(address.DRAWN):
        return
    from ui.parts.charts import stage_timeline, year_bars

    with volume:
        st.markdown(f"**{seen.say('service_volume')}**")
        draw_chart(seen, "volume", timeline.subject, lambda: year_bars(timeline.moments, said))
    with stages:
        st.markdown(f"**{seen.say('service_stages')}**")
        about = (timeline.subject, seen.text_lang)
        draw_chart(seen, "stages", about, lambda: stage_timeline(timeline, said))


def draw_ends(seen: Visit, ends: Sequence[Succession]) -> None:
    """How each preview went on, in words."""
    if not ends:
        return
    st.subheader(seen.say("service_previews"), anchor=False)
    st.markdown("\n".join(end_line(seen, end) for end in reversed(ends[-20:])))


def end_line(seen: Visit, end: Succession) -> str:
    """A preview and what became of it, as an item of a list."""
    preview = f"{end.preview.when:%Y-%m-%d} {link(end.preview.title, end.preview.url)}"
    if end.ga is None:
        return f"- {preview}  \n  :gray[{escape(seen.say('service_no_ga'))}]"
    name = "service_ga" if end.sure else "service_maybe_ga"
    then = escape(seen.say(name, day=f"{end.ga.when:%Y-%m-%d}", months=f"{end.months or 0:g}"))
    return f"- {preview}  \n  → {then}: {link(end.ga.title, end.ga.url)}"


def draw_regions(seen: Visit, found: Sequence[tuple[str, Moment]]) -> None:
    """Where the sources say it is available, and since when."""
    if not found:
        return
    st.subheader(seen.say("service_regions", count=len(found)), anchor=False)
    known = dict(found)
    rows = [f"| {seen.say('region_name')} | {seen.say('region_since')} |", "| --- | --- |"]
    # The group's own regions stand first.
    own = ("ap-northeast-1", "ap-northeast-3")
    for code in sorted(known, key=lambda c: (c not in own, c)):
        region = seen.library.taxonomy.region(code)
        name = (region.japanese if seen.lang == "ja" else region.name) if region else code
        moment = known[code]
        since = link(f"{moment.when:%Y-%m-%d}", moment.url)
        rows.append(f"| {escape(name)} :gray[{escape(code)}] | {since} |")
    st.markdown("\n".join(rows))
    st.caption(escape(seen.say("region_note")))


def draw_latest(seen: Visit, moments: Sequence[Moment], name: str) -> None:
    """The stories, the newest first."""
    st.subheader(seen.say("service_latest"), anchor=False)
    rows = [_moment(seen, moment) for moment in reversed(moments)]
    draw_list(seen, "latest", rows[:_MOST_MOMENTS], name=name, first=LATEST, waited=True)


def _moment(seen: Visit, moment: Moment) -> Card:
    changes = ", ".join(seen.name_of("change", c) for c in moment.changes)
    card = row(moment.id, moment.title, f"{moment.when:%Y-%m-%d}", changes)
    return {**card, "marks": stage_marks(seen, moment.stage)}


def draw_sessions(seen: Visit, service: str) -> None:
    """Sessions and notes about the service."""
    found = seen.library.shelf.many(sessions_of(seen.library, service, 8))
    if not found:
        return
    st.subheader(seen.say("service_sessions"), anchor=False)
    rows = [
        row(
            stored.id,
            stored.entry.title,
            f"{stored.entry.published:%Y-%m-%d}",
            seen.say(f"kind_{stored.entry.kind}"),
            stored.entry.session.code if stored.entry.session else "",
        )
        for stored in found
    ]
    draw_list(seen, "service-sessions", rows, name=service)
