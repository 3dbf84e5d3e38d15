"""One story on slides: its points, its fact card, its notes and the way to its source."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from index.digest import DigestItem
from index.prose import clean
from ui.decks.outline import Brief, Label, Link, Moment, Timeline, Update
from ui.decks.points import points_of
from ui.decks.words import Words

# What fits in one line of a slide that others share; longer news gets its own slide.
_BRIEF = {"ja": 44, "en": 90}


def update(item: DigestItem, words: Words, mark: str = "") -> Update:
    """One update's slide; `mark` is a word shown beside the date (carried over, changed)."""
    return Update(
        key=item.id,
        area=item.area,
        title=clean(item.title),
        points=item.points or points_of(item.summary, item.text) or (clean(item.title),),
        stage=item.stage,
        stage_name=stage_name(item.stage, words),
        facts=tuple(_facts(item, words)),
        source_name=words.source,
        source=source_link(item),
        mark=mark or (words.foreign if item.foreign else ""),
        notes=notes_of(item),
    )


def timeline_slide(item: DigestItem, moments: tuple[Moment, ...], words: Words) -> Timeline:
    """How the item's feature came to be."""
    title = words.timeline.format(title=clean(item.title))
    notes = "\n".join(f"{m.date} {m.stage_name} {m.text}" for m in moments)
    return Timeline(title=title, area=item.area, moments=moments, notes=notes)


def stage_name(stage: str, words: Words) -> str:
    """The stage for a reader; "" stays ""."""
    return words.stages.get(stage, stage)


def _facts(item: DigestItem, words: Words) -> Iterable[Label]:
    """Only what the source says; a fact that it does not state has no line."""
    if item.stage:
        yield Label(words.stage, stage_name(item.stage, words))
    yield Label(words.date, item.published.date().isoformat())
    if item.services:
        yield Label(words.services, words.list_mark.join(item.services[:3]))
    home = [
        name
        for name, said in ((words.tokyo, item.tokyo), (words.osaka, item.osaka))
        if said == "yes"
    ]
    regions = home or list(item.regions[:3])
    if regions:
        rest = len(item.regions) - (len(regions) if not home else len(home))
        yield Label(
            words.regions, words.list_mark.join(regions) + (f" +{rest}" if rest > 0 else "")
        )
    if item.price:
        yield Label(words.price, clean(item.price))
    if item.companions:
        names = (clean(c.title) for c in item.companions[:2])
        yield Label(words.related, words.list_mark.join(names))
    if not item.url:
        yield Label(words.source, publisher(item.source, item.url))


def source_link(item: DigestItem) -> Link | None:
    """The way to the source, named by who published it; None for a local note."""
    if not item.url:
        return None
    return Link(publisher(item.source, item.url), item.url)


def publisher(source: str, url: str | None) -> str:
    """A reader's name of a source: AWS What's New, AWS Blog, or the host."""
    if source.startswith("whats-new"):
        return "AWS What's New"
    if source.startswith("aws-blog"):
        return "AWS Blog"
    host = urlsplit(url).hostname if url else ""
    return (host or source).removeprefix("www.")


def notes_of(item: DigestItem) -> str:
    """What a speaker may want to say or look up: title, full text, related, address, date."""
    parts = [clean(item.title), item.script, item.text.strip() or "\n".join(item.summary)]
    parts += [f"- {clean(c.title)} {c.url or ''}".rstrip() for c in item.copies + item.companions]
    parts.append(
        "\n".join(filter(None, (item.url, item.published.date().isoformat(), item.source)))
    )
    return "\n\n".join(part for part in parts if part)


def is_brief(item: DigestItem) -> bool:
    """True when all that is said of the item fits in a line; what is pinned never is brief."""
    points = points_of(item.summary, item.text)
    room = _BRIEF["ja" if item.lang == "ja" else "en"]
    return not item.pinned and len(points) <= 2 and sum(map(len, points)) <= room


def brief(item: DigestItem, words: Words) -> Brief:
    """The item as one of several on a slide; where nothing but its title is known, that."""
    points = points_of(item.summary, item.text)
    text = words.list_mark.join(p for p in points if p != clean(item.title))
    name = stage_name(item.stage, words)
    return Brief(clean(item.title), text, item.stage, name, source_link(item))
