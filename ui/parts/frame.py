"""The frame of every page: the menu's pages, the language switches, the sign-in."""

import os

import streamlit as st

from index.library import Library
from ui.parts.address import LANGUAGE_NAMES
from ui.parts.escape import escape
from ui.parts.phrases import LANGUAGES, phrase
from ui.signing import ALLOWED, REQUIRED, may_enter

PAGES = (
    ("week", "calendar_view_week"),
    ("search", "search"),
    ("services", "deployed_code"),
    ("sessions", "co_present"),
    ("study", "school"),
    ("sources", "rss_feed"),
    ("entry", "article"),
)


def draw_languages(library: Library) -> None:
    """The switches of language; both stand in the address and stay there from page to page."""
    usual = library.config.interface.language
    with st.sidebar:
        st.segmented_control(
            "表示 Interface",
            LANGUAGES,
            default=usual if usual in LANGUAGES else LANGUAGES[0],
            format_func=LANGUAGE_NAMES.__getitem__,
            required=True,
            key="lang",
            bind="query-params",
        )
        st.segmented_control(
            phrase(st.session_state["lang"], "texts"),
            ("ja", "en", "both"),
            default=st.session_state["lang"],
            format_func=LANGUAGE_NAMES.__getitem__,
            required=True,
            key="texts",
            bind="query-params",
        )


def admitted() -> None:
    """Stop here unless the visitor may come in; matters only where sign-in is demanded."""
    if not os.environ.get(REQUIRED):
        return
    lang = str(st.session_state.get("lang") or "ja")
    if not st.user.is_logged_in:
        st.title("re:Invent KB")
        st.button(phrase(lang, "sign_in"), on_click=st.login, type="primary")
        st.stop()
    email = str(st.user.get("email") or "")
    if not may_enter(email, os.environ.get(ALLOWED, "")):
        st.error(escape(phrase(lang, "not_admitted", email=email)))
        st.button(phrase(lang, "sign_out"), on_click=st.logout)
        st.stop()
