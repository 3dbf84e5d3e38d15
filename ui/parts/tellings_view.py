"""What stands around an entry: other tellings, what is like it, its services, what came of it."""

from collections.abc import Sequence

import streamlit as st

from index.search.query import Hit
from index.stored import Stored
from index.stories.ties import ties_of
from ui.parts.address import to
from ui.parts.blocks import Block, day_of, draw_list, heading, row
from ui.parts.escape import escape
from ui.parts.opened import Visit
from ui.parts.service_view import end_line
from ui.parts.values import timeline_of

_MOST_TIES = 8


def draw_tellings(seen: Visit, stored: Stored, members: Sequence[Stored]) -> None:
    """The other tellings, the items of a digest, what belongs to it more loosely, and what
    says something similar."""
    library = seen.library
    whole = library.get(stored.part_of) if stored.part_of else None
    ties = [t.other for t in ties_of(library.store, stored.id)]
    told = {stored.id, *(m.id for m in members)}
    loose = [s for s in library.shelf.many(list(dict.fromkeys(ties))) if s.id not in told]
    told |= {s.id for s in loose}
    possible = [p.stored for p in library.suggestions(stored.id) if p.stored.id not in told]
    blocks: list[Block] = []
    for name, found in (
        ("story_copies", [m for m in members if m.id != stored.id]),
        ("story_whole", [whole] if whole else []),
        ("story_items", library.items(stored.id)),
        ("story_tied", loose[:_MOST_TIES]),
        ("story_possible", possible),
    ):
        if found:
            blocks += [heading(seen.say(name)), *(_telling(seen, other) for other in found)]
    if alike := library.alike(stored.id):
        blocks += [heading(seen.say("alike")), *(_alike(seen, hit) for hit in alike)]
    if blocks:
        draw_list(seen, "tellings", blocks, name=stored.id, first=60)


def _telling(seen: Visit, other: Stored) -> Block:
    entry = other.entry
    kind, lang = seen.say(f"kind_{entry.kind}"), seen.language(entry.lang)
    when = day_of(seen, entry.published)
    return row(other.id, entry.title, when, kind, lang, entry.source, entry.label)


def _alike(seen: Visit, hit: Hit) -> Block:
    when, kind = day_of(seen, hit.published), seen.say(f"kind_{hit.kind}")
    return row(hit.id, hit.title, when, kind, hit.area)


def draw_services(seen: Visit, stored: Stored) -> None:
    """Ways to the services that it is about."""
    for name in stored.facts.services[:6]:
        st.page_link(
            "app_pages/services.py",
            label=escape(name),
            icon=":material/deployed_code:",
            query_params=to(service=name),
        )


def draw_then(seen: Visit, stored: Stored) -> None:
    """How the launch went on: its preview or its general availability."""
    if stored.entry.kind not in ("announcement", "blog") or not stored.facts.services:
        return
    ends = timeline_of(seen.library, stored.facts.services[0], seen.text_lang).ends
    mine = [e for e in ends if stored.story in (e.preview.story, e.ga.story if e.ga else "")]
    if mine:
        st.subheader(seen.say("service_then"), anchor=False)
        st.markdown("\n".join(end_line(seen, end) for end in mine))
