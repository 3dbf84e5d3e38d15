"""An entry's area and what says so, by the order in which evidence counts."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Protocol

from index.address import launch_slug
from index.entry import Entry
from index.fact import Evidence, Fact, FactKind
from index.facts.lead import Lead
from index.facts.tagged import tagged_area
from index.facts.versions import instances_in
from index.taxonomy import Mention, Service, Taxonomy

_AREA = FactKind.AREA
_BLOG_SOURCE = re.compile(r"^aws-blog-(?:(?:ja|ko|zh|de|fr|es|pt|it)-)?(.+)$")


class Classifier(Protocol):
    """Guesses an area from words."""

    def guess(self, text: str, services: tuple[str, ...]) -> tuple[str, float]:
        """(area, margin over the runner-up, 0 and up)."""
        ...


_HELPS = re.compile(
    r"(?i)\b(?:support|metrics?|integration|availab\w*|access|endpoints?( policies)?|resources?|"
    r"logs?|logging|quotas?|permissions?|templates?|constructs?|control|controls|keys?)\b"
    r".{0,40}\b(?:for|in|of|on)\s+(?:the |your )?$"
)
SURE_MARGIN = 0.6
"""At this margin the classifier was right in .936 of the cases (research page)."""


def read_area(lead: Lead, taxonomy: Taxonomy, classifier: Classifier | None = None) -> Fact:
    """The area with its evidence; Other, weak, when nothing says more."""
    for found in _evidence(lead, taxonomy, classifier):
        return found
    return Fact(_AREA, "Other", Evidence.NONE, weak=lead.entry.kind != "digest")


def _evidence(lead: Lead, taxonomy: Taxonomy, classifier: Classifier | None) -> Iterator[Fact]:
    """Candidates, the one that counts most first."""
    entry = lead.entry
    in_title = leading(lead.title, taxonomy)
    for mention in in_title[:1]:
        if mention.service.name in taxonomy.ruled:
            yield Fact(_AREA, mention.service.area, Evidence.PERSON, mention.words)
    if entry.kind == "digest":
        return
    if entry.kind == "blog":
        yield from channel_area(entry, taxonomy)
    track = tuple(_track(lead, taxonomy))
    preferred = [m.service.area for m in in_title[:1]] or [fact.value for fact in track]
    yield from tagged_area(lead, taxonomy, in_title, preferred)
    guessed = tuple(_guessed(lead, taxonomy, classifier))
    if entry.kind == "session":
        yield from track
    if entry.kind in ("session", "blog"):
        yield from guessed  # their titles name a service in passing; measured, see docs
    yield from _titled(lead, taxonomy, guessed)
    yield from track
    if entry.label and (labelled := taxonomy.area(entry.label)):
        yield Fact(_AREA, labelled.name, Evidence.LABEL, entry.label, weak=True)
    yield from guessed
    yield from _from_text(lead, taxonomy)


def _titled(lead: Lead, taxonomy: Taxonomy, guessed: tuple[Fact, ...]) -> Iterator[Fact]:
    """The area of the title's service, weak where the classifier is sure of another."""
    for mention in leading(lead.title, taxonomy)[:1]:
        if mention.service.area != "Other" or not mention.service.helps_others:
            area = _part_told(mention, lead, taxonomy).area
            doubted = any(g.value != area and not g.weak for g in guessed)
            yield Fact(_AREA, area, Evidence.TITLE, mention.words, weak=doubted)


def _track(lead: Lead, taxonomy: Taxonomy) -> Iterator[Fact]:
    """The area of the track that a session's code belongs to."""
    session = lead.entry.session
    if session and (area := taxonomy.area_of_code(session.code)):
        yield Fact(_AREA, area.name, Evidence.TAG, session.code)


def leading(text: str, taxonomy: Taxonomy) -> tuple[Mention, ...]:
    """The services that the text names, the one that it is about first.

    That is the first one, unless it only helps another: in "PrivateLink support for Amazon
    Forecast" it is Forecast.
    """
    found = taxonomy.services_in(text) or _hardware(text, taxonomy)
    for i, (first, second) in enumerate(pairwise(found)):
        if not first.service.helps_others:
            break
        own = first.service.area == "Other"
        if own or _HELPS.search(text[first.start : second.start]):
            return (*found[i + 1 :], *found[: i + 1])
    return found


def _part_told(mention: Mention, lead: Lead, taxonomy: Taxonomy) -> Service:
    """The part of the title's service that the first sentence names, else the service.

    "Amazon SageMaker" of whose Unified Studio the text goes on to tell is analytics.
    """
    for sentence in lead.sentences[:1]:
        for told in taxonomy.services_in(sentence):
            if mention.service in taxonomy.family(told.service)[1:]:
                return told.service
    return mention.service


def _hardware(text: str, taxonomy: Taxonomy) -> tuple[Mention, ...]:
    """EC2, for a text that names nothing but its instances ("U7i instances")."""
    named, service = instances_in(text)[:1], taxonomy.service("Amazon EC2")
    if not named or service is None:
        return ()
    words = named[0][1]
    start = text.find(words)
    return (Mention(service, words, start, start + len(words)),)


def channel_area(entry: Entry, taxonomy: Taxonomy) -> Iterator[Fact]:
    """The area of the AWS blog that an entry was published in, if that blog has one."""
    match = _BLOG_SOURCE.match(entry.source)
    slug = launch_slug(entry.url) or ""
    channels = [match[1]] if match else []
    if slug.startswith("blogs/"):
        channels.append(slug.split("/")[1])
    for channel in channels:
        if area := taxonomy.area_of_channel(channel):
            yield Fact(_AREA, area.name, Evidence.CHANNEL, channel)


def _guessed(lead: Lead, taxonomy: Taxonomy, classifier: Classifier | None) -> Iterator[Fact]:
    if classifier is None:
        return
    text = " ".join([lead.title, *lead.sentences])
    services = tuple(m.service.name for m in taxonomy.services_in(text))
    area, margin = classifier.guess(text, services)
    yield Fact(_AREA, area, Evidence.CLASSIFIER, f"margin {margin:.2f}", weak=margin < SURE_MARGIN)


def _from_text(lead: Lead, taxonomy: Taxonomy) -> Iterator[Fact]:
    """The lead's first service, else the area of half the mentions in the body or more."""
    for sentence in lead.sentences:
        for mention in taxonomy.services_in(sentence)[:1]:
            yield Fact(_AREA, mention.service.area, Evidence.LEAD, mention.words, weak=True)
    mentions = taxonomy.services_in(lead.body)
    for area, times in Counter(m.service.area for m in mentions).most_common(1):
        if times * 2 >= len(mentions):
            words = next(m.words for m in mentions if m.service.area == area)
            yield Fact(_AREA, area, Evidence.BODY, words, weak=True)
