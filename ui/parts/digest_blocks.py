"""A digest as blocks: its items as cards by area, region news folded."""

from collections.abc import Iterable

from index.digest import AreaGroup, Digest, DigestItem, Reference
from ui.brief import region_line
from ui.parts.blocks import (
    Block,
    Card,
    Lines,
    Link,
    Mark,
    area_mark,
    heading,
    lines,
    link,
    stage_marks,
)
from ui.parts.opened import Visit

_MOST_REFERENCES = 4


def whole(seen: Visit, digest: Digest) -> list[Block]:
    """The digest in its lines, what matters most, every area, and what stands apart."""
    return [
        lines([[link(line)] for line in digest.lines], seen.say("week_lines"), is_open=True),
        heading(seen.say("week_top", count=len(digest.top))),
        *(card_of(seen, item, reasons=True) for item in digest.top),
        *by_area(seen, digest.areas),
        *([heading(seen.say("week_apart"))] if digest.apart else []),
        *(card_of(seen, item) for item in digest.apart),
    ]


def by_area(seen: Visit, groups: Iterable[AreaGroup]) -> list[Block]:
    """The areas with their cards."""
    found: list[Block] = []
    for group in groups:
        found.append(heading(group.area, len(group.items)))
        found += [card_of(seen, item) for item in group.told]
        if group.folded:
            found.append(_folded(seen, group))
    return found


def _folded(seen: Visit, group: AreaGroup) -> Lines:
    """Region-only news, a line a service."""
    count = sum(len(line.items) for line in group.folded)
    told = [
        [link(region_line(line, seen.lang)),
         *(link(str(n), item.url) for n, item in enumerate(line.items, 1) if item.url)]
        for line in group.folded
    ]  # fmt: skip
    return lines(told, seen.say("week_regions", count=count))


def card_of(seen: Visit, item: DigestItem, *, reasons: bool = False) -> Card:
    """One update as a card."""
    card: Card = {
        "block": "card",
        "id": item.id,
        "title": [item.title],
        "marks": _marks(seen, item),
        "quiet": f"{item.published.astimezone(seen.zone):%m/%d}",
        "lines": [[line] for line in item.summary if line != item.title],
        "foot": _foot(seen, item),
        "choose": True,
    }
    if seen.texts == "both" and (other := _other_title(item)):
        card["other"] = other
    if reasons and item.reasons:
        why = ("・" if seen.lang == "ja" else ", ").join(item.reasons)
        card["why"] = f"{seen.say('week_why')}: {why}"
    return card


def _marks(seen: Visit, item: DigestItem) -> list[Mark]:
    """Kind, stage, area, and what is special about its words."""
    found: list[Mark] = []
    if item.kind != "announcement":
        found.append({"text": seen.say(f"kind_{item.kind}"), "tone": "gray"})
    found += [*stage_marks(seen, item.stage), area_mark(item.area)]
    if item.foreign:
        found.append({"text": seen.language(item.lang), "tone": "gray"})
    if item.watched:
        found.append({"text": seen.say("watched"), "tone": "orange"})
    return found


def _foot(seen: Visit, item: DigestItem) -> list[list[Link]]:
    places = [
        [link(seen.say(f"{city}_{value}"))]
        for city, value in (("tokyo", item.tokyo), ("osaka", item.osaka))
        if value in ("yes", "no")
    ]
    told = [
        [link(seen.say("original"), item.url)] if item.url else [],
        [link(seen.say("author_area", label=item.label))] if item.label else [],
        [link(seen.say("price", price=item.price))] if item.price else [],
        *places,
        _references(seen, "also", item.copies),
        _references(seen, "related", item.companions),
    ]
    return [part for part in told if part]


def _references(seen: Visit, name: str, found: tuple[Reference, ...]) -> list[Link]:
    """The name and a link to each, those of one kind and language once."""
    told = {
        (r.kind, r.lang): link(f"{seen.say(f'kind_{r.kind}')} ({seen.language(r.lang)})", r.url)
        for r in found[:_MOST_REFERENCES]
    }
    return [link(f"{seen.say(name)}: "), *told.values()] if told else []


def _other_title(item: DigestItem) -> str:
    """The title of a copy in another language."""
    return next((copy.title for copy in item.copies if copy.lang != item.lang), "")
