"""What the timelines say together: previews that wait, deadlines ahead, names that changed."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from index.fact import FactKind
from index.stored import Stored
from index.taxonomy import Taxonomy
from index.timeline.moment import Moment
from index.timeline.succession import successions

_MONTH = 30.44
_NAME = r"(?:Amazon|AWS) (?:[A-Z][\w.]*|for|of|and|\d+)(?: (?:[A-Z0-9][\w.]*|for|of|and))*"
_RENAMES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?P<new>{_NAME}),? \(?(?:formerly|previously)(?: known as| called)? (?P<old>{_NAME})",
        rf"(?P<old>{_NAME}) (?:is|has been|was|will be|are) (?:now |being )?(?:renamed|rebranded)"
        rf"(?: to| as)? (?P<new>{_NAME})",
        rf"(?P<old>{_NAME}) is now (?:called |known as |named )?(?P<new>{_NAME})",
        rf"(?P<new>{_NAME}),? (?:is )?(?:the )?successor (?:to|of) (?P<old>{_NAME})",
        rf"(?P<new>{_NAME}) ?[(（]旧(?:称)?[:： ]*(?P<old>(?:{_NAME})|[A-Z][\w. ]+)",
    )
)
_TAIL = re.compile(r"(?: (?:for|of|and|in|is|to))+$")


@dataclass(frozen=True, slots=True)
class Waiting:
    """A preview without general availability, and its age in months (to one decimal)."""

    preview: Moment
    months: float


@dataclass(frozen=True, slots=True)
class Due:
    """A date that a source names: `what` is the deadline's kind (end-of-support,
    closed-to-new, …), `words` the source's own."""

    day: date
    what: str
    title: str
    words: str
    url: str | None
    id: str
    services: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rename:
    """A text that says so; `known` when the taxonomy already has the old name."""

    old: str
    new: str
    words: str
    id: str
    published: datetime
    known: bool


def still_in_preview(
    moments: Sequence[Moment], now: datetime, months: float
) -> tuple[Waiting, ...]:
    """Previews older than `months` whose general availability is not known, oldest first."""
    waiting = []
    for end in successions(moments):
        age = (now - end.preview.when) / timedelta(days=_MONTH)
        if age >= months and not (end.ga and end.sure):
            waiting.append(Waiting(end.preview, round(age, 1)))
    return tuple(waiting)


def deadlines(entries: Iterable[Stored], since: date) -> tuple[Due, ...]:
    """The deadlines on or after a day, the nearest first, each story's only once."""
    found: dict[tuple[str, str], Due] = {}
    for stored in entries:
        for fact in stored.facts.of(FactKind.DEADLINE):
            day = date.fromisoformat(fact.value)
            if day >= since:
                entry = stored.entry
                due = Due(
                    day,
                    fact.detail,
                    entry.title,
                    fact.words,
                    entry.url,
                    stored.id,
                    stored.facts.services,
                )
                found.setdefault((stored.story, fact.value), due)
    return tuple(sorted(found.values(), key=lambda due: (due.day, due.title)))


def renames(entries: Iterable[Stored], taxonomy: Taxonomy) -> tuple[Rename, ...]:
    """Sentences of the form "X is now Y" about services, each pair once, newest first."""
    found: dict[tuple[str, str], Rename] = {}
    for stored in entries:
        for text in (stored.entry.title, (stored.entry.text or stored.entry.summary)[:600]):
            for pattern in _RENAMES:
                for match in pattern.finditer(text):
                    old, new = (_TAIL.sub("", match[g].strip()) for g in ("old", "new"))
                    if old != new:
                        rename = Rename(
                            old, new, match[0], stored.id, stored.entry.published,
                            _is_known(old, new, taxonomy),
                        )  # fmt: skip
                        found.setdefault((old, new), rename)
    return tuple(sorted(found.values(), key=lambda r: r.published, reverse=True))


def calendar(due: Iterable[Due], now: datetime) -> str:
    """The deadlines as an iCalendar file (RFC 5545), all-day events, CRLF line ends."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//reinvent-kb//deadlines//EN"]
    for item in due:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{item.id}-{item.day:%Y%m%d}@reinvent-kb",
            f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}",
            f"DTSTART;VALUE=DATE:{item.day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{item.day + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_escaped(item.title)}",
            f"DESCRIPTION:{_escaped(item.words)}",
            *([f"URL:{item.url}"] if item.url else []),
            "END:VEVENT",
        ]
    return (
        "\r\n".join(part for line in [*lines, "END:VCALENDAR"] for part in _folded(line)) + "\r\n"
    )


def _is_known(old: str, new: str, taxonomy: Taxonomy) -> bool:
    one, other = taxonomy.service(old), taxonomy.service(new)
    return one is not None and one == other


def _escaped(text: str) -> str:
    text = re.sub(r"([\\;,])", r"\\\1", " ".join(text.split()))
    return re.sub(r"[\x00-\x1f\x7f]", "", text)


def _folded(line: str) -> list[str]:
    """A content line in pieces of at most 75 octets, whole characters each (RFC 5545, 3.1)."""
    pieces, piece = [], ""
    for char in line:
        if len((piece + char).encode()) > 74:
            pieces.append(piece)
            piece = " "
        piece += char
    return [*pieces, piece]
