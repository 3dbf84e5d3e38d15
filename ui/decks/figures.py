"""Slides that hold more than text: charts, tables, pictures."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_TICK_LABEL_POSITION
from pptx.oxml.ns import qn
from pptx.util import Pt

from ui.decks.deck import Deck
from ui.decks.look import Box, Sheet
from ui.decks.measure import shortened, width
from ui.decks.outline import Chart, Picture, Row, Table
from ui.decks.page import SMALLEST, Page
from ui.decks.paragraphs import Paragraph, Run, fill_text, printable
from ui.decks.shapes import describe
from ui.parts.palette import area_colour, readable_on

_ROW = 30.0
_BAR = 44.0
_PIXELS = 1920


def draw_chart(deck: Deck, slide: Chart) -> None:
    """A native bar chart, the greatest on top, its values written at the bars."""
    page = deck.page(slide.title, 0, 1, slide.notes)
    sheet, box = page.sheet, page.sheet.content
    bars = slide.bars[::-1]
    data = CategoryChartData()
    data.categories = [printable(name) for name, _ in bars]
    data.add_series(slide.title, [count for _, count in bars])
    tall = min(box.h, len(bars) * _BAR + 24)
    frame = page.shapes.add_chart(
        XL_CHART_TYPE.BAR_CLUSTERED, Pt(box.x), Pt(box.y), Pt(box.w), Pt(tall), data
    )
    describe(frame, "Chart", slide.alt)
    chart = frame.chart
    chart.has_legend = chart.has_title = False
    _write_in(chart.font, sheet, SMALLEST)
    plot = chart.plots[0]
    plot.gap_width = 38
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.number_format = f'0" {slide.unit}"' if slide.unit else "0"
    labels.number_format_is_linked = False
    labels.position = XL_LABEL_POSITION.OUTSIDE_END
    _write_in(labels.font, sheet, SMALLEST)
    labels.font.bold = True
    axis = chart.category_axis
    axis.format.line.fill.background()
    axis.has_major_gridlines = False
    axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    _label_every_bar(axis)
    chart.value_axis.visible = False
    chart.value_axis.has_major_gridlines = False
    chart.value_axis.minimum_scale = 0
    # Room for the label behind the longest bar.
    chart.value_axis.maximum_scale = max(count for _, count in bars) * 1.12
    for place, (name, _) in enumerate(bars):
        fill = plot.series[0].points[place].format.fill
        fill.solid()
        shade = readable_on(sheet.ground, area_colour(name), 3.0)
        fill.fore_color.rgb = RGBColor.from_string(shade)
    deck.close(page)


def _label_every_bar(axis: Any) -> None:
    """Without this a renderer leaves out every second name when bars stand close."""
    before = axis._element.find(qn("c:lblOffset"))
    if before is not None:
        before.addnext(before.makeelement(qn("c:tickLblSkip"), {"val": "1"}))


def _write_in(font: Any, sheet: Sheet, size: float) -> None:
    font.size = Pt(size)
    font.color.rgb = RGBColor.from_string(sheet.ink)
    if sheet.face.latin:
        font.name = sheet.face.latin
    if sheet.face.ea:
        eastern = font._element.makeelement(qn("a:ea"), {"typeface": sheet.face.ea})
        latin = font._element.find(qn("a:latin"))
        if latin is not None:
            latin.addnext(eastern)


def draw_table(deck: Deck, slide: Table) -> None:
    """A native table; as many pages as rows need, evenly filled."""
    box = deck.look.plain.content
    most = max(1, int(box.h / _ROW) - 1)
    count = max(1, -(-len(slide.rows) // most))
    bounds = [round(i * len(slide.rows) / count) for i in range(count + 1)]
    for number in range(count):
        rows = slide.rows[bounds[number] : bounds[number + 1]]
        page = deck.page(slide.title, number, count, slide.notes)
        _table(page, box, slide, rows)
        deck.close(page)


def _table(page: Page, box: Box, slide: Table, rows: Sequence[Row]) -> None:
    sheet = page.sheet
    frame = page.shapes.add_table(
        len(rows) + 1, 4, Pt(box.x), Pt(box.y), Pt(box.w), Pt(_ROW * (len(rows) + 1))
    )
    describe(frame, "Table", slide.alt)
    table = frame.table
    # "No style, no grid": every fill and colour is set below, so that any template fits.
    table._tbl.tblPr.find(qn("a:tableStyleId")).text = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
    wide = _columns(box.w, slide, sheet)
    for column, points in enumerate(wide):
        table.columns[column].width = Pt(points)
    for line in table.rows:
        line.height = Pt(_ROW)
    head = readable_on(sheet.ground, sheet.ink)
    for column, name in enumerate(slide.head):
        run = Run(name, SMALLEST, bold=True, colour=readable_on(head, sheet.ground))
        _cell(page, table.cell(0, column), run, wide[column], head)
    for number, row in enumerate(rows, 1):
        fill = sheet.panel if number % 2 == 0 else sheet.ground
        for column, run in enumerate(_row_runs(row, sheet, fill)):
            _cell(page, table.cell(number, column), run, wide[column], fill)


def _columns(room: float, slide: Table, sheet: Sheet) -> tuple[float, ...]:
    """Widths: area, stage and date as their words need, within bounds; the title the rest."""

    def needs(texts: Sequence[str], most: float) -> float:
        return min(most, max(width(t, SMALLEST, sheet.face, bold=True) for t in texts) + 18)

    area = needs([slide.head[0], *(r.area for r in slide.rows)], room * 0.24)
    stage = needs([slide.head[2], *(r.stage_name for r in slide.rows)], room * 0.18)
    date = needs([slide.head[3], *(r.date for r in slide.rows)], room * 0.19)
    return area, room - area - stage - date, stage, date


def _row_runs(row: Row, sheet: Sheet, fill: str) -> tuple[Run, Run, Run, Run]:
    muted = readable_on(fill, sheet.muted)
    shade = readable_on(fill, area_colour(row.area))
    title = readable_on(fill, sheet.link if row.url else sheet.ink)
    return (
        Run(row.area, SMALLEST, bold=True, colour=shade),
        Run(row.title, SMALLEST, colour=title, url=row.url),
        Run(row.stage_name, SMALLEST, colour=muted),
        Run(row.date, SMALLEST, colour=muted),
    )


def _cell(page: Page, cell: Any, run: Run, wide: float, fill: str) -> None:
    text = shortened(printable(run.text), run.size, wide - 14, page.sheet.face, bold=run.bold)
    cell.margin_left, cell.margin_right = Pt(8), Pt(4)
    cell.margin_top = cell.margin_bottom = Pt(2)
    cell.fill.solid()
    cell.fill.fore_color.rgb = RGBColor.from_string(fill)
    run = Run(text, run.size, run.bold, run.colour, run.url)
    body = cell._tc.find(qn("a:txBody"))
    fill_text(body, [Paragraph(runs=(run,), leading=1.2)], page.slide.part)
    cell._tc.get_or_add_tcPr().set("anchor", "ctr")


def draw_picture(deck: Deck, slide: Picture) -> None:
    """The picture as large as the content allows, in its own proportions."""
    from PIL import Image, UnidentifiedImageError

    box, pill = deck.under_pills(deck.look.plain, True)
    try:
        with Image.open(slide.file) as image:
            image.thumbnail((_PIXELS, _PIXELS))
            out = BytesIO()
            image.convert("RGBA" if "A" in image.mode else "RGB").save(out, "PNG")
            across, down = image.size
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError):
        return
    page = deck.page(slide.title, 0, 1, slide.notes)
    if pill:
        page.pill(pill[0], pill[1], slide.area, area_colour(slide.area), "Area")
    scale = min(box.w / across, box.h / down)
    wide, tall = across * scale, down * scale
    left, top = box.x + (box.w - wide) / 2, box.y + (box.h - tall) / 2
    picture = page.shapes.add_picture(out, Pt(left), Pt(top), Pt(wide), Pt(tall))
    describe(picture, "Picture", slide.alt)
    deck.close(page)
