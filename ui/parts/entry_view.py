"""An entry's page: its head, its text in every language, and what its source changed."""

from collections.abc import Sequence
from difflib import unified_diff
from itertools import pairwise

import streamlit as st

from index.stored import Revision, Stored
from ui.parts.choosing import draw_choice
from ui.parts.escape import escape, joined, link, pill
from ui.parts.opened import Visit
from ui.parts.palette import area_colour, stage_colour
from ui.parts.readable import readable


def draw_head(seen: Visit, stored: Stored) -> None:
    """Title, labels, when and where from."""
    entry = stored.entry
    marks = [pill(stored.facts.area, area_colour(stored.facts.area))]
    if stage := stored.facts.stage:
        marks.insert(0, pill(seen.say(stage), stage_colour(stage)))
    marks += [f":gray-badge[{escape(seen.say(f'kind_{entry.kind}'))}]"]
    marks += [f":gray-badge[{escape(seen.language(entry.lang))}]"]
    st.markdown(" ".join(marks))
    st.title(escape(entry.title), anchor=False)
    code = ""
    if entry.session and entry.session.code:
        code = f"{entry.session.event} {entry.session.year or ''} {entry.session.code}"
    series = entry.series and seen.say("series", series=entry.series.name, part=entry.series.part)
    told = [
        f"{entry.published.astimezone(seen.zone):%Y-%m-%d %H:%M}",
        escape(entry.source),
        escape(entry.author),
        escape(code),
        escape(series or ""),
        escape(seen.say("author_area", label=entry.label)) if entry.label else "",
        link(seen.say("original"), entry.url) if entry.url else "",
    ]
    st.caption(joined(told))
    with st.container(horizontal=True, vertical_alignment="center"):
        draw_choice(seen, stored.id)
        if stored.entry.url:
            st.link_button(seen.say("original"), stored.entry.url, icon=":material/open_in_new:")


def draw_text(seen: Visit, stored: Stored) -> None:
    """The body, or what little there is of it."""
    text = stored.entry.text or stored.entry.summary
    if text.strip():
        st.markdown(readable(text), anchors=False)
    else:
        st.caption(seen.say("entry_no_text"))


def draw_versions(seen: Visit, stored: Stored, members: Sequence[Stored]) -> None:
    """The text in every language that the story is told in, one beside the other."""
    others = [m for m in members if m.id != stored.id and m.entry.lang != stored.entry.lang]
    other = next((m for m in others if m.entry.kind == stored.entry.kind), None)
    if other is None or seen.texts != "both":
        draw_text(seen, stored)
        return
    for column, member in zip(st.columns(2, gap="large"), (stored, other), strict=True):
        with column:
            st.markdown(f"**{escape(member.entry.title)}**")
            draw_text(seen, member)


def draw_edits(seen: Visit, revisions: Sequence[Revision]) -> None:
    """What the source changed from one time to the next."""
    if len(revisions) < 2:
        return
    st.subheader(seen.say("edits"), anchor=False)
    for old, new in pairwise(revisions):
        when = f"{new.seen.astimezone(seen.zone):%Y-%m-%d %H:%M}"
        with st.expander(seen.say("edit_of", when=when), icon=":material/difference:"):
            st.code(
                difference(old, new) or seen.say("edit_small"), language="diff", wrap_lines=True
            )


def difference(old: Revision, new: Revision) -> str:
    """The change as a unified diff of title and text, "" where both are the same."""
    before, after = (
        [r.entry.title, *r.entry.tags, "", *(r.entry.text or r.entry.summary).splitlines()]
        for r in (old, new)
    )
    names = (f"{old.seen:%Y-%m-%d}", f"{new.seen:%Y-%m-%d}")
    return "\n".join(unified_diff(before, after, *names, lineterm="", n=2))
