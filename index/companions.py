"""Which posts, sessions and notes belong beside a launch: by their links, or by its name.

A post that links to one or two launches tells of them; one that links to many is a round-up
and belongs to none. A session or a note belongs to a launch whose whole name its title holds,
when it came out around it: `Aurora Serverless v2: Instant scaling …` to the preview of Aurora
Serverless v2.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from index.address import launch_slug
from index.stored import Stored

BEFORE, AFTER = timedelta(days=14), timedelta(days=28)
"""How long before and after a launch a session or note may be about it."""
_MOST_LINKED = 2
_ADDRESS = re.compile(r"https?://[^\s)\]>\"'、。）」]+")
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9.+#-]*|\d[\w.]*")
# Words that many titles share; what is left is the launch's own name.
_COMMON = frozenset(
    re.findall(
        r"\S+",
        "a an and announces announcing announcement are as at available availability aws amazon be "
        "beta by can customers for from ga general generally has in introduces introducing into is "
        "it its launch launches now new of on or preview public region regions released releases "
        "support supports the their this to using via web services with you your is-now",
    )
)


@dataclass(frozen=True, slots=True)
class Beside:
    """`tied` holds a story's posts, the earliest first; `apart` those of no launch."""

    tied: Mapping[str, tuple[Stored, ...]]
    apart: tuple[Stored, ...]


def tie_posts(
    launches: Mapping[str, Sequence[Stored]], posts: Iterable[Stored], near: Iterable[Stored] = ()
) -> Beside:
    """Ties `posts` (of the period) and `near` (sessions and notes around it) to launches by
    story; only posts of the period can stand apart. A digest whose items are shown is said."""
    by_slug = {
        slug: story
        for story, members in launches.items()
        for m in members
        if (slug := launch_slug(m.entry.url))
    }
    names = _names(launches)
    shown = {m.part_of for members in launches.values() for m in members if m.part_of}
    tied: dict[str, list[Stored]] = defaultdict(list)
    apart = []
    for post in posts:
        found = _linked(post, by_slug) or _named(post, names)
        for story in found:
            tied[story].append(post)
        if not found and post.id not in shown:
            apart.append(post)
    for post in (p for p in near if p.story not in launches):
        for story in _named(post, names):
            tied[story].append(post)
    in_time = {
        story: tuple(sorted(found, key=lambda s: (s.entry.published, s.id)))
        for story, found in tied.items()
    }
    return Beside(in_time, tuple(apart))


def _linked(post: Stored, by_slug: Mapping[str, str]) -> list[str]:
    addresses = (a.rstrip(".,;:!?*_") for a in _ADDRESS.findall(post.entry.text))
    found = {by_slug[s] for a in addresses if (s := launch_slug(a)) and s in by_slug}
    return sorted(found) if len(found) <= _MOST_LINKED else []


@dataclass(frozen=True, slots=True)
class _Name:
    words: frozenset[str]
    launch: Stored


def _names(launches: Mapping[str, Sequence[Stored]]) -> dict[str, list[_Name]]:
    """Each story's names: titles of two words of their own or more, in any language."""
    found: dict[str, list[_Name]] = {}
    for story, members in launches.items():
        named = [_Name(_own_words(m.entry.title), m) for m in members]
        found[story] = [name for name in named if len(name.words) >= 2]
    return found


def _named(post: Stored, names: Mapping[str, Sequence[_Name]]) -> list[str]:
    if post.entry.kind not in ("session", "note"):
        return []
    words, when = _own_words(post.entry.title), post.entry.published
    return sorted(
        story
        for story, known in names.items()
        if any(
            name.words <= words and -BEFORE <= when - name.launch.entry.published <= AFTER
            for name in known
        )
    )


def _own_words(title: str) -> frozenset[str]:
    words = (w.casefold().rstrip(".") for w in _WORD.findall(title))
    return frozenset(w for w in words if w not in _COMMON)
