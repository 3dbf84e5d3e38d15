"""The last step of every reader: loose fields become an entry, or a reason why not."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timezone
from difflib import SequenceMatcher

from crawler.codes import code_in_title, event_year
from crawler.dates import Dated, is_sane, parse_date, settle_date
from crawler.digests import FEWEST, digest_items
from crawler.events import reinvent_year
from crawler.kinds import infer_kind
from crawler.language import lang_of_locale, lang_of_text
from crawler.markup import mend_link, one_line, to_markdown
from crawler.origin import Origin, aws_kind, source_name
from crawler.periods import find_span
from crawler.reading import Reading, Skipped
from index.address import canonical_url, mend_url, url_lang
from index.entry import Entry, Session, short_hash

MOST_TEXT = 400_000  # characters kept of one body: a book, and more than any page here


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An item as a source wrote it. `html` may be HTML, encoded HTML or plain text; `text`
    is Markdown already. `stated` are its dates, the best first; `guess` serves where there
    is none."""

    title: str
    url: str = ""
    html: str = ""
    text: str = ""
    summary: str = ""
    stated: tuple[object, ...] = ()
    updated: object = None
    guess: datetime | None = None
    zone: timezone = UTC
    tags: tuple[str, ...] = ()
    guid: str = ""
    author: str = ""
    lang: str = ""
    kind: str = ""
    source: str = ""
    session: Session | None = None


class UnfitError(ValueError):
    """An item cannot become an entry; the text says why."""


def finish(draft: Draft, origin: Origin) -> tuple[Entry, str]:
    """The entry of a draft, and a warning sentence or "". Raises UnfitError with the reason."""
    url = _address(draft.url, origin)
    text = draft.text or to_markdown(draft.html, url or origin.url)
    title = one_line(draft.title) or _first_words(text)
    if not title:
        raise UnfitError("no title")
    said_kind = origin.kind or draft.kind or aws_kind(url)
    kind = said_kind or infer_kind(title, text, draft.session)
    lang = _lang(draft, origin, url, title, text)
    source = origin.source or draft.source or source_name(url, lang) or source_name(origin.url)
    dated = _date(draft, origin, url, title)
    updated = parse_date(draft.updated, zone=draft.zone)
    entry = Entry(
        kind=kind,
        title=title[:500],
        published=dated.when,
        source=source or "local",
        lang=lang,
        url=url,
        text=text[:MOST_TEXT],
        summary=one_line(draft.summary)[:2000],
        tags=_distinct(draft.tags),
        guid=draft.guid.strip() or None,
        author=_person(draft.author),
        updated=updated
        if updated and is_sane(updated, origin.now) and updated != dated.when
        else None,
        dated_by=dated.by,
        session=draft.session,
    )
    if not entry.url and not entry.guid and dated.when in (origin.day, _today(origin)):
        # The date is the file's or today's: it must not decide what the entry is.
        entry = replace(entry, guid=f"title:{short_hash(title)}")
    return _with_content(entry, said_kind, origin.now), _warning(draft, dated)


def _today(origin: Origin) -> datetime:
    return origin.now.replace(hour=0, minute=0, second=0, microsecond=0)


def _with_content(entry: Entry, said_kind: str, now: datetime) -> Entry:
    """A digest with its items, a note with its session; a digest of nothing is an article,
    unless its source or its title's period calls it one."""
    if entry.kind == "digest" and not entry.parts:
        parts, span = digest_items(entry, now), find_span(entry.title, entry.published)
        if len(parts) < FEWEST and not said_kind and not span:
            return replace(entry, kind="article")
        # A digest is told apart by its period: the day of its posting may be a guess.
        named = f"period:{span.first:%F}:{short_hash(entry.title)}" if span else None
        return replace(entry, parts=parts, guid=entry.guid or (None if entry.url else named))
    if entry.kind == "note" and entry.session is None:
        return replace(entry, session=_session_of_note(entry))
    return entry


