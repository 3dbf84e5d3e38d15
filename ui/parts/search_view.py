"""The search page: one component that is answered at every key, and what it tells the script."""

from urllib.parse import parse_qs, urlencode

import streamlit as st

from index.errors import ConfigError
from index.search.query import SORTS
from ui.parts.answering import PARTS, Address, answer
from ui.parts.asking import address_of, query_of
from ui.parts.blocks import drawing
from ui.parts.choosing import toggle
from ui.parts.component import component, packed
from ui.parts.escape import escape
from ui.parts.opened import Visit
from ui.passes import page_pass

_FINDER = component("finder", "make", "address", "cards", "asking", "finder")
KEY = "finder"


def draw_finder(seen: Visit, address: Address) -> None:
    """The box, its filters and what was found for the address."""
    found = answer(seen, address)
    values = drawing(seen)
    values["words"] |= _words(seen)
    values |= {
        "answer": found,
        "names": PARTS,
        "pass": page_pass(),
        "shown": f"{seen.lang} {seen.texts}",
        "dates": [(name, seen.say(f"date_{name}")) for name in ("since", "until")],
        "sorts": [(s if place else "", seen.say(f"sort_{s}")) for place, s in enumerate(SORTS)],
        "saved": _saved(seen),
    }
    _FINDER(
        key=KEY,
        data=packed(values),
        on_choose_change=lambda: _told(seen, "choose"),
        on_save_change=lambda: _told(seen, "save"),
        on_look_change=lambda: _told(seen, "look"),
        on_forget_change=lambda: _told(seen, "forget"),
    )


def _words(seen: Visit) -> dict[str, str]:
    names = {"box": "search_box", "placeholder": "search_placeholder", "dates": "facet_date",
             "sort": "sort", "chip_off": "chip_off", "chips_off": "week_filters_off",
             "why": "search_why", "why_help": "search_why_help", "nothing": "search_nothing",
             "narrow": "facet_narrow", "saved": "saved", "saved_none": "saved_none",
             "saved_name": "saved_name", "saved_save": "saved_save"}  # fmt: skip
    return {name: seen.say(wanted) for name, wanted in names.items()} | {
        "page": seen.say("search_page", page="{page}")
    }


def _saved(seen: Visit) -> list[dict[str, object]]:
    """The saved searches with what is new in each."""
    return [
        {
            "name": search.name,
            "new": search.new,
            "address": urlencode(address_of(search.query), doseq=True),
            "forget": seen.say("saved_drop", name=search.name),
        }
        for search in seen.library.saved.all()
    ]


def _told(seen: Visit, event: str) -> None:
    """What a person did in the component."""
    value = st.session_state[KEY][event]
    if event == "choose":
        toggle(seen, str(value))
    elif event == "save" and isinstance(value, dict):
        save(seen, str(value.get("name") or ""), str(value.get("address") or ""))
    elif event == "look":
        seen.library.saved.look(str(value))
    elif event == "forget":
        seen.library.saved.drop(str(value))


def save(seen: Visit, name: str, address: str) -> None:
    """Keep the search of an address under a name."""
    said = parse_qs(address)
    try:
        kept = seen.library.saved.save(name, query_of(said, said.get("q", [""])[0]))
    except ConfigError as error:
        st.toast(escape(str(error)), icon=":material/error:")
        return
    st.toast(seen.say("saved_done", name=escape(kept.name)), icon=":material/bookmark_added:")
