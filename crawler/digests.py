"""Digests: a week's updates in one text, taken apart into items with the author's area."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from crawler.dates import is_sane, parse_date
from crawler.markup import mend_link, one_line, tidy
from crawler.origin import aws_kind, source_name
from crawler.outline import LINK, Section, bullets, links, plain, rows, sections, with_headings
from crawler.periods import find_span
from index.entry import Entry

FEWEST = 3
_FRAME = re.compile(
    r"^(?:目次|はじめに|最初に|さいごに|最後に|おわりに|終わりに|まとめ|所感|感想|統計情報|参考.*|注意.*|"
    r"contents|table of contents|introduction|intro|conclusion|summary|references?|links?|outro|"
    r"statistics|closing.*|wrap[- ]?up|about.*)$",
    re.I,
)
_FIELD = re.compile(
    r"^\s*(?:[-*+]\s+)?\*{0,2}([^\s*:：][^*:：]{0,15})\*{0,2}\s*[:：]\s*\*{0,2}\s*(.*)$"
)
_AREA_HEAD = re.compile(r"area|category|categories|service|分野|カテゴリ|分類|サービス")
_DATE_FIELD = re.compile(r"^(?:日付|公開日|発表日|date|posted|published)$", re.I)
_LINK_FIELD = re.compile(r"^(?:リンク|元記事|url|link|source|出典)$", re.I)
_TEXT_FIELD = re.compile(r"^(?:概要|要約|内容|説明|summary|description|overview)$", re.I)


@dataclass(frozen=True, slots=True)
class _Item:
    title: str
    body: str
    label: str
    link: str = ""


def digest_items(entry: Entry, now: datetime) -> tuple[Entry, ...]:
    """The items of a digest in its order, each an entry with the author's area as `label`.

    An item is dated by its own date, else by the last day of the period in the digest's
    title. Its address is its own link, else the one announcement that it names.
    """
    span = find_span(entry.title, entry.published)
    when, by = (span.last, "title") if span else (entry.published, entry.dated_by)
    made: dict[str, Entry] = {}
    for item in _items(entry.text, entry.title):
        part = _entry(item, entry, when, by, now)
        if part:
            _keep(made, part)
    return tuple(made.values())


def _keep(made: dict[str, Entry], part: Entry) -> None:
    """An item is told apart by its title: another one of the same title is numbered."""
    other = made.get(part.title)
    if other and (other.url, other.text) == (part.url, part.text):
        return
    same = sum(title == part.title or title.startswith(f"{part.title} (") for title in made)
    title = f"{part.title} ({same + 1})" if other else part.title
    made[title] = replace(part, title=title)


def _items(text: str, title: str) -> Iterator[_Item]:
    text = with_headings(text)
    found = _without_root(sections(text), title)
    inner = [s for s in found if s.leaf and s.above and not _is_frame(s)]
    if _are_items(inner):
        label = _labels(inner)
        for section in inner:
            yield _Item(section.title, section.body, label(section))
        return
    listed = [s for s in found if not _is_frame(s) and bullets(s.body)]
    label = _labels(found)
    for section in listed:
        for bullet in bullets(section.body):
            yield _bullet_item(bullet.line, bullet.below, label(section))
    if not listed:
        yield from _row_items(text)


def _row_items(text: str) -> Iterator[_Item]:
    """The rows of a table that link their update; the label is the cell under "area"."""
    at = -1
    for row in rows(text):
        linked = next((found for cell in row if (found := LINK.search(cell))), None)
        if linked is None:
            at = next((n for n, name in enumerate(row) if _AREA_HEAD.search(name.lower())), -1)
            continue
        label = plain(row[at]) if 0 <= at < len(row) else ""
        rest = [cell for cell in row if linked[0] not in cell and plain(cell) != label]
        days = [f"date: {cell}" for cell in rest if parse_date(cell)]
        words = [cell for cell in rest if len(cell) > 20]
        yield _Item(plain(linked[1]), "\n".join(days + words), label, linked[2])


def _without_root(found: tuple[Section, ...], title: str) -> list[Section]:
    """The sections without a first heading that is the whole text's title."""
    top = min((s.level for s in found), default=0)
    if not found or found[0].level != top or sum(s.level == top for s in found) != 1:
        return list(found)
    if top > 1 and found[0].title != plain(title):
        return list(found)  # the only area of a short digest
    return [Section(s.level, s.title, s.above[1:], s.body, s.leaf) for s in found[1:]]


