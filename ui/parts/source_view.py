"""The health of the sources: what is wrong in words, what is kept, every source's times."""

from collections.abc import Sequence
from datetime import datetime

import streamlit as st

from crawler.source_file import change_sources
from index.errors import KnowledgeBaseError
from ui.parts.chart_view import draw_chart
from ui.parts.escape import escape, joined, link
from ui.parts.opened import Visit
from ui.parts.values import forget_health, kept_of
from ui.source_health import SourceHealth

_SIGNS = {
    "ok": ":green-badge[✓ {}]",
    "new": ":gray-badge[{}]",
    "off": ":gray-badge[{}]",
    "waiting": ":orange-badge[… {}]",
    "stale": ":orange-badge[{}]",
}


def draw_trouble(seen: Visit, rows: Sequence[SourceHealth]) -> None:
    """What a person should look at, in words."""
    for row in rows:
        if not row.is_trouble:
            continue
        with st.container(border=True, key=f"trouble-{row.source.name}", gap="xsmall"):
            st.markdown(f":red-badge[{escape(_word(seen, row))}] **{_name(row)}**")
            st.markdown(escape(row.message))
            st.caption(link(row.source.url, row.source.url))


def draw_heat(seen: Visit, rows: Sequence[SourceHealth]) -> None:
    """What is kept of every source and year, and how much of their past was given."""
    from ui.parts.charts import coverage_heat, year_heat

    said = {name: seen.say(name) for name in ("year", "count")}
    said |= {"source": seen.say("facet_source"), "share": seen.say("source_share")}
    if kept := kept_of(seen.library):
        st.subheader(seen.say("source_kept"), anchor=False)
        draw_chart(seen, "heat", "", lambda: year_heat(kept, said))
    if any(row.coverage for row in rows):
        st.subheader(seen.say("source_coverage"), anchor=False)
        about = tuple(row.coverage for row in rows)
        draw_chart(seen, "coverage", about, lambda: coverage_heat(rows, said))


def draw_table(seen: Visit, rows: Sequence[SourceHealth]) -> None:
    """Every source with its state, its times and its entries."""
    asked = [r for r in rows if r.source.enabled and (r.word != "new" or r.entries)]
    new = [r for r in rows if r.source.enabled and r not in asked]
    off = [r for r in rows if not r.source.enabled]
    asked.sort(key=lambda r: (not r.is_trouble, -r.entries, r.source.name))
    st.subheader(seen.say("source_all", count=len(asked) + len(new)), anchor=False)
    if asked:
        st.markdown(_table(seen, asked))
    for name, some in (("source_never", new), ("source_off", off)):
        if some:
            with st.expander(seen.say(name, count=len(some)), expanded=not asked and some is new):
                st.markdown(_table(seen, some))
    _draw_switch(seen, rows)


def _table(seen: Visit, rows: Sequence[SourceHealth]) -> str:
    head = [seen.say(f"source_{c}") for c in ("name", "state", "success", "news", "next", "count")]
    lines = [f"| {' | '.join(head)} |", "| --- | --- | --- | --- | --- | ---: |"]
    for row in rows:
        state = row.state
        times = [_when(seen, t) for t in (
            (state.success, state.new, state.next_check) if state else (None, None, None)
        )]  # fmt: skip
        sign = _SIGNS.get(row.word, ":red-badge[{}]").format(escape(_word(seen, row)))
        cells = [link(row.source.title or row.source.name, row.source.url), sign, *times]
        lines.append(f"| {' | '.join([*cells, f'{row.entries:,}'])} |")
    return "\n".join(lines)


def _draw_switch(seen: Visit, rows: Sequence[SourceHealth]) -> None:
    with st.popover(seen.say("source_switch"), icon=":material/toggle_on:"):
        by_name = {row.source.name: row for row in rows}
        name = st.selectbox(seen.say("facet_source"), list(by_name), key="switch-name")
        if name and (row := by_name.get(name)):
            on = row.source.enabled
            st.button(
                seen.say("source_disable" if on else "source_enable"),
                on_click=_switch,
                args=(seen, name, not on),
            )


def _switch(seen: Visit, name: str, on: bool) -> None:
    from ui.source_health import trusted_again

    library = seen.library
    try:
        change_sources(library.folder, [name], {"enabled": on})
    except KnowledgeBaseError as error:
        st.toast(escape(str(error)), icon=":material/error:")
        return
    forget_health()
    if on and (state := library.source_states().get(name)):
        library.keep_source_states([trusted_again(state)])


def _word(seen: Visit, row: SourceHealth) -> str:
    return seen.say(f"health_{row.word}")


def _name(row: SourceHealth) -> str:
    return joined([escape(row.source.title or row.source.name), escape(row.source.name)])


def _when(seen: Visit, moment: datetime | None) -> str:
    return f"{moment.astimezone(seen.zone):%Y-%m-%d %H:%M}" if moment else "–"
