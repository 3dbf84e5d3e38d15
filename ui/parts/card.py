"""A digest's item as a card: stage, area, title, its few lines, where else it is told."""

from collections.abc import Callable

import streamlit as st

from index.digest import DigestItem, Reference
from ui.parts.address import to
from ui.parts.escape import escape, highlighted, joined, link, pill
from ui.parts.opened import Visit
from ui.parts.palette import area_colour, stage_colour

Action = Callable[[str], None]


def draw_card(seen: Visit, item: DigestItem, action: Action, *, reasons: bool = False) -> None:
    """One update. `action` draws what can be done with it, at the card's foot."""
    with st.container(border=True, key=f"card-{'top-' if reasons else ''}{item.id}", gap="xsmall"):
        st.markdown(badges(seen, item))
        draw_title(item.id, item.title)
        if seen.texts == "both" and (other := _other_title(item)):
            st.markdown(f":gray[{escape(other)}]")
        if said := [line for line in item.summary if line != item.title]:
            st.markdown("  \n".join(escape(line) for line in said))
        if reasons and item.reasons:
            why = "・".join(item.reasons) if seen.lang == "ja" else ", ".join(item.reasons)
            st.caption(f"{escape(seen.say('week_why'))}: {escape(why)}")
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.caption(_facts(seen, item), width="stretch")
            action(item.id)


def draw_title(entry_id: str, title: str, *, marked: str = "") -> None:
    """The title, leading to the entry's own page; `marked` has the searched words marked."""
    label = highlighted(marked) if marked else escape(title)
    st.page_link("app_pages/entry.py", label=f"**{label}**", query_params=to(id=entry_id))


def badges(seen: Visit, item: DigestItem) -> str:
    """Stage, area, day, and what is special about its words, as Markdown."""
    marks = [pill(item.area, area_colour(item.area))]
    if item.stage:
        marks.insert(0, pill(seen.say(item.stage), stage_colour(item.stage)))
    if item.kind != "announcement":
        marks.insert(0, f":gray-badge[{escape(seen.say(f'kind_{item.kind}'))}]")
    if item.foreign:
        marks.append(f":gray-badge[{escape(language(seen, item.lang))}]")
    if item.watched:
        marks.append(f":orange-badge[{escape(seen.say('watched'))}]")
    marks.append(f":gray[{item.published.astimezone(seen.zone):%m/%d}]")
    return " ".join(marks)


def language(seen: Visit, code: str) -> str:
    """The language's name as the interface says it."""
    return seen.say(f"lang_{code}") if code in ("ja", "en", "ko", "zh") else code.upper()


def _facts(seen: Visit, item: DigestItem) -> str:
    places = [
        seen.say(f"{city}_{value}")
        for city, value in (("tokyo", item.tokyo), ("osaka", item.osaka))
        if value in ("yes", "no")
    ]
    told = [
        link(seen.say("original"), item.url) if item.url else "",
        escape(seen.say("author_area", label=item.label)) if item.label else "",
        escape(seen.say("price", price=item.price)) if item.price else "",
        *map(escape, places),
        _references(seen, "also", item.copies),
        _references(seen, "related", item.companions),
    ]
    return joined(told)


def _references(seen: Visit, name: str, references: tuple[Reference, ...]) -> str:
    if not references:
        return ""
    told = [link(_short(seen, r), r.url) for r in references[:4]]
    return f"{escape(seen.say(name))}: {', '.join(dict.fromkeys(told))}"


def _short(seen: Visit, reference: Reference) -> str:
    kind = seen.say(f"kind_{reference.kind}")
    return f"{kind} ({language(seen, reference.lang)})"


def _other_title(item: DigestItem) -> str:
    """The title of a copy in another language."""
    return next((copy.title for copy in item.copies if copy.lang != item.lang), "")
