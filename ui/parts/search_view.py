"""The pieces of the search page."""

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from index.errors import ConfigError
from index.fact import FactKind
from index.search.query import FACETS, SORTS, Hit, Page, Query
from index.stored import Stored
from ui.parts import address
from ui.parts.asking import NAMES, PAGE_SIZE, address_of, day_of, page_of
from ui.parts.card import draw_title, language
from ui.parts.choosing import Chooser
from ui.parts.drawers import lazy
from ui.parts.escape import escape, highlighted, joined, link, pill
from ui.parts.opened import Visit
from ui.parts.palette import area_colour, stage_colour

_FEW = 24  # values of a facet that are shown as pills; more make a list to type in


def draw_box(seen: Visit) -> str:
    """The box, what it may be completed to, and the ways to sort; the text typed."""
    text = st.text_input(
        seen.say("search_box"),
        type="search",
        live="50ms",
        key="q",
        bind="query-params",
        placeholder=seen.say("search_placeholder"),
        label_visibility="collapsed",
        max_chars=300,
    )
    return str(text or "")


def draw_completions(seen: Visit, text: str) -> None:
    """What the text may become: a press takes it."""
    found = [s for s in seen.library.complete(text, 7) if s.kind != "title"] if text else []
    found = [s for s in found if s.text.casefold() != text.strip().casefold()][:6]
    if not found:
        return
    with st.container(horizontal=True, gap="xsmall", key="completions"):
        for place, suggestion in enumerate(found):
            st.button(
                escape(suggestion.text),
                key=f"complete-{place}",
                type="tertiary",
                icon=":material/deployed_code:" if suggestion.kind == "service" else None,
                on_click=ask,
                args=(suggestion.text,),
            )


def ask(text: str) -> None:
    """Put a text into the box (in a callback, before the box is drawn)."""
    st.session_state["q"] = text
    address.write("page", [])


def draw_facets(seen: Visit, page: Page) -> None:
    """The facets with their counts, dates and order, each behind a button of its own."""
    counts = dict(page.facets)
    with st.container(horizontal=True, gap="xsmall", key="facets"):
        for facet in FACETS:
            _draw_facet(seen, facet, dict(counts.get(facet, ())))
        dates = lazy(seen.say("facet_date"), "facet-dates", "event")
        if dates.open:
            with dates:
                _draw_dates(seen)
        with st.popover(seen.say(f"sort_{_sort()}"), icon=":material/sort:"):
            address.pick_one(
                "sort",
                seen.say("sort"),
                SORTS,
                lambda value: seen.say(f"sort_{value}"),
                drop=("page",),
            )


def _draw_facet(seen: Visit, facet: str, counts: Mapping[str, int]) -> None:
    name = NAMES[facet]
    chosen = address.values(name)
    options = list(dict.fromkeys([*chosen, *counts]))
    if not options:
        return
    label = seen.say(f"facet_{facet}") + (f" ({len(chosen)})" if chosen else "")
    popover = lazy(label, f"facet-{facet}")
    if not popover.open:
        return
    with popover:
        pick = address.pick_several if len(options) <= _FEW else address.pick_of_many
        pick(
            name,
            seen.say(f"facet_{facet}"),
            options,
            lambda value: f"{escape(value_name(seen, facet, value))} {counts.get(value, 0)}",
            drop=("page",),
        )


def value_name(seen: Visit, facet: str, value: str) -> str:
    """A facet's value as people say it."""
    if facet == "kind":
        return seen.say(f"kind_{value}") if value.isalpha() else value
    if facet == "stage":
        return seen.say(value) if value in ("preview", "ga", "region", "end") else value
    if facet == "lang":
        return language(seen, value)
    if facet == "region" and (region := seen.library.taxonomy.region(value)):
        return region.japanese if seen.lang == "ja" else region.name
    return value


def _draw_dates(seen: Visit) -> None:
    """From and until, each a day of the address."""
    for name in ("since", "until"):
        key = f"pick-{name}"
        st.session_state[key] = day_of(address.all_values(), name)

        def changed(name: str = name, key: str = key) -> None:
            day = st.session_state[key]
            address.write(name, [day.isoformat()] if isinstance(day, date) else [], drop=("page",))

        st.date_input(
            seen.say(f"date_{name}"),
            key=key,
            on_change=changed,
            min_value=date(2000, 1, 1),
            max_value=date(2100, 12, 31),
        )


def _sort() -> str:
    found = address.value("sort")
    return found if found in SORTS else "relevance"


def draw_chips(seen: Visit, query: Query) -> None:
    """The active filters; a press takes one off."""
    chips = [
        (facet, NAMES[facet], value, value_name(seen, facet, value))
        for facet, values in query.filters
        for value in values
    ]
    for name in ("since", "until"):
        if day := address.value(name):
            chips.append((name, name, day, f"{seen.say(f'date_{name}')} {day}"))
    if not chips:
        return
    with st.container(horizontal=True, gap="xsmall", key="chips"):
        for facet, name, value, told in chips:
            st.button(
                escape(told),
                key=f"chip-{facet}-{value}",
                icon=":material/close:",
                help=seen.say("chip_off"),
                on_click=_take_off,
                args=(name, value),
            )
        st.button(
            seen.say("week_filters_off"),
            key="chips-off",
            type="tertiary",
            on_click=_take_all_off,
            args=(tuple({name for _, name, _, _ in chips}),),
        )


def _take_off(name: str, value: str) -> None:
    address.write(name, [v for v in address.values(name) if v != value], drop=("page",))


def _take_all_off(names: Sequence[str]) -> None:
    for name in names:
        address.write(name, [], drop=("page",))


