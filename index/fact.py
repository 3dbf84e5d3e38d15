"""What the program knows of an entry: facts, each with its evidence and the words for it."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class FactKind(StrEnum):
    """What a fact says; the values stand in the store and in JSON."""

    AREA = "area"
    SERVICE = "service"
    MENTIONED = "mentioned"
    STAGE = "stage"
    CHANGE = "change"
    REGION = "region"
    PRICE = "price"
    DEADLINE = "deadline"
    VERSION = "version"
    INSTANCE = "instance"
    COMPLIANCE = "compliance"


class Evidence(StrEnum):
    """What a fact rests on."""

    PERSON = "person"  # a correction or an overlay rule
    TAG = "tag"  # AWS's own tag
    CHANNEL = "channel"  # the feed that carried it
    LABEL = "label"  # the author's own label
    TITLE = "title"  # a name in the title
    LEAD = "lead"  # the first two sentences
    BODY = "body"
    CLASSIFIER = "classifier"
    NONE = "none"


STAGES = ("preview", "ga", "region", "end")


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing known. `value` is canonical (an area's or service's name, a stage, a region
    code, an ISO date, a price as written); `words` are the source's words that say so;
    `weak` asks a person to look; `detail` refines (added | all | not-yet for a region,
    end-of-support | closed-to-new for a deadline, a price's sentence)."""

    kind: FactKind
    value: str
    evidence: Evidence
    words: str = ""
    weak: bool = False
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """All facts of one entry, the deciding one of each kind first."""

    items: tuple[Fact, ...] = ()

    def __iter__(self) -> Iterator[Fact]:
        return iter(self.items)

    def of(self, kind: FactKind) -> tuple[Fact, ...]:
        """The facts of one kind, in order."""
        return tuple(f for f in self.items if f.kind == kind)

    def values(self, kind: FactKind) -> tuple[str, ...]:
        """The values of one kind, in order."""
        return tuple(f.value for f in self.items if f.kind == kind)

    @property
    def area(self) -> str:
        """The entry's area; "Other" when nothing says more."""
        return next(iter(self.values(FactKind.AREA)), "Other")

    @property
    def stage(self) -> str:
        """preview, ga, region, end, or "" where the source says none."""
        return next(iter(self.values(FactKind.STAGE)), "")

    @property
    def services(self) -> tuple[str, ...]:
        """The subject services, the deciding one first."""
        return self.values(FactKind.SERVICE)
