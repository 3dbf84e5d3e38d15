"""A study session as an outline: the chosen stories in the group's order, with its comments."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from itertools import groupby
from pathlib import Path

from index.digest import AreaGroup, DigestItem
from index.meeting import StudyItem, StudySession
from index.prose import clean
from ui.decks.closing import credits_of, footer_of, table
from ui.decks.item import timeline_slide, update
from ui.decks.outline import (
    Agenda,
    Cover,
    Headline,
    Headlines,
    Moment,
    Name,
    Outline,
    Picture,
    Points,
    Section,
    Slide,
    Stop,
)
from ui.decks.points import points_of
from ui.decks.week import area_key, chart, sections_agenda
from ui.decks.words import Words, words_for


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A study item with its story told as a digest tells it; `pictures` are local files of
    the entry's text with their descriptions."""

    item: StudyItem
    told: DigestItem
    pictures: tuple[tuple[Path, str], ...] = ()


def outline_of_session(
    session: StudySession,
    chosen: Sequence[Chosen],
    lang: str,
    title: str = "",
    timelines: Mapping[str, tuple[Moment, ...]] | None = None,
) -> Outline:
    """The deck of a meeting. Where each area's stories stand together they get a section;
    else the agenda names the stories themselves, for the order is the group's."""
    words = words_for(lang)
    told = [one.told for one in chosen]
    name = title or session.title or words.meeting_title.format(day=session.day)
    lines = (session.day.isoformat(), words.counted.format(count=len(chosen)))
    slides: list[Slide] = [Cover(title=name, lines=lines)]
    groups = [(area, list(some)) for area, some in groupby(chosen, key=lambda c: c.told.area)]
    sectioned = len(groups) == len({area for area, _ in groups}) and 1 < len(groups) < len(chosen)
    if not chosen:
        slides.append(Points(title=words.empty_meeting, lines=(words.empty_meeting_text,)))
    else:
        slides += _opening(chosen, groups if sectioned else [], words)
    for area, some in groups:
        if sectioned:
            slides.append(_section(area, some, words))
        for one in some:
            slides += _slides_of(one, words, timelines or {})
    if chosen:
        slides += [table(told, words), *credits_of(told, words)]
    return Outline(
        title=name,
        lang=lang,
        made=datetime.combine(session.day, time(), UTC),
        footer=footer_of(told, words),
        more=words.more,
        slides=tuple(slides),
    )


def _opening(
    chosen: Sequence[Chosen], groups: list[tuple[str, list[Chosen]]], words: Words
) -> list[Slide]:
    """What is new in short, the chart where it says something, and the agenda."""
    slides: list[Slide] = []
    first = chosen[:5]
    if len(chosen) > 1:
        slides.append(
            Headlines(
                title=words.highlights,
                lines=tuple(
                    Headline(c.told.area, clean(c.told.title), _first_point(c.told)) for c in first
                ),
                notes="\n".join(clean(c.told.title) for c in chosen),
            )
        )
    if groups:
        areas = [AreaGroup(area, tuple(c.told for c in some)) for area, some in groups]
        slides += [chart(areas, words), sections_agenda(areas, words)]
    elif len(chosen) > 1:
        slides.append(_items_agenda(chosen, words))
    return slides


def _first_point(told: DigestItem) -> str:
    return next(iter(points_of(told.summary[:1], told.text)), "")


def _items_agenda(chosen: Sequence[Chosen], words: Words) -> Agenda:
    stops = tuple(Stop(c.told.id, c.told.area, clean(c.told.title), "") for c in chosen)
    return Agenda(title=words.agenda, stops=stops, notes="\n".join(s.name for s in stops))


def _section(area: str, some: Sequence[Chosen], words: Words) -> Section:
    names = tuple(Name(clean(c.told.title), c.told.id) for c in some)
    return Section(
        key=area_key(area),
        area=area,
        title=area,
        count=words.counted.format(count=len(some)),
        names=names,
        notes="\n".join(name.text for name in names),
    )


def _slides_of(
    one: Chosen, words: Words, timelines: Mapping[str, tuple[Moment, ...]]
) -> list[Slide]:
    """The update, how it came to be, its pictures, and what the group thinks of it."""
    item, told = one.item, one.told
    mark = words.changed if item.changed else words.carried if item.carried else ""
    slides: list[Slide] = [update(told, words, mark)]
    if moments := timelines.get(told.story):
        slides.append(timeline_slide(told, moments, words))
    title = clean(told.title)
    for file, alt in one.pictures:
        slides.append(
            Picture(title=title, area=told.area, file=file, alt=alt or title, notes=alt or title)
        )
    if item.comment:
        lines = tuple(line.strip() for line in item.comment.splitlines() if line.strip())
        name = words.comments.format(title=title)
        slides.append(Points(title=name, lines=lines, area=told.area, notes=item.comment))
    return slides
