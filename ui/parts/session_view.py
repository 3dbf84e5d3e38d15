"""The pieces of the page of sessions and notes."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

import streamlit as st

from index.errors import KnowledgeBaseError
from ui.parts import address
from ui.parts.card import draw_title, language
from ui.parts.choosing import Chooser, today_of
from ui.parts.drawers import lazy
from ui.parts.escape import escape, joined, pill
from ui.parts.opened import Visit
from ui.parts.palette import area_colour
from ui.parts.session_rows import KINDS, SessionRow, Wish, notes_by_code

PAGE_SIZE = 30


def draw_wish(seen: Visit, rows: Sequence[SessionRow]) -> Wish:
    """The filters, each with its counts; what is chosen stands in the address."""
    text = st.text_input(
        seen.say("sessions_find"),
        type="search",
        live="50ms",
        key="find",
        bind="query-params",
        placeholder="DOP309, Aurora, Werner Vogels",
        label_visibility="collapsed",
        max_chars=120,
    )
    counts = {
        "kind": Counter(r.kind for r in rows),
        "year": Counter(str(r.year) for r in rows),
        "event": Counter(r.event for r in rows if r.event),
        "level": Counter(str(r.level) for r in rows if r.level),
        "topic": Counter(t for r in rows for t in r.topics),
    }
    chosen: dict[str, list[str]] = {}
    with st.container(horizontal=True, gap="small"):
        for name, count in counts.items():
            order = list(KINDS) if name == "kind" else sorted(count, reverse=name == "year")
            options = [value for value in order if value in count]
            if name == "event" and len(options) < 2:
                continue
            chosen[name] = _pick(seen, name, options, count)
    return Wish(
        text=str(text or ""),
        kinds=chosen["kind"],
        events=chosen.get("event", ()),
        years=chosen["year"],
        levels=chosen["level"],
        topics=chosen["topic"],
    )


def _pick(seen: Visit, name: str, options: list[str], count: Counter[str]) -> list[str]:
    if not options:
        return []
    picked = [v for v in address.values(name) if v in options]
    label = seen.say(f"session_{name}") + (f" ({len(picked)})" if picked else "")
    popover = lazy(label, f"wish-{name}")
    if not popover.open:
        return picked
    with popover:
        pick = address.pick_several if len(options) <= 24 else address.pick_of_many
        return pick(
            name,
            seen.say(f"session_{name}"),
            options,
            lambda v: f"{escape(seen.say(f'kind_{v}') if name == 'kind' else v)} {count[v]}",
        )


def draw_rows(seen: Visit, found: Sequence[SessionRow], rows: Sequence[SessionRow]) -> None:
    """The rows by year, sessions with the notes about them."""
    chooser, notes = Chooser(seen), notes_by_code(rows)
    pages = max(1, -(-len(found) // PAGE_SIZE))
    page = 1
    if pages > 1:
        page = min(int(st.session_state.get("sessions-page", 1)), pages)
    start = (page - 1) * PAGE_SIZE
    year = None
    for row in found[start : start + PAGE_SIZE]:
        if row.year != year:
            year = row.year
            st.subheader(f"{row.event or ''} {year}".strip(), anchor=False)
        _draw_row(seen, row, notes.get((row.year, row.code), ()), chooser)
    if pages > 1:
        st.pagination(pages, key="sessions-page")


def _draw_row(seen: Visit, row: SessionRow, notes: Sequence[SessionRow], chooser: Chooser) -> None:
    with st.container(border=True, key=f"row-{row.id}", gap="xsmall"):
        code = f"**{escape(row.code)}**" if row.code else ""
        level = f"L{row.level}" if row.level else ""
        kind = escape(seen.say(f"kind_{row.kind}"))
        speakers = escape(", ".join(row.speakers[:3]))
        told = [code, kind, level, escape(language(seen, row.lang)), speakers]
        st.markdown(f"{pill(row.area, area_colour(row.area))} {joined(told)}")
        draw_title(row.id, row.title)
        if row.kind == "session":
            for note in notes[:4]:
                with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
                    st.markdown(
                        f":gray-badge[{escape(seen.say('session_notes'))}]", width="content"
                    )
                    draw_title(note.id, note.title)
        with st.container(horizontal=True, vertical_alignment="center"):
            topics = escape(", ".join(row.topics[:4]))
            when = f"{row.published.astimezone(seen.zone):%Y-%m-%d}"
            st.caption(joined([when, topics]), width="stretch")
            chooser.draw(row.id)


def draw_new_note(seen: Visit) -> None:
    """A note by itself."""
    with (
        st.popover(seen.say("note_new"), icon=":material/edit_note:"),
        st.form("new-note", border=False),
    ):
        title = st.text_input(seen.say("note_title"), max_chars=200)
        day = st.date_input(seen.say("note_day"), value=today_of(seen))
        text = st.text_area(
            seen.say("note_text"), value=seen.say("note_template"), height=220, max_chars=50_000
        )
        if st.form_submit_button(seen.say("note_save"), type="primary"):
            _write(seen, str(title or ""), str(text or ""), day)


def _write(seen: Visit, title: str, text: str, day: object) -> None:
    when = day if isinstance(day, date) else today_of(seen)
    try:
        note = seen.library.notes.write(title, text, when, seen.zone)
    except KnowledgeBaseError as error:
        st.error(escape(str(error)))
        return
    st.switch_page("app_pages/entry.py", query_params=address.to(id=note.id))
