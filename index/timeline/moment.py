"""One story in a timeline."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from index.fact import FactKind
from index.stored import Stored
from index.stories import titled
from index.stories.title import Title
from index.taxonomy import Taxonomy
from index.text import tokens

_LEAD = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One story in a timeline. `id` is the entry that tells it (AWS's own list and English
    first), `copies` the number of further tellings. `told` and `lead` are its words, by
    which a preview finds what became of it."""

    id: str
    story: str
    when: datetime
    title: str
    url: str | None
    lang: str
    kind: str
    stage: str = ""
    changes: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    copies: int = 0
    told: Title = field(compare=False, repr=False)
    lead: frozenset[str] = field(default=frozenset(), compare=False, repr=False)


def moment_of(members: Sequence[Stored], taxonomy: Taxonomy) -> Moment:
    """The moment that a story's tellings make together; `members` is not empty."""
    best = min(members, key=_rank)
    facts = best.facts
    return Moment(
        id=best.id,
        story=best.story,
        when=min(m.entry.published for m in members if m.entry.kind == best.entry.kind),
        title=best.entry.title,
        url=best.entry.url,
        lang=best.entry.lang,
        kind=best.entry.kind,
        stage=facts.stage or next((m.facts.stage for m in members if m.facts.stage), ""),
        changes=facts.values(FactKind.CHANGE),
        services=facts.services,
        regions=facts.values(FactKind.REGION),
        copies=len(members) - 1,
        told=titled(best, taxonomy),
        lead=frozenset(term for term, _ in tokens((best.entry.text or best.entry.summary)[:_LEAD])),
    )


def _rank(stored: Stored) -> tuple[bool, bool, bool, int]:
    entry = stored.entry
    return (entry.kind != "announcement", stored.part_of is not None, entry.lang != "en", stored.n)