def draw_found(seen: Visit, query: Query, page: Page) -> None:
    """How many, what was done to the query, the hits, the pages."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{seen.say('search_total', total=f'{page.total:,}')}**", width="stretch")
        why = st.toggle(seen.say("search_why"), key="why", help=seen.say("search_why_help"))
    if page.notice:
        st.info(escape(page.notice), icon=":material/info:")
    if page.corrected and page.corrected != query.text:
        st.button(
            seen.say("search_did_you_mean", text=escape(page.corrected)),
            type="tertiary",
            icon=":material/spellcheck:",
            on_click=ask,
            args=(page.corrected,),
        )
    known = {s.id: s for s in seen.library.shelf.many([h.id for h in page.hits])} if why else {}
    chooser = Chooser(seen)
    for hit in page.hits:
        draw_hit(seen, hit, chooser, known.get(hit.id))
    if not page.hits:
        st.info(seen.say("search_nothing"))
    if page.total > PAGE_SIZE:
        draw_pages(page.total)


def draw_hit(seen: Visit, hit: Hit, chooser: Chooser, known: Stored | None = None) -> None:
    """One hit: title, excerpt with the words marked, and why, where that was asked for."""
    with st.container(border=True, key=f"hit-{hit.id}", gap="xsmall"):
        marks = [pill(hit.area, area_colour(hit.area))]
        if hit.stage:
            marks.insert(0, pill(seen.say(hit.stage), stage_colour(hit.stage)))
        when = f"{hit.published.astimezone(seen.zone):%Y-%m-%d}"
        facts = [seen.say(f"kind_{hit.kind}"), language(seen, hit.lang), hit.source]
        told = escape(" · ".join(facts))
        st.markdown(f"{' '.join(marks)} :gray[{when} · {told}]")
        draw_title(hit.id, hit.title, marked=hit.marked_title)
        if hit.excerpt:
            st.markdown(highlighted(hit.excerpt))
        if known:
            st.caption(joined(_why(seen, hit, known)))
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(_links(seen, hit), width="stretch")
            chooser.draw(hit.id)


def _links(seen: Visit, hit: Hit) -> str:
    copies = [
        link(f"{seen.say(f'kind_{c.kind}')} ({language(seen, c.lang)})", c.url) for c in hit.copies
    ]
    original = link(seen.say("original"), hit.url) if hit.url else ""
    also = f"{escape(seen.say('also'))}: {', '.join(dict.fromkeys(copies[:5]))}" if copies else ""
    return joined([original, also])


def _why(seen: Visit, hit: Hit, known: Stored) -> list[str]:
    """Why this hit stands here and in this area, in words."""
    found = []
    if hit.score:
        found.append(escape(seen.say("why_score", score=f"{hit.score:.1f}")))
    where = [
        name for name, text in (("why_title", hit.marked_title), ("why_text", hit.excerpt))
        if "<mark>" in text
    ]  # fmt: skip
    found += [escape(seen.say(name)) for name in where]
    area = next(iter(known.facts.of(FactKind.AREA)), None)
    if area:
        how = seen.say(f"evidence_{area.evidence}")
        words = f"「{area.words}」" if area.words else ""
        found.append(escape(seen.say("why_area", area=area.value, how=how, words=words)))
    return found


def draw_pages(total: int) -> None:
    """The pages of the answer."""
    pages = -(-total // PAGE_SIZE)
    current = min(page_of(address.all_values()), pages)
    key = f"pick-page-{pages}-{current}"

    def changed() -> None:
        number = st.session_state[key]
        address.write("page", [] if number == 1 else [str(number)])

    st.pagination(pages, default=current, key=key, on_change=changed)


def draw_saved(seen: Visit, query: Query) -> None:
    """The saved searches with what is new in each, and a way to save this one."""
    saved = seen.library.saved
    known = saved.all()
    new = sum(s.new for s in known)
    label = seen.say("saved") + (f" (+{new})" if new else "")
    popover = lazy(label, "saved", "bookmark")
    if not popover.open:
        return
    with popover:
        for search in known:
            with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
                told = escape(search.name) + (
                    f" :orange-badge[+{search.new}]" if search.new else ""
                )
                st.button(
                    told, key=f"saved-{search.name}", width="stretch", on_click=_look,
                    args=(seen, search.name),
                )  # fmt: skip
                st.button(
                    "", key=f"drop-{search.name}", icon=":material/delete:", type="tertiary",
                    help=seen.say("saved_drop", name=escape(search.name)),
                    on_click=saved.drop, args=(search.name,),
                )  # fmt: skip
        if not known:
            st.caption(seen.say("saved_none"))
        with st.form("save", border=False, clear_on_submit=True):
            name = st.text_input(seen.say("saved_name"), value=query.text[:60], max_chars=80)
            if st.form_submit_button(seen.say("saved_save"), icon=":material/bookmark_add:"):
                _save(seen, str(name or ""), query)


def _look(seen: Visit, name: str) -> None:
    """Show a saved search: the address becomes what was saved."""
    found = seen.library.saved.look(name)
    said = address_of(found.query)
    st.session_state["q"] = said.pop("q", [""])[0]
    for other in (*NAMES.values(), "since", "until", "sort", "page"):
        address.write(other, said.get(other, []))


def _save(seen: Visit, name: str, query: Query) -> None:
    try:
        kept = seen.library.saved.save(name, query)
    except ConfigError as error:
        st.error(escape(str(error)))
        return
    st.toast(seen.say("saved_done", name=escape(kept.name)), icon=":material/bookmark_added:")
