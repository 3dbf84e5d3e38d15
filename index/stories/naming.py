"""Items of a digest: their titles only name a launch ("ECR Public"), where a launch's tells it.

Such a title is alike to few others and yet says all that it needs to: it belongs to the one
launch of its days whose title holds every word of it.
"""

from collections.abc import Iterable

from index.stories.phonetics import rendered
from index.stories.title import COMMON, Title, likeness, vetoed

AHEAD = 0.1
"""By how much the likest of several launches that hold a title must lead."""


def named_story(item: Title, launches: Iterable[tuple[Title, str]]) -> Title | None:
    """The title of the launch that the item names, of launches with their stories: the one
    story that holds all its words, or holds them clearly best; None for none and for several."""
    best: dict[str, tuple[float, Title]] = {}
    for launch, story in launches:
        score = likeness(item, launch)
        if score >= best.get(story, (0.0, launch))[0]:
            best[story] = (score, launch)
    ordered = sorted(best.values(), key=lambda pair: -pair[0])
    if not ordered or (len(ordered) > 1 and ordered[0][0] - ordered[1][0] < AHEAD):
        return None
    return ordered[0][1]


def holds(launch: Title, item: Title) -> bool:
    """True when the launch's title says every word of the item's, about a service of both."""
    if vetoed(launch, item) or not launch.services & item.services:
        return False
    if item.words - launch.words or item.numbers - launch.numbers:
        return False
    if not (item.words or item.numbers or item.kana):
        return False
    return _holds_kana(launch, item) and _holds_kanji(launch, item)


def _holds_kana(launch: Title, item: Title) -> bool:
    if launch.japanese:
        return all(any(kana in told for told in launch.kana) for kana in item.kana)
    return not any(rendered(kana, launch.words)[1] for kana in item.kana)


def _holds_kanji(launch: Title, item: Title) -> bool:
    told = launch.words | COMMON | {word for gloss in launch.glosses for word in gloss}
    return item.unread <= launch.unread and all(gloss & told for gloss in item.glosses)
