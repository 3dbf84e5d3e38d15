"""What stands at the end of a deck: posts, deadlines, the table, sources and licences."""

from collections.abc import Sequence
from datetime import date

from index.digest import Deadline, Digest, DigestItem
from index.prose import clean
from ui.decks.item import publisher, stage_name
from ui.decks.outline import Link, Points, Row, Slide, Table
from ui.decks.words import Words


def closing(digest: Digest, words: Words) -> list[Slide]:
    """What stands at the end: posts and notes, deadlines, the table, sources, licences."""
    slides: list[Slide] = []
    if digest.apart:
        lines = tuple(_linked(clean(item.title), item.url) for item in digest.apart)
        slides.append(Points(title=words.apart, lines=lines))
    if digest.deadlines:
        slides.append(deadline_slide(digest.deadlines, words))
    slides.append(table(digest.items, words))
    slides += credits_of((*digest.items, *digest.apart), words)
    return slides


def _linked(text: str, url: str | None) -> str | Link:
    return Link(text, url) if url else text


def deadline_slide(deadlines: Sequence[Deadline], words: Words) -> Points:
    """Dates ahead, the nearest first."""
    ordered = sorted(deadlines, key=lambda d: (d.day, d.title))
    return Points(
        title=words.deadlines,
        lines=tuple(_linked(_deadline(d.day, d.what, d.title, words), d.url) for d in ordered),
        notes="\n\n".join(f"{d.day} {d.title}\n{d.words}\n{d.url or ''}" for d in ordered),
    )


def _deadline(day: date, what: str, title: str, words: Words) -> str:
    kind = words.deadline_kinds.get(what, what)
    return f"{day} {kind}: {clean(title)}" if kind else f"{day}: {clean(title)}"


def table(items: Sequence[DigestItem], words: Words) -> Table:
    """Everything, in the order of the deck."""
    rows = tuple(
        Row(
            i.area,
            clean(i.title),
            stage_name(i.stage, words),
            i.published.date().isoformat(),
            i.url,
        )
        for i in items
    )
    alt = words.table_alt.format(count=len(rows))
    return Table(title=words.table, head=words.table_head, rows=rows, alt=alt)


def credits_of(items: Sequence[DigestItem], words: Words) -> list[Slide]:
    """Where everything came from, and under which terms it stands here."""
    counts: dict[str, int] = {}
    for item in items:
        name = publisher(item.source, item.url)
        counts[name] = counts.get(name, 0) + 1
    ranked = sorted(counts.items(), key=lambda c: (-c[1], c[0]))
    lines = tuple(f"{name}: {words.counted.format(count=count)}" for name, count in ranked)
    addresses = "\n".join(dict.fromkeys(item.url for item in items if item.url))
    return [
        Points(title=words.sources, lines=lines, notes=addresses),
        Points(title=words.licences, lines=words.licence_lines),
    ]


def footer_of(items: Sequence[DigestItem], words: Words) -> str:
    """The line at the foot of every slide: the sources, two by name; "" without any."""
    if not items:
        return ""
    names = list(dict.fromkeys(publisher(item.source, item.url) for item in items))
    rest = " …" if len(names) > 2 else ""
    return words.footer.format(sources=words.list_mark.join(names[:2]) + rest)
