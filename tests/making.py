"""Values for tests, made with few words."""

from datetime import UTC, datetime

from index.entry import Entry, short_hash
from index.fact import Evidence, Fact, FactKind, Facts
from index.stored import Stored


def facts(**values: str | list[str]) -> Facts:
    """Facts by kind: `facts(area="Compute", region=["ap-northeast-1"])`; a value may carry
    its detail after a colon (`"2021-12-01:end-of-support"`)."""
    found = []
    for kind, given in values.items():
        for value in [given] if isinstance(given, str) else given:
            value, _, detail = value.partition(":")
            found.append(Fact(FactKind(kind), value, Evidence.TITLE, value, detail=detail))
    return Facts(tuple(found))


def stored(
    title: str,
    *,
    n: int = 1,
    day: str = "2020-12-08",
    known: Facts | None = None,
    story: str = "",
    part_of: str | None = None,
    kind: str = "announcement",
    source: str = "whats-new-en",
    **fields: object,
) -> Stored:
    """An entry as if kept; its id comes from title and source."""
    when = datetime.fromisoformat(day).replace(tzinfo=UTC)
    entry = Entry(kind=kind, title=title, published=when, source=source, **fields)  # type: ignore[arg-type]
    entry_id = short_hash(f"{source}:{title}")
    return Stored(
        n=n,
        id=entry_id,
        entry=entry,
        facts=known or Facts(),
        story=story or entry_id,
        revision=1,
        first_seen=when,
        changed=when,
        part_of=part_of,
    )
