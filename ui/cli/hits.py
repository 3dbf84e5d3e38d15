"""A page of hits on a terminal: numbered, dated, the query's words standing out."""

import html
import os
import re
import shutil
import sys
import textwrap

import click

from index.search.query import Hit, Page

_MARK = re.compile(r"<mark>(.*?)</mark>", re.S)
_FACETS = ("area", "service", "kind", "stage", "lang", "year")
_MOST_VALUES = 5
_STAGES = {"preview": "preview", "ga": "GA", "region": "regions", "end": "end of support"}


def colours() -> bool:
    """True when marks may be shown by colour: a terminal, and nobody said NO_COLOR."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def page_text(page: Page, asked: str, offset: int = 0) -> str:
    """The page as text, a blank line between hits, counts of the facets at its end."""
    parts = [_head(page, asked, offset)]
    parts += [_hit(hit, offset + i) for i, hit in enumerate(page.hits, 1)]
    if page.related:
        parts.append(_dim("Related in meaning:"))
        parts += [_hit(hit, None) for hit in page.related]
    if counts := _facets(page):
        parts.append(counts)
    return "\n\n".join(parts)


def _head(page: Page, asked: str, offset: int) -> str:
    found = f"{page.total:,} hit{'' if page.total == 1 else 's'}"
    about = f" for {asked}" if asked else ""
    shown = len(page.hits)
    if shown < page.total:
        return f"{found}{about}, {offset + 1}–{offset + shown} shown"
    return f"{found}{about}"


def _hit(hit: Hit, number: int | None) -> str:
    lead = f"{number:>3}. " if number is not None else "   · "
    facts = [
        hit.published.strftime("%Y-%m-%d"), hit.kind, hit.area, _STAGES.get(hit.stage, ""),
        hit.lang, hit.source, hit.id,
    ]  # fmt: skip
    lines = [
        lead + _coloured(*_unmarked(hit.marked_title), bold=True),
        _dim("     " + " · ".join(filter(None, facts))),
    ]
    if hit.services:
        lines.append(_dim("     " + ", ".join(hit.services[:4])))
    lines += _wrapped(hit.excerpt)
    if hit.url:
        lines.append("     " + hit.url)
    lines += [_dim(f"     also {c.lang}, {c.source}: {c.title}") for c in hit.copies[:3]]
    if len(hit.copies) > 3:
        lines.append(_dim(f"     and {len(hit.copies) - 3} more copies"))
    return "\n".join(lines)


def _wrapped(excerpt: str) -> list[str]:
    """The excerpt in lines that fit the terminal."""
    text, spans = _unmarked(excerpt)
    width = max(40, min(shutil.get_terminal_size((100, 24)).columns, 100) - 5)
    # CJK characters take two columns and know no blanks.
    wide = sum(c > "\u2e7f" for c in text) * 2 > len(text)
    lines = []
    at = 0
    for line in textwrap.wrap(text, width // 2 if wide else width, break_on_hyphens=False):
        at = text.index(line, at)
        end = at + len(line)
        inside = [(max(a, at) - at, min(b, end) - at) for a, b in spans if a < end and b > at]
        lines.append("     " + _coloured(line, inside))
        at = end
    return lines


def _unmarked(marked: str) -> tuple[str, list[tuple[int, int]]]:
    """Marked text as plain text, and where its marks stand."""
    text, spans = "", []
    for i, part in enumerate(_MARK.split(marked)):
        start = len(text)
        text += html.unescape(part)
        if i % 2:
            spans.append((start, len(text)))
    return text, spans


def _coloured(text: str, spans: list[tuple[int, int]], bold: bool = False) -> str:
    """The text with these stretches coloured, where colours may be shown."""
    if not colours():
        return text
    parts, at = [], 0
    for start, end in spans:
        parts += [click.style(text[at:start], bold=bold)] if start > at else []
        parts.append(click.style(text[start:end], fg="yellow", bold=True))
        at = end
    return "".join([*parts, click.style(text[at:], bold=bold)])


def _dim(text: str) -> str:
    return click.style(text, dim=True) if colours() else text


def _facets(page: Page) -> str:
    lines = []
    for name, counts in page.facets:
        if name not in _FACETS or len(counts) < 2:
            continue
        shown = " · ".join(f"{value} {count}" for value, count in counts[:_MOST_VALUES])
        more = f" · {len(counts) - _MOST_VALUES} more" if len(counts) > _MOST_VALUES else ""
        lines.append(_dim(f"{name:>8}: {shown}{more}"))
    return "\n".join(lines)
