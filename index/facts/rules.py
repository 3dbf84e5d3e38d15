"""Stage and kinds of change, by the patterns that the taxonomy keeps as data."""

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from index.fact import Evidence, Fact, FactKind
from index.facts.lead import Lead
from index.taxonomy import Rule, Taxonomy
from index.taxonomy.values import without_vendor

REGION_MARK, SERVICE_MARK = "§", "¶"
"""What stands for a region's and for a further service's name in the patterns of rules."""

_NAME_ENDS = re.compile(r"\s*(?:$|[,:(–—]|- |now\b|のプレビュー|を発表|の発表|、|\()")
_NEW_HARDWARE = re.compile(r"(?i)\b(?:new|introduc\w+)\b|新しい|新サイズ")

_TOLD_BY_LEAD = ("announcement", "blog")
"""Kinds whose first sentences tell the news; those of notes and sessions set the scene."""


def read_stage_and_changes(lead: Lead, taxonomy: Taxonomy) -> tuple[Fact, ...]:
    """The one stage that the title or else the first two sentences state, if any; then every
    kind of change that the title states.

    A title with region news is about that, whatever it says of availability; what is
    generally available now has left its preview. Sessions and digests state neither.
    """
    if lead.entry.kind in ("session", "digest"):
        return ()
    title = Marked(lead.title, taxonomy)
    stages = _said(title, "title", FactKind.STAGE, taxonomy)
    changes = _said(title, "title", FactKind.CHANGE, taxonomy)
    return (*_stage(lead, stages, taxonomy), *_changes(lead, stages, changes, taxonomy))


def _stage(lead: Lead, said: dict[str, str], taxonomy: Taxonomy) -> tuple[Fact, ...]:
    for value in _order(said):
        return (Fact(FactKind.STAGE, value, Evidence.TITLE, said[value]),)
    for sentence in lead.sentences if lead.entry.kind in _TOLD_BY_LEAD else ():
        told = _said(Marked(sentence, taxonomy), "lead", FactKind.STAGE, taxonomy)
        for value in _order(told):
            return (Fact(FactKind.STAGE, value, Evidence.LEAD, told[value]),)
    return ()


def _order(said: dict[str, str]) -> tuple[str, ...]:
    preview = () if "ga" in said else ("preview",)
    return tuple(value for value in ("end", *preview, "region", "ga") if value in said)


def _changes(
    lead: Lead, stages: dict[str, str], found: dict[str, str], taxonomy: Taxonomy
) -> tuple[Fact, ...]:
    """Every kind of change; region and deprecation come with the stage."""
    for stage, change in (("region", "region"), ("end", "deprecation")):
        if stage in stages:
            found.setdefault(change, stages[stage])
    if "region" in stages and not _NEW_HARDWARE.search(lead.title.partition(" in ")[0]):
        found.pop("instance", None)  # known hardware in another region is region news
    if "program" in found or not _names_a_whole_service(lead.title, taxonomy):
        found.pop("new-service", None)
    return tuple(Fact(FactKind.CHANGE, value, Evidence.TITLE, found[value]) for value in found)


def _names_a_whole_service(title: str, taxonomy: Taxonomy) -> bool:
    """False for a title about a feature ("Amazon EKS Auto Mode") or a programme of a known
    service; a name that the taxonomy lacks may well be new."""
    for mention in taxonomy.services_in(title)[:1]:
        service = mention.service
        whole = {without_vendor(n) for n in (service.name, *(f.name for f in service.former))}
        said = without_vendor(mention.words)
        return said in whole and bool(_NAME_ENDS.match(title[mention.end :]))
    return True


def _said(marked: "Marked", where: str, kind: FactKind, taxonomy: Taxonomy) -> dict[str, str]:
    """Each value that a rule finds in the text, with the words that say it."""
    lower = marked.text.lower()
    found: dict[str, str] = {}
    for rule in taxonomy.rules:
        if rule.fact != kind or rule.where not in (where, "both") or rule.value in found:
            continue
        if rule.hints and not any(map(lower.__contains__, rule.hints)):
            continue
        if words := says(rule, marked):
            found[rule.value] = words
    return found


@dataclass(frozen=True)
class Marked:
    """A text, and the same with regions or further services replaced by their mark."""

    text: str
    taxonomy: Taxonomy

    @cached_property
    def regions(self) -> str:
        """The text with § for every region."""
        places = self.taxonomy.regions_in(self.text)
        return _replaced(self.text, [(p.start, p.end) for p in places], REGION_MARK)

    @cached_property
    def services(self) -> str:
        """The text with ¶ for every service that is not of the first one's family.

        Instances and zones are where a service runs, not what it is joined with.
        """
        mentions = self.taxonomy.services_in(self.text)
        first = {s.name for m in mentions[:1] for s in self.taxonomy.family(m.service)}
        others = [
            (m.start, m.end)
            for m in mentions
            if not first & {s.name for s in self.taxonomy.family(m.service)}
            and not (m.service.helps_others and m.service.area == "Compute")
        ]
        return _replaced(self.text, others, SERVICE_MARK)

    def seen_by(self, pattern: re.Pattern[str]) -> str:
        """The form of the text that this pattern is written for."""
        form: str = getattr(self, _form(pattern))
        return form


@lru_cache(maxsize=1024)
def _form(pattern: re.Pattern[str]) -> str:
    if REGION_MARK in pattern.pattern:
        return "regions"
    return "services" if SERVICE_MARK in pattern.pattern else "text"


def _replaced(text: str, spans: list[tuple[int, int]], mark: str) -> str:
    for start, end in reversed(spans):
        text = text[:start] + mark + text[end:]
    return text


_REST_OF_WORD = re.compile(r"(?:(?<=[a-z])[a-z]+)?")


def says(rule: Rule, marked: Marked) -> str:
    """The words of the text that the rule recognises, "" when it does not speak."""
    for pattern in rule.when:
        text = marked.seen_by(pattern)
        if not pattern.search(text):
            continue
        for exception in rule.unless:
            text = exception.sub(" ", text)
        if match := pattern.search(text):
            # A pattern may stop inside a word ("generally availab"); a person reads it whole.
            words = match[0] + _REST_OF_WORD.match(text, match.end())[0]  # type: ignore[index]
            return words.strip().replace(REGION_MARK, "…").replace(SERVICE_MARK, "…")
    return ""
