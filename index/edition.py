"""Making a digest: stories chosen, told, ranked and grouped. Pure: values in, values out."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from index.companions import tie_posts
from index.digest import AreaGroup, Count, Deadline, Digest, DigestItem, RegionLine
from index.fact import STAGES, FactKind
from index.folding import fold
from index.headlines import five_lines
from index.period import Period
from index.prose import clean
from index.stored import Stored
from index.telling import LAUNCH, Taste, is_hidden, tell

AHEAD = timedelta(days=180)
"""How far a digest looks ahead for deadlines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What a digest is made from: everything `published` in the period together with the
    other entries of its stories, the digests that its items stand in (`wholes`), sessions and
    notes from around it (`near`), entries with
    deadlines (`dated`), and how many stories each area had in the stretches before (`former`,
    the nearest first)."""

    published: tuple[Stored, ...]
    wholes: tuple[Stored, ...] = ()
    near: tuple[Stored, ...] = ()
    dated: tuple[Stored, ...] = ()
    former: tuple[Mapping[str, int], ...] = ()


def build_digest(material: Material, period: Period, taste: Taste | None = None) -> Digest:
    """The digest of the period; an empty one where nothing was published.

    A story belongs to the period in which its launch was first announced. Posts, sessions
    and notes are no launches: they stand beside the launch that they link to or share a
    story with, else apart; only where there are no launches at all they are the digest.
    """
    taste = taste or Taste()
    stories = {k: v for k, v in _stories(material.published).items() if not is_hidden(v, taste)}
    launches = {k: v for k, v in stories.items() if _is_launched_in(v, period)}
    others = [m for k, v in stories.items() if k not in launches for m in _posts(v, period)]
    beside = tie_posts(launches, others, material.near)
    pages = {whole.id: whole.entry.url for whole in material.wholes}
    items = [
        _linked(tell(members, beside.tied.get(story, ()), taste), members, pages)
        for story, members in launches.items()
    ]
    alone = [tell(members, (), taste) for members in _tellings(beside.apart)]
    return _arranged(items or alone, alone if items else [], material, period, taste)


def _arranged(
    items: list[DigestItem],
    alone: list[DigestItem],
    material: Material,
    period: Period,
    taste: Taste,
) -> Digest:
    ordered = sorted(
        items, key=lambda i: (not i.pinned, not i.watched, -i.score, i.published, i.title, i.id)
    )
    top = tuple(ordered[: taste.top])
    groups = _groups(ordered, {i.id for i in top})
    # A stretch of which nothing is known says nothing; posts are compared with nothing.
    launched = any(i.kind == LAUNCH for i in items)
    former = [f for f in material.former if f and launched]
    digest = Digest(
        period=period,
        lang=taste.lang,
        total=len(items),
        top=top,
        areas=groups,
        apart=tuple(sorted(alone, key=lambda i: (i.published, i.id))),
        deadlines=_deadlines(material.dated, period),
        counts=tuple(
            Count(g.area, len(g.items), _mean([f.get(g.area, 0) for f in former])) for g in groups
        ),
        stages=_stages(items),
        overall=Count("", len(items), _mean([sum(f.values()) for f in former])),
    )
    return replace(digest, lines=five_lines(digest))


def _linked(
    item: DigestItem, members: Sequence[Stored], pages: Mapping[str, str | None]
) -> DigestItem:
    """An item of somebody's digest without an address of its own leads to that digest."""
    page = next((p for m in members if m.part_of and (p := pages.get(m.part_of))), None)
    return item if item.url else replace(item, url=page)


def _stories(published: Iterable[Stored]) -> dict[str, list[Stored]]:
    stories: dict[str, list[Stored]] = defaultdict(list)
    for stored in published:
        stories[stored.story].append(stored)
    return stories


def _tellings(apart: Iterable[Stored]) -> Iterable[list[Stored]]:
    """What stands apart, a post with its translations once; two people's notes on one session
    are two things, the same item of two digests is one."""
    found: dict[tuple[str, str, str], list[Stored]] = defaultdict(list)
    for stored in apart:
        entry = stored.entry
        title = "" if entry.kind == "blog" else fold(entry.title)
        found[stored.story, entry.kind, title].append(stored)
    return found.values()


def _is_launched_in(members: Sequence[Stored], period: Period) -> bool:
    """By the earliest announcement; an item of somebody's digest dates a story only where
    no announcement of its own does."""
    launches = [m for m in members if m.entry.kind == LAUNCH]
    own = [m.entry.published for m in launches if m.part_of is None]
    told: list[datetime] = own or [m.entry.published for m in launches]
    return bool(told) and min(told) in period


def _posts(members: Sequence[Stored], period: Period) -> list[Stored]:
    return [m for m in members if m.entry.kind != LAUNCH and m.entry.published in period]


def _groups(ordered: Sequence[DigestItem], top: set[str]) -> tuple[AreaGroup, ...]:
    """The areas, the one with most news first and "Other" last."""
    areas: dict[str, list[DigestItem]] = defaultdict(list)
    for item in ordered:
        areas[item.area].append(item)
    names = sorted(areas, key=lambda a: (a == "Other", -len(areas[a]), a))
    return tuple(AreaGroup(a, tuple(areas[a]), _folded(areas[a], top)) for a in names)


def _folded(items: Sequence[DigestItem], top: set[str]) -> tuple[RegionLine, ...]:
    """Region-only news by service; what stands on top or is watched is told in full."""
    services: dict[str, list[DigestItem]] = defaultdict(list)
    for item in items:
        if item.stage == "region" and item.id not in top and not (item.watched or item.pinned):
            services[next(iter(item.services), item.title)].append(item)
    return tuple(
        RegionLine(
            service,
            _named({r for i in found for r in i.regions}),
            tuple(sorted(found, key=lambda i: (i.published, i.id))),
        )
        for service, found in sorted(services.items())
    )


def _named(regions: set[str]) -> tuple[str, ...]:
    return tuple(sorted(regions - {"all"})) or tuple(regions)


def _deadlines(dated: Iterable[Stored], period: Period) -> tuple[Deadline, ...]:
    """Dates from the period's start on, half a year ahead, the nearest first; one a story."""
    found: dict[tuple[str, str], Deadline] = {}
    first, last = period.start.date(), (period.end + AHEAD).date()
    for stored in dated:
        for fact in stored.facts.of(FactKind.DEADLINE):
            day = _day(fact.value)
            if day and first <= day <= last and stored.entry.published < period.end:
                deadline = Deadline(
                    day,
                    fact.detail,
                    clean(stored.entry.title),
                    clean(fact.words),
                    stored.entry.url,
                    stored.id,
                )
                found.setdefault((stored.story, fact.value), deadline)
    return tuple(sorted(found.values(), key=lambda d: (d.day, d.title)))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _stages(items: Iterable[DigestItem]) -> tuple[Count, ...]:
    counted = Counter(i.stage for i in items)
    return tuple(Count(stage, counted[stage]) for stage in STAGES if counted[stage])


def _mean(counts: Sequence[int]) -> float | None:
    return round(sum(counts) / len(counts), 1) if counts else None
