"""One update on a slide: points at the left, the fact card at the right, pills above."""

from collections.abc import Sequence

from ui.decks.deck import Deck
from ui.decks.fitting import fit
from ui.decks.listing import GAP
from ui.decks.look import Box, Sheet
from ui.decks.measure import Face, shortened, shortened_lines, width, wrap
from ui.decks.outline import Label, Update
from ui.decks.page import INSET, SMALLEST, Page
from ui.decks.paragraphs import LEADING, Paragraph, Run, printable
from ui.parts.palette import area_colour, readable_on, stage_colour

BODY_SIZES = (28, 26, 24, 22, 20)
_CARD_SHARE, _CARD_LEAST, _CARD_MOST = 0.31, 224.0, 270.0
_CARD_INSET, _CARD_LEADING = 16.0, 1.25
_NEEDS_CARD = 480.0


def draw_update(deck: Deck, slide: Update) -> None:
    """Points at the left, the fact card at the right, pills for area and stage."""
    sheet = deck.look.points
    box, pill = deck.under_pills(sheet, True)
    card = _card_box(box)
    body = Box(box.x, box.y, box.w - (card.w + 24 if card else 0), box.h)
    room = (body.w - 2 * INSET - 26, body.h - 2 * INSET)
    points = [printable(p) for p in slide.points]
    if not card:
        points += [f"{fact.name}: {fact.value}" for fact in slide.facts]
    fitted = fit(points, room, sheet.face, sizes=BODY_SIZES, leading=LEADING, gap=GAP)
    for number, lines in enumerate(fitted.pages):
        page = deck.page(slide.title, number, len(fitted.pages), slide.notes, sheet)
        if pill:
            _pills(page, slide, *pill)
        text = [
            Paragraph(runs=(Run(line, fitted.size),), bullet=True, after=fitted.size * GAP)
            for line in lines
        ]
        if not card and slide.source:
            text[-1] = _with_link(text[-1], slide, sheet)
        page.body(body, text)
        if card:
            _card(page, card, slide)
        deck.mark(slide.key, page)
        deck.close(page)


def _with_link(paragraph: Paragraph, slide: Update, sheet: Sheet) -> Paragraph:
    """Without a card the way to the source hangs on the last point."""
    run = paragraph.runs[0]
    assert slide.source
    return Paragraph(
        runs=(Run(run.text, run.size, colour=sheet.link, url=slide.source.url),),
        bullet=True,
        after=paragraph.after,
    )


def _card_box(box: Box) -> Box | None:
    if box.w < _NEEDS_CARD:
        return None
    wide = max(_CARD_LEAST, min(_CARD_MOST, box.w * _CARD_SHARE))
    return Box(box.right - wide, box.y, wide, box.h)


def _pills(page: Page, slide: Update, x: float, y: float) -> None:
    x = page.pill(x, y, slide.area, area_colour(slide.area), "Area")
    if slide.stage_name:
        x = page.pill(x, y, slide.stage_name, stage_colour(slide.stage), "Stage")
    if slide.mark:
        page.pill(x, y, slide.mark, "56616F", "Mark")


def _card(page: Page, box: Box, slide: Update) -> None:
    """Facts from above, the way to the source at the foot."""
    sheet, link = page.sheet, slide.source
    room = box.w - 2 * _CARD_INSET
    foot = 2 * SMALLEST * _CARD_LEADING if link else 0.0
    left = box.h - 2 * _CARD_INSET - (foot + 12 if link else 0)
    muted = readable_on(sheet.panel, sheet.muted)
    facts = _facts(slide.facts, room, left, sheet.face, muted)
    page.panel(box, sheet.panel, facts, name="Facts", inset=_CARD_INSET)
    page.bar(Box(box.x, box.y, 6, box.h), area_colour(slide.area))
    if link:
        colour = readable_on(sheet.panel, sheet.link)
        name = Run(slide.source_name, SMALLEST, colour=muted)
        words = shortened(link.text, SMALLEST, room, sheet.face)
        run = Run(words, SMALLEST, colour=colour, url=link.url)
        spot = Box(box.x + _CARD_INSET, box.bottom - _CARD_INSET - foot, room, foot)
        text = [Paragraph(runs=(r,), leading=_CARD_LEADING) for r in (name, run)]
        page.text(spot, text, name="Source")


def _facts(
    facts: Sequence[Label], room: float, tall: float, face: Face, muted: str
) -> list[Paragraph]:
    """Each fact's name above its value where all have room, else in one line where it fits;
    values get as many lines as there is room for. What still finds none stays in the notes,
    from the last fact on."""
    for most, stacked in ((4, True), (3, True), (2, True), (2, False), (1, False)):
        blocks = [_fact(fact, room, face, most, stacked, muted) for fact in facts]
        if sum(_tall(block) for block in blocks) <= tall:
            break
    text: list[Paragraph] = []
    for block in blocks:
        tall -= _tall(block)
        if tall < 0:
            break
        text += (paragraph for paragraph, _ in block)
    return text


def _tall(block: Sequence[tuple[Paragraph, int]]) -> float:
    return sum(lines * SMALLEST * _CARD_LEADING + paragraph.after for paragraph, lines in block)


def _fact(
    fact: Label, room: float, face: Face, most: int, stacked: bool, muted: str
) -> list[tuple[Paragraph, int]]:
    """(paragraph, its number of lines) of one fact, its value in at most `most` lines."""
    after = 7.0 if stacked else 4.0
    name, value = f"{fact.name}: ", printable(fact.value)
    if not stacked and width(name + value, SMALLEST, face, bold=True) <= room:
        runs = (Run(name, SMALLEST, colour=muted), Run(value, SMALLEST, bold=True))
        return [(Paragraph(runs=runs, leading=_CARD_LEADING, after=after), 1)]
    value = shortened_lines(value, SMALLEST, room, most, face, bold=True)
    lines = len(wrap(value, SMALLEST, room, face, bold=True))
    head = Paragraph(runs=(Run(fact.name, SMALLEST, colour=muted),), leading=_CARD_LEADING)
    body = Paragraph(runs=(Run(value, SMALLEST, bold=True),), leading=_CARD_LEADING, after=after)
    return [(head, 1), (body, lines)]
