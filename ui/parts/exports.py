"""The digest as a file: what `week --format` writes, made when somebody asks for it."""

import os
from functools import partial

import streamlit as st

from index.digest import Digest
from ui.feed import PATH as FEED
from ui.parts.drawers import lazy
from ui.parts.opened import Visit
from ui.signing import REQUIRED


def draw_exports(seen: Visit, digest: Digest) -> None:
    """Markdown, HTML, JSON and Atom, each made at the moment of its download."""
    name = digest.period.label.replace(":", "").replace(" ", "-")
    drawer = lazy(seen.say("week_export"), "export", "download", wide=True)
    if not drawer.open:
        return
    with drawer:
        for label, ending, mime in (
            ("Markdown", "md", "text/markdown"),
            ("HTML", "html", "text/html"),
            ("JSON", "json", "application/json"),
            (seen.say("week_export_atom"), "atom", "application/atom+xml"),
        ):
            st.download_button(
                label,
                data=partial(written, digest, ending),
                file_name=f"aws-{name}.{ending}",
                mime=mime,
                key=f"export-{ending}",
                on_click="ignore",
                width="stretch",
            )
        if not os.environ.get(REQUIRED):
            st.caption(seen.say("week_feed", path=f"{FEED}?lang={seen.text_lang}"))


def written(digest: Digest, ending: str) -> bytes:
    """The digest in the format of a file's ending."""
    if ending == "md":
        from ui.markdown import markdown_digest

        return markdown_digest(digest).encode()
    if ending == "html":
        from ui.mail import html_digest

        return html_digest(digest).encode()
    if ending == "json":
        from ui.digest_json import json_digest

        return json_digest(digest).encode()
    from ui.atom import atom_feed

    return atom_feed([digest], digest.lang).encode()
