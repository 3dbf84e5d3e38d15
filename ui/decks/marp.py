"""An outline as Marp Markdown: text that any editor opens and Marp turns into slides.

Every text comes from somewhere else and is escaped: it can start no heading, list, slide,
HTML or directive of its own. Notes stand as comments, as Marp's presenter view wants them.
"""

import re
from collections.abc import Callable, Sequence
from math import ceil
from typing import Any

from index.address import is_web_address
from ui.decks.measure import is_eastern
from ui.decks.outline import (
    Agenda,
    Brief,
    Briefs,
    Chart,
    Cover,
    Headlines,
    Link,
    Outline,
    Picture,
    Points,
    Section,
    Slide,
    Table,
    Timeline,
    Update,
)
from ui.decks.paragraphs import printable
from ui.parts.palette import area_colour, stage_colour

# What Markdown, or one of Marp's additions to it, reads anywhere in a line: emphasis, code,
# links, HTML, tables, math, strike-through, entities, emoji short codes …
_ANYWHERE = re.compile(r"([\\`*_\[\]<>|~$]|&(?=[#\w]+;)|!(?=\\?\[)|:(?=[\w+-]+:))")
# … and at its start: headings, lists, rules, quotes, numbered lists.
_AT_START = re.compile(r"^([#+=-])")
_KEY = re.compile(r"^(\s*[\"']?[$_A-Za-z][\w-]*[\"']?\s*):(?=\s|$)", re.M)
_STARTS_LIST = re.compile(r"^(\d+)([.)])")
_BRIEFS_A_SLIDE, _ROWS_A_SLIDE, _LINES_A_SLIDE = 5, 12, 8
_STYLE = """\
section { font-family: "Noto Sans CJK JP", "Yu Gothic", "Hiragino Sans", sans-serif; }
section { font-size: 26px; }
section.area { color: #fff; }
section.area h1, section.area a { color: #fff; }
section.dense { font-size: 21px; }
section.denser { font-size: 18px; }
section.denser ul { columns: 2; }
table { font-size: 18px; }
"""
# A size of letters with the wide characters of a line and the lines below a title that Marp's
# 16:9 slide holds at it (looked at in marp-cli's pictures).
_SIZES = (("", 41, 11), ("dense", 50, 14), ("denser", 28, 32))
_TITLE = 1.5  # times the letters of the text
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_TARGET = re.compile(r"\]\(<[^>]*>\)")
_AREA = "<!-- _class: area -->"


def marp(outline: Outline) -> str:
    """The whole deck as one Markdown text, with Marp's front matter."""
    pages = [
        _fitted(page) for slide in outline.slides for page in _WRITTEN[type(slide)](slide, outline)
    ]
    return f"{_front_matter(outline)}\n" + "\n\n---\n\n".join(pages) + "\n"


def _fitted(page: str) -> str:
    """The page in the largest letters in which its lines fit the slide."""
    text = _TARGET.sub("", _COMMENT.sub("", page)).strip()
    lines = [line for line in text.splitlines() if line.strip()]
    fitting = (n for n, wide, most in _SIZES if sum(_rows(x, wide) for x in lines) <= most)
    name = next(fitting, _SIZES[-1][0])
    if not name:
        return page
    if page.startswith(_AREA):
        return page.replace(_AREA, f"<!-- _class: area {name} -->", 1)
    return f"<!-- _class: {name} -->\n\n{page}"


def _rows(line: str, letters: int) -> int:
    """The rows that a line takes where one holds so many wide characters; of a title, those
    beyond its first."""
    if line.startswith("|"):
        return 1
    wide = sum(1 if is_eastern(char) else 0.54 for char in line)
    if line.startswith("#"):
        return 2 * (ceil(wide * _TITLE / letters) - 1)
    return max(1, ceil(wide / letters))


def _front_matter(outline: Outline) -> str:
    style = "".join(f"  {line}\n" for line in _STYLE.splitlines())
    return (
        "---\nmarp: true\npaginate: true\nsize: 16:9\n"
        f"lang: {outline.lang}\n"
        f"title: {_quoted(outline.title)}\n"
        f"footer: {_quoted(escaped(outline.footer))}\n"
        f"style: |\n{style}---\n"
    )


