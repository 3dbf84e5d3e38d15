"""What the search page shows for an address, as plain values that browser/finder.js draws.

The page's script and the route that is asked at every key say it alike.
"""

from collections.abc import Mapping, Sequence
from typing import NotRequired, TypedDict
from urllib.parse import urlencode

from index.errors import ConfigError
from index.fact import FactKind
from index.search.query import FACETS, Hit, Page, Query
from index.stored import Stored
from ui.parts.asking import NAMES, PAGE_SIZE, query_of
from ui.parts.blocks import Card, Link, area_mark, day_of, link, pieces, stage_marks
from ui.parts.notices import notice_in
from ui.parts.opened import Visit

Address = Mapping[str, Sequence[str]]
PARTS = ("q", *NAMES.values(), "since", "until", "sort", "page", "why")
"""The names of an address that make a search, in the order in which they are compared."""
_COMPLETIONS = 6
_MOST_COPIES = 5
_MOST_VALUES = 400
_ENDS = (".", "。", "!", "?", "！", "？", "…", ")", "」")


class Correction(TypedDict):
    """A text to try instead, and the words that offer it."""

    text: str
    label: str


class Facet(TypedDict):
    """A facet's values as (value, its name, how many), the most frequent first."""

    name: str
    label: str
    values: list[tuple[str, str, int]]


class Answer(TypedDict):
    """All that stands below the box. `chips` are the filters in force as (name, value,
    words); `asked` is the address that it answers."""

    asked: str
    total: str
    cards: list[Card]
    facets: list[Facet]
    chips: list[tuple[str, str, str]]
    completions: list[str]
    page: int
    pages: int
    notice: NotRequired[str]
    warning: NotRequired[str]
    corrected: NotRequired[Correction]


def asked(address: Address) -> str:
    """The address's part that makes a search, in one order."""
    return urlencode([(name, v) for name in PARTS for v in address.get(name, ()) if v])


def answer(seen: Visit, address: Address) -> Answer:
    """What the address asks; a filter that nobody knows is answered by a warning."""
    text = next(iter(address.get("q", ())), "")[:300]
    query = query_of(address, text)
    found: Answer = {
        "asked": asked(address),
        "total": "",
        "cards": [],
        "facets": [],
        "chips": _chips(seen, query, address),
        "completions": completions(seen, text),
        "page": query.offset // PAGE_SIZE + 1,
        "pages": 0,
    }
    try:
        page = seen.library.find(query)
    except ConfigError as error:
        return {**found, "warning": str(error)}
    return {**found, **_told(seen, query, page, why=bool(address.get("why")))}  # type: ignore[typeddict-item]


