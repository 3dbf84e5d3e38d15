"""What a deck holds, as plain values: written once, drawn as PowerPoint or as Markdown.

An outline knows nothing of inches, fonts or templates. Every text is plain; a writer
breaks, fits and escapes it.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Link:
    """A text that leads to an http(s) address."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Label:
    """A named value on a fact card: `Stage`, `Preview`."""

    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """The first slide."""

    title: str
    lines: tuple[str, ...]
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Headline:
    """One line of the summary slide, in the colour of its area."""

    area: str
    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Headlines:
    """The period in five lines."""

    title: str
    lines: tuple[Headline, ...]
    notes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Counts by area, the greatest first; the title says the conclusion."""

    title: str
    bars: tuple[tuple[str, int], ...]
    unit: str
    alt: str
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Stop:
    """A stop of the agenda: it leads to the slide with that `key`."""

    key: str
    area: str
    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """What is to come, each stop a link to its first slide."""

    title: str
    stops: tuple[Stop, ...]
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a section's list; it leads to the slide with that `key`, if there is one."""

    text: str
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """An area's own slide, in its colour, with the names of what follows."""

    key: str
    area: str
    title: str
    count: str
    names: tuple[Name, ...]
    notes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """One update: three to five points, a fact card and the way to the source.

    `stage` is preview, ga, region, end or ""; `stage_name` its name for a reader. `facts`
    hold only what the source says; `mark` is a word beside the stage. `key` is what an
    agenda or section leads by.
    """

    key: str
    area: str
    title: str
    points: tuple[str, ...]
    stage: str = ""
    stage_name: str = ""
    facts: tuple[Label, ...] = ()
    source_name: str = ""
    source: Link | None = None
    mark: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Brief:
    """A short item: told in a line or two, among others."""

    title: str
    text: str
    stage: str = ""
    stage_name: str = ""
    source: Link | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Briefs:
    """Short items of one area, at most five a slide."""

    key: str
    area: str
    title: str
    items: tuple[Brief, ...]
    notes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """A plain list: comments, deadlines, sources, licences. A line may lead somewhere."""

    title: str
    lines: tuple[str | Link, ...]
    area: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """A dot on a timeline; `stage` as in Update."""

    date: str
    text: str
    stage: str = ""
    stage_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """How a feature came to be, the oldest moment first."""

    title: str
    area: str
    moments: tuple[Moment, ...]
    notes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture of a note, from a local file, with the words that describe it."""

    title: str
    area: str
    file: Path
    alt: str
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table of everything."""

    area: str
    title: str
    stage_name: str
    date: str
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Everything in one table; `head` names area, update, stage and date."""

    title: str
    head: tuple[str, str, str, str]
    rows: tuple[Row, ...]
    alt: str
    notes: str = ""


Slide = (
    Cover
    | Headlines
    | Chart
    | Agenda
    | Section
    | Update
    | Briefs
    | Points
    | Timeline
    | Picture
    | Table
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A deck: its slides in order. `made` dates the file (the same input, the same bytes);
    `footer` stands on every slide; `more` marks a continued slide, `(cont.)`."""

    title: str
    lang: str
    made: datetime
    footer: str
    more: str
    slides: tuple[Slide, ...]
