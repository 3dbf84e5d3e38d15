"""The timelines and reports of a knowledge base, read from its shelf."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import groupby

from index.fact import FactKind
from index.shelf import Shelf
from index.stored import Stored
from index.taxonomy import Taxonomy
from index.timeline.moment import Moment, moment_of
from index.timeline.reports import (
    Due,
    Rename,
    Waiting,
    deadlines,
    renames,
    still_in_preview,
)
from index.timeline.subject import TELLERS, belongs, subject_of
from index.timeline.succession import Succession
from index.timeline.timeline import Timeline, build_timeline

_RENAME_HINTS = (
    "formerly",
    "previously known",
    "renamed",
    "is now ",
    "successor to",
    "(旧",
    "（旧",
)
_AT_ONCE = 500  # stories in one question to the database


class Almanac:
    """Answers from stored entries; reads only."""

    def __init__(self, shelf: Shelf, taxonomy: Taxonomy) -> None:
        self.shelf = shelf
        self.taxonomy = taxonomy

    def timeline(self, text: str) -> Timeline:
        """The timeline of a service or feature by any of its names; empty if nothing tells."""
        subject = subject_of(text, self.taxonomy)
        service = self.taxonomy.service(subject.service) if subject.service else None
        family = [s.name for s in self.taxonomy.family(service)] if service else []
        if service:
            found = self._with_facts(FactKind.SERVICE, [subject.service, *family])
        else:
            longest = max(subject.words, key=len, default="")
            found = self.shelf.where("title LIKE ? ESCAPE '\\'", [f"%{_literal(longest)}%"])
        chosen = [s for s in found if belongs(s, subject, family)]
        return build_timeline(subject, self._moments(chosen))

    def in_language(self, timeline: Timeline, lang: str) -> Timeline:
        """The timeline in the words of one language, as far as its stories are told in it."""
        told = self.told_in(timeline.moments, lang)

        def end_of(end: Succession) -> Succession:
            ga = told.get(end.ga.story, end.ga) if end.ga else None
            return replace(end, preview=told.get(end.preview.story, end.preview), ga=ga)

        return Timeline(
            timeline.subject,
            tuple(told.get(m.story, m) for m in timeline.moments),
            tuple(end_of(end) for end in timeline.ends),
        )

    def told_in(self, moments: Iterable[Moment], lang: str) -> Mapping[str, Moment]:
        """By story: the moment with title, address and id of its telling in this language, an
        entry before an item of a digest. What only others tell is left out."""
        wanted = {m.story: m for m in moments if m.lang != lang}
        stories = list(wanted)
        found: dict[str, Moment] = {}
        for at in range(0, len(stories), _AT_ONCE):
            some = stories[at : at + _AT_ONCE]
            rows = self.shelf.store.read().execute(
                "SELECT story, kind, id, title, url FROM entry WHERE lang = ? AND story IN "
                f"({','.join('?' * len(some))}) ORDER BY part_of IS NOT NULL, n",
                [lang, *some],
            )
            for story, kind, entry_id, title, url in rows:
                moment = wanted[story]
                if kind == moment.kind and story not in found:
                    words = {"id": entry_id, "title": title, "url": url, "lang": lang}
                    found[story] = replace(moment, **words)
        return found

    def moments(self, stages: Sequence[str], since: datetime | None = None) -> tuple[Moment, ...]:
        """Every story of these stages, told on or after `since`, oldest first."""
        marks = ",".join("?" * len(stages))
        kinds = ",".join(f"'{kind}'" for kind in TELLERS)
        found = self.shelf.where(
            f"stage IN ({marks}) AND kind IN ({kinds}) AND published >= ?",
            [*stages, int(since.timestamp()) if since else -(2**62)],
        )
        return tuple(sorted(self._moments(list(found)), key=lambda m: (m.when, m.id)))

    def waiting(
        self, now: datetime, months: float, since: datetime | None = None
    ) -> tuple[Waiting, ...]:
        """Previews (begun on or after `since`) older than so many months without general
        availability, oldest first."""
        return still_in_preview(self.moments(("preview", "ga"), since), now, months)

    def deadlines(self, since: date) -> tuple[Due, ...]:
        """What ends on or after a day, the nearest first."""
        return deadlines(self._with_facts(FactKind.DEADLINE), since)

    def renames(self) -> tuple[Rename, ...]:
        """Renames that texts speak of, newest first; the taxonomy may lack them."""
        hints = " OR ".join("title LIKE ? OR substr(text, 1, 600) LIKE ?" for _ in _RENAME_HINTS)
        values = [f"%{hint}%" for hint in _RENAME_HINTS for _ in range(2)]
        return renames(self.shelf.where(hints, values), self.taxonomy)

    def matrix(self, service: str) -> tuple[tuple[str, Moment], ...]:
        """(region code, the moment that first says the service or a part of it is there)."""
        found: dict[str, Moment] = {}
        for moment in self.timeline(service).moments:
            for code in moment.regions:
                found.setdefault(code, moment)
        return tuple(sorted(found.items()))

    def _with_facts(self, kind: FactKind, values: Sequence[str] = ()) -> Iterator[Stored]:
        within = f"AND value IN ({','.join('?' * len(values))})" if values else ""
        return self.shelf.where(
            f"id IN (SELECT id FROM fact WHERE kind = ? {within})", [kind, *values]
        )

    def _moments(self, found: list[Stored]) -> Iterator[Moment]:
        found.sort(key=lambda s: s.story)
        for _, members in groupby(found, key=lambda s: s.story):
            yield moment_of(list(members), self.taxonomy)


def _literal(text: str) -> str:
    return "".join(f"\\{char}" if char in "%_\\" else char for char in text)
