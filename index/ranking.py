"""Which news matters: a sum of weighted signals, every one of which a person can read.

The weights are of two kinds. Those of change and stage were learned by logistic regression
from weekly digests that people wrote (`bench/ranking.py` tells on weeks left out); those of
attention (keynote, blog, notes, watch list) are set by hand. `config.toml` may replace each.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.errors import ConfigError
from index.fact import FactKind
from index.stored import Stored
from index.wording import say

WEIGHTS: Mapping[str, float] = {
    "watch": 6.0,
    "keynote": 2.0,
    "event": 0.5,
    "news-blog": 1.0,
    "noted": 1.0,
    "copies": 0.15,
    "new-service": 1.2,
    "ga": 0.6,
    "preview": 0.5,
    "end": 0.4,
    "price": 0.25,
    "integration": 0.7,
    "quota": 0.1,
    "instance": -0.2,
    "deadline": 0.3,
    "region": -1.6,
    "version": -0.8,
    "compliance": -0.9,
    "program": -1.2,
}
_KEYNOTE = re.compile(r"^re-?invent-?\d{4}-[a-z]|keynote", re.I)
_EVENT = re.compile(r"^re:?-?invent", re.I)
_NEWS_BLOG = re.compile(r"^https://aws\.amazon\.com/(?:[a-z]{2}/)?blogs/aws/", re.I)
_NEW_SERVICE = re.compile(
    r"^(?:Introducing|Announcing|AWS (?:announces|launches|introduces)) (?:Amazon|AWS) [A-Z]\S*"
    r"(?: [A-Z]\S*){0,4}$|\bnew (?:AWS )?service\b|新(?:しい)?サービス",
)


@dataclass(frozen=True, slots=True)
class Rank:
    """`score` grows with importance; `reasons` are phrases, the weightiest first, never none."""

    score: float
    reasons: tuple[str, ...]
    watched: bool = False


def weights_with(changes: Mapping[str, float]) -> dict[str, float]:
    """The weights with a person's own in place of ours.

    Raises ConfigError for a signal that does not exist.
    """
    for name in changes:
        if name not in WEIGHTS:
            known = ", ".join(WEIGHTS)
            raise ConfigError(f"no signal {name!r}; known: {known}", key="digest.weights")
    return {**WEIGHTS, **changes}


def rank(
    members: Sequence[Stored],
    weights: Mapping[str, float] = WEIGHTS,
    watch: Sequence[str] = (),
    lang: str = "ja",
) -> Rank:
    """The importance of a story, told by all its entries, with the reasons in `lang`."""
    found = signals(members, watch)
    score = sum(weights[name] * _strength(value) for name, value in found.items())
    telling = sorted((n for n in found if weights[n] > 0), key=lambda n: (-weights[n], n))
    reasons = tuple(say(lang, f"why-{name}", what=found[name]) for name in telling)
    quiet = "others" if any(weights[n] < 0 for n in found) else "feature"
    return Rank(round(score, 4), reasons or (say(lang, f"why-{quiet}"),), "watch" in found)


def signals(members: Sequence[Stored], watch: Sequence[str] = ()) -> dict[str, str | int]:
    """What speaks for or against a story: signal → what a person is told of it."""
    found: dict[str, str | int] = {}
    services = tuple(s for m in members for s in m.facts.services)
    if watched := watched_service(services, watch):
        found["watch"] = watched
    for name in _attention(members):
        found[name] = 1
    places = len({m.entry.source for m in members})
    if places > 1:
        found["copies"] = places
    for member in members:
        found |= dict.fromkeys(_said(member), 1)
    return found


def watched_service(services: Sequence[str], watch: Sequence[str]) -> str:
    """The first service on the watch list, or ""; `Lambda` watches `AWS Lambda`."""
    for service in services:
        bare = re.sub(r"^(?:Amazon|AWS) ", "", service).casefold()
        if any(w.casefold() in (service.casefold(), bare) for w in watch):
            return service
    return ""


def _attention(members: Sequence[Stored]) -> list[str]:
    tags = [tag for m in members for tag in m.entry.tags]
    found = []
    if any(_KEYNOTE.search(tag) for tag in tags):
        found.append("keynote")
    if any(_EVENT.search(tag) for tag in tags):
        found.append("event")
    if any(_NEWS_BLOG.match(m.entry.url or "") for m in members):
        found.append("news-blog")
    if any(m.part_of or m.entry.kind == "note" for m in members):
        found.append("noted")
    return found


def _said(member: Stored) -> list[str]:
    facts = member.facts
    found = [name for name in facts.values(FactKind.CHANGE) if name in WEIGHTS]
    if facts.stage:
        found.append(facts.stage)
    if facts.of(FactKind.DEADLINE):
        found.append("deadline")
    if _NEW_SERVICE.search(member.entry.title):
        found.append("new-service")
    return found


def _strength(value: str | int) -> float:
    return float(value) if isinstance(value, int) else 1.0
