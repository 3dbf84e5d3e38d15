"""Markdown seen as an outline: headings with what stands under them, bullets with theirs."""

import re
from dataclasses import dataclass

_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*\s*$")
_BULLET = re.compile(r"^(\s*)(?:[-*+]|\d{1,3}[.)])\s+(.*)$")
_ANY_HEADING = re.compile(r"^#{1,6} \S", re.M)
_MARKED = re.compile(
    r"^(?:[■◆▼□◇▶▪★☆●]\s*(\S.{0,60})|\*\*([^*\n]{1,60})\*\*|【([^】\n]{1,60})】)[ \t]*$", re.M
)
_ROW = re.compile(r"^\s*\|(.+)\|\s*$")
_EMOJI = re.compile(
    "[\u2190-\u21ff\u2300-\u23ff\u2460-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff\ufe0f\u200d]"
)
LINK = re.compile(r"\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\((\S+?)(?:\s+\"[^\"]*\")?\)")
BARE_LINK = re.compile(r"(?<![(\[<\"])\bhttps?://[^\s<>()\[\]\"'、。）」]+")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading: its level, its words, the titles of those above it, and the text under it
    until the next heading; `leaf` when no deeper heading follows."""

    level: int
    title: str
    above: tuple[str, ...]
    body: str
    leaf: bool


@dataclass(frozen=True, slots=True)
class Bullet:
    """A bullet of the outermost level: its own line, and everything indented below it."""

    line: str
    below: str


def with_headings(markdown: str) -> str:
    """The text; where it has no headings, lines such as `■ Compute`, `**Compute**` and
    `【Compute】` become some, as authors without headings mean them."""
    if _ANY_HEADING.search(markdown):
        return markdown
    return _MARKED.sub(lambda found: f"## {next(filter(None, found.groups()))}", markdown)


def sections(markdown: str) -> tuple[Section, ...]:
    """The sections of a text in order; what stands before the first heading is left out."""
    heads: list[tuple[int, str]] = []
    bodies: list[list[str]] = []
    fenced = False
    for line in markdown.split("\n"):
        fenced ^= line.lstrip().startswith(("```", "~~~"))
        found = None if fenced else _HEADING.match(line)
        if found:
            heads.append((len(found[1]), plain(found[2])))
            bodies.append([])
        elif bodies:
            bodies[-1].append(line)
    made: list[Section] = []
    path: list[tuple[int, str]] = []
    for at, (level, title) in enumerate(heads):
        path = [p for p in path if p[0] < level]
        deeper = at + 1 < len(heads) and heads[at + 1][0] > level
        above = tuple(name for _, name in path)
        made.append(Section(level, title, above, "\n".join(bodies[at]).strip(), not deeper))
        path.append((level, title))
    return tuple(made)


def bullets(body: str) -> tuple[Bullet, ...]:
    """The outermost bullets of a text, each with what is indented below it."""
    found: list[tuple[str, list[str]]] = []
    outer: int | None = None
    for line in body.split("\n"):
        match = _BULLET.match(line)
        if match and (outer is None or len(match[1]) <= outer):
            outer = len(match[1])
            found.append((match[2].strip(), []))
        elif found and (not line.strip() or line[:1] in " \t"):
            found[-1][1].append(line)
        elif found:
            break  # a paragraph ends the list
    return tuple(Bullet(line, "\n".join(rest).strip("\n")) for line, rest in found)


def rows(body: str) -> tuple[tuple[str, ...], ...]:
    """The rows of the tables in a text, cell by cell, without the lines under their heads."""
    found = [m[1] for line in body.split("\n") if (m := _ROW.match(line))]
    cells = [tuple(cell.strip() for cell in re.split(r"(?<!\\)\|", row)) for row in found]
    return tuple(row for row in cells if not all(re.fullmatch(r":?-*:?", c) for c in row))


def plain(words: str) -> str:
    """A heading's words without marks, links, anchors and emoji."""
    words = LINK.sub(r"\1", words)
    words = re.sub(r"\{#[\w-]+\}|[*`]|__", "", words)
    return re.sub(r"\s+", " ", _EMOJI.sub(" ", words)).strip(" :：")


def links(text: str) -> tuple[str, ...]:
    """The http(s) addresses that a text links or names, each once, in order."""
    found = [m[2] for m in LINK.finditer(text) if m[2].startswith("http")]
    found += BARE_LINK.findall(LINK.sub(" ", text))
    return tuple(dict.fromkeys(address.rstrip(".,;:") for address in found))
