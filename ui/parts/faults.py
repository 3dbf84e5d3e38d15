"""An error on a page: one sentence that says what happened and what to do."""

import logging

import streamlit as st

from index.errors import KnowledgeBaseError
from ui.parts.escape import escape
from ui.parts.phrases import phrase

_LOG = logging.getLogger("ui.app")


def show_fault(error: Exception) -> bool:
    """Show the error in a person's words; True, for Streamlit then shows nothing itself."""
    lang = str(st.session_state.get("lang") or "ja")
    if isinstance(error, KnowledgeBaseError):
        st.error(escape(str(error)), icon=":material/error:")
        return True
    _LOG.error("a page failed", exc_info=error)
    said = phrase(lang, "fault", kind=type(error).__name__, message=str(error)[:300])
    st.error(escape(said), icon=":material/error:")
    return True