def _is_frame(section: Section) -> bool:
    return bool(_FRAME.match(section.title) or any(_FRAME.match(name) for name in section.above))


def _are_items(leaves: list[Section]) -> bool:
    """True when the innermost headings are the updates; else they are areas over bullets."""
    if len(leaves) < 2:
        return False
    names = Counter(leaf.title for leaf in leaves)
    filled = [leaf for leaf in leaves if leaf.body]
    lists = sum(_linked_bullets(leaf.body) >= 2 for leaf in filled)
    return len(names) > 0.8 * len(leaves) and lists <= 0.3 * len(filled)


def _linked_bullets(body: str) -> int:
    """How many bullets name an announcement, or are one link from end to end."""
    found = bullets(body)
    return sum(
        bool(LINK.match(b.line)) or any(aws_kind(link) for link in links(b.line)) for b in found
    )


def _labels(found: list[Section]) -> Callable[[Section], str]:
    """How to name a section's area: the outermost heading, or the inner one where the same
    inner names return under several outer ones (then these are the areas)."""
    inner: dict[str, set[str]] = {}
    for section in found:
        outer, name = _path(section)
        if name:
            inner.setdefault(name, set()).add(outer)
    repeated = sum(len(outer) > 1 for outer in inner.values())
    by_inner = repeated > 0 and repeated >= 0.3 * len(inner)
    return lambda section: (by_inner and _path(section)[1]) or _path(section)[0]


def _path(section: Section) -> tuple[str, str]:
    """(outermost, next) heading; an inner name that repeats the outer one loses it."""
    path = (*section.above, section.title)
    if len(path) < 2:
        return path[0], ""
    return path[0], path[1].removeprefix(path[0]).lstrip(" -_/:") or path[1]


def _bullet_item(line: str, below: str, label: str) -> _Item:
    found = LINK.match(line.lstrip("*_ "))
    if found:
        return _Item(plain(found[1]), below, label, found[2])
    if bold := re.match(r"^\*\*(.+?)\*\*\s*[:：–—-]?\s*(.*)$", line):
        return _Item(plain(bold[1]), f"{bold[2]}\n{below}".strip(), label)
    head, sep, rest = line.partition(": ")
    if sep and 8 <= len(head) <= 120 and not head.startswith("http"):
        return _Item(plain(head), f"{rest}\n{below}".strip(), label)
    named = [link for link in links(line) if aws_kind(link)]
    if len(named) == 1:
        return _Item(plain(line), below, label, named[0])
    return _Item(plain(line), f"{line}\n{below}".strip() if named else below, label)


def _entry(item: _Item, whole: Entry, when: datetime, by: str, now: datetime) -> Entry | None:
    title = one_line(re.sub(r"https?://\S+", " ", item.title))[:300].strip(" :：-–—")
    body, stated = _own_fields(item.body)
    url = mend_link(item.link) if item.link else _one_link(item.body)
    if not title or (_FIELD.match(item.title) and _DATE_FIELD.match(item.title.split(":")[0])):
        return None
    if stated and is_sane(stated, now):
        when, by = stated, "source"
    elsewhere = url and not aws_kind(url) and source_name(url) != "aws.amazon.com"
    return Entry(
        kind=aws_kind(url) or ("article" if elsewhere and item.link else "announcement"),
        title=title,
        published=when,
        source=whole.source,
        lang=whole.lang,
        url=url,
        text=body,
        dated_by=by,
        label=item.label,
    )


def _own_fields(body: str) -> tuple[str, datetime | None]:
    """The text of an item without its date and link lines, and the date that they state."""
    lines: list[str] = []
    stated: datetime | None = None
    for line in body.split("\n"):
        found = _FIELD.match(line)
        key = found[1].strip() if found else ""
        if found and _DATE_FIELD.match(key):
            stated = parse_date(found[2].strip("* "))
        elif found and _TEXT_FIELD.match(key):
            lines.append(found[2])
        elif not (found and _LINK_FIELD.match(key)) and line.strip() not in ("---", "***"):
            lines.append(line)
    return tidy("\n".join(lines)), stated


def _one_link(body: str) -> str | None:
    """The one announcement that an item names; None where it names none or several."""
    named = {mend_link(link) for link in links(body) if aws_kind(link)}
    return named.pop() if len(named) == 1 else None
