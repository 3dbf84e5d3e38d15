"""Which services an entry is about, and which it only mentions."""

from collections import Counter
from collections.abc import Iterator

from index.fact import Evidence, Fact, FactKind
from index.facts.area import leading
from index.facts.lead import Lead
from index.taxonomy import Mention, Taxonomy

_SERVICE, _MENTIONED = FactKind.SERVICE, FactKind.MENTIONED
_AGAIN = 4


def read_services(lead: Lead, taxonomy: Taxonomy) -> tuple[Fact, ...]:
    """Subject services (title, tags, else the first sentence), then those mentioned.

    A service that serves all others (CloudWatch, IAM, S3 …) is a subject only where it leads.

    A part's family stands after it: Unified Studio is a subject, so is SageMaker.
    """
    subjects = _unique(_subjects(lead, taxonomy))
    known = {fact.value for fact in subjects}
    mentioned = _unique(_mentioned(lead, taxonomy))
    return subjects + tuple(fact for fact in mentioned if fact.value not in known)


def _subjects(lead: Lead, taxonomy: Taxonomy) -> Iterator[Fact]:
    in_title = leading(lead.title, taxonomy)
    told = tuple(m for i, m in enumerate(in_title) if not i or not m.service.helps_others)
    yield from _facts(told, _SERVICE, Evidence.TITLE, taxonomy)
    tagged = [(tag, taxonomy.service_of_tag(tag)) for tag in lead.entry.tags]
    session = lead.entry.session
    if session:
        tagged += [(name, taxonomy.service(name)) for name in session.services]
    for words, service in tagged:
        if service is not None:
            yield Fact(_SERVICE, service.name, Evidence.TAG, words)
    if not in_title and lead.sentences and lead.entry.kind in ("announcement", "blog", "session"):
        first = taxonomy.services_in(lead.sentences[0])[:1]
        yield from _facts(first, _SERVICE, Evidence.LEAD, taxonomy)
    if not in_title and lead.entry.kind in ("note", "article", "session"):
        yield from _dwelt_on(lead, taxonomy)


def _dwelt_on(lead: Lead, taxonomy: Taxonomy) -> Iterator[Fact]:
    """The one or two services that a text without any in its title names again and again."""
    count = Counter(m.service.name for m in taxonomy.services_in(lead.body))
    for name, times in count.most_common(2):
        if times >= _AGAIN:
            yield Fact(_SERVICE, name, Evidence.BODY, f"named {times} times", weak=True)


def _mentioned(lead: Lead, taxonomy: Taxonomy) -> Iterator[Fact]:
    in_title = taxonomy.services_in(lead.title)
    yield from _facts(in_title, _MENTIONED, Evidence.TITLE, taxonomy)
    for sentence in lead.sentences:
        yield from _facts(taxonomy.services_in(sentence), _MENTIONED, Evidence.LEAD, taxonomy)
    yield from _facts(taxonomy.services_in(lead.body), _MENTIONED, Evidence.BODY, taxonomy)


def _facts(
    mentions: tuple[Mention, ...], kind: FactKind, evidence: Evidence, taxonomy: Taxonomy
) -> Iterator[Fact]:
    for mention in mentions:
        for service in taxonomy.family(mention.service):
            yield Fact(kind, service.name, evidence, mention.words)


def _unique(facts: Iterator[Fact]) -> tuple[Fact, ...]:
    found: dict[str, Fact] = {}
    for fact in facts:
        found.setdefault(fact.value, fact)
    return tuple(found.values())
