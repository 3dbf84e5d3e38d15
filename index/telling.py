"""One story told once: which entry's words are shown, under which area, with which facts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from index.digest import DigestItem, Reference
from index.fact import Evidence, Fact, FactKind, Facts
from index.folding import fold
from index.prose import clean
from index.ranking import WEIGHTS, rank
from index.stored import Stored
from index.summary import summarize

LAUNCH = "announcement"
# As `Evidence` ranks them, but an author's label of a digest's item yields to the launch's words.
_ORDER: list[Evidence] = [e for e in list(Evidence) if e != Evidence.LABEL]
_ORDER.insert(_ORDER.index(Evidence.BODY), Evidence.LABEL)
_TRUST = {evidence: place for place, evidence in enumerate(_ORDER)}
_TOKYO, _OSAKA = "ap-northeast-1", "ap-northeast-3"
_EVERYWHERE = "all"
_ONE_OF_A_KIND = (FactKind.AREA, FactKind.STAGE)


def extract(stored: Stored, style: str) -> tuple[str, ...]:
    """The entry in its own words, shortened; its title where it has no text."""
    entry = stored.entry
    found = summarize(entry.text, entry.lang, style, entry.summary)
    return found or (clean(entry.title),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taste:
    """How a group wants its digest: language, style, weights, watch list, what is pinned or
    hidden (services, areas or ids), how many stand on top."""

    lang: str = "ja"
    style: str = "note"
    weights: Mapping[str, float] = field(default_factory=lambda: WEIGHTS)
    watch: tuple[str, ...] = ()
    pin: tuple[str, ...] = ()
    hide: tuple[str, ...] = ()
    top: int = 5


def tell(members: Sequence[Stored], companions: Sequence[Stored], taste: Taste) -> DigestItem:
    """The item for a story's entries; `companions` are others that belong beside it."""
    shown = leading(members, taste.lang)
    entry, facts = shown.entry, merged_facts(members)
    rest = [m for m in members if m is not shown]
    same = _said(entry.kind, entry.lang, entry.title)
    # What a post says of Regions and prices is not about one launch.
    launched = entry.kind == LAUNCH
    ranked = rank([*members, *companions], facts, taste.weights, taste.watch, taste.lang)
    return DigestItem(
        id=shown.id,
        kind=entry.kind,
        title=clean(entry.title),
        summary=extract(shown, taste.style),
        url=entry.url or _launch_url(rest, entry.lang),
        source=entry.source,
        published=min(m.entry.published for m in members if m.entry.kind == entry.kind),
        lang=entry.lang,
        foreign=entry.lang != taste.lang,
        stage=facts.stage,
        area=facts.area,
        label=next((m.entry.label for m in (shown, *rest) if m.entry.label), ""),
        services=facts.services,
        changes=facts.values(FactKind.CHANGE),
        regions=_regions(facts),
        tokyo=_availability(facts, _TOKYO) if launched else "",
        osaka=_availability(facts, _OSAKA) if launched else "",
        price=_price(facts) if launched else "",
        story=shown.story,
        copies=_references((m for m in rest if m.entry.kind == entry.kind), same),
        companions=_references(
            (m for m in (*rest, *companions) if m.entry.kind != entry.kind), same
        ),
        watched=ranked.watched,
        pinned=_is_named(members, facts, taste.pin),
        score=ranked.score,
        reasons=ranked.reasons,
        facts=facts,
        text=entry.text or entry.summary,
    )


def is_hidden(members: Sequence[Stored], taste: Taste) -> bool:
    """True when the group wants to see nothing of this story's services, area or entries."""
    return bool(taste.hide) and _is_named(members, merged_facts(members), taste.hide)


def leading(members: Sequence[Stored], lang: str) -> Stored:
    """The entry whose words are shown: a launch before a post, the language asked for before
    English before others, one with text before one without, a source before a digest's item,
    and the latest among equals of one source."""

    def order(stored: Stored) -> tuple[bool, int, bool, bool, int]:
        entry = stored.entry
        tongue = 0 if entry.lang == lang else 1 if entry.lang == "en" else 2
        silent = not (entry.text or entry.summary)
        return (entry.kind != LAUNCH, tongue, silent, stored.part_of is not None, stored.n)

    return min(members, key=order)


def merged_facts(members: Sequence[Stored]) -> Facts:
    """The facts of all entries of a story, the best founded first; one area, one stage."""
    launches = [m for m in members if m.entry.kind == LAUNCH] or list(members)
    found: dict[tuple[FactKind, str], Fact] = {}
    for fact in sorted((f for m in launches for f in m.facts), key=lambda f: _TRUST[f.evidence]):
        key = (fact.kind, "" if fact.kind in _ONE_OF_A_KIND else fact.value)
        found.setdefault(key, fact)
    return Facts(tuple(found.values()))


def _references(found: Iterable[Stored], same: tuple[str, str, str]) -> tuple[Reference, ...]:
    """Each once, however many digests have it as an item; one with an address before others.
    What says the same as the shown entry is no other telling."""
    references: dict[tuple[str, str, str], Reference] = {}
    for reference in map(refer, found):
        key = _said(reference.kind, reference.lang, reference.title)
        known = references.get(key)
        if key != same and (known is None or (reference.url and not known.url)):
            references[key] = reference
    return tuple(references.values())


def _said(kind: str, lang: str, title: str) -> tuple[str, str, str]:
    return (kind, lang, fold(clean(title)))


def refer(stored: Stored) -> Reference:
    """The entry as a reference beside an item."""
    entry = stored.entry
    return Reference(
        id=stored.id,
        kind=entry.kind,
        title=clean(entry.title),
        url=entry.url,
        lang=entry.lang,
        source=entry.source,
        published=entry.published,
    )


def _launch_url(rest: Sequence[Stored], lang: str) -> str | None:
    """Where an item of a digest has no address of its own: that of the launch itself."""
    known = [m.entry for m in rest if m.entry.url]
    known.sort(key=lambda e: (e.kind != LAUNCH, e.lang != lang))
    return known[0].url if known else None


def _price(facts: Facts) -> str:
    """The price as the source says it: its sentence where that is short, else the sum."""
    for fact in facts.of(FactKind.PRICE):
        said = clean(fact.detail or fact.words)
        return said if said and len(said) <= 80 else clean(fact.value)
    return ""


def _regions(facts: Facts) -> tuple[str, ...]:
    """The Regions named, in order of code; ("all",) where the source only says so."""
    codes = {f.value for f in facts.of(FactKind.REGION) if f.detail != "not-yet"}
    return tuple(sorted(codes - {_EVERYWHERE})) or tuple(codes)


def _availability(facts: Facts, region: str) -> str:
    for fact in facts.of(FactKind.REGION):
        if fact.value in (region, _EVERYWHERE) or fact.detail == "all":
            return "no" if fact.detail == "not-yet" else "yes"
    return ""


def _is_named(members: Sequence[Stored], facts: Facts, names: Sequence[str]) -> bool:
    services = {s.casefold() for s in facts.services}
    mine = services | {s.removeprefix("amazon ").removeprefix("aws ") for s in services}
    mine |= {m.id for m in members} | {facts.area.casefold()}
    return any(name.casefold() in mine for name in names)
