"""From an entry to its facts: one pure function, each fact with its evidence."""

from collections.abc import Sequence

from index.entry import Entry
from index.fact import Evidence, Fact, FactKind, Facts
from index.facts.area import Classifier, read_area
from index.facts.closing import closing_services
from index.facts.compliance import read_compliance
from index.facts.deadlines import read_deadlines
from index.facts.lead import Lead
from index.facts.money import read_prices
from index.facts.regions import read_regions
from index.facts.roles import read_services
from index.facts.rules import read_stage_and_changes
from index.facts.versions import instances_in, versions_in
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
    told = read_stage_and_changes(lead, taxonomy)
    services = read_services(lead, taxonomy)
    if any(f.value == "end" for f in told) and not taxonomy.services_in(lead.title):
        listed = closing_services(lead, taxonomy)
        known = {fact.value for fact in listed}
        services = (*listed, *(fact for fact in services if fact.value not in known))
    found = (
        read_area(lead, taxonomy, classifier),
        *services,
        *told,
        *read_regions(lead, taxonomy),
        *_hardware_and_versions(lead),
        *read_compliance(lead),
        *read_prices(lead),
        *read_deadlines(lead),
    )
    corrected = {kind for kind, _ in corrections}
    said = tuple(Fact(kind, value, Evidence.PERSON) for kind, value in corrections if value)
    return Facts(said + tuple(fact for fact in found if fact.kind not in corrected))


def _hardware_and_versions(lead: Lead) -> tuple[Fact, ...]:
    """Versions and instance types of the title, else of the first sentence with any."""
    if lead.entry.kind in ("session", "digest"):
        return ()
    texts = [(lead.title, Evidence.TITLE)] + [(s, Evidence.LEAD) for s in lead.sentences]
    found: dict[tuple[FactKind, str], Fact] = {}
    for kind, read in ((FactKind.VERSION, versions_in), (FactKind.INSTANCE, instances_in)):
        for text, evidence in texts:
            for value, words in read(text):
                found.setdefault((kind, value), Fact(kind, value, evidence, words))
            if any(known == kind for known, _ in found):
                break  # the lead of "M8i instances" compares them with M7i
    return tuple(found.values())


__all__ = ["read_facts"]
