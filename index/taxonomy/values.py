"""The values of the taxonomy: areas, services, regions, and a service's mention in a text."""

import re
from dataclasses import dataclass
from datetime import date

VENDORS = ("Amazon", "AWS")
BARE = ("yes", "japanese", "no")
"""Where a name may stand without "Amazon" or "AWS": anywhere, in Japanese text only, nowhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Former:
    """A name that a service bore, or an area that others stood under, until a day."""

    name: str
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A service area: `names` as catalogues and authors write it, `tags` AWS's slugs, `loose`
    tags that say it only where nothing better is known, `channels` slugs of AWS's blogs, `tracks`
    the letters of re:Invent session codes, `stood_under` the areas whose tags its services bore
    before AWS gave them one of their own."""

    name: str
    japanese: str
    names: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    loose: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    tracks: tuple[str, ...] = ()
    stood_under: tuple[Former, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """An AWS service. `bare` says where the official name may stand without its vendor; the
    names in `also` may stand alone, those in `with_vendor` only after "Amazon" or "AWS".
    One that `helps_others` gives way in "PrivateLink support for Amazon Forecast"."""

    name: str
    area: str
    bare: str = "yes"
    also: tuple[str, ...] = ()
    with_vendor: tuple[str, ...] = ()
    japanese: tuple[str, ...] = ()
    former: tuple[Former, ...] = ()
    part_of: str = ""
    helps_others: bool = False
    tags: tuple[str, ...] = ()

    @property
    def aliases(self) -> tuple[str, ...]:
        """Every name in every language, the official first, none twice."""
        old = [f.name for f in self.former]
        vendored = [f"{v} {n}" for n in self.with_vendor for v in VENDORS]
        short = [without_vendor(self.name)]
        return tuple(
            dict.fromkeys([self.name, *short, *self.also, *old, *vendored, *self.japanese])
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """An AWS region: its code, its names as AWS writes them, and its place's names alone."""

    code: str
    name: str
    japanese: str
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """How a text states a fact of one kind: one of `when` is found once all that matches
    `unless` is taken out. `where` is the text that may speak: "title", "lead" or "both".
    `hints` spare time: without one of them in the text (lower case) no `when` can match."""

    fact: str
    value: str
    where: str = "title"
    hints: tuple[str, ...] = ()
    when: tuple[re.Pattern[str], ...] = ()
    unless: tuple[re.Pattern[str], ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A service named by `words`, which stand at text[start:end]."""

    service: Service
    words: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Place:
    """A region named by `words`, which stand at text[start:end]."""

    region: Region
    words: str
    start: int
    end: int


def without_vendor(name: str) -> str:
    """The name without a leading "Amazon" or "AWS"."""
    return re.sub(r"^(?:Amazon|AWS) (?=\S)", "", name)


def slug(name: str) -> str:
    """A name in the form of AWS's tags: `Amazon S3 Glacier` → `amazon-s3-glacier`."""
    return re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")


def name_key(name: str) -> str:
    """The form under which two spellings of a name are equal: one case, single blanks."""
    return re.sub(r"\s+", " ", name).strip().casefold()
