"""Our own JSON lines: an entry as `index.entry.entry_to_dict` writes it, keys left out or not."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from crawler.dates import parse_date
from crawler.drafts import Draft, finish
from crawler.imports.fields import Fields
from crawler.markup import defuse, one_line
from crawler.origin import Origin
from index.entry import KINDS, Entry, Series, Session

_DATED = ("source", "title", "url", "file", "guess")


def is_own(record: Mapping[str, Any]) -> bool:
    """True when the record names one of our kinds, a title and a date."""
    return record.get("kind") in KINDS and bool(record.get("title")) and "published" in record


def own_entry(record: Mapping[str, Any], origin: Origin) -> tuple[Entry, str]:
    """The entry of such a record and a warning; raises ValueError where a field is wrong.

    The parts of a digest take what they lack from it.
    """
    fields = Fields(record)
    draft = Draft(
        title=fields.text("title"),
        url=fields.text("url"),
        text=defuse(fields.text("text")),
        summary=fields.text("summary"),
        stated=(fields.value("published"),),
        updated=fields.value("updated"),
        tags=fields.whole("tags"),
        guid=fields.text("guid"),
        author=fields.text("author"),
        lang=fields.text("lang"),
        kind=fields.text("kind"),
        source=fields.text("source"),
        session=_session(record.get("session")),
    )
    entry, warning = finish(draft, origin)
    said = fields.text("dated_by")
    return replace(
        entry,
        dated_by=said if said in _DATED and entry.dated_by == "source" else entry.dated_by,
        series=_series(record.get("series")),
        label=one_line(fields.text("label")),
        parts=tuple(_parts(record, entry, origin)) or entry.parts,
    ), warning


def _parts(record: Mapping[str, Any], whole: Entry, origin: Origin) -> list[Entry]:
    found = record.get("parts")
    if not isinstance(found, list | tuple):
        return []
    inherited = {
        "kind": "announcement",
        "published": whole.published.isoformat(),
        "source": whole.source,
        "lang": whole.lang,
        "dated_by": whole.dated_by,
    }
    return [own_entry({**inherited, **p}, origin)[0] for p in found if isinstance(p, Mapping)]


def _session(found: Any) -> Session | None:
    if not isinstance(found, Mapping) or not found:
        return None
    fields = Fields(found)
    year, level = parse_date(f"{fields.text('year')}-06-01"), fields.text("level")
    return Session(
        code=fields.text("code"),
        variant=fields.text("variant"),
        event=fields.text("event") or "re:Invent",
        year=year.year if year else None,
        level=int(level) if level.isdigit() else None,
        form=fields.text("form"),
        topics=fields.whole("topics"),
        speakers=fields.whole("speakers"),
        services=fields.whole("services"),
        video=fields.text("video") or None,
        slides=fields.text("slides") or None,
    )


def _series(found: Any) -> Series | None:
    if not isinstance(found, Mapping) or not found.get("name"):
        return None
    part = found.get("part")
    return Series(name=one_line(str(found["name"])), part=part if isinstance(part, int) else 0)
