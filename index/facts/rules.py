"""Stage and kinds of change, by the patterns that the taxonomy keeps as data."""

from collections.abc import Iterator

from index.fact import Evidence, Fact, FactKind
from index.facts.lead import Lead
from index.taxonomy import Rule, Taxonomy


def read_stage(lead: Lead, taxonomy: Taxonomy) -> tuple[Fact, ...]:
    """The one stage that the title or else the lead states, or none.

    The rules' order decides between several in one sentence.
    """
    return tuple(_found(lead, taxonomy, FactKind.STAGE))[:1]


def read_changes(lead: Lead, taxonomy: Taxonomy) -> tuple[Fact, ...]:
    """Every kind of change that the title states, else those of the lead."""
    found = {fact.value: fact for fact in _found(lead, taxonomy, FactKind.CHANGE)}
    return tuple(found.values())


def _found(lead: Lead, taxonomy: Taxonomy, kind: FactKind) -> Iterator[Fact]:
    texts = [(lead.title, Evidence.TITLE)] + [(s, Evidence.LEAD) for s in lead.sentences]
    rules = [rule for rule in taxonomy.rules if rule.fact == kind]
    for text, evidence in texts:
        for rule in rules:
            if evidence is Evidence.LEAD and rule.where == "title":
                continue
            if words := says(rule, text):
                yield Fact(kind, rule.value, evidence, words)


def says(rule: Rule, text: str) -> str:
    """The words of the text that the rule recognises, "" when it does not speak."""
    for pattern in rule.unless:
        text = pattern.sub(" ", text)
    for pattern in rule.when:
        if match := pattern.search(text):
            return match[0].strip()
    return ""
