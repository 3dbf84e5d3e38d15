"""One's own note about an entry."""

import streamlit as st

from index.errors import KnowledgeBaseError
from index.own_notes import SOURCE as OWN
from index.stored import Stored
from ui.parts.address import to
from ui.parts.escape import escape, joined
from ui.parts.opened import Visit
from ui.parts.readable import readable


def draw_note(seen: Visit, stored: Stored) -> None:
    """One's own note about the entry, to read and to write."""
    st.subheader(seen.say("note_own"), anchor=False)
    if stored.entry.source == OWN:
        _draw_forget(seen, stored)
        return
    known = seen.library.notes.of(stored.id)
    if known:
        st.markdown(readable(known.entry.text), anchors=False)
    new = "note_from_session" if stored.entry.kind == "session" else "note_write"
    label = seen.say("note_edit" if known else new)
    with (
        st.expander(label, icon=":material/edit_note:"),
        st.form(f"note-{stored.id}", border=False),
    ):
        text = st.text_area(
            seen.say("note_text"),
            value=known.entry.text if known else _begun(seen, stored),
            height=240,
            max_chars=50_000,
            help=seen.say("note_help"),
        )
        if st.form_submit_button(seen.say("note_save"), type="primary"):
            _keep(seen, stored, str(text or ""))


def _begun(seen: Visit, stored: Stored) -> str:
    """What a new note begins with: a session's has the shape of a report."""
    session = stored.entry.session
    if stored.entry.kind != "session" or session is None:
        return ""
    facts = [
        joined([session.code, f"{session.event} {session.year or ''}".strip()]),
        ", ".join(session.speakers),
        *filter(None, (session.video, session.slides)),
    ]
    head = "\n".join(f"- {fact}" for fact in facts if fact)
    return f"{head}\n\n{seen.say('note_template')}"


def _keep(seen: Visit, stored: Stored, text: str) -> None:
    try:
        kept = seen.library.notes.keep(stored, text, seen.library.clock())
    except KnowledgeBaseError as error:
        st.error(escape(str(error)))
        return
    st.toast(seen.say("note_saved" if kept else "note_gone"), icon=":material/check:")
    st.rerun()


def _draw_forget(seen: Visit, stored: Stored) -> None:
    if st.button(seen.say("note_forget"), icon=":material/delete:"):
        seen.library.notes.forget(stored.id)
        st.switch_page("app_pages/sessions.py", query_params=to())