def _session_of_note(entry: Entry) -> Session | None:
    code = code_in_title(entry.title)
    year = event_year(entry.title) or event_year(entry.text[:1000])
    year = year or reinvent_year(entry.published)
    return Session(code=code.base, variant=code.variant, year=year) if code else None


def collect(
    form: str, drafts: Iterable[Draft | Skipped], origin: Origin, title: str = ""
) -> Reading:
    """A reading of all drafts: those that are unfit are skipped by name, repeats folded."""
    entries: dict[str, Entry] = {}
    skipped: list[Skipped] = []
    warnings: list[str] = []
    records = 0
    for number, draft in enumerate(drafts, 1):
        records = number
        if isinstance(draft, Skipped):
            skipped.append(draft)
            continue
        try:
            entry, warning = finish(draft, origin)
        except ValueError as error:
            named = one_line(draft.title)[:80] or one_line(draft.url)[:80]
            skipped.append(Skipped(f"item {number}" + (f" ({named})" if named else ""), str(error)))
            continue
        if warning:
            warnings.append(f"{entry.title[:80]}: {warning}")
        _add(entries, entry, warnings)
    return Reading(
        form=form,
        entries=tuple(dict.fromkeys(e for k, e in entries.items() if not k.startswith("guid:"))),
        skipped=tuple(skipped),
        warnings=tuple(warnings),
        records=records,
        title=title,
    )


def _add(entries: dict[str, Entry], entry: Entry, warnings: list[str]) -> None:
    """Keep an entry once. An id that two different things bear is worth nothing for the later."""
    first = f"guid:{entry.guid}"
    other = entries.setdefault(first, entry) if entry.guid else entry
    if other is not entry and other.keys[0] != entry.keys[0] and not _alike(other, entry):
        warnings.append(f"{entry.title[:80]}: bears the id of “{other.title[:80]}” too")
        entry = replace(entry, guid=None)
    entries[entry.content_hash] = entry


def _alike(one: Entry, other: Entry) -> bool:
    """True for what may be one thing under two titles: an article retitled, its URL with it."""
    return SequenceMatcher(None, one.title, other.title).ratio() > 0.5


def _address(url: str, origin: Origin) -> str | None:
    if not url.strip():
        return None
    found = mend_link(mend_url(url) if "://" in url else url, origin.url)
    if not found:
        raise UnfitError(f"its link is no http(s) address: {one_line(url)[:60]!r}")
    canonical_url(found)  # raises ValueError where a port or a host is impossible
    return found


def _first_words(text: str) -> str:
    line = next((line for line in text.split("\n") if line.strip(" #>*-")), "")
    return one_line(line.strip(" #>*-"))[:80]


def _lang(draft: Draft, origin: Origin, url: str | None, title: str, text: str) -> str:
    stated = lang_of_locale(origin.lang) or lang_of_locale(draft.lang)
    by_letters = lang_of_text(title, text or draft.summary)
    if stated and not (stated == "en" and by_letters != "en"):
        return stated
    spoken = url_lang(url)
    return spoken if spoken and spoken != "en" else by_letters


def _date(draft: Draft, origin: Origin, url: str | None, title: str) -> Dated:
    span = None if any(draft.stated) else find_span(title)
    if span and is_sane(span.last, origin.now) and not (draft.guess and draft.guess > span.last):
        return Dated(span.last, "title")
    return settle_date(
        draft.stated,
        now=origin.now,
        url=url,
        name=origin.path or origin.name,
        day=origin.day,
        guess=draft.guess,
        zone=draft.zone,
    )


def _warning(draft: Draft, dated: Dated) -> str:
    said = [dated.warning] if dated.warning else []
    if "<script" in draft.title.lower():
        said.append("a script in its title was removed")
    return "; ".join(said)


def _person(author: str) -> str:
    """The name; RSS wants an address there, which names nobody."""
    return re.sub(r"^\S+@\S+\s*\(?([^)]*)\)?$", r"\1", one_line(author)).strip()[:200]


def _distinct(tags: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(t for t in (one_line(tag)[:200] for tag in tags) if t))
