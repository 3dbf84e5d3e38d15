"""The app: what stands around every page. Pages are flat scripts in app_pages/."""

from pathlib import Path

import streamlit as st

from ui.parts.frame import PAGES, admitted, draw_languages
from ui.parts.opened import opened, visit

ICON = Path(__file__).parent / "pictures" / "icon.png"
st.set_page_config(page_title="re:Invent KB", page_icon=ICON, layout="wide")
admitted()
draw_languages(opened())
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
page.run()
