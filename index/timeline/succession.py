"""What became of a preview: the later story that says the same thing is generally available."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from index.stories.title import COMMON, Title, siblings, weight
from index.text import stem, tokens
from index.timeline.moment import Moment

LONGEST = timedelta(days=900)
SURE, POSSIBLE = 0.66, 0.4
"""Overlap of the titles' words from which a succession is certain, and possible. Read off
AWS's announcements of 2014-2025: above the first, pairs were right but for language siblings."""
_STAGE_WORDS = frozenset(
    stem(word)
    for word in (
        "preview",
        "public",
        "private",
        "gated",
        "developer",
        "beta",
        "open",
        "general",
        "availability",
        "generally",
        "ga",
        "version",
        "next",
        "プレビュ",
        "一般提供",
    )
)


@dataclass(frozen=True, slots=True)
class Succession:
    """A preview and its general availability, `None` where none is known; `months` between
    them (to one decimal), `sure` False for what should be shown as possible."""

    preview: Moment
    ga: Moment | None = None
    months: float | None = None
    sure: bool = False


def successions(moments: Sequence[Moment]) -> tuple[Succession, ...]:
    """For every preview among the moments, its best general availability, in order of time.

    Certain needs the choice to be mutual: each is the other's best.
    """
    previews = [m for m in moments if m.stage == "preview"]
    scores = _scores(previews, [m for m in moments if m.stage == "ga"])
    rivals: dict[str, float] = {}
    for found in scores.values():
        for score, ga in found:
            rivals[ga.id] = max(score, rivals.get(ga.id, 0.0))
    return tuple(_succession(preview, scores[preview.id], rivals) for preview in previews)


def _scores(
    previews: Sequence[Moment], released: Sequence[Moment]
) -> dict[str, list[tuple[float, Moment]]]:
    """The possible releases of each preview with their overlap; only what shares a service
    is compared at all, or thousands of previews would meet thousands of releases."""
    by_service: dict[str, list[Moment]] = {}
    for ga in released:
        for service in ga.services:
            by_service.setdefault(service, []).append(ga)
    found: dict[str, list[tuple[float, Moment]]] = {}
    for preview in previews:
        near = {ga.id: ga for service in preview.services for ga in by_service.get(service, ())}
        scored = ((overlap(preview, ga), ga) for ga in near.values())
        found[preview.id] = [(score, ga) for score, ga in scored if score > 0]
    return found


def _succession(
    preview: Moment, scored: Sequence[tuple[float, Moment]], rivals: Mapping[str, float]
) -> Succession:
    """What became of one preview; of equals the earliest release."""
    score, ga = max(scored, default=(0.0, None), key=lambda s: (s[0], -s[1].when.timestamp()))
    if ga is None or score < POSSIBLE:
        return Succession(preview)
    months = round((ga.when - preview.when).days / 30.44, 1)
    return Succession(preview, ga, months, score >= SURE and score == rivals[ga.id])


def overlap(preview: Moment, ga: Moment) -> float:
    """From 0 to 1: how far the two name the same thing; 0 where that cannot be."""
    if not timedelta(0) < ga.when - preview.when <= LONGEST or preview.story == ga.story:
        return 0.0
    if not set(preview.services) & set(ga.services):
        return 0.0
    one, other = _told(preview), _told(ga)
    mine, theirs = _all_words(one), _all_words(other)
    if (one.numbers - other.numbers and other.numbers - one.numbers) or siblings(mine, theirs):
        return 0.0
    if not _same_thing(mine, theirs, set(preview.services) & set(ga.services)):
        return 0.0
    named = one.named | other.named
    # A word counts where the other's lead says it, so that "the next version" finds "v2".
    forth = _share(mine, theirs | (ga.lead & mine), named)
    back = _share(theirs, mine | (preview.lead & theirs), named)
    return 2 * forth * back / (forth + back) if forth + back else 0.0


def _same_thing(mine: frozenset[str], theirs: frozenset[str], services: set[str]) -> bool:
    """False for two features that have no word in common but their service's name."""
    name = {term for service in services for term, _ in tokens(service)}
    forth, back = mine - name, theirs - name
    return bool(forth & back) or not (forth and back)


def _told(moment: Moment) -> Title:
    return replace(moment.told, words=moment.told.words - _STAGE_WORDS - COMMON)


def _all_words(title: Title) -> frozenset[str]:
    return title.words | title.numbers | title.kana | {min(g) for g in title.glosses}


def _share(words: frozenset[str], of: frozenset[str], named: frozenset[str]) -> float:
    return weight(words & of, named) / (weight(words, named) or 1.0)
