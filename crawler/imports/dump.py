"""A blog's front page as plain text: posts one after another, headings and links lost.

What is lost is put back from what is left: titles from session codes, periods, parts of a
series and the words that open and close a post; dates from the names of the pictures.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from crawler.codes import code_in_title, event_year
from crawler.dates import parse_date
from crawler.drafts import Draft, collect
from crawler.kinds import infer_kind
from crawler.markup import one_line
from crawler.origin import Origin
from crawler.periods import find_span
from crawler.reading import Reading
from crawler.series import join_series, part_of_series
from index.taxonomy import Taxonomy

_PICTURE = re.compile(r"f:id:([\w-]{3,32}):(\d{8})(\d{6})[a-z]?(?::\w+)?")
_LIST = re.compile(r"^\s*(?:[•◦‣・*-]|\d{1,2}\.)\s+\S")
_OPENING = re.compile(r"^(?:はじめに|概要|目次|背景|introduction|overview|intro|contents)$", re.I)
_CLOSING = re.compile(
    r"^(?:さいごに|最後に|おわりに|終わりに|感想|まとめ|conclusion|summary|wrap[- ]?up)", re.I
)
_FRAME = re.compile(rf"{_OPENING.pattern}|{_CLOSING.pattern}$", re.I)
_NEXT = re.compile(r"^(?:次回|次の記事|つづき|続きは|next (?:time|post)|to be continued)", re.I)
_SENTENCE = re.compile(r"。|[．！!・…][」）)]?\s*$|・・|[a-z]{2}[.!?](?:\s+[A-Z]|$)")
_CODE_LINE = re.compile(r"^[\[{<}\]]|[;{}]\s*$|^\s*(?:\"[\w:]+\":|\$ |#!|import |def |aws )")
LONGEST_HEADING = 110
FEWEST_POSTS = 2


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines without a blank one between them."""

    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        return self.lines[0].strip()

    @property
    def heading(self) -> bool:
        """True for one short line that is no sentence, list, picture, code or address."""
        line = self.text
        if len(self.lines) > 1 or not 2 <= len(line) <= LONGEST_HEADING:
            return False
        if (
            _is_day(line)
            or _LIST.match(self.lines[0])
            or _PICTURE.match(line)
            or _CODE_LINE.search(line)
        ):
            return False
        return not _SENTENCE.search(line) and not re.fullmatch(r"\S+\.\w{2,}(?:/\S*)?", line)


@dataclass(frozen=True, slots=True)
class _Post:
    title: str
    blocks: tuple[_Block, ...]
    stated: datetime | None


def is_dump(text: str) -> bool:
    """True when a text without Markdown's headings holds several posts."""
    if re.search(r"^#{1,6} \S", text[:200_000], re.M):
        return False
    return len(_posts(_blocks(text))) >= FEWEST_POSTS


def read_dump(text: str, origin: Origin) -> Reading:
    """The posts of a front page in its order, newest first as blogs have it."""
    blocks = _blocks(text)
    posts = _posts(blocks)
    user = _user(text)
    dates = _dates(posts)
    drafts = [_draft(post, when, user) for post, when in zip(posts, dates, strict=True)]
    name = blocks[0].text if blocks and blocks[0].text != posts[0].title else ""
    reading = collect("blog text", drafts, origin, name)
    return replace(reading, entries=join_series(reading.entries))


def _blocks(text: str) -> list[_Block]:
    parts = re.split(r"\n[ \t\u3000]*\n+", text.replace("\r\n", "\n").strip("\ufeff\n"))
    return [
        _Block(tuple(lines)) for part in parts if (lines := part.strip("\n").split("\n"))[0].strip()
    ]


def _posts(blocks: Sequence[_Block]) -> list[_Post]:
    starts = _starts(blocks)
    if not starts:
        return []
    ends = [*[start for start, _ in starts[1:]], len(blocks)]
    made = []
    for (start, stated), end in zip(starts, ends, strict=True):
        inner = blocks[start + 1 : end]
        if stated is not None and end < len(blocks) and _day(blocks[end - 1]):
            inner = inner[:-1]  # the next post's date stands above its title
        made.append(_Post(blocks[start].text, tuple(inner), stated))
    return made


