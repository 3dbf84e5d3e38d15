"""Markdown files: notes, articles, digests, slide decks and catalogues."""

import re
from dataclasses import dataclass

from crawler.codes import Code, code_in_text, code_in_title, event_year
from crawler.dates import date_in_name, parse_date
from crawler.drafts import Draft, collect
from crawler.events import reinvent_start, reinvent_year
from crawler.imports.catalogue import is_catalogue, read_catalogue
from crawler.imports.fields import Fields
from crawler.imports.front_matter import split_front_matter
from crawler.markup import defuse, is_html, one_line, to_markdown
from crawler.origin import Origin, source_name
from crawler.outline import plain
from crawler.periods import find_span
from crawler.reading import Reading
from index.address import is_web_address
from index.entry import KINDS, Session
from index.errors import FeedError

_TOP = re.compile(r"^(#)\s+(.+?)\s*#*$", re.M)
_MARK = re.compile(r"^\d{8}\b|^[A-Z]{2,6}-?\d{3,4}(?:-\w+)?$|^\S+\.md$|^https?://\S+$")
_MADE_HEADING = re.compile(r"^summary of .*\.(?:txt|md|json|srt|vtt)$", re.I)
_SAID_DATE = re.compile(
    r"(?:公開日|リリース日|発表日|投稿日|作成日|更新日|日付|自動生成|release date|published|"
    r"posted|date)"
    r"[^\d\n]{0,14}(\d{4}\s*[年/.-]\s*\d{1,2}\s*[月/.-]\s*\d{1,2})|(\d{4}-\d{2}-\d{2})\s*に自動生成",
    re.I,
)
_NOTES = re.compile(r"notes?(?:\b|_)|ノート|メモ|report|レポート|summar", re.I)
_RAW_HTML = re.compile(r"^<(?:section|div|p|ul|table|span|blockquote)\b", re.M | re.I)


@dataclass(frozen=True, slots=True)
class _Note:
    """A Markdown file taken apart: its head's fields and its body, scripts removed."""

    fields: Fields
    body: str
    path: str
    origin: Origin


def read_markdown(text: str, origin: Origin) -> Reading:
    """The entry of a Markdown file, or the sessions of a catalogue in Markdown.

    Raises FeedError when there is no text in it.
    """
    head, body = split_front_matter(text)
    body = defuse(re.sub(r"<!--.*?-->", "", body, flags=re.S))
    if not body.strip():
        raise FeedError("no text in it", name=origin.name)
    note = _Note(Fields(head), body, origin.path or origin.name, origin)
    if is_catalogue(body):
        return read_catalogue(body, origin)
    form = "Marp deck" if str(head.get("marp", "")).lower() == "true" else "Markdown"
    return collect(form, [_draft(note, form)], origin)


def _draft(note: _Note, form: str) -> Draft:
    fields = note.fields
    title, code = _title(note), _code(note)
    kind = fields.text("kind", "type").lower()
    year = _event_year(note, title)
    kind = kind if kind in KINDS else _kind(note, title, code, year)
    session = _session(code, year, note) if kind == "note" else None
    year = year or (_year_of_folder(note.path) if code else None)
    guid = fields.text("guid", "id")
    return Draft(
        title=title,
        url=_address(fields),
        text=_body(note, title),
        summary=fields.text("summary", "description", "excerpt"),
        stated=_stated(note, title),
        guess=reinvent_start(year) if year and not date_in_name(_parts(note.path)[-1]) else None,
        updated=fields.value("updated", "lastmod", "modified"),
        tags=fields.texts("tags", "categories", "category", "keywords", "topics")
        + _said_tags(note),
        guid=guid or (f"deck:{'/'.join(_parts(note.path)[-2:])}" if form == "Marp deck" else ""),
        author=fields.text("author", "authors"),
        lang=fields.text("lang", "language", "locale"),
        kind=kind,
        source=_source(fields),
        session=session,
    )


def _title(note: _Note) -> str:
    if said := note.fields.text("title"):
        return said
    body = note.body.lstrip()
    tops = [(plain(m[2]), m.start()) for m in _TOP.finditer(body)]
    titles = [t for t in tops if not _MADE_HEADING.match(t[0])] or tops
    opening = _opening(body)
    if titles and (titles[0][1] == 0 or len(titles) < len(tops) or not opening):
        return titles[0][0]
    named = _stem(note.path)
    return named if " " in _file_stem(note.path) and not opening[:1].isascii() else opening or named


def _opening(body: str) -> str:
    """The title that stands as a plain line above the first heading, as notes begin."""
    if body.startswith("#"):
        return ""
    before = re.split(r"^#{1,6} ", body, maxsplit=1, flags=re.M)[0]
    lines = [one_line(to_markdown(line)) for line in before.split("\n")[:12]]
    lines = [line for line in lines if line]
    if lines and len(lines[0]) < 200 and code_in_title(lines[0]) and " " in lines[0]:
        return lines[0]
    bare = [_MARK.sub("", line).strip(" -_") for line in lines]
    if len(lines) > 8 and bare[0]:
        return ""
    return next((b for b in bare if 8 <= len(b) <= 120 and " " in b and b[0] not in "-*!|<"), "")