def _quoted(text: str) -> str:
    """A YAML string in double quotes."""
    line = " ".join(printable(text).split())
    return '"' + line.replace("\\", "\\\\").replace('"', '\\"') + '"'


def escaped(text: str) -> str:
    """Untrusted text as one line of Markdown that means nothing but itself."""
    line = " ".join(printable(text).split())
    line = _AT_START.sub(r"\\\1", _ANYWHERE.sub(r"\\\1", line))
    return _STARTS_LIST.sub(r"\1\\\2", line)


def comment(text: str) -> str:
    """Untrusted text as an HTML comment; it can neither end it nor be a directive.

    Marp reads a comment as directives when it is a YAML mapping of known keys: no line here
    looks like `key: value`, and the first is none.
    """
    body = printable(text).strip()
    if not body:
        return ""
    body = body.replace("--", "‑‑").replace("<", "‹").replace(">", "›")
    body = _KEY.sub(r"\1：", body)
    return f"\n\n<!--\nNotes\n\n{body}\n-->"


def link(text: str, url: str | None) -> str:
    """A Markdown link, or the bare text where the address is no http(s) one."""
    if not url or not is_web_address(url):
        return escaped(text)
    address = url.replace("(", "%28").replace(")", "%29").replace("\\", "%5C")
    return f"[{escaped(text)}](<{address}>)"


def _cover(slide: Cover, _: Outline) -> list[str]:
    lines = "\n".join(f"{escaped(line)}  " for line in slide.lines)
    return [f"<!-- _class: lead -->\n\n# {escaped(slide.title)}\n\n{lines}{comment(slide.notes)}"]


def _headlines(slide: Headlines, _: Outline) -> list[str]:
    lines = [
        f"{i}. **{escaped(line.title)}**" + (f"  \n   {escaped(line.text)}" if line.text else "")
        for i, line in enumerate(slide.lines, 1)
    ]
    return [f"## {escaped(slide.title)}\n\n" + "\n".join(lines) + comment(slide.notes)]


def _chart(slide: Chart, _: Outline) -> list[str]:
    most = max((count for _, count in slide.bars), default=1)
    rows = [
        f"| {escaped(area)} | {'█' * max(1, round(24 * count / most))} | {count} |"
        for area, count in slide.bars
    ]
    table = "\n".join(["| | | |", "|---|---|--:|", *rows])
    return [f"## {escaped(slide.title)}\n\n{table}{comment(slide.notes)}"]


def _agenda(slide: Agenda, outline: Outline) -> list[str]:
    starts = _first_pages(outline)
    lines = []
    for stop in slide.stops:
        name = escaped(stop.name)
        # Marp numbers its slides; `#5` leads to the fifth.
        name = f"[{name}](#{starts[stop.key]})" if stop.key in starts else name
        lines.append(f"- {name}" + (f" — {escaped(stop.text)}" if stop.text else ""))
    return [f"## {escaped(slide.title)}\n\n" + "\n".join(lines) + comment(slide.notes)]


def _first_pages(outline: Outline) -> dict[str, int]:
    """The number of the first slide of each key, from 1."""
    found: dict[str, int] = {}
    number = 1
    for slide in outline.slides:
        if isinstance(slide, Section | Update | Briefs):
            found.setdefault(slide.key, number)
        number += 1 if isinstance(slide, Agenda) else len(_WRITTEN[type(slide)](slide, outline))
    return found


def _section(slide: Section, _: Outline) -> list[str]:
    shown = slide.names[: 2 * _LINES_A_SLIDE]
    names = [f"- {escaped(name.text)}" for name in shown]
    if len(slide.names) > len(shown):
        names.append(f"- … \\+{len(slide.names) - len(shown)}")
    return [
        f"{_AREA}\n<!-- _backgroundColor: '#{area_colour(slide.area)}' -->\n\n"
        f"# {escaped(slide.title)} — {escaped(slide.count)}\n\n"
        + "\n".join(names)
        + comment(slide.notes)
    ]


