"""Movable Type exports, as Hatena Blog and others write them: one file, a whole blog."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC

from crawler.dates import JST
from crawler.drafts import Draft, collect
from crawler.language import lang_of_text
from crawler.markup import is_html, one_line, to_markdown
from crawler.origin import Origin
from crawler.reading import Reading, Skipped
from crawler.series import join_series

_HEAD = re.compile(r"^([A-Z][A-Z ]{2,20}):[ \t]*(.*)$")
_SECTION = re.compile(r"^(BODY|EXTENDED BODY|EXCERPT|KEYWORDS|COMMENT|PING):[ \t]*$")
_FIRST = ("AUTHOR", "TITLE")


@dataclass
class _Post:
    """One entry while it is read: single fields, repeated fields, and sections of text."""

    head: dict[str, str] = field(default_factory=dict)
    categories: list[str] = field(default_factory=list)
    sections: dict[str, list[str]] = field(default_factory=dict)


def is_export(text: str) -> bool:
    """True when a text begins with the head of an entry and holds its body's mark."""
    first = _HEAD.match(text.lstrip("\ufeff\r\n ").partition("\n")[0].rstrip())
    return bool(first and first[1] in _FIRST and re.search(r"^BODY:\s*$", text, re.M))


def read_export(text: str, origin: Origin) -> Reading:
    """The entries of an export in its order; drafts are skipped by name, comments left out."""
    reading = collect("Movable Type export", _drafts(text), origin)
    return Reading(
        form=reading.form,
        entries=join_series(reading.entries),
        skipped=reading.skipped,
        warnings=reading.warnings,
        records=reading.records,
    )


def _drafts(text: str) -> Iterator[Draft | Skipped]:
    for number, post in enumerate(_posts(text), 1):
        title = one_line(post.head.get("TITLE", ""))
        if post.head.get("STATUS", "Publish").strip().lower() == "draft":
            yield Skipped(f"item {number} ({title[:80]})", "a draft that was not published")
        else:
            yield _draft(post, title)


def _posts(text: str) -> Iterator[_Post]:
    """The entries: after a line of eight hyphens, or where a new head begins after a part."""
    post, section, at_part = _Post(), "", True
    for raw in text.replace("\r\n", "\n").lstrip("\ufeff").split("\n"):
        line = raw.rstrip()
        head = _HEAD.match(line)
        begins = bool(head and head[1] in _FIRST and at_part and section != "COMMENT")
        if line == "--------" or (begins and post.sections):
            if post.head or post.sections:
                yield post
            post, section = _Post(), ""
            if line == "--------":
                at_part = True
                continue
        if line == "-----":
            section, at_part = "", True
        elif found := _SECTION.match(line):
            section = found[1]
            post.sections.setdefault(section, [])
        elif section:
            post.sections[section].append(raw)
            at_part = at_part and not line
        elif head and head[1] in ("CATEGORY", "PRIMARY CATEGORY", "TAGS"):
            post.categories.append(head[2])
        elif head:
            post.head.setdefault(head[1], head[2])
            at_part = False
    if post.head or post.sections:
        yield post


def _draft(post: _Post, title: str) -> Draft:
    html = _text(post)
    lang = lang_of_text(title, html)
    address = post.head.get("UNIQUE URL", "").strip()
    return Draft(
        title=title,
        url=address,
        text=to_markdown(html, address),
        summary=to_markdown("\n".join(post.sections.get("EXCERPT", []))),
        stated=(post.head.get("DATE"),),
        # The exporter writes the blog's own clock; a Japanese blog's is Japan's.
        zone=JST if lang == "ja" else UTC,
        tags=tuple(tag.strip('" ') for tag in post.categories),
        guid=post.head.get("BASENAME", "").strip(),
        author=post.head.get("AUTHOR", ""),
        lang=lang,
        source="" if address else post.head.get("AUTHOR", "").strip(),
    )


def _text(post: _Post) -> str:
    parts = [*post.sections.get("BODY", []), "", *post.sections.get("EXTENDED BODY", [])]
    text = "\n".join(parts).strip()
    breaks = post.head.get("CONVERT BREAKS", "0").strip()
    if breaks not in ("1", "__default__", "wysiwyg") or (is_html(text) and "<p" in text):
        return text
    return "".join(f"<p>{part.replace(chr(10), '<br>')}</p>" for part in re.split(r"\n\s*\n", text))