def _starts(blocks: Sequence[_Block]) -> list[tuple[int, datetime | None]]:
    """Where the posts begin, and the date that stands beside a title."""
    headings = [at for at, block in enumerate(blocks) if block.heading]
    stems = Counter(
        place.stem for at in headings if (place := part_of_series(blocks[at].text)) is not None
    )
    found: list[tuple[int, datetime | None]] = []
    closed = True  # the page's own head
    for at, block in enumerate(blocks):
        stated = _day(blocks[at - 1]) if at else None
        if block.heading and (stated or _is_title(blocks, at, stems, closed)):
            found.append((at, stated))
            closed = False
        elif _CLOSING.match(block.text) or _NEXT.match(block.text):
            closed = True
    return found


def _is_title(blocks: Sequence[_Block], at: int, stems: Counter[str], closed: bool) -> bool:
    title = blocks[at].text
    if len(title) < 6 or _FRAME.match(title):
        return False
    place = part_of_series(title)
    if place and stems[place.stem] > 1:
        return True
    if code_in_title(title) and event_year(title):
        return True
    if find_span(title) and infer_kind(title, "") == "digest":
        return True
    after = blocks[at + 1] if at + 1 < len(blocks) else None
    opened = after is not None and bool(_OPENING.match(after.text))
    return closed and at > 0 and opened


def _day(block: _Block) -> datetime | None:
    """The date that a block consists of, or None."""
    return parse_date(block.text) if len(block.lines) == 1 and _is_day(block.text) else None


def _is_day(line: str) -> bool:
    return bool(len(line) <= 20 and re.match(r"^\d{4}\W|^[A-Z][a-z]+ \d{1,2}, \d{4}$", line))


def _user(text: str) -> str:
    """The Hatena user whose pictures the posts show."""
    users = Counter(found[1] for found in _PICTURE.finditer(text))
    return users.most_common(1)[0][0] if users else ""


def _dates(posts: Sequence[_Post]) -> list[datetime | None]:
    """Each post's date: stated, of its newest picture, else between its neighbours'."""
    found = [post.stated or _pictured(post) for post in posts]
    for at, post in enumerate(posts):
        if found[at] is None:
            older = next((when for when in found[at + 1 :] if when), None)
            span = find_span(post.title, older)
            known = [when for when in (older, span.last if span else None) if when]
            found[at] = max(known, default=None)
    return found


def _pictured(post: _Post) -> datetime | None:
    days = [m[2] for block in post.blocks for line in block.lines for m in _PICTURE.finditer(line)]
    return parse_date(f"{max(days)[:4]}-{max(days)[4:6]}-{max(days)[6:]}") if days else None


def _draft(post: _Post, when: datetime | None, user: str) -> Draft:
    digest = infer_kind(post.title, "") == "digest"
    return Draft(
        title=post.title,
        text="\n\n".join(_digest_text(post.blocks) if digest else _text(post.blocks)),
        stated=(post.stated,) if post.stated else (),
        guess=when,
        author=user,
        source=f"{user}.hatenablog.com" if user else "",
    )


def _text(blocks: Sequence[_Block]) -> Iterator[str]:
    """Markdown: a heading before another heading stands above it."""
    grouped = False
    for at, block in enumerate(blocks):
        if not block.heading:
            yield _body(block)
            continue
        follows = at + 1 < len(blocks) and blocks[at + 1].heading
        outer = follows or not grouped or bool(_FRAME.match(block.text))
        grouped = grouped or follows
        yield f"{'##' if outer else '###'} {block.text}"


def _digest_text(blocks: Sequence[_Block]) -> Iterator[str]:
    """Markdown of a digest: areas, then titles and descriptions by turns."""
    inside, titled = False, False
    for block in blocks:
        if _is_area(block.text) and len(block.lines) == 1:
            inside, titled = True, False
            yield f"## {block.text}"
        elif _CLOSING.match(block.text):
            inside = False
            yield f"## {block.text}"
        elif inside and not titled and block.heading:
            titled = True
            yield f"### {block.text}"
        else:
            titled = False
            yield _body(block)


def _is_area(words: str) -> bool:
    return len(words) <= 40 and Taxonomy.load().area(one_line(words)) is not None


def _body(block: _Block) -> str:
    lines = [_PICTURE.sub(lambda m: f"![]({m[0]})", line) for line in block.lines]
    if _LIST.match(lines[0]):
        least = min(2, *(len(line) - len(line.lstrip()) for line in lines))
        return "\n".join(_bullet(line[least:]) for line in lines)
    if len(lines) > 1 and sum(bool(_CODE_LINE.search(line)) for line in lines) > len(lines) / 2:
        return "\n".join(["```", *lines, "```"])
    return "\n".join(line.strip() for line in lines)


def _bullet(line: str) -> str:
    found = re.match(r"^(\s*)[•◦‣・]\s*(.*)$", line)
    return f"{found[1]}- {found[2]}" if found else line
