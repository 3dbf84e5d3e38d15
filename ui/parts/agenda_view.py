"""The agenda of a study session: its updates in order, to move, pin, comment and cover."""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from index.errors import KnowledgeBaseError
from index.meeting import StudyItem, StudySession
from ui.parts import address
from ui.parts.blocks import Card, Mark, area_mark, day_of, drawing, stage_marks
from ui.parts.component import component, packed
from ui.parts.escape import escape
from ui.parts.opened import Visit

MOST_COMMENT = 4_000
_AGENDA = component("agenda", "make", "address", "cards", "agenda")
_WORDS = {"up": "move_up", "down": "move_down", "pin": "pin", "unpin": "unpin",
          "drop": "item_drop", "covered": "covered", "comment": "comment",
          "comment_placeholder": "comment_placeholder", "drag": "move_drag"}  # fmt: skip


def draw_agenda(seen: Visit, session: StudySession) -> None:
    """The chosen updates; where there are none, the ways to choose some."""
    if not session.items:
        st.info(seen.say("session_empty"), icon=":material/lightbulb:")
        with st.container(horizontal=True):
            for page in ("week", "search"):
                st.page_link(
                    f"app_pages/{page}.py",
                    label=seen.say(f"page_{page}"),
                    query_params=address.to(),
                )
        return
    key = f"agenda-{session.number}"
    values = drawing(seen)
    values["words"] |= {name: seen.say(wanted) for name, wanted in _WORDS.items()}
    values |= {"items": agenda_items(seen, session), "most": MOST_COMMENT}
    callbacks: dict[str, Any] = {
        f"on_{deed}_change": _told(seen, session, key, deed) for deed in DEEDS
    }
    _AGENDA(key=key, data=packed(values), **callbacks)


def agenda_items(seen: Visit, session: StudySession) -> list[dict[str, Any]]:
    """Every item as the component draws it. Pinned ones stay above the others."""
    found = []
    for place, item in enumerate(session.items, 1):
        above = session.items[place - 2] if place > 1 else None
        below = session.items[place] if place < len(session.items) else None
        found.append(
            {
                "card": _card(seen, item),
                "comment": item.comment,
                "pinned": item.pinned,
                "covered": item.covered is not None,
                "first": above is None or (above.pinned and not item.pinned),
                "last": below is None or (item.pinned and not below.pinned),
            }
        )
    return found


def _card(seen: Visit, item: StudyItem) -> Card:
    entry, facts = item.entry.entry, item.entry.facts
    marks: list[Mark] = [*stage_marks(seen, facts.stage), area_mark(facts.area)]
    for name, true, tone in (
        ("pinned", item.pinned, "orange"),
        ("changed_since", item.changed, "orange"),
        ("carried", item.carried is not None, "gray"),
    ):
        if true:
            marks.append({"text": seen.say(name), "tone": tone})
    when = day_of(seen, entry.published)
    return {"block": "card", "id": item.entry.id, "title": [entry.title], "marks": marks,
            "quiet": when}  # fmt: skip


def _told(seen: Visit, session: StudySession, key: str, deed: str) -> Callable[[], None]:
    def told() -> None:
        value = st.session_state[key][deed]
        if isinstance(value, Mapping):
            act(seen, session, deed, value)

    return told


def act(seen: Visit, session: StudySession, deed: str, value: Mapping[str, Any]) -> None:
    """Do what a person did to an item; what cannot be done is said, without a traceback."""
    try:
        DEEDS[deed](seen, session, str(value.get("id")), value)
    except KnowledgeBaseError as error:
        st.toast(escape(str(error)), icon=":material/error:")


Deed = Callable[[Visit, StudySession, str, Mapping[str, Any]], object]


def _move(seen: Visit, session: StudySession, entry_id: str, value: Mapping[str, Any]) -> object:
    return seen.library.study.move(session, entry_id, int(value.get("place", 1)))


def _pin(seen: Visit, session: StudySession, entry_id: str, value: Mapping[str, Any]) -> object:
    return seen.library.study.pin(session, entry_id, bool(value.get("on")))


def _drop(seen: Visit, session: StudySession, entry_id: str, value: Mapping[str, Any]) -> object:
    return seen.library.study.drop(session, [entry_id])


def _cover(seen: Visit, session: StudySession, entry_id: str, value: Mapping[str, Any]) -> object:
    return seen.library.study.cover(session, [entry_id], bool(value.get("on")))


def _comment(seen: Visit, session: StudySession, entry_id: str, value: Mapping[str, Any]) -> object:
    text = str(value.get("text") or "")[:MOST_COMMENT]
    return seen.library.study.comment(session, entry_id, text)


DEEDS: dict[str, Deed] = {
    "move": _move, "pin": _pin, "drop": _drop, "cover": _cover, "comment": _comment,
}  # fmt: skip
