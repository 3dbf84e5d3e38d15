"""The deck on the study page: what it holds, how it looks, and its files."""

import hashlib
from functools import partial

import streamlit as st

from index.errors import ConfigError
from index.meeting import StudySession
from index.study_text import export_session, report_of
from ui.decks.outline import Outline
from ui.parts.deck_making import (
    NoPicturesError,
    can_draw,
    check_template,
    deck_bytes,
    outline_for,
    pictures_of,
    slide_lines,
)
from ui.parts.escape import escape
from ui.parts.opened import Visit
from ui.parts.painting import Pictures, painter

TEMPLATE_MB = 20
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


def draw_deck(seen: Visit, session: StudySession) -> None:
    """The deck's column."""
    outline = outline_for(seen.library, session, seen.text_lang)
    st.subheader(seen.say("deck"), anchor=False)
    template = _template(seen)
    _draw_files(seen, session, outline, template)
    if can_draw():
        draw_pages(seen, outline, template)
    else:
        st.caption(seen.say("deck_no_office"))
    with st.expander(seen.say("deck_outline", count=len(outline.slides)), expanded=not can_draw()):
        lines = [f"{'    ' * depth}- {escape(title)}" for depth, title in slide_lines(outline)]
        st.markdown("\n".join(lines))


def _template(seen: Visit) -> bytes | None:
    """The uploaded template, looked through; None for ours."""
    with st.popover(seen.say("deck_template"), icon=":material/palette:"):
        found = st.file_uploader(
            seen.say("deck_template_file"),
            type=["pptx", "potx"],
            max_upload_size=TEMPLATE_MB,
            key="template",
        )
        st.caption(seen.say("deck_template_help", size=TEMPLATE_MB))
    if found is None:
        return None
    data = found.getvalue()
    try:
        check_template(data, found.name)
    except ConfigError as error:
        st.error(escape(str(error)), icon=":material/error:")
        return None
    st.caption(escape(seen.say("deck_template_used", file=found.name)))
    return data


def _draw_files(
    seen: Visit, session: StudySession, outline: Outline, template: bytes | None
) -> None:
    """Every file of the session; each is made at the moment of its download."""
    name = f"study-{session.day}"
    files = (
        ("PowerPoint", f"{name}.pptx", PPTX, partial(deck_bytes, outline, template)),
        ("Marp", f"{name}-marp.md", "text/markdown", partial(_marp, outline)),
        ("Markdown", f"{name}.md", "text/markdown", partial(_export, session)),
        (
            seen.say("deck_report"),
            f"{name}-report.md",
            "text/markdown",
            partial(_report, session, seen.lang),
        ),
    )
    with st.container(horizontal=True, gap="xsmall"):
        for label, file, mime, make in files:
            st.download_button(
                label,
                data=make,
                file_name=file,
                mime=mime,
                key=f"file-{file}",
                icon=":material/download:",
                type="primary" if mime == PPTX else "secondary",
                on_click="ignore",
            )


def _marp(outline: Outline) -> bytes:
    from ui.decks.marp import marp

    return marp(outline).encode()


def _export(session: StudySession) -> bytes:
    return export_session(session).encode()


def _report(session: StudySession, lang: str) -> bytes:
    return report_of(session, lang).encode()


def draw_pages(seen: Visit, outline: Outline, template: bytes | None) -> None:
    """The deck's pages as pictures, drawn when asked for and again when it changes."""
    name = hashlib.sha256(repr(outline).encode() + (template or b"")).hexdigest()[:16]
    found = painter().known(name)
    if found is None:
        if st.button(seen.say("deck_draw"), icon=":material/slideshow:", width="stretch"):
            painter().start(name, partial(_drawn, outline, template))
            st.rerun()
        return
    if not found.done():
        _waiting(seen, name)
        return
    if error := found.exception():
        st.warning(escape(seen.say("deck_not_drawn", error=str(error)[:200])))
        return
    _show(seen, found.result())


@st.fragment(run_every=1.0)
def _waiting(seen: Visit, name: str) -> None:
    """Look once a second whether the pictures are done."""
    st.progress(0.5, text=seen.say("deck_drawing"))
    found = painter().known(name)
    if found is None or found.done():
        st.rerun()


def _drawn(outline: Outline, template: bytes | None) -> Pictures:
    try:
        return pictures_of(deck_bytes(outline, template))
    except ConfigError as error:
        raise NoPicturesError(str(error)) from error


def _show(seen: Visit, pictures: Pictures) -> None:
    if not pictures:
        return
    count = len(pictures)
    place = 1
    if count > 1:
        place = st.pagination(count, key="deck-page", max_visible_pages=7)
    place = min(max(int(place), 1), count)
    alt = seen.say("deck_page", place=place, count=count)
    st.image(pictures[place - 1], width="stretch", alt=alt)
