"""The pieces of an entry's page."""

from collections.abc import Iterable, Sequence
from difflib import unified_diff
from itertools import pairwise

import streamlit as st

from index.errors import KnowledgeBaseError
from index.fact import STAGES, Fact, FactKind
from index.own_notes import SOURCE as OWN
from index.search.query import Hit
from index.stored import Revision, Stored
from index.stories.ties import ties_of
from ui.parts.address import to
from ui.parts.card import draw_title, language
from ui.parts.choosing import Chooser
from ui.parts.drawers import lazy
from ui.parts.escape import escape, joined, link, pill
from ui.parts.opened import Visit
from ui.parts.palette import area_colour, stage_colour
from ui.parts.readable import readable
from ui.parts.service_view import end_line
from ui.parts.values import timeline_of

CORRECTABLE = (FactKind.AREA, FactKind.SERVICE, FactKind.STAGE, FactKind.REGION)
_MOST_TIES = 8


def draw_head(seen: Visit, stored: Stored) -> None:
    """Title, labels, when and where from."""
    entry = stored.entry
    marks = [pill(stored.facts.area, area_colour(stored.facts.area))]
    if stage := stored.facts.stage:
        marks.insert(0, pill(seen.say(stage), stage_colour(stage)))
    marks += [f":gray-badge[{escape(seen.say(f'kind_{entry.kind}'))}]"]
    marks += [f":gray-badge[{escape(language(seen, entry.lang))}]"]
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
        Chooser(seen).draw(stored.id)
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


def draw_facts(seen: Visit, stored: Stored) -> None:
    """What is known, each with what it rests on."""
    st.subheader(seen.say("facts"), anchor=False)
    lines = [_fact(seen, fact) for fact in stored.facts]
    st.markdown("\n".join(lines) if lines else f":gray[{seen.say('facts_none')}]")
    _draw_correction(seen, stored)


def _fact(seen: Visit, fact: Fact) -> str:
    name = seen.say(f"fact_{fact.kind}")
    how = seen.say(f"evidence_{fact.evidence}")
    words = f"「{fact.words[:80]}」" if fact.words else ""
    doubt = f" :orange-badge[{escape(seen.say('fact_doubt'))}]" if fact.weak else ""
    short = fact.detail and len(fact.detail) < 40
    detail = f" ({seen.name_of('detail', fact.detail)})" if short else ""
    value = escape(fact_value(seen, fact.kind, fact.value) + detail)
    return f"- {escape(name)}: **{value}**{doubt}  \n  :gray[{escape(how + words)}]"


def fact_value(seen: Visit, kind: FactKind, value: str) -> str:
    """A fact's value as people say it."""
    if kind is FactKind.STAGE and value in STAGES:
        return seen.say(value)
    if kind is FactKind.REGION and (region := seen.library.taxonomy.region(value)):
        return f"{region.japanese if seen.lang == 'ja' else region.name} ({value})"
    return seen.name_of("change", value) if kind is FactKind.CHANGE else value


def _draw_correction(seen: Visit, stored: Stored) -> None:
    popover = lazy(seen.say("correct"), "correct", "edit")
    if not popover.open:
        return
    with popover:
        st.caption(seen.say("correct_help"))
        kind = FactKind(
            st.selectbox(
                seen.say("correct_what"),
                [str(k) for k in CORRECTABLE],
                format_func=lambda value: seen.say(f"fact_{value}"),
                key="correct-kind",
            )
        )
        options = list(dict.fromkeys([*stored.facts.values(kind), *choices(seen, kind)]))
        values = st.multiselect(
            seen.say(f"fact_{kind}"),
            options,
            default=list(stored.facts.values(kind)),
            format_func=lambda value: fact_value(seen, kind, value),
            max_selections=1 if kind in (FactKind.AREA, FactKind.STAGE) else None,
            key=f"correct-{stored.id}-{kind}",
        )
        with st.container(horizontal=True):
            st.button(
                seen.say("correct_save"), key="correct-save", type="primary", on_click=_correct,
                args=(seen, stored.id, kind, tuple(values)), disabled=not values,
            )  # fmt: skip
            st.button(
                seen.say("correct_undo"),
                key="correct-undo",
                on_click=_correct,
                args=(seen, stored.id, kind, ()),
            )


def choices(seen: Visit, kind: FactKind) -> Iterable[str]:
    """The values that a fact of the kind may take."""
    taxonomy = seen.library.taxonomy
    if kind is FactKind.AREA:
        return [area.name for area in taxonomy.areas]
    if kind is FactKind.SERVICE:
        return [service.name for service in taxonomy.services]
    if kind is FactKind.REGION:
        return [region.code for region in taxonomy.regions]
    return list(STAGES)


def _correct(seen: Visit, entry_id: str, kind: FactKind, values: tuple[str, ...]) -> None:
    seen.library.correct(entry_id, kind, values)
    st.toast(seen.say("correct_done" if values else "correct_undone"), icon=":material/check:")


def draw_story(seen: Visit, stored: Stored, members: Sequence[Stored]) -> None:
    """The other tellings, the items of a digest, and what belongs to it more loosely."""
    _draw_list(seen, "story_copies", [m for m in members if m.id != stored.id])
    if stored.part_of and (whole := seen.library.get(stored.part_of)):
        _draw_list(seen, "story_whole", [whole])
    _draw_list(seen, "story_items", seen.library.items(stored.id))
    ties = [t.other for t in ties_of(seen.library.store, stored.id)]
    told = {stored.id, *(m.id for m in members)}
    loose = [s for s in seen.library.shelf.many(list(dict.fromkeys(ties))) if s.id not in told]
    _draw_list(seen, "story_tied", loose[:_MOST_TIES])


def _draw_list(seen: Visit, heading: str, found: Sequence[Stored]) -> None:
    if not found:
        return
    st.subheader(seen.say(heading), anchor=False)
    for other in found:
        with st.container(gap=None, key=f"row-{heading}-{other.id}"):
            draw_title(other.id, other.entry.title)
            st.caption(_row(seen, other))


def _row(seen: Visit, other: Stored) -> str:
    entry = other.entry
    return joined(
        [
            f"{entry.published.astimezone(seen.zone):%Y-%m-%d}",
            escape(seen.say(f"kind_{entry.kind}")),
            escape(language(seen, entry.lang)),
            escape(entry.source),
            escape(entry.label),
        ]
    )


def draw_alike(seen: Visit, hits: Sequence[Hit]) -> None:
    """Entries that say something similar."""
    if not hits:
        return
    st.subheader(seen.say("alike"), anchor=False)
    for hit in hits:
        with st.container(gap=None, key=f"alike-{hit.id}"):
            draw_title(hit.id, hit.title)
            when = f"{hit.published.astimezone(seen.zone):%Y-%m-%d}"
            st.caption(joined([when, escape(seen.say(f"kind_{hit.kind}")), escape(hit.area)]))


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
    ends = timeline_of(seen.library, stored.facts.services[0]).ends
    mine = [e for e in ends if stored.story in (e.preview.story, e.ga.story if e.ga else "")]
    if mine:
        st.subheader(seen.say("service_then"), anchor=False)
        st.markdown("\n".join(end_line(seen, end) for end in mine))


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