def _update(slide: Update, _: Outline) -> list[str]:
    pills = [_pill(slide.area, area_colour(slide.area))]
    if slide.stage_name:
        pills.append(_pill(slide.stage_name, stage_colour(slide.stage)))
    if slide.mark:
        pills.append(f"*{escaped(slide.mark)}*")
    points = "\n".join(f"- {escaped(point)}" for point in slide.points)
    facts = " ・ ".join(f"{escaped(f.name)}: **{escaped(f.value)}**" for f in slide.facts)
    parts = [f"## {escaped(slide.title)}", " ".join(pills), points, facts]
    if slide.source:
        parts.append(f"{escaped(slide.source_name)}: {link(slide.source.text, slide.source.url)}")
    return ["\n\n".join(part for part in parts if part) + comment(slide.notes)]


def _pill(text: str, colour: str) -> str:
    # Marp's Markdown takes no inline style without HTML; bold words in brackets say the same.
    return f"**\\[{escaped(text)}\\]**"


def _briefs(slide: Briefs, outline: Outline) -> list[str]:
    pages = []
    for number, some in enumerate(_evenly(slide.items, _BRIEFS_A_SLIDE)):
        more = f" {outline.more}" if number else ""
        items = "\n".join(_brief(item) for item in some)
        notes = comment(slide.notes) if not number else ""
        pages.append(f"## {escaped(slide.title + more)}\n\n{items}{notes}")
    return pages


def _brief(item: Brief) -> str:
    stage = f" \\[{escaped(item.stage_name)}\\]" if item.stage_name else ""
    name = link(item.title, item.source.url if item.source else None)
    text = f"  \n  {escaped(item.text)}" if item.text else ""
    return f"- **{name}**{stage}{text}"


def _points(slide: Points, outline: Outline) -> list[str]:
    pages = []
    for number, some in enumerate(_evenly(slide.lines, _LINES_A_SLIDE)):
        more = f" {outline.more}" if number else ""
        lines = "\n".join(
            f"- {link(x.text, x.url) if isinstance(x, Link) else escaped(x)}" for x in some
        )
        notes = comment(slide.notes) if not number else ""
        pages.append(f"## {escaped(slide.title + more)}\n\n{lines}{notes}")
    return pages


def _timeline(slide: Timeline, _: Outline) -> list[str]:
    rows = [
        f"| {escaped(m.date)} | {escaped(m.stage_name)} | {escaped(m.text)} |"
        for m in slide.moments
    ]
    table = "\n".join(["| | | |", "|---|---|---|", *rows])
    return [f"## {escaped(slide.title)}\n\n{table}{comment(slide.notes)}"]


def _picture(slide: Picture, _: Outline) -> list[str]:
    address = slide.file.resolve().as_uri()
    return [
        f"## {escaped(slide.title)}\n\n![{escaped(slide.alt)}](<{address}>){comment(slide.notes)}"
    ]


def _table(slide: Table, outline: Outline) -> list[str]:
    head = " | ".join(escaped(name) for name in slide.head)
    pages = []
    for number, some in enumerate(_evenly(slide.rows, _ROWS_A_SLIDE)):
        more = f" {outline.more}" if number else ""
        rows = [
            f"| {escaped(r.area)} | {link(r.title, r.url)} | {escaped(r.stage_name)} "
            f"| {escaped(r.date)} |"
            for r in some
        ]
        table = "\n".join([f"| {head} |", "|---|---|---|---|", *rows])
        pages.append(f"## {escaped(slide.title + more)}\n\n{table}")
    return pages


def _evenly(items: Sequence[Any], most: int) -> list[Sequence[Any]]:
    """The items in as few groups of at most `most` as they need, near equal."""
    count = max(1, -(-len(items) // most))
    bounds = [round(i * len(items) / count) for i in range(count + 1)]
    return [items[bounds[i] : bounds[i + 1]] for i in range(count)]


_WRITTEN: dict[type[Slide], Callable[[Any, Outline], list[str]]] = {
    Cover: _cover,
    Headlines: _headlines,
    Chart: _chart,
    Agenda: _agenda,
    Section: _section,
    Update: _update,
    Briefs: _briefs,
    Points: _points,
    Timeline: _timeline,
    Picture: _picture,
    Table: _table,
}
