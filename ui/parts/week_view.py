"""The pieces of the week page."""

from dataclasses import replace
from datetime import date

import streamlit as st

from index.config import data_folder
from index.digest import AreaGroup, Deadline, Digest
from index.errors import ConfigError
from index.period import Period, parse_period, week_of
from ui.parts.address import DRAWN, pick_several, to
from ui.parts.chart_view import draw_chart
from ui.parts.drawers import lazy
from ui.parts.escape import escape, joined, link
from ui.parts.opened import Visit
from ui.parts.values import newest_of, weeks_of
from ui.parts.weeks import beside, named
from ui.wording import say as say_wording

PAGE = "app_pages/week.py"
_WEEKS = 26  # of the chart, up to the period that is shown


def chosen_period(seen: Visit) -> Period | None:
    """The period of the address, else the newest week; None for an empty knowledge base."""
    newest = newest_of(seen.library)
    text = st.query_params.get("week", "")
    if text and newest:
        try:
            return parse_period(text, seen.library.clock())
        except ConfigError:
            st.warning(escape(seen.say("week_unknown", text=text[:60])))
    return newest


def draw_empty(seen: Visit) -> None:
    """What to do with a knowledge base that holds nothing."""
    st.subheader(seen.say("empty_title"), anchor=False)
    st.write(seen.say("empty_how"))
    st.code(f"reinvent-kb fetch\nreinvent-kb import posts/   # {data_folder()}", language="sh")
    st.page_link(
        "app_pages/sources.py",
        label=seen.say("empty_sources"),
        icon=":material/rss_feed:",
    )


def draw_head(seen: Visit, digest: Digest) -> None:
    """Which period this is, how much it holds, and the ways to others."""
    period = digest.period
    st.title(escape(seen.say("week_title", label=period.label)), anchor=False)
    usual = digest.overall.former
    st.caption(
        joined(
            [
                seen.say("week_span", start=period.start.date(), end=period.last_day),
                seen.say("week_total", total=digest.total)
                + (seen.say("week_usual", former=f"{usual:g}") if usual is not None else ""),
            ]
        )
    )
    before, after = beside(period)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        for name, icon, other in (
            ("week_previous", "chevron_left", before),
            ("week_next", "chevron_right", after),
        ):
            st.page_link(
                PAGE,
                label=seen.say(name),
                icon=f":material/{icon}:",
                query_params=to(week=named(other)),
            )
        choice = lazy(seen.say("week_choose"), "choose-week", "calendar_month")
        if choice.open:
            with choice:
                draw_choice(seen, period)


def draw_choice(seen: Visit, period: Period) -> None:
    """Every week as a cell of a calendar, a day, and the periods people ask for."""
    from ui.parts.charts import week_calendar

    st.caption(seen.say("week_calendar"))
    said = {"week": seen.say("week"), "count": seen.say("count")}
    picked = draw_chart(
        seen,
        "calendar",
        "",
        lambda: week_calendar(weeks_of(seen.library), said),
        on_select="rerun",
        selection_mode="week",
    )
    if labels := [p["label"] for p in picked.selection.get("week", []) if "label" in p]:
        go_to(seen, labels[0])
    day = st.date_input(seen.say("week_day"), value=None, key="day", max_value=date(2100, 1, 1))
    if isinstance(day, date) and day != st.session_state.get("day_gone_to"):
        st.session_state["day_gone_to"] = day
        go_to(seen, week_of(day).label)
    for label, name in periods_offered(seen, period):
        st.page_link(PAGE, label=label, query_params=to(week=name))


def periods_offered(seen: Visit, period: Period) -> list[tuple[str, str]]:
    """(label, period) of what people ask for most."""
    found = []
    if newest := newest_of(seen.library):
        found.append((seen.say("week_newest"), newest.label))
    if held := seen.library.last_session():
        found.append((seen.say("week_since"), f"since:{held:%Y-%m-%d}"))
    years = {period.start.year, *(w.monday.year for w in weeks_of(seen.library)[-1:])}
    found += [(seen.say("week_reinvent", year=y), f"reinvent-{y}") for y in sorted(years)]
    return found


def go_to(seen: Visit, week: str) -> None:
    """Show another period, as if a link to it had been followed."""
    st.switch_page(PAGE, query_params=to(week=week))


def filtered(digest: Digest, areas: list[str], stages: list[str]) -> tuple[AreaGroup, ...]:
    """The groups of the chosen areas with the items of the chosen stages; none chosen means
    all."""
    groups = []
    for group in digest.areas:
        if areas and group.area not in areas:
            continue
        if stages:
            items = tuple(i for i in group.items if i.stage in stages)
            folded = group.folded if "region" in stages else ()
            group = replace(group, items=items, folded=folded)
        if group.items:
            groups.append(group)
    return tuple(groups)


def draw_filters(seen: Visit, digest: Digest) -> tuple[list[str], list[str]]:
    """Areas and stages with their counts, to filter by; (areas, stages) chosen."""
    counts = {c.name: c.count for c in digest.counts}
    stages = {c.name: c.count for c in digest.stages}
    areas = pick_several(
        "area",
        seen.say("week_areas"),
        list(counts),
        lambda name: f"{escape(name)} {counts[name]}",
    )
    chosen = pick_several(
        "stage",
        seen.say("week_stages"),
        list(stages),
        lambda name: f"{seen.say(name)} {stages[name]}",
    )
    return areas, chosen


def draw_deadlines(seen: Visit, digest: Digest) -> None:
    """What ends soon."""
    if digest.deadlines:
        st.markdown(f"**{seen.say('week_deadlines')}**")
        st.markdown("\n".join(_deadline(seen, d) for d in digest.deadlines[:12]))


def draw_charts(seen: Visit, digest: Digest) -> None:
    """How much there is by area and by week; drawn when the cards stand."""
    if not st.session_state.get(DRAWN):
        return
    from ui.parts.charts import area_bars, week_bars

    said = {name: seen.say(name) for name in ("area", "count", "week")}
    said["usual"] = seen.say("week_usual_mark")
    if digest.counts:
        st.markdown(f"**{seen.say('week_chart_areas')}**")
        draw_chart(seen, "area_bars", digest.counts, lambda: area_bars(digest.counts, said))
    weeks = [w for w in weeks_of(seen.library) if w.monday <= digest.period.last_day][-_WEEKS:]
    inside = {w.label for w in weeks if w.monday >= digest.period.start.date()}
    if len(weeks) > 1:
        st.markdown(f"**{seen.say('week_chart_weeks')}**")
        about = (digest.period.start, digest.period.end)
        draw_chart(seen, "week_bars", about, lambda: week_bars(weeks, inside, said))


def _deadline(seen: Visit, deadline: Deadline) -> str:
    known = deadline.what in ("end-of-support", "closed-to-new")
    what = f" {escape(say_wording(seen.lang, deadline.what))}" if known else ""
    return f"- **{deadline.day}**{what}  \n  {link(deadline.title, deadline.url)}"
