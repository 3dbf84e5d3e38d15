"""A body's Markdown, read and written anew: structure kept, everything else plain text.

Raw HTML becomes text, pictures become their names, links lead to http(s) only, headings step
down so that the page's own stay on top, and none of Streamlit's own notation takes effect.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ui.parts.escape import escape, escape_inside, safe_address

MOST = 60_000  # characters shown of one text
_TOP = 3  # the level of a body's greatest heading: a page's title and sections stand above
_PLAIN_FENCES = ("mermaid", "math", "latex", "katex")  # Streamlit would draw these


def readable(text: str) -> str:
    """The text as Markdown that may be shown."""
    return _written(_parser().parse(text[:MOST])).strip()


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


@dataclass
class _Page:
    """Lines written so far; `leads` are what every line of the open blocks begins with."""

    lines: list[str] = field(default_factory=list)
    leads: list[str] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)

    def put(self, text: str, *, apart: bool = True) -> None:
        lead = "".join(self.leads)
        if apart and self.lines and self.lines[-1].strip(" >"):
            self.lines.append(lead.rstrip())
        for line in text.split("\n"):
            self.lines.append((self._first() + line).rstrip(" ") if line else lead.rstrip())

    def _first(self) -> str:
        """What the next line begins with: an item's sign once, then as much blank."""
        if not self.marks or not self.leads:
            return "".join(self.leads)
        mark, self.marks[-1] = self.marks[-1], ""
        if not mark:
            return "".join(self.leads)
        return "".join(self.leads[:-1]) + mark


def _written(tokens: Sequence[Token]) -> str:
    page = _Page()
    numbers: list[int | None] = []
    row: list[str] = []
    for place, token in enumerate(tokens):
        kind = token.type
        if kind == "inline":
            text = inline(token.children or [])
            if tokens[place - 1].type in ("th_open", "td_open"):
                row.append(text.replace("\n", " "))
            elif tokens[place - 1].type == "heading_open":
                page.put(_heading(tokens[place - 1].tag, text))
            else:
                page.put(text, apart=not tokens[place - 1].hidden)
        elif kind in ("fence", "code_block"):
            page.put(_code(token))
        elif kind == "hr":
            page.put("---")
        elif kind == "html_block":
            page.put(escape(token.content))
        elif kind == "blockquote_open":
            page.leads.append("> ")
            page.marks.append("")
        elif kind in ("bullet_list_open", "ordered_list_open"):
            numbers.append(int(token.attrGet("start") or 1) if kind[0] == "o" else None)
        elif kind in ("bullet_list_close", "ordered_list_close"):
            numbers.pop()
        elif kind == "list_item_open":
            _open_item(page, numbers)
        elif kind in ("list_item_close", "blockquote_close"):
            page.leads.pop()
            page.marks.pop()
        elif kind == "tr_close":
            page.put(f"| {' | '.join(row)} |", apart=tokens[place + 1].type == "thead_close")
            if tokens[place + 1].type == "thead_close":
                page.put("|" + " --- |" * len(row), apart=False)
            row = []
    return "\n".join(page.lines)


def _open_item(page: _Page, numbers: list[int | None]) -> None:
    number = numbers[-1]
    mark = "- " if number is None else f"{number}. "
    if number is not None:
        numbers[-1] = number + 1
    page.leads.append(" " * len(mark))
    page.marks.append(mark)


def _heading(tag: str, text: str) -> str:
    level = min(int(tag[1:]) + _TOP - 1, 6)
    return f"{'#' * level} {text}".replace("\n", " ")


def _code(token: Token) -> str:
    body = token.content.rstrip("\n")
    longest = max((len(run) for run in _runs(body)), default=0)
    fence = "`" * max(3, longest + 1)
    name = token.info.strip().split(" ")[0].lower() if token.info else ""
    known = name.isascii() and name.isalnum() and name not in _PLAIN_FENCES
    return f"{fence}{name if known else 'text'}\n{body}\n{fence}"


def _runs(text: str) -> Iterator[str]:
    """Every run of backticks."""
    run = ""
    for char in text:
        if char == "`":
            run += char
        elif run:
            yield run
            run = ""
    if run:
        yield run


def inline(tokens: Sequence[Token]) -> str:
    """The tokens of one paragraph as Markdown on its lines."""
    parts: list[str] = []
    closing: list[str] = []
    for token in tokens:
        kind = token.type
        if kind == "text":
            parts.append(escape_inside(token.content))
        elif kind == "softbreak":
            parts.append("\n")
        elif kind == "hardbreak":
            parts.append("  \n")
        elif kind == "code_inline":
            parts.append(_inline_code(token.content))
        elif kind in ("strong_open", "strong_close"):
            parts.append("**")
        elif kind in ("em_open", "em_close"):
            parts.append("*")
        elif kind in ("s_open", "s_close"):
            parts.append("~~")
        elif kind == "link_open":
            address = safe_address(str(token.attrGet("href") or ""))
            parts.append("[" if address else "")
            closing.append(f"]({address})" if address else "")
        elif kind == "link_close":
            parts.append(closing.pop() if closing else "")
        elif kind == "image":
            parts.append(escape(f"［{token.content}］") if token.content.strip() else "")
        else:
            parts.append(escape_inside(token.content))
    return "".join(parts)


def _inline_code(content: str) -> str:
    longest = max((len(run) for run in _runs(content)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if content.startswith("`") or content.endswith("`") else ""
    return f"{fence}{pad}{content}{pad}{fence}"
