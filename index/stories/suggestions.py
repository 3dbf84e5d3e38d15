"""Weaker ties, offered and never made: what a session, a note or a post may be about.

A shared subject service and days that lie close are no proof, so nothing here is kept: what is
offered follows from the entries as they are now. It becomes a tie when somebody links them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from index.facts.lead import Lead
from index.shelf import Shelf
from index.stored import Stored
from index.stories.phonetics import rendered
from index.stories.placing import titled
from index.stories.ties import ties_of
from index.stories.title import Title, title_of, weight
from index.taxonomy import Taxonomy

BEFORE, AFTER = timedelta(days=14), timedelta(days=42)
"""How long before and after a launch others may tell of it."""
POSSIBLE = 0.5
"""The least weight that is worth offering."""
_WORDS = 0.6
_NONE: frozenset[str] = frozenset()
_TELLERS = ("session", "note", "article", "blog")
_LAUNCHES = ("announcement",)
_CODE = re.compile(r"(?<![A-Z0-9])[A-Z]{3,6}[0-9]{3,4}(?![0-9])")
_IN_TEXT = 0.5
_BODY_SIZE = 4000


@dataclass(frozen=True, slots=True)
class Possible:
    """An entry that may belong beside another: `why` is "code" or "service", `words` what both
    say, `weight` from POSSIBLE to 1. Show it as possible."""

    stored: Stored
    why: str
    words: tuple[str, ...]
    weight: float


def suggestions(
    shelf: Shelf, taxonomy: Taxonomy, stored: Stored, limit: int = 5
) -> tuple[Possible, ...]:
    """What may belong beside the entry, the likeliest first, one of each story; what is tied
    to it already is left out."""
    tied = {tie.other for tie in ties_of(shelf.store, stored.id)}
    tied_stories = {stored.story} | {s.story for s in shelf.many(sorted(tied))}
    found = [*_by_code(shelf, stored), *_by_service(shelf, taxonomy, stored)]
    likely = (s for s in found if s.weight >= POSSIBLE)
    ordered = sorted(likely, key=lambda s: (-s.weight, s.stored.id))
    best: dict[str, Possible] = {}
    for possible in ordered:
        if possible.stored.story not in tied_stories:
            best.setdefault(possible.stored.story, possible)
    return tuple(best.values())[:limit]


def _by_code(shelf: Shelf, stored: Stored) -> Iterator[Possible]:
    """Sessions of that year whose code the text speaks of."""
    entry = stored.entry
    if entry.kind not in ("note", "article", "blog", "digest"):
        return
    for code in dict.fromkeys(_CODE.findall(f"{entry.title} {entry.text}")):
        condition = "kind = 'session' AND json_extract(detail, '$.session.code') = ?"
        for session in shelf.where(condition, [code]):
            if abs(session.entry.published.year - entry.published.year) <= 1:
                yield Possible(session, "code", (code,), 0.9)


def _by_service(shelf: Shelf, taxonomy: Taxonomy, stored: Stored) -> Iterator[Possible]:
    """Launches around a telling, or tellings around a launch, with a subject service of both.

    A telling is about the service's only launch of those days more likely than about one of ten.
    """
    when = stored.entry.published
    if stored.entry.kind in _TELLERS:
        near = list(_around(shelf, stored, _LAUNCHES, when - AFTER, when + BEFORE))
        told = _told(stored, taxonomy)
        for launch in near:
            words, share = said(_own(launch, taxonomy), *told)
            yield _weighed(launch, words, share, near, launch)
    elif stored.entry.kind in _LAUNCHES:
        near = list(_around(shelf, stored, _LAUNCHES, when - BEFORE, when + BEFORE))
        own = _own(stored, taxonomy)
        for teller in _around(shelf, stored, _TELLERS, when - BEFORE, when + AFTER):
            words, share = said(own, *_told(teller, taxonomy))
            yield _weighed(teller, words, share, near, stored)


def _weighed(
    other: Stored, words: frozenset[str], share: float, near: Sequence[Stored], launch: Stored
) -> Possible:
    """The suggestion with its weight; the fewer stories of the service, the heavier."""
    services = set(launch.facts.services)
    stories = {s.story for s in near if services & set(s.facts.services)} | {launch.story}
    weight = _WORDS * share + (1 - _WORDS) / len(stories)
    return Possible(other, "service", tuple(sorted(words)), round(weight, 3))


def _own(launch: Stored, taxonomy: Taxonomy) -> frozenset[str]:
    """What the launch's title says beyond the plain name of its services; all of it where that
    is all."""
    title = titled(launch, taxonomy)
    names = " ".join(launch.facts.services)
    plain = title_of("", names, launch.entry.published)
    own = title.words | title.numbers
    return own - plain.words - plain.numbers or own


def said(own: frozenset[str], title: Title, body: Title) -> tuple[frozenset[str], float]:
    """(those of the words that the other says, their share: 1 for all of them in its title; one
    that only the body says counts half)."""
    in_title, in_body = _found(own, title), _found(own, body)
    share = weight(in_title, _NONE) + _IN_TEXT * weight(in_body - in_title, _NONE)
    return in_title | in_body, share / (weight(own, _NONE) or 1.0)


def _found(words: frozenset[str], text: Title) -> frozenset[str]:
    found = words & (text.words | text.numbers)
    left = words - found
    for kana in text.kana:
        found |= rendered(kana, left)[0]
    return found | frozenset(w for w in left if any(w in gloss for gloss in text.glosses))


def _told(stored: Stored, taxonomy: Taxonomy) -> tuple[Title, Title]:
    body = Lead(stored.entry).body[:_BODY_SIZE]
    return titled(stored, taxonomy), title_of(stored.id, body, stored.entry.published)


def _around(
    shelf: Shelf, stored: Stored, kinds: Sequence[str], start: datetime, end: datetime
) -> Iterator[Stored]:
    """Entries of these kinds and days with a subject service of this one."""
    services = stored.facts.services
    if not services:
        return iter(())
    condition = (
        f"published BETWEEN ? AND ? AND kind IN ({_marks(kinds)}) AND part_of IS NULL AND id IN "
        f"(SELECT id FROM fact WHERE kind = 'service' AND value IN ({_marks(services)}))"
    )
    bounds = (int(start.timestamp()), int(end.timestamp()))
    return shelf.where(condition, (*bounds, *kinds, *services))


def _marks(values: Sequence[str]) -> str:
    return ",".join("?" * len(values))
