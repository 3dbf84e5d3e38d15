"""Service-like names that the taxonomy lacks: what keeps a dictionary alive."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from index.taxonomy.loading import FOLDER
from index.taxonomy.taxonomy import Taxonomy

_LIKE_A_SERVICE = re.compile(
    r"(?<![A-Za-z0-9-])(?:Amazon|AWS) (?P<name>[A-Z][A-Za-z0-9+-]*"
    r"(?: (?:for|on|of) [A-Z][\w+-]*| [A-Z][A-Za-z0-9+-]*| \d+(?:\.\d+)?){0,3})"
)
_PRODUCT_TAG = re.compile(r"(?:general:products/)?((?:amazon|aws)-[a-z0-9-]+)")


@dataclass(frozen=True, slots=True)
class Text:
    """What one entry says: its id, its words, its tags."""

    id: str
    title: str
    body: str
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UnknownName:
    """A name or tag that `count` entries use; `example` is the title of one, `id` its id."""

    name: str
    count: int
    example: str
    id: str


@dataclass(frozen=True, slots=True)
class _Shapes:
    not_services: frozenset[str]
    never_first: frozenset[str]
    name_ends: frozenset[str]


def unknown_names(texts: Iterable[Text], taxonomy: Taxonomy) -> tuple[UnknownName, ...]:
    """Names after "Amazon" or "AWS", and product tags, that no service bears; the most
    frequent first."""
    generic = tomllib.loads((FOLDER / "generic.toml").read_text("utf-8"))
    shapes = _Shapes(*(frozenset(generic[k]) for k in ("not_services", "never_first", "name_ends")))
    count: dict[str, int] = {}
    example: dict[str, Text] = {}
    for text in texts:
        names = {*_named(text.title, taxonomy, shapes), *_tagged(text.tags, taxonomy)}
        for name in names | set(_named(text.body, taxonomy, shapes)):
            count[name] = count.get(name, 0) + 1
            if name not in example or name in text.title > name in example[name].title:
                example[name] = text
    found = [UnknownName(n, c, example[n].title, example[n].id) for n, c in count.items()]
    return tuple(sorted(found, key=lambda u: (-u.count, u.name)))


def _named(text: str, taxonomy: Taxonomy, shapes: _Shapes) -> Iterator[str]:
    known = [(mention.start, mention.end) for mention in taxonomy.services_in(text)]
    for match in _LIKE_A_SERVICE.finditer(text):
        words = match["name"].split()
        inside = any(start <= match.start("name") < end for start, end in known)
        if inside or words[0] in shapes.never_first:
            continue
        end = next((i for i, w in enumerate(words) if w in shapes.name_ends), len(words))
        while end and words[end - 1] in ("for", "on", "of"):
            end -= 1
        if any(w[0].isupper() and w not in shapes.not_services for w in words[:end]):
            yield f"{match[0].split()[0]} {' '.join(words[:end])}"


def _tagged(tags: tuple[str, ...], taxonomy: Taxonomy) -> Iterator[str]:
    for tag in tags:
        match = _PRODUCT_TAG.fullmatch(tag)
        if match and not taxonomy.knows_tag(tag):
            yield match[1]
