"""Articles of one series, recognised by their titles and by what their texts say."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.entry import Entry, Series

_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_KANJI = {c: n for n, c in enumerate("一二三四五六七八九十", 1)}
_TILDES = "~〜～∼"
_ENDS = rf"\s*[{_TILDES}\-–—:：|｜/／【\[(（「『]\s*"
_NUMBER = r"(?P<n>[0-9０-９]{1,2}|[一二三四五六七八九十])"
# A part is told behind a mark: "… ~2. Costs~", "… 第3回", "… (Part 2)", "… その2", "… #4".
_PART = re.compile(
    rf"^(?P<stem>.{{4,}}?)(?:{_ENDS}|\s+|(?=第|その))"
    rf"(?:第\s*{_NUMBER}\s*(?:回|弾|部|章|話)|その\s*{_NUMBER.replace('<n>', '<n2>')}|"
    rf"(?:part|pt\.?|vol\.?|episode|day|step)\s*\.?\s*{_NUMBER.replace('<n>', '<n3>')}|"
    rf"[#＃№]\s*{_NUMBER.replace('<n>', '<n5>')}(?![0-9])|"
    rf"(?:No\.?)?\s*{_NUMBER.replace('<n>', '<n4>')}"
    r"\s*(?:[.．:：、)）\]】」』]|[/／]\s*\d{1,2}\s*[)）\]】]|$))(?P<rest>.*)$",
    re.I,
)
_FIRST = re.compile(
    rf"^(?P<stem>.{{4,}}?){_ENDS}(?:はじめに|序章|序|導入|準備編|概要編|introduction|intro|prologue|overview)"
    rf"\s*[{_TILDES}\])）】」』]?\s*$",
    re.I,
)
_SAYS_SO = re.compile(
    r"連載|シリーズ|第\s*[0-9０-９一二三四五六七八九十]+\s*(?:弾|回)|前回|次回|"
    r"this series|previous (?:post|part)|part of a series",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Place:
    """A part's place: what the titles of its series share, and its number from 0."""

    stem: str
    part: int


def join_series(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The same entries in the same order, with `series` set where a series is recognised.

    Titles of one source that share their beginning and end in different part numbers make
    a series, "はじめに" or "Introduction" being part 0. A single part counts when its own
    text speaks of a series, of the previous or of the next part.
    """
    places = {at: place for at, entry in enumerate(entries) if (place := _place(entry))}
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at, place in places.items():
        groups[entries[at].source, _folded(place.stem)].append(at)
    found: dict[int, Series] = {}
    for members in groups.values():
        parts = {places[at].part for at in members}
        told = any(_SAYS_SO.search(entries[at].text[:3000]) for at in members)
        if (len(members) > 1 and len(parts) == len(members)) or told:
            name = places[members[0]].stem
            found |= {at: Series(name=name, part=places[at].part) for at in members}
    return tuple(
        replace(entry, series=found[at]) if at in found else entry
        for at, entry in enumerate(entries)
    )


def may_be_part(entry: Entry) -> bool:
    """True when a title looks like one part of several."""
    return _place(entry) is not None


def _place(entry: Entry) -> Place | None:
    wanted = entry.series is None and entry.kind in ("article", "blog")
    return part_of_series(entry.title) if wanted else None


def part_of_series(title: str) -> Place | None:
    """The place that a title names, such as "… ~2. Costs~" or "… Part 3"; None for others."""
    if found := _FIRST.match(title):
        return Place(_bare(found["stem"]), 0)
    if not (found := _PART.match(title)):
        return None
    number = next(g for g in found.group("n", "n2", "n3", "n4", "n5") if g)
    part = _KANJI.get(number) or int(number.translate(_DIGITS))
    named = len(re.findall(r"[^\W\d_]", _bare(found["stem"]))) > 1  # a date is no title
    return Place(_bare(found["stem"]), part) if named else None


def _bare(stem: str) -> str:
    stem = stem.strip(f" {_TILDES}-–—:：|｜/／、,").rstrip("【[(（「『 ")
    return stem if re.search(r"[】\])）」』]", stem) else stem.lstrip("【[(（「『 ")


def _folded(stem: str) -> str:
    return re.sub(r"[\W_]+", "", stem).casefold()
