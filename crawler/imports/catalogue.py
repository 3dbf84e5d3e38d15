"""A session catalogue as text: Markdown with a heading `CODE - Title` for each session."""

import re
from collections.abc import Iterator
from dataclasses import replace

from crawler.codes import code_in_title
from crawler.drafts import Draft, collect
from crawler.imports.fields import Fields
from crawler.imports.sessions import catalogue_of, session_draft
from crawler.imports.variants import join_variants
from crawler.language import lang_of_text
from crawler.markup import to_markdown
from crawler.origin import Origin
from crawler.outline import Section, links, sections
from crawler.reading import Reading

_CODED = re.compile(r"^(?:\[[^\]]*\]\s*)*[A-Z]{2,6}\d{2,4}(?:-\w+)*\s*[-–—:]\s*\S")
FEWEST = 3


def is_catalogue(markdown: str) -> bool:
    """True when at least three headings begin with a session's code."""
    return sum(bool(_CODED.match(s.title)) for s in sections(markdown)) >= FEWEST


def read_catalogue(markdown: str, origin: Origin) -> Reading:
    """The sessions of such a text; video and slides from the sections below each heading."""
    records = [Fields(record) for record in _records(sections(markdown))]
    catalogue = catalogue_of(records, origin)
    drafts = (_translated(session_draft(fields, catalogue)) for fields in records)
    reading = collect("session catalogue", join_variants(drafts), origin)
    return Reading(
        form=reading.form,
        entries=reading.entries,
        skipped=reading.skipped,
        warnings=reading.warnings,
        records=len(records),
    )


def _translated(draft: Draft) -> Draft:
    """A catalogue in another language is a source of its own: it replaces no original."""
    return replace(draft, source=f"{draft.source}-{draft.lang}") if draft.lang != "en" else draft


def _records(found: tuple[Section, ...]) -> Iterator[dict[str, object]]:
    record: dict[str, object] = {}
    for section in found:
        if _CODED.match(section.title) and code_in_title(section.title):
            if record:
                yield record
            language = lang_of_text("", section.body)
            record = {"title": section.title, "abstract": section.body, "locale": language}
        elif record:
            _note_links(record, section)
    if record:
        yield record


def _note_links(record: dict[str, object], section: Section) -> None:
    """What a section below a session names: its video, its slides, its page."""
    found = links(to_markdown(section.body)) or links(section.body)
    name = section.title.lower()
    key = "video_url" if "video" in name else "slide_url" if "slide" in name else "session_url"
    if found:
        record.setdefault(key, found[0])
