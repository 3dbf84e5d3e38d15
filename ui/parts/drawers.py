"""Drawers: parts of a page that are filled only when somebody opens them."""

from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from streamlit.elements.lib.mutable_popover_container import PopoverContainer


def lazy(label: str, key: str, icon: str = "", *, wide: bool = False) -> "PopoverContainer":
    """A popover to be filled while its `open` is true. A page answers twice as fast without
    the hundreds of values that nobody looks at."""
    picture = f":material/{icon}:" if icon else None
    if wide:
        return st.popover(label, key=key, icon=picture, on_change="rerun", width="stretch")
    return st.popover(label, key=key, icon=picture, on_change="rerun")
