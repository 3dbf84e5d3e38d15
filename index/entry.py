"""The one travelling value: an entry, as a source published it."""

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from typing import Any

from index.address import canonical_url, is_web_address

KINDS = ("announcement", "blog", "session", "note", "digest", "article")
_CODE = re.compile(r"^[A-Z]{2,6}[0-9]{2,4}$")  # DOP309, ACT10, IND3320, GPSTEC313


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """What a catalogue says of a session; `code` is the base code, `variant` its suffix."""

    code: str = ""
    variant: str = ""
    event: str = "re:Invent"
    year: int | None = None
    level: int | None = None
    form: str = ""
    topics: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    video: str | None = None
    slides: str | None = None

    def __post_init__(self) -> None:
        if self.code and not _CODE.match(self.code):
            raise ValueError(f"not a session code: {self.code!r}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A series of articles: its name and this entry's part in it, counted from 0."""

    name: str
    part: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One published thing. `text` is Markdown; `published` and `updated` are aware UTC.

    `summary` is the source's own excerpt. `tags` are AWS's or the author's, as published.
    `dated_by` names what the date rests on: source, title, url, file or guess.
    `label` is the author's own area of an item of a digest; `parts` are a digest's items,
    in order. Raises ValueError when a field breaks its rule.
    """

    kind: str
    title: str
    published: datetime
    source: str
    lang: str = "en"
    url: str | None = None
    text: str = ""
    summary: str = ""
    tags: tuple[str, ...] = ()
    guid: str | None = None
    author: str = ""
    updated: datetime | None = None
    dated_by: str = "source"
    session: Session | None = None
    series: Series | None = None
    label: str = ""
    parts: tuple["Entry", ...] = ()

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"unknown kind {self.kind!r}; one of {', '.join(KINDS)}")
        if not self.title.strip():
            raise ValueError("an entry needs a title")
        if not self.source:
            raise ValueError("an entry needs a source")
        for name in ("published", "updated"):
            when = getattr(self, name)
            if when is not None:
                # Sources and the store know seconds; a finer time would never compare equal.
                object.__setattr__(self, name, _whole_second(when))
        if self.url is not None and not is_web_address(self.url):
            raise ValueError(f"not an absolute http(s) address: {self.url!r}")

    @property
    def keys(self) -> tuple[str, ...]:
        """Every name under which this entry may be met again, the deciding one first."""
        return tuple(_keys(self))

    @property
    def id(self) -> str:
        """Twelve hex digits of the deciding key: the same on every machine and run."""
        return short_hash(self.keys[0])

    @property
    def content_hash(self) -> str:
        """Equal for two records that say the same."""
        return short_hash(json.dumps(entry_to_dict(self), ensure_ascii=False, sort_keys=True), 20)


def _whole_second(when: datetime) -> datetime:
    if when.utcoffset() != UTC.utcoffset(None):
        raise ValueError(f"not an aware UTC time: {when!r}")
    return when.astimezone(UTC).replace(microsecond=0)


def _keys(entry: Entry) -> list[str]:
    keys = []
    session = entry.session
    if entry.kind == "session" and session and session.code and session.year:
        keys.append(f"session:{session.event.lower()}:{session.year}:{session.code}")
    if entry.url:
        keys.append(canonical_url(entry.url))
    if entry.guid:
        keys.append(f"guid:{entry.source}:{entry.guid}")
    if not keys:
        day = entry.published.date().isoformat()
        keys.append(f"local:{entry.source}:{entry.kind}:{day}:{entry.title.strip()}")
    return keys


def part_id(parent_id: str, part: Entry) -> str:
    """The id of a digest's item: stable while its title stands in the same digest."""
    return short_hash(f"part:{parent_id}:{part.title.strip()}")


def short_hash(text: str, length: int = 12) -> str:
    """The first `length` hex digits of the text's SHA-256."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:length]


def entry_to_dict(entry: Entry) -> dict[str, Any]:
    """Plain JSON values; times as ISO 8601 in UTC. The inverse of `entry_from_dict`."""
    return {
        name: _PLAIN[name](value) if name in _PLAIN and value else _listed(value)
        for name in _FIELDS
        for value in (getattr(entry, name),)
    }


def _listed(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _instant(when: datetime) -> str:
    return f"{when.replace(tzinfo=None).isoformat()}Z"


# By hand, since `asdict` copies every value deeply and would take half of an import's time.
_FIELDS = tuple(field.name for field in fields(Entry))
_PLAIN: dict[str, Callable[[Any], Any]] = {
    "published": _instant,
    "updated": _instant,
    "session": lambda session: {k: _listed(v) for k, v in asdict(session).items()},
    "series": asdict,
    "parts": lambda parts: [entry_to_dict(part) for part in parts],
}


def entry_from_dict(found: dict[str, Any]) -> Entry:
    """The entry that `entry_to_dict` wrote; raises ValueError or TypeError on anything else."""
    given = dict(found)
    for name in ("published", "updated"):
        if given.get(name):
            given[name] = datetime.fromisoformat(given[name].replace("Z", "+00:00"))
    if session := given.get("session"):
        lists = {k: tuple(session.get(k, ())) for k in ("topics", "speakers", "services")}
        given["session"] = Session(**{**session, **lists})
    if series := given.get("series"):
        given["series"] = Series(**series)
    given["tags"] = tuple(given.get("tags", ()))
    given["parts"] = tuple(entry_from_dict(p) for p in given.get("parts", ()))
    return Entry(**given)
