"""What a timeline is about: a service by any of its names, or a feature by its words."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.stored import Stored
from index.taxonomy import Service, Taxonomy
from index.text import fold, tokens

TELLERS = ("announcement", "blog")
_VENDORS = ("amazon ", "aws ")
_LONGEST_INITIALS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A service, or with `words` one feature (of the service, where that is known).

    `words` are index terms; `formerly` the service's former names, each with the ISO date
    until which it held.
    """

    name: str
    service: str = ""
    words: tuple[str, ...] = ()
    formerly: tuple[tuple[str, str], ...] = ()


def subject_of(text: str, taxonomy: Taxonomy) -> Subject:
    """What the person means; a name that a service bears besides its own (`Redshift ML`,
    `EMR Studio`) is a feature of it."""
    text = " ".join(text.split())
    mentions = taxonomy.services_in(text)
    service = taxonomy.service(text) or (mentions[0].service if mentions else None)
    if service is None:
        return Subject(name=text, words=_words(text))
    formerly = tuple((former.name, former.until.isoformat()) for former in service.former)
    if _is_own_name(text, service):
        return Subject(name=service.name, service=service.name, formerly=formerly)
    return Subject(name=text, service=service.name, words=_words(text), formerly=formerly)


def belongs(stored: Stored, subject: Subject, family: Sequence[str] = ()) -> bool:
    """True when the entry tells of the subject: of the service (or one of its `family`), and
    with every word of the feature in its title."""
    if stored.entry.kind not in TELLERS:
        return False
    if subject.service and not {subject.service, *family} & set(stored.facts.services):
        return False
    told = {term for term, _ in tokens(stored.entry.title)}
    return all(word in told for word in subject.words)


def _words(text: str) -> tuple[str, ...]:
    """The terms that a title must hold: no vendor, no compound beside its parts."""
    places: dict[int, str] = {}
    for term, position in tokens(_bare(fold(text))):
        places.setdefault(position, term)
    return tuple(places.values())


def _is_own_name(text: str, service: Service) -> bool:
    """True for the service's official, short, former and Japanese names and its initials."""
    former = [f.name for f in service.former]
    own = {_bare(fold(n)) for n in (service.name, *former, *service.japanese, *service.with_vendor)}
    name = _bare(fold(text))
    initials = "".join(word[0] for word in name.split())
    short = text.isupper() and len(text) <= _LONGEST_INITIALS
    return name in own or initials in own or short


def _bare(folded: str) -> str:
    for vendor in _VENDORS:
        folded = folded.removeprefix(vendor)
    return folded
