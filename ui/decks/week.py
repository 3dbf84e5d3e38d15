"""A digest as an outline: which slides a period's news becomes, in which order."""

from collections.abc import Mapping, Sequence

from index.digest import AreaGroup, Digest, DigestItem, RegionLine
from index.prose import clean
from ui.decks.closing import closing, footer_of
from ui.decks.item import (
    brief,
    is_brief,
    notes_of,
    source_link,
    timeline_slide,
    update,
)
from ui.decks.outline import (
    Agenda,
    Brief,
    Briefs,
    Chart,
    Cover,
    Headline,
    Headlines,
    Moment,
    Name,
    Outline,
    Points,
    Section,
    Slide,
    Stop,
)
from ui.decks.points import points_of
from ui.decks.words import Words, words_for

_BARS = 10
# Two areas that hold less than this together are no conclusion.
_CONCLUSIVE = 0.4


def outline_of_digest(
    digest: Digest,
    lang: str,
    title: str = "",
    timelines: Mapping[str, tuple[Moment, ...]] | None = None,
) -> Outline:
    """The deck of a period: summary, chart, agenda, areas, table, deadlines, sources.

    `timelines` gives a story its moments, by the story's id; where it has two or more, they
    follow its slide.
    """
    words = words_for(lang)
    items = digest.items
    slides: list[Slide] = [cover(digest, words, title)]
    if not items:
        slides.append(_nothing(digest, words))
    else:
        slides += overview(digest, words)
        for group in digest.areas:
            slides += area_slides(group, words, timelines or {})
        slides += closing(digest, words)
    return Outline(
        title=title or words.deck_title.format(period=digest.period.label),
        lang=lang,
        made=digest.period.end,
        footer=footer_of(items, words),
        more=words.more,
        slides=tuple(slides),
    )


def cover(digest: Digest, words: Words, title: str = "") -> Cover:
    """The first slide: what the deck is about, from when to when, how much."""
    period = digest.period
    span = words.reading.format(start=period.start.date(), end=period.last_day)
    count = words.in_areas.format(count=len(digest.items), areas=len(digest.areas))
    name = title or words.deck_title.format(period=period.label)
    return Cover(title=name, lines=(span, count) if digest.items else (span,))


def _nothing(digest: Digest, words: Words) -> Points:
    period = digest.period
    text = words.nothing_text.format(start=period.start.date(), end=period.last_day)
    return Points(title=words.nothing, lines=(text,))


def overview(digest: Digest, words: Words) -> list[Slide]:
    """Five lines, the chart and the agenda; an agenda of one stop is left out."""
    slides: list[Slide] = []
    top = (digest.top or digest.items)[:5]
    slides.append(
        Headlines(
            title=words.five_lines.format(count=len(top)),
            lines=tuple(Headline(i.area, clean(i.title), _first(i)) for i in top),
            notes="\n\n".join(_reasoned(i) for i in top),
        )
    )
    if len(digest.areas) > 1:
        slides.append(chart(digest.areas, words))
        slides.append(sections_agenda(digest.areas, words))
    return slides


def _first(item: DigestItem) -> str:
    return next(iter(points_of(item.summary[:1], item.text)), "")


def _reasoned(item: DigestItem) -> str:
    reasons = f"\n→ {' / '.join(item.reasons)}" if item.reasons else ""
    return f"{clean(item.title)}\n{item.url or ''}{reasons}"


def chart(groups: Sequence[AreaGroup], words: Words) -> Chart:
    """The counts by area; its title says what they show. `groups` holds two or more."""
    counts = sorted(((g.area, len(g.items)) for g in groups), key=lambda c: (-c[1], c[0]))
    total = sum(count for _, count in counts)
    bars = counts
    if len(counts) > _BARS:
        rest = counts[_BARS - 1 :]
        other = (words.others.format(count=len(rest)), sum(count for _, count in rest))
        bars = [*counts[: _BARS - 1], other]
    said = words.list_mark.join(f"{area} {count}" for area, count in counts)
    alt = words.chart_alt.format(bars=said)
    return Chart(
        title=_conclusion(counts, total, words),
        bars=tuple(bars),
        unit=words.unit,
        alt=alt,
        notes=alt,
    )


def _conclusion(counts: Sequence[tuple[str, int]], total: int, words: Words) -> str:
    """One area when it holds half of all, else the two greatest, with their share."""
    first, second = counts[0], counts[1]
    if first[1] * 2 >= total:
        return words.share_one.format(first=first[0], share=round(100 * first[1] / total))
    if first[1] + second[1] < total * _CONCLUSIVE:
        said = words.spread_even if first[1] == second[1] else words.spread
        return said.format(areas=len(counts), first=first[0], count=first[1], total=total)
    share = round(100 * (first[1] + second[1]) / total)
    return words.share.format(first=first[0], second=second[0], share=share)


def sections_agenda(groups: Sequence[AreaGroup], words: Words) -> Agenda:
    """The areas in order, each leading to its section."""
    stops = tuple(
        Stop(area_key(g.area), g.area, g.area, words.counted.format(count=len(g.items)))
        for g in groups
    )
    notes = "\n".join(f"{stop.name}: {stop.text}" for stop in stops)
    return Agenda(title=words.agenda, stops=stops, notes=notes)


def area_key(area: str) -> str:
    """What leads to an area's section."""
    return f"area:{area}"


def area_slides(
    group: AreaGroup, words: Words, timelines: Mapping[str, tuple[Moment, ...]]
) -> list[Slide]:
    """The area's own slide, one slide an update, then its short items together."""
    long, short = _parted(group.told)
    shared = f"briefs:{group.area}"
    ordered = [*long, *short]
    names = tuple(Name(clean(i.title), i.id if i in long else shared) for i in ordered) + tuple(
        Name(f"{line.service}: {_regions(line, words)}", shared) for line in group.folded
    )
    slides: list[Slide] = [
        Section(
            key=area_key(group.area),
            area=group.area,
            title=group.area,
            count=words.counted.format(count=len(group.items)),
            names=names,
            notes="\n".join(name.text for name in names),
        )
    ]
    for item in long:
        slides.append(update(item, words))
        if len(moments := timelines.get(item.story, ())) > 1:
            slides.append(timeline_slide(item, moments, words))
    briefs = [brief(item, words) for item in short]
    briefs += [_folded(line, words) for line in group.folded]
    if briefs:
        told = "\n\n".join(
            [
                *(notes_of(item) for item in short),
                *(notes_of(item) for line in group.folded for item in line.items),
            ]
        )
        title = words.briefs.format(area=group.area) if long else group.area
        slides.append(
            Briefs(key=shared, area=group.area, title=title, items=tuple(briefs), notes=told)
        )
    return slides


def _parted(items: Sequence[DigestItem]) -> tuple[list[DigestItem], list[DigestItem]]:
    """(those with a slide of their own, those that share one); one alone shares none."""
    short = [item for item in items if is_brief(item)]
    if len(short) == 1:
        short = []
    inside = {item.id for item in short}
    return [item for item in items if item.id not in inside], short


def _folded(line: RegionLine, words: Words) -> Brief:
    first = line.items[0] if line.items else None
    link = source_link(first) if first else None
    return Brief(line.service, _regions(line, words), "region", words.stages["region"], link)


def _regions(line: RegionLine, words: Words) -> str:
    if not line.regions:
        return words.stages["region"]
    return words.regions_news.format(regions=words.list_mark.join(line.regions))
