"""Services that an announcement of several closings lists: each of them ends, not one."""

import re
from collections.abc import Iterator

from index.fact import Evidence, Fact, FactKind
from index.facts.lead import Lead, plain
from index.taxonomy import Taxonomy

_ITEM = re.compile(r"^\s*[-*•]\s+(.+)$", re.M)
_FEATURE = re.compile(r"(?i)\bfeatures?\b|[-–—:]\s*\S|機能")


def closing_services(lead: Lead, taxonomy: Taxonomy) -> tuple[Fact, ...]:
    """The services that list items begin with; one of which only a feature ends is
    mentioned, with the detail "feature"."""
    found: dict[str, Fact] = {}
    for fact in _listed(lead, taxonomy):
        found.setdefault(fact.value, fact)
    return tuple(found.values())


def _listed(lead: Lead, taxonomy: Taxonomy) -> Iterator[Fact]:
    for item in _ITEM.findall(lead.entry.text):
        words = plain(item)
        for mention in taxonomy.services_in(words)[:1]:
            if mention.start:
                continue
            if _FEATURE.search(words[mention.end :]):
                yield _fact(FactKind.MENTIONED, mention.service.name, words, "feature")
            else:
                yield _fact(FactKind.SERVICE, mention.service.name, words, "")


def _fact(kind: FactKind, name: str, words: str, detail: str) -> Fact:
    return Fact(kind, name, Evidence.BODY, words[:120], detail=detail)
