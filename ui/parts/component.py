"""Components of ours: what Streamlit's own elements are too many or too slow for.

Their scripts stand in browser/. They get plain values and draw them as text; nothing that a
stranger wrote becomes HTML there.
"""

import json
from collections.abc import Mapping
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import streamlit as st

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer


def component(name: str, *scripts: str) -> "ComponentRenderer":
    """The component made of these scripts, one after the other; the last exports it."""
    folder = files("ui.parts") / "browser"
    parts = [(folder / f"{script}.js").read_text(encoding="utf-8") for script in scripts]
    return st.components.v2.component(
        f"reinvent_kb_{name}", js="\n".join(parts), isolate_styles=False
    )


def packed(values: Mapping[str, Any]) -> bytes:
    """The values as a component's `data`: bytes pass Streamlit as they are, while it would
    look through every part of a mapping, three times."""
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()
