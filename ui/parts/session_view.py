"""The pieces of the page of sessions and notes."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby

import streamlit as st

from index.errors import KnowledgeBaseError
from ui.parts import address
from ui.parts.blocks import Block, Card, area_mark, day_of, draw_list, heading, link, row
from ui.parts.choosing import today_of
from ui.parts.drawers import lazy
from ui.parts.escape import escape
from ui.parts.opened import Visit
from ui.parts.session_rows import KINDS, SessionRow, Wish, notes_by_code

PAGE_SIZE = 30
_MOST_NOTES = 4


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
    """The rows by year; a note about a session that is shown stands in the session's card."""
    notes = notes_by_code(rows)
    inside = {note.id for each in found for note in _about(each, notes)}
    found = [each for each in found if each.id not in inside]
    pages = max(1, -(-len(found) // PAGE_SIZE))
    page = min(int(st.session_state.get("sessions-page", 1)), pages)
    start = (page - 1) * PAGE_SIZE
    blocks: list[Block] = []
    for year, group in groupby(found[start : start + PAGE_SIZE], lambda row: row.year):
        some = list(group)
        blocks.append(heading(f"{some[0].event} {year}".strip()))
        blocks += [card_of(seen, each, _about(each, notes)) for each in some]
    draw_list(seen, "rows", blocks, name=f"page {page}", first=PAGE_SIZE)
    if pages > 1:
        st.pagination(pages, key="sessions-page")


def _about(
    session: SessionRow, notes: Mapping[tuple[int, str], Sequence[SessionRow]]
) -> Sequence[SessionRow]:
    """The notes about a session that stand in its card; none about anything else."""
    if session.kind != "session":
        return ()
    return notes.get((session.year, session.code), ())[:_MOST_NOTES]


def card_of(seen: Visit, session: SessionRow, notes: Sequence[SessionRow]) -> Card:
    """A session, note or article as a card."""
    level = f"L{session.level}" if session.level else ""
    speakers = ", ".join(session.speakers[:3])
    told = [session.code, seen.say(f"kind_{session.kind}"), level, seen.language(session.lang)]
    about = [row(n.id, n.title, seen.say("session_notes")) for n in notes]
    when = [day_of(seen, session.published), ", ".join(session.topics[:4])]
    return {
        "block": "card",
        "id": session.id,
        "title": [session.title],
        "marks": [area_mark(session.area)],
        "quiet": " · ".join(part for part in (*told, speakers) if part),
        "inside": about,
        "foot": [[link(part)] for part in when if part],
        "choose": True,
    }


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
