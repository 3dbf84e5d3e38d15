"""What a list is made of, as plain values that browser/cards.js draws; and the list itself.

A title or a line is a list of pieces of which every second one is marked.
"""

import html
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NotRequired, TypedDict

import streamlit as st

from index.address import is_web_address
from ui.parts.address import DRAWN, to
from ui.parts.choosing import chosen_ids, toggle
from ui.parts.component import component, packed
from ui.parts.opened import Visit
from ui.parts.palette import area_colour, stage_colour

_MARK = re.compile(r"<mark>(.*?)</mark>", re.S)
_LIST = component("list", "make", "address", "cards", "list")


class Mark(TypedDict):
    """A word on a ground: six hex digits, or one of the theme's tones (gray, orange)."""

    text: str
    ground: NotRequired[str]
    tone: NotRequired[str]


class Link(TypedDict):
    """Words, leading to an http(s) address where there is one."""

    text: str
    href: NotRequired[str]


class Card(TypedDict):
    """One entry. `plain` draws it without a frame, `to` leads elsewhere than to the entry's
    page, `foot` holds parts of links, `choose` gives it the button for the study session."""

    block: str
    id: str
    title: list[str]
    marks: NotRequired[list[Mark]]
    quiet: NotRequired[str]
    other: NotRequired[str]
    lines: NotRequired[list[list[str]]]
    why: NotRequired[str]
    inside: NotRequired[list["Card"]]
    foot: NotRequired[list[list[Link]]]
    choose: NotRequired[bool]
    plain: NotRequired[bool]
    to: NotRequired[str]


class Heading(TypedDict):
    """What stands over the blocks that follow, and how many there are."""

    block: str
    text: str
    count: NotRequired[int]


class Lines(TypedDict):
    """Lines of links; folded behind `label` where there is one."""

    block: str
    lines: list[list[Link]]
    label: NotRequired[str]
    open: NotRequired[bool]


Block = Card | Heading | Lines


def heading(text: str, count: int | None = None) -> Heading:
    """A heading."""
    found: Heading = {"block": "heading", "text": text}
    if count is not None:
        found["count"] = count
    return found


def lines(found: Sequence[list[Link]], label: str = "", *, is_open: bool = False) -> Lines:
    """Lines of links."""
    return {"block": "lines", "lines": list(found), "label": label, "open": is_open}


def link(text: str, url: str | None = None) -> Link:
    """Words that lead to an http(s) address; any other address is left out."""
    return {"text": text, "href": url} if url and is_web_address(url) else {"text": text}


def row(entry_id: str, title: str, *told: str) -> Card:
    """A title with a quiet line, without a frame."""
    quiet = " · ".join(part for part in told if part)
    return {"block": "card", "id": entry_id, "title": [title], "quiet": quiet, "plain": True}


def area_mark(area: str) -> Mark:
    """The area on its colour."""
    return {"text": area, "ground": area_colour(area)}


def stage_marks(seen: Visit, stage: str) -> list[Mark]:
    """The stage on its colour; none for none."""
    return [{"text": seen.say(stage), "ground": stage_colour(stage)}] if stage else []


def pieces(marked: str) -> list[str]:
    """Escaped HTML whose only tag is `<mark>` (a hit's excerpt) in pieces, every second one
    marked."""
    return [html.unescape(piece) for piece in _MARK.split(marked)]


def day_of(seen: Visit, moment: datetime) -> str:
    """The day in the group's time zone."""
    return f"{moment.astimezone(seen.zone):%Y-%m-%d}"


def drawing(seen: Visit) -> dict[str, Any]:
    """What drawing cards needs beside them: the entries that are chosen, words, and what
    links carry along."""
    return {
        "chosen": sorted(chosen_ids(seen)),
        "words": {"add": seen.say("study_add"), "added": seen.say("study_added"),
                  "more": seen.say("week_more", count="{count}")},
        "carried": to(),
    }  # fmt: skip


def draw_list(
    seen: Visit,
    key: str,
    found: Sequence[Block],
    *,
    name: str,
    first: int = 20,
    waited: bool = False,
) -> None:
    """The blocks as one element: `first` cards of them, as many again at each press.

    `name` says what stands in the list: a long list stays long until it changes. `waited`:
    the page has more to draw once the list stands (DRAWN).
    """
    values = {"blocks": found, "name": name, "first": first, "waited": waited, **drawing(seen)}

    def chosen() -> None:
        toggle(seen, str(st.session_state[key]["choose"]))

    def drawn() -> None:
        st.session_state[DRAWN] = True

    _LIST(key=key, data=packed(values), on_choose_change=chosen, on_drawn_change=drawn)


def draw_end(seen: Visit) -> None:
    """Nothing to see, for a page without a list: the script learns that it stands (DRAWN)."""
    draw_list(seen, "end", (), name="end", waited=True)
