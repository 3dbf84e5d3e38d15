"""Choosing updates for the next study session, from any card."""

from collections.abc import Callable

import streamlit as st

from index.digest import DigestItem
from ui.parts.opened import Visit


def offer(seen: Visit) -> Callable[[DigestItem], None]:
    """What draws the button that puts an item into the coming study session."""

    def draw(item: DigestItem) -> None:
        st.empty()

    return draw