def _told(seen: Visit, query: Query, page: Page, *, why: bool) -> dict[str, object]:
    known = {s.id: s for s in seen.library.shelf.many([h.id for h in page.hits])} if why else {}
    corrected = page.corrected if page.corrected != query.text else ""
    said = seen.say("search_did_you_mean", text=corrected)
    return {
        "total": seen.say("search_total", total=f"{page.total:,}"),
        "cards": [card_of(seen, hit, known.get(hit.id)) for hit in page.hits],
        "facets": _facets(seen, query, page),
        "pages": -(-page.total // PAGE_SIZE),
        "notice": "; ".join(notice_in(seen.lang, notice) for notice in page.notices),
        **({"corrected": {"text": corrected, "label": said}} if corrected else {}),
    }


def completions(seen: Visit, text: str) -> list[str]:
    """What the text may become."""
    if not text.strip():
        return []
    found = [s.text for s in seen.library.complete(text, _COMPLETIONS + 1) if s.kind != "title"]
    return [s for s in found if s.casefold() != text.strip().casefold()][:_COMPLETIONS]


def _facets(seen: Visit, query: Query, page: Page) -> list[Facet]:
    counts = dict(page.facets)
    chosen = dict(query.filters)
    found: list[Facet] = []
    for facet in FACETS:
        known = dict(counts.get(facet, ()))
        # What is chosen stays at hand when nothing is left of it.
        options = dict.fromkeys([*chosen.get(facet, ()), *known])
        if options:
            values = [(v, value_name(seen, facet, v), known.get(v, 0)) for v in options]
            label = seen.say(f"facet_{facet}")
            found.append({"name": NAMES[facet], "label": label, "values": values[:_MOST_VALUES]})
    return found


def _chips(seen: Visit, query: Query, address: Address) -> list[tuple[str, str, str]]:
    found = [
        (NAMES[facet], value, value_name(seen, facet, value))
        for facet, values in query.filters
        for value in values
    ]
    for name in ("since", "until"):
        if day := next(iter(address.get(name, ())), ""):
            found.append((name, day, f"{seen.say(f'date_{name}')} {day[:40]}"))
    return found


def value_name(seen: Visit, facet: str, value: str) -> str:
    """A facet's value as people say it."""
    if facet == "kind":
        return seen.name_of("kind", value)
    if facet == "stage":
        return seen.say(value) if value in ("preview", "ga", "region", "end") else value
    if facet == "lang":
        return seen.language(value)
    if facet == "region" and (region := seen.library.taxonomy.region(value)):
        return region.japanese if seen.lang == "ja" else region.name
    return value


def card_of(seen: Visit, hit: Hit, known: Stored | None = None) -> Card:
    """A hit as a card: its words marked, and why it is here where `known` is given."""
    told = [seen.say(f"kind_{hit.kind}"), seen.language(hit.lang), hit.source]
    card: Card = {
        "block": "card",
        "id": hit.id,
        "title": pieces(hit.marked_title) if hit.marked_title else [hit.title],
        "marks": [*stage_marks(seen, hit.stage), area_mark(hit.area)],
        "quiet": " · ".join([day_of(seen, hit.published), *told]),
        "lines": [_passage(hit.excerpt)] if hit.excerpt else [],
        "foot": _links(seen, hit),
        "choose": True,
    }
    if other := _in_reading_language(seen, hit):
        card["other"] = other
    if known:
        card["why"] = " · ".join(_why(seen, hit, known))
    return card


def _in_reading_language(seen: Visit, hit: Hit) -> str:
    """The title of the hit's copy in the language that texts are read in; of any other one
    where both are."""
    if hit.lang == seen.texts:
        return ""
    return next(
        (
            copy.title
            for copy in hit.copies
            if copy.kind == hit.kind and copy.lang != hit.lang
            if seen.texts in (copy.lang, "both")
        ),
        "",
    )


def _passage(excerpt: str) -> list[str]:
    """The excerpt in pieces; the reader sees where it stops within a sentence."""
    found = pieces(excerpt)
    if not found[-1].rstrip().endswith(_ENDS):
        found[-1] += " …"
    return found


def _links(seen: Visit, hit: Hit) -> list[list[Link]]:
    copies = {
        (c.kind, c.lang): link(f"{seen.say(f'kind_{c.kind}')} ({seen.language(c.lang)})", c.url)
        for c in hit.copies[:_MOST_COPIES]
    }
    return [
        *([[link(seen.say("original"), hit.url)]] if hit.url else []),
        *([[link(f"{seen.say('also')}: "), *copies.values()]] if copies else []),
    ]


def _why(seen: Visit, hit: Hit, known: Stored) -> list[str]:
    """Why this hit stands here and in this area, in words."""
    found = [seen.say("why_score", score=f"{hit.score:.1f}")] if hit.score else []
    for name, text in (("why_title", hit.marked_title), ("why_text", hit.excerpt)):
        if "<mark>" in text:
            found.append(seen.say(name))
    if area := next(iter(known.facts.of(FactKind.AREA)), None):
        how = seen.say(f"evidence_{area.evidence}")
        words = seen.say("quoted", words=area.words) if area.words else ""
        found.append(seen.say("why_area", area=area.value, how=how, words=words))
    return found
