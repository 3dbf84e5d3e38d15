"""Which news matters: a sum of weighted signals, every one of which a person can read.

The weights are of two kinds. Those of change, stage and area follow a logistic regression on
weekly digests that people wrote (`bench/ranking.py` measures on weeks left out); those of
attention (keynote, blog, notes, watch list) are set by hand. `config.toml` may replace each
and give areas and services weights of their own.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.errors import ConfigError
from index.fact import FactKind, Facts
from index.stored import Stored
from index.wording import say

WEIGHTS: Mapping[str, float] = {
    "watch": 6.0,
    "keynote": 1.6,
    "event": 0.4,
    "news-blog": 1.0,
    "noted": 1.0,
    "at-length": 0.5,
    "copies": 0.15,
    "new-service": 1.0,
    "ga": 0.5,
    "preview": 0.4,
    "end": 0.3,
    "price": 0.3,
    "integration": 0.7,
    "deadline": 0.3,
    "instance": 0.1,
    "quota": -0.2,
    "version": -0.6,
    "compliance": -0.6,
    "program": -1.2,
    "niche": -1.6,
    "region": -1.8,
}
# Areas of special trades: most groups use none of their services.
NICHE = frozenset(
    (
        *("Business Applications", "End User Computing", "Games", "IoT", "Media", "Migration"),
        *("Mobile & Web", "Partners", "Training"),
    )
)
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
        if name not in WEIGHTS and not name.startswith(("area:", "service:")):
            known = ", ".join(WEIGHTS)
            raise ConfigError(
                f"no signal {name!r}; known: {known}, area:NAME, service:NAME",
                key="digest.weights",
            )
    return {**WEIGHTS, **changes}


def rank(
    members: Sequence[Stored],
    facts: Facts,
    weights: Mapping[str, float] = WEIGHTS,
    watch: Sequence[str] = (),
    lang: str = "ja",
) -> Rank:
    """The importance of a story, told by `members` with these `facts`; reasons in `lang`."""
    found = signals(members, facts, watch)
    told = {name: weights.get(name, 0.0) * signal.strength for name, signal in found.items()}
    telling = sorted((n for n in told if told[n] > 0), key=lambda n: (-told[n], n))
    reasons = tuple(_reason(name, found[name], lang) for name in telling)
    quiet = "others" if any(weight < 0 for weight in told.values()) else "feature"
    fallback = (say(lang, f"why-{quiet}"),)
    return Rank(round(sum(told.values()), 4), reasons or fallback, "watch" in found)


@dataclass(frozen=True, slots=True)
class Signal:
    """How strongly something speaks (1 for yes), and what a person is told of it."""

    strength: float = 1.0
    what: str = ""


def signals(
    members: Sequence[Stored], facts: Facts, watch: Sequence[str] = ()
) -> dict[str, Signal]:
    """What speaks for or against a story, by name."""
    found = {name: Signal() for name in (*_attention(members), *_said(members, facts))}
    found |= {f"service:{s}": Signal(what=s) for s in facts.services}
    found[f"area:{facts.area}"] = Signal(what=facts.area)
    if facts.area in NICHE:
        found["niche"] = Signal()
    if watched := watched_service(facts.services, watch):
        found["watch"] = Signal(what=watched)
    places = len({m.entry.source for m in members})
    if places > 1:
        found["copies"] = Signal(places, str(places))
    written = max((len(m.entry.text) for m in members if m.part_of), default=0)
    if written > 60:
        found["at-length"] = Signal(min(1.0, written / 200))
    return found


def _reason(name: str, signal: Signal, lang: str) -> str:
    return say(lang, f"why-{name.partition(':')[0]}", what=signal.what)


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


def _said(members: Sequence[Stored], facts: Facts) -> list[str]:
    found = [name for name in facts.values(FactKind.CHANGE) if name in WEIGHTS]
    if facts.stage:
        found.append(facts.stage)
    if facts.of(FactKind.DEADLINE):
        found.append("deadline")
    if any(_is_new_service(m, facts) for m in members):
        found.append("new-service")
    return found


def _is_new_service(member: Stored, facts: Facts) -> bool:
    """By the title: it says so, or it is an item of a digest that is nothing but the name."""
    title = member.entry.title
    if _NEW_SERVICE.search(title):
        return True
    return bool(member.part_of) and title.casefold() in {s.casefold() for s in facts.services}