def _file_stem(path: str) -> str:
    stem = _parts(path)[-1]
    return re.sub(r"\.(?:md|markdown|txt)$", "", stem, flags=re.I).split("__")[-1]


def _stem(path: str) -> str:
    """A file's name as a title: without a date before it, with blanks for its signs."""
    stem = _file_stem(path)
    undated = re.sub(r"^\d{4}-?\d{2}-?\d{2}[ _-]+", "", stem)
    return one_line(re.sub(r"[_-]+", " ", undated or stem))


def _parts(path: str) -> list[str]:
    return re.split(r"[/\\]", path)


def _code(note: _Note) -> Code | None:
    head = "\n".join(note.body.split("\n")[:6])
    said = note.fields.text("code", "session", "session_code")
    name = _parts(note.path)[-1].replace("_", " ")
    return (
        code_in_text(said) or code_in_title(_title(note)) or code_in_text(name) or _line_code(head)
    )


def _line_code(head: str) -> Code | None:
    """A code alone in a line of the first ones, as hasty notes have it."""
    lines = (line.strip(" #*") for line in head.split("\n"))
    return next((c for line in lines if len(line) < 16 and (c := code_in_text(line))), None)


def _event_year(note: _Note, title: str) -> int | None:
    for text in (note.fields.text("event"), title, note.body[:600], note.path.replace("_", ":")):
        if year := event_year(text):
            return year
    return None


def _kind(note: _Note, title: str, code: Code | None, year: int | None) -> str:
    """note for what tells of a session or says it is notes; "" leaves it to the content."""
    if (_NOTES.search(note.path) and (code or year)) or (code and (year or _NOTES.search(title))):
        return "note"
    if note.fields.has("blog", "url", "link", "permalink"):
        return ""  # a post that was published; its folder is only where it is kept
    folders = " ".join(_parts(note.path)[-3:-1])
    told = re.search(r"notes?(?:\b|_|-)|ノート|メモ", folders, re.I)
    return "note" if told and not find_span(title) else ""


def _session(code: Code | None, year: int | None, note: _Note) -> Session | None:
    if not code:
        return None
    when = parse_date(note.fields.value("published", "date")) or date_in_name(note.path)
    year = year or (reinvent_year(when) if when else None) or _year_of_folder(note.path)
    return Session(code=code.base, variant=code.variant, year=year)


def _year_of_folder(path: str) -> int | None:
    found = re.findall(r"(?<!\d)(20[12]\d)(?!\d)", path)
    return int(found[-1]) if found else None


def _stated(note: _Note, title: str) -> tuple[object, ...]:
    """The dates that the file states in its head or its first lines."""
    said = note.fields.value("published", "date", "created", "pubdate")
    if said or find_span(title):
        return (said,) if said else ()
    found = _SAID_DATE.search(note.body[:1500])
    if found and (when := parse_date(re.sub(r"\s+", "", found[1] or found[2]))):
        return (when,)
    return ()


def _said_tags(note: _Note) -> tuple[str, ...]:
    """What a report names as its service: `**サービス**: Amazon S3`."""
    found = re.search(
        r"^\*\*(?:サービス|service)[^*]*\*\*\s*[:：]?\s*(.+)$", note.body[:1500], re.M | re.I
    )
    return tuple(t.strip() for t in re.split(r"[,、]", found[1])) if found else ()


def _body(note: _Note, title: str) -> str:
    """The text without the heading that repeats the title; raw HTML becomes Markdown."""
    body = note.body.strip()
    first, _, rest = body.partition("\n")
    if first.startswith("# ") and plain(first.lstrip("# ")) == plain(title):
        body = rest.strip()
    if _RAW_HTML.search(body) and is_html(body):
        pieces = re.split(r"(^```.*?^```[^\S\n]*$)", body, flags=re.M | re.S)
        pieces[::2] = [_html_blocks(piece) for piece in pieces[::2]]
        body = "\n".join(pieces)
    return body


def _html_blocks(text: str) -> str:
    blocks = re.split(r"\n\s*\n", text)
    return "\n\n".join(
        to_markdown(b) if is_html(b) and not b.lstrip().startswith("#") else b for b in blocks
    )


def _address(fields: Fields) -> str:
    said = fields.text("url", "link", "permalink", "canonical_url")
    return said if is_web_address(said) else ""


def _source(fields: Fields) -> str:
    """The blog that the head names: its host, or its name as written."""
    said = fields.text("source") or fields.text("blog", "site")
    return source_name(said) if is_web_address(said) else said.strip().strip("/")
