"""Lists on slides: plain points, short items, moments in time; each as many pages as it needs."""

from collections.abc import Sequence

from ui.decks.deck import Deck
from ui.decks.fitting import fit, height, spread
from ui.decks.look import Box
from ui.decks.measure import shortened, shortened_lines, wrap
from ui.decks.outline import Brief, Briefs, Link, Moment, Points, Timeline
from ui.decks.page import INSET, SMALLEST, Page
from ui.decks.paragraphs import LEADING, Paragraph, Run
from ui.parts.palette import area_colour, readable_on, stage_colour

GAP = 0.45
_LIST_SIZES = (24, 22, 20)
_MOST_BRIEFS = 5
_FEW_MOMENTS = 4


def draw_points(deck: Deck, slide: Points) -> None:
    """A plain list; lines that lead somewhere are links."""
    box, pill = deck.under_pills(deck.look.points, bool(slide.area))
    texts = [line.text if isinstance(line, Link) else line for line in slide.lines]
    urls = [line.url if isinstance(line, Link) else None for line in slide.lines]
    room = (box.w - 2 * INSET - 24, box.h - 2 * INSET)
    face = deck.look.points.face
    fitted = fit(texts, room, face, sizes=_LIST_SIZES, leading=LEADING, gap=GAP)
    colour = deck.look.points.link
    for number, lines in enumerate(fitted.pages):
        page = deck.page(slide.title, number, len(fitted.pages), slide.notes, deck.look.points)
        if slide.area and pill:
            page.pill(pill[0], pill[1], slide.area, area_colour(slide.area), "Area")
        page.body(
            box,
            [
                Paragraph(
                    runs=(_listed(line, fitted.size, texts, urls, colour),),
                    bullet=True,
                    after=fitted.size * GAP,
                )
                for line in lines
            ],
        )
        deck.close(page)


def _listed(
    line: str, size: float, texts: Sequence[str], urls: Sequence[str | None], colour: str
) -> Run:
    """The line as a run, with the address of the text that it is (or is a piece of)."""
    owner = next((i for i, text in enumerate(texts) if line == text or line in text), None)
    url = urls[owner] if owner is not None else None
    return Run(line, size, colour=colour if url else "", url=url)


def draw_briefs(deck: Deck, slide: Briefs) -> None:
    """Short items under each other, at most five a slide."""
    sheet = deck.look.plain
    box, pill = deck.under_pills(sheet, True)
    room = box.w - 22
    texts = ["".join(_staged(item)) for item in slide.items]
    lines = [min(2, len(wrap(text, SMALLEST, room, sheet.face))) if text else 0 for text in texts]
    tall = [20 * LEADING + n * SMALLEST * LEADING for n in lines]
    pages = _at_most(spread(tall, box.h, 14.0), tall, box.h)
    for number, indices in enumerate(pages):
        page = deck.page(slide.title, number, len(pages), slide.notes, sheet)
        if pill:
            page.pill(pill[0], pill[1], slide.area, area_colour(slide.area), "Area")
        deck.mark(slide.key, page)
        y = box.y
        for index in indices:
            page.bar(Box(box.x, y + 3, 6, tall[index] - 6), area_colour(slide.area))
            _brief(page, Box(box.x + 22, y, room, tall[index]), slide, index, lines[index])
            y += tall[index] + 14
        deck.close(page)


def _at_most(pages: list[list[int]], tall: Sequence[float], room: float) -> list[list[int]]:
    """The same pages when none holds more than five, else fives spread evenly."""
    if max(map(len, pages)) <= _MOST_BRIEFS:
        return pages
    count = -(-len(tall) // _MOST_BRIEFS)
    bounds = [round(i * len(tall) / count) for i in range(count + 1)]
    chunks = [list(range(bounds[i], bounds[i + 1])) for i in range(count)]
    return [
        [chunk[i] for i in part]
        for chunk in chunks
        for part in spread([tall[i] for i in chunk], room, 14.0)
    ]


def _brief(page: Page, box: Box, slide: Briefs, index: int, lines: int) -> None:
    sheet, item = page.sheet, slide.items[index]
    url = item.source.url if item.source else None
    title = shortened(item.title, 20, box.w, sheet.face, bold=True)
    head = Run(title, 20, bold=True, colour=sheet.link if url else sheet.ink, url=url)
    text = [Paragraph(runs=(head,))]
    if lines:
        stage, rest = _staged(item)
        rest = shortened_lines(stage + rest, SMALLEST, box.w, 2, sheet.face)[len(stage) :]
        shade = readable_on(sheet.ground, stage_colour(item.stage))
        runs = (Run(stage, SMALLEST, colour=shade), Run(rest, SMALLEST, colour=sheet.muted))
        text.append(Paragraph(runs=runs))
    page.text(box, text, name=f"Brief {index + 1}")


def _staged(item: Brief) -> tuple[str, str]:
    """(the stage with what parts it from the text, the text); one of them may be empty."""
    mark = " ・ " if item.stage_name and item.text else ""
    return item.stage_name + mark, item.text


def draw_timeline(deck: Deck, slide: Timeline) -> None:
    """Moments on a line from above to below, the oldest first."""
    sheet = deck.look.plain
    box, pill = deck.under_pills(sheet, True)
    size = 24.0 if len(slide.moments) <= _FEW_MOMENTS else 20.0
    left = 7.6 * size
    room = box.w - left - 36
    tall = [
        height([m.text], size, room, sheet.face, leading=LEADING, gap=0)
        + (size * LEADING if m.stage_name else 0)
        for m in slide.moments
    ]
    gap = size
    pages = spread(tall, box.h, gap)
    for number, indices in enumerate(pages):
        page = deck.page(slide.title, number, len(pages), slide.notes, sheet)
        if pill:
            page.pill(pill[0], pill[1], slide.area, area_colour(slide.area), "Area")
        y = box.y
        end = box.y + sum(tall[i] + gap for i in indices) - gap
        page.bar(Box(box.x + left + 5, y + 8, 3, max(4.0, end - y - 16)), sheet.muted)
        for index in indices:
            _moment(page, slide.moments[index], Box(box.x, y, box.w, tall[index]), left, size)
            y += tall[index] + gap
        deck.close(page)


def _moment(page: Page, moment: Moment, box: Box, left: float, size: float) -> None:
    sheet = page.sheet
    shade = stage_colour(moment.stage) if moment.stage else sheet.muted
    leading = LEADING * size / (size - 2)
    date = Run(moment.date, size - 2, bold=True, colour=sheet.muted)
    page.text(
        Box(box.x, box.y, left - 8, size * LEADING),
        [Paragraph(runs=(date,), leading=leading)],
        name=f"Date {moment.date}",
    )
    page.panel(Box(box.x + left, box.y + size * 0.36, 13, 13), shade, name="Dot", rounded=True)
    text = [Paragraph(runs=(Run(moment.text, size),))]
    if moment.stage_name:
        ink = readable_on(sheet.ground, shade)
        stage = Run(moment.stage_name, size - 2, bold=True, colour=ink)
        text.insert(0, Paragraph(runs=(stage,), leading=leading))
    page.text(Box(box.x + left + 32, box.y, box.w - left - 32, box.h), text, name="Moment")
