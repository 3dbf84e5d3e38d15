"""From an entry to its facts: one pure function, each fact with its evidence."""

from collections.abc import Sequence

from index.entry import Entry
from index.fact import Evidence, Fact, FactKind, Facts
from index.facts.area import Classifier, read_area
from index.facts.lead import Lead
from index.facts.roles import read_services
from index.facts.rules import read_changes, read_stage
from index.taxonomy import Taxonomy


def read_facts(
    entry: Entry,
    taxonomy: Taxonomy,
    *,
    corrections: Sequence[tuple[FactKind, str]] = (),
    classifier: Classifier | None = None,
) -> Facts:
    """Everything that the entry's words and tags say, the deciding fact of each kind first.

    A correction replaces all facts of its kind; a person's empty value says "none".
    """
    lead = Lead(entry)
    found = (
        read_area(lead, taxonomy, classifier),
        *read_services(lead, taxonomy),
        *read_stage(lead, taxonomy),
        *read_changes(lead, taxonomy),
        *_regions(lead, taxonomy),
    )
    corrected = {kind for kind, _ in corrections}
    said = tuple(Fact(kind, value, Evidence.PERSON) for kind, value in corrections if value)
    return Facts(said + tuple(fact for fact in found if fact.kind not in corrected))


def _regions(lead: Lead, taxonomy: Taxonomy) -> tuple[Fact, ...]:
    texts = [(lead.title, Evidence.TITLE)] + [(s, Evidence.LEAD) for s in lead.sentences]
    found: dict[str, Fact] = {}
    for text, evidence in texts:
        for place in taxonomy.regions_in(text):
            code = place.region.code
            found.setdefault(
                code, Fact(FactKind.REGION, code, evidence, place.words, detail="added")
            )
    return tuple(found.values())


__all__ = ["read_facts"]
