"""The app: what stands around every page. Pages are flat scripts in app_pages/."""

from pathlib import Path

import streamlit as st

from index.errors import KnowledgeBaseError
from ui.parts.address import turn_to
from ui.parts.faults import show_fault
from ui.parts.frame import PAGES, admitted, draw_languages
from ui.parts.keys import draw_keys
from ui.parts.opened import opened, visit

HERE = Path(__file__).parent
st.set_page_config(
    page_title="re:Invent KB", page_icon=HERE / "pictures" / "icon.png", layout="wide"
)
admitted()
try:
    draw_languages(opened())
except KnowledgeBaseError as error:
    show_fault(error)
    st.stop()
seen = visit()
page = st.navigation(
    [
        st.Page(
            f"app_pages/{name}.py",
            title=seen.say(f"page_{name}"),
            icon=f":material/{icon}:",
            url_path=name,
            default=name == "week",
            visibility="hidden" if name == "entry" else "visible",
        )
        for name, icon in PAGES
    ]
)
turn_to(page.url_path)
draw_keys(seen.lang)
page.run()
