"""The areas that AWS's own tags give an entry, and where the tags contradict each other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.fact import Evidence, Fact, FactKind
from index.facts.lead import Lead
from index.taxonomy import Mention, Service, Taxonomy

_OF_FORM = frozenset({"Partners", "Training"})
"""Areas that say what an entry is, whatever the service: "New course for Amazon EKS"."""


@dataclass(frozen=True, slots=True)
class TagArea:
    """An area and the tag that says it; a `loose` one counts where nothing better is known."""

    tag: str
    area: str
    loose: bool = False


def category_areas(
    lead: Lead, taxonomy: Taxonomy, in_title: Sequence[Mention]
) -> tuple[TagArea, ...]:
    """What the category tags say, in their order, read as AWS meant them on that day."""
    session = lead.entry.session
    found = []
    for tag in (*lead.entry.tags, *(session.topics if session else ())):
        if hit := taxonomy.area_of_tag(tag):
            area, loose = hit
            if in_title and not loose:
                day = lead.entry.published.date()
                area = taxonomy.area_meant(area, in_title[0].service, day)
            found.append(TagArea(tag, area.name, loose))
    return tuple(found)


def tagged_area(
    lead: Lead, taxonomy: Taxonomy, in_title: Sequence[Mention], preferred: Sequence[str]
) -> Iterator[Fact]:
    """Category tags, a preferred area first; then product tags.

    A lone category that belongs to none of the subjects gives way where a product tag or the
    first sentence agrees with the title; where the title alone speaks against it, it stays.
    Either is marked weak.
    """
    categories = category_areas(lead, taxonomy, in_title)
    firm = tuple(dict.fromkeys(t.area for t in categories if not t.loose))
    against = _against(firm, lead, taxonomy, in_title)
    if against is not None:
        yield from _agreeing(against, lead, taxonomy)
    groups = (
        [t for t in categories if not t.loose],
        [TagArea(tag, service.area) for tag, service in _products(lead, taxonomy)],
        [] if in_title else [t for t in categories if t.loose],
    )
    for group in groups:
        for said in sorted(group, key=lambda t: t.area not in preferred):
            yield _fact(said.tag, said.area, weak=against is not None)


def _against(
    firm: Sequence[str], lead: Lead, taxonomy: Taxonomy, in_title: Sequence[Mention]
) -> Service | None:
    """The title's service, if the one category there is has nothing to do with any subject."""
    if len(firm) != 1 or firm[0] in _OF_FORM or not in_title or lead.entry.kind == "session":
        return None
    first = in_title[0].service
    products = [service for _, service in _products(lead, taxonomy)]
    subjects = {s.name: s for s in (*(m.service for m in in_title), *products)}
    areas = {a for s in subjects.values() for a in taxonomy.areas_of(s)}
    return None if first.helps_others or first.area == "Other" or firm[0] in areas else first


def _agreeing(service: Service, lead: Lead, taxonomy: Taxonomy) -> Iterator[Fact]:
    """The service's area, if a product tag or the first sentence is about its family, too."""
    family = taxonomy.family(service)[-1]
    for tag, product in _products(lead, taxonomy):
        if taxonomy.family(product)[-1] == family:
            yield _fact(tag, service.area, weak=True)
    for sentence in lead.sentences[:1]:
        for told in taxonomy.services_in(sentence)[:1]:
            if taxonomy.family(told.service)[-1] == family:
                yield Fact(FactKind.AREA, service.area, Evidence.LEAD, told.words, weak=True)


def _products(lead: Lead, taxonomy: Taxonomy) -> list[tuple[str, Service]]:
    session = lead.entry.session
    found = [(tag, taxonomy.service_of_tag(tag)) for tag in lead.entry.tags]
    if session:
        found += [(tag, taxonomy.service_of_tag(tag)) for tag in session.topics]
        if lead.entry.kind == "session":
            found += [(name, taxonomy.service(name)) for name in session.services]
    return [(words, service) for words, service in found if service]


def _fact(tag: str, area: str, *, weak: bool) -> Fact:
    return Fact(FactKind.AREA, area, Evidence.TAG, tag, weak=weak)
