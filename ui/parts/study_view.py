"""The pieces of the study page: sessions, their items, our comments."""

from collections.abc import Callable
from datetime import date

import streamlit as st

from index.errors import KnowledgeBaseError
from index.meeting import StudyItem, StudySession
from ui.parts import address
from ui.parts.card import draw_title
from ui.parts.choosing import coming, next_monday, today_of
from ui.parts.escape import escape, joined, pill
from ui.parts.opened import Visit
from ui.parts.palette import area_colour, stage_colour

MOST_COMMENT = 4_000


def chosen_session(seen: Visit) -> StudySession | None:
    """The session of the address, else the coming one, else the latest."""
    sessions = seen.library.study.all()
    wanted = address.value("session")
    found = next((s for s in sessions if str(s.number) == wanted), None)
    if wanted and found is None:
        st.warning(escape(seen.say("session_unknown", session=wanted[:40])))
    return found or coming(seen) or (sessions[0] if sessions else None)


def draw_sessions(seen: Visit, current: StudySession | None) -> None:
    """The sessions ahead and past, and the way to a new one."""
    sessions = seen.library.study.all()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if sessions and current:
            st.session_state["pick-session"] = str(current.number)
            st.selectbox(
                seen.say("session_choose"),
                [str(s.number) for s in sessions],
                format_func={str(s.number): _named(seen, s) for s in sessions}.__getitem__,
                key="pick-session",
                on_change=lambda: address.write("session", [st.session_state["pick-session"]]),
            )
        with st.popover(seen.say("session_new"), icon=":material/add:"):
            _draw_new(seen)


def _named(seen: Visit, session: StudySession) -> str:
    when = seen.say("session_ahead" if session.day >= today_of(seen) else "session_past")
    title = f" {session.title}" if session.title else ""
    return f"{session.day}{title} · {when} · {len(session.items)}"


def _draw_new(seen: Visit) -> None:
    with st.form("new-session", border=False):
        day = st.date_input(seen.say("session_day"), value=next_monday(today_of(seen)))
        title = st.text_input(seen.say("session_title"), max_chars=120)
        news = st.checkbox(seen.say("session_news"), value=True, help=seen.say("session_news_help"))
        carry = st.checkbox(seen.say("session_carry"), value=True)
        if st.form_submit_button(seen.say("session_make"), type="primary") and isinstance(
            day, date
        ):
            made = seen.library.study.new(day, str(title or ""), since_last=news, carry=carry)
            address.write("session", [str(made.number)])
            st.rerun()


def draw_items(seen: Visit, session: StudySession) -> None:
    """The chosen updates in order: moved, pinned, commented, covered, taken out."""
    for place, item in enumerate(session.items, 1):
        _draw_item(seen, session, place, item)
    if not session.items:
        st.info(seen.say("session_empty"), icon=":material/lightbulb:")
        with st.container(horizontal=True):
            for page in ("week", "search"):
                st.page_link(
                    f"app_pages/{page}.py",
                    label=seen.say(f"page_{page}"),
                    query_params=address.to(),
                )


def _draw_item(seen: Visit, session: StudySession, place: int, item: StudyItem) -> None:
    stored = item.entry
    key = f"{session.number}-{stored.id}"
    with st.container(border=True, key=f"item-{key}", gap="xsmall"):
        st.markdown(f"**{place}.** {_marks(seen, item)}")
        draw_title(stored.id, stored.entry.title)
        comment_key = f"comment-{key}"
        st.session_state.setdefault(comment_key, item.comment)
        st.text_area(
            seen.say("comment"),
            key=comment_key,
            height=72,
            max_chars=MOST_COMMENT,
            placeholder=seen.say("comment_placeholder"),
            label_visibility="collapsed",
            on_change=_acted(
                seen, session, lambda: _comment(seen, session, stored.id, comment_key)
            ),
        )
        _draw_tools(seen, session, place, item, key)


def _draw_tools(seen: Visit, session: StudySession, place: int, item: StudyItem, key: str) -> None:
    study, entry_id = seen.library.study, item.entry.id
    first = place == 1 or (session.items[place - 2].pinned and not item.pinned)
    last = place == len(session.items) or (item.pinned and not session.items[place].pinned)
    tools: tuple[tuple[str, str, bool, Callable[[], object]], ...] = (
        ("move_up", "arrow_upward", first, lambda: study.move(session, entry_id, place - 1)),
        ("move_down", "arrow_downward", last, lambda: study.move(session, entry_id, place + 1)),
        (
            "unpin" if item.pinned else "pin",
            "keep_off" if item.pinned else "keep",
            False,
            lambda: study.pin(session, entry_id, not item.pinned),
        ),
        ("item_drop", "delete", False, lambda: study.drop(session, [entry_id])),
    )
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        for name, icon, disabled, act in tools:
            st.button(
                seen.say(name),
                key=f"{name}-{key}",
                icon=f":material/{icon}:",
                type="tertiary",
                disabled=disabled,
                on_click=_acted(seen, session, act),
            )
        covered_key = f"covered-{key}"
        st.session_state[covered_key] = item.covered is not None
        st.checkbox(
            seen.say("covered"),
            key=covered_key,
            on_change=_acted(
                seen,
                session,
                lambda: study.cover(session, [entry_id], bool(st.session_state[covered_key])),
            ),
        )


def _marks(seen: Visit, item: StudyItem) -> str:
    facts, entry = item.entry.facts, item.entry.entry
    marks = [pill(facts.area, area_colour(facts.area))]
    if facts.stage:
        marks.insert(0, pill(seen.say(facts.stage), stage_colour(facts.stage)))
    for name, true in (("pinned", item.pinned), ("changed_since", item.changed)):
        if true:
            marks.append(f":orange-badge[{escape(seen.say(name))}]")
    if item.carried is not None:
        marks.append(f":gray-badge[{escape(seen.say('carried'))}]")
    return joined([" ".join(marks), f":gray[{entry.published.astimezone(seen.zone):%Y-%m-%d}]"])


def _comment(seen: Visit, session: StudySession, entry_id: str, key: str) -> None:
    seen.library.study.comment(session, entry_id, str(st.session_state[key] or ""))


def _acted(seen: Visit, session: StudySession, act: Callable[[], object]) -> Callable[[], None]:
    """The act as a callback: what cannot be done is said, and never shows a traceback."""

    def done() -> None:
        try:
            act()
        except KnowledgeBaseError as error:
            st.toast(escape(str(error)), icon=":material/error:")

    return done


def draw_changed(seen: Visit) -> None:
    """What sources changed since it was presented."""
    changed = seen.library.study.changed()
    if not changed:
        return
    with st.expander(seen.say("study_changed", count=len(changed)), icon=":material/update:"):
        for session, item in changed[:20]:
            draw_title(item.entry.id, item.entry.entry.title)
            st.caption(escape(seen.say("study_presented", day=session.day)))


def draw_remove(seen: Visit, session: StudySession) -> None:
    """The way to forget a session, asked twice."""
    with st.popover(seen.say("session_remove"), icon=":material/delete:"):
        st.write(escape(seen.say("session_remove_sure", day=session.day, count=len(session.items))))
        if st.button(seen.say("session_remove_yes"), type="primary"):
            seen.library.study.remove(session)
            address.write("session", [])
            st.rerun()
