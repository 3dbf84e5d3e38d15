"""A study session as Markdown: to keep and edit elsewhere, to publish, to search.

`export_session` and `read_session` are inverses as far as the session goes; a person may
edit what lies between. `report_of` is a note to be finished by hand after the meeting.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from index.entry import Entry
from index.errors import FeedError
from index.meeting import StudyItem, StudySession
from index.prose import clean, is_japanese
from index.stored import Stored
from index.summary import summarize

SOURCE = "study"
_HEADING = re.compile(r"^## \[(?P<mark>[ xX])\] (?P<title>.+)$")
_FIELD = re.compile(r"^- (?P<name>[a-z]+): (?P<value>.*)$")
_FRONT = re.compile(r"\A\ufeff?---\s*\n(.*?)\n---\s*(?:\n|\Z)", re.S)
_LABELS = {
    "ja": ("概要", "セッション内容", "感想", "勉強会", "{count} 件を紹介", "(ここに感想を書く)"),
    "en": (
        "Overview",
        "What was presented",
        "Thoughts",
        "Study session",
        "{count} updates presented",
        "(your thoughts)",
    ),
}


@dataclass(frozen=True, slots=True)
class Read:
    """A session as read, and the items whose entries the knowledge base does not hold."""

    session: StudySession
    unknown: tuple[str, ...]


def export_session(session: StudySession) -> str:
    """The session as Markdown with front matter; comments stand as quotations."""
    head = [f"study: {session.day.isoformat()}", f"title: {_quoted(session.title)}"]
    if session.start:
        head.append(f"since: {_stamp(session.start)}")
    parts = ["---\n" + "\n".join(head) + "\n---"]
    parts += [_exported(item) for item in session.items]
    return "\n\n".join(parts) + "\n"


def _exported(item: StudyItem) -> str:
    entry = item.entry.entry
    mark = "x" if item.covered else " "
    lines = [f"## [{mark}] {clean(entry.title)}", "", f"- id: {item.entry.id}"]
    if entry.url:
        lines.append(f"- url: {entry.url}")
    lines.append(f"- published: {entry.published.date()}")
    if item.pinned:
        lines.append("- pinned: yes")
    if item.covered:
        lines.append(f"- covered: {_stamp(item.covered)}")
        lines.append(f"- revision: {item.revision}")
    if item.comment:
        lines += ["", *(f"> {line}".rstrip() for line in item.comment.splitlines())]
    return "\n".join(lines)


def read_session(text: str, name: str, find: Callable[[str, str], Stored | None]) -> Read:
    """The session that Markdown holds. `find` gives the entry of (id, url), or None.

    Raises FeedError, naming the file, when the front matter says no `study:` day.
    """
    front = _FRONT.match(text)
    fields = dict(_front_fields(front[1])) if front else {}
    try:
        day = date.fromisoformat(fields.get("study", ""))
        start = _moment(fields["since"]) if fields.get("since") else None
    except ValueError as error:
        raise FeedError(
            f"no study session: the front matter needs a line 'study: 2026-11-30' ({error})",
            name=name,
        ) from error
    items, unknown = [], []
    for block in _blocks(text[front.end() if front else 0 :]):
        item = _read_item(block, day, find, name)
        if item:
            items.append(item)
        else:
            unknown.append(block[0])
    session = StudySession(
        number=0, day=day, title=fields.get("title", ""), items=tuple(items), start=start
    )
    return Read(session, tuple(unknown))


def _front_fields(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        name, colon, value = line.partition(":")
        if colon:
            yield name.strip().lower(), _unquoted(value.strip())


def _blocks(text: str) -> Iterator[list[str]]:
    """The lines of each item, its title first, then `[x]` or `[ ]`'s sign as `x`/` `."""
    block: list[str] = []
    for line in text.splitlines():
        if match := _HEADING.match(line):
            if block:
                yield block
            block = [match["title"].strip(), match["mark"].lower()]
        elif block:
            block.append(line)
    if block:
        yield block


def _read_item(
    block: list[str], day: date, find: Callable[[str, str], Stored | None], name: str
) -> StudyItem | None:
    fields: dict[str, str] = {}
    quoted: list[str] = []
    for line in block[2:]:
        if line.startswith(">"):
            quoted.append(line[1:].removeprefix(" "))
        elif match := _FIELD.match(line):
            fields[match["name"]] = match["value"].strip()
    stored = find(fields.get("id", ""), fields.get("url", ""))
    if stored is None:
        return None
    try:
        covered = _moment(fields["covered"]) if fields.get("covered") else None
        revision = int(fields["revision"]) if fields.get("revision") else None
    except ValueError as error:
        raise FeedError(f"{block[0]!r}: {error}", name=name) from error
    ticked = block[1] == "x"
    if ticked and covered is None:
        # Ticked by hand: presented on the day of the session, as the source is now.
        covered, revision = datetime.combine(day, time(), UTC), stored.revision
    return StudyItem(
        entry=stored,
        pinned=fields.get("pinned") == "yes",
        comment="\n".join(quoted).strip(),
        covered=covered if ticked else None,
        revision=revision if ticked else None,
    )


def note_of(session: StudySession) -> Entry:
    """The session's comments as a note, so that search and timelines find them."""
    told = [item for item in session.items if item.comment]
    # A text that links to one launch alone counts as telling it; a session tells none.
    text = "\n\n".join(_noted(item, linked=len(told) > 1) for item in told)
    lang = "ja" if is_japanese(text) else "en"
    return Entry(
        kind="note",
        title=f"{_LABELS[lang][3]} {session.day.isoformat()}"
        + (f": {session.title}" if session.title else ""),
        published=datetime.combine(session.day, time(), UTC),
        source=SOURCE,
        lang=lang,
        guid=f"study:{session.number}",
        text=text,
    )


def _noted(item: StudyItem, linked: bool) -> str:
    entry = item.entry.entry
    address = f"\n\n<{entry.url}>" if linked and entry.url else ""
    return f"## {clean(entry.title)}\n\n{item.comment}{address}"


def report_of(session: StudySession, lang: str) -> str:
    """A report to be finished by hand: overview, what was presented, thoughts.

    It is a Markdown note with front matter, as `import` takes it back.
    """
    overview, content, thoughts, meeting, counted, empty = _LABELS[lang]
    told = [item for item in session.items if item.covered] or list(session.items)
    title = f"{meeting} {session.day.isoformat()}"
    title += f": {session.title}" if session.title else ""
    parts = [
        f"---\ntitle: {_quoted(title)}\npublished: {session.day.isoformat()}\n"
        f"kind: note\nlang: {lang}\n---",
        f"## {overview}",
        counted.format(count=len(told)),
        "\n".join(f"- {clean(item.entry.entry.title)}" for item in told),
        f"## {content}",
    ]
    parts += [_reported(item) for item in told]
    parts.append(f"## {thoughts}")
    comments = [
        f"### {clean(item.entry.entry.title)}\n\n{item.comment}" for item in told if item.comment
    ]
    parts += comments or [empty]
    return "\n\n".join(part for part in parts if part) + "\n"


def _reported(item: StudyItem) -> str:
    entry = item.entry.entry
    code = f" ({entry.session.code})" if entry.session and entry.session.code else ""
    lines = summarize(entry.text, entry.lang, "note", entry.summary)
    points = "\n".join(f"- {line.rstrip('。')}" for line in lines)
    link = f"<{entry.url}>" if entry.url else ""
    return "\n\n".join(filter(None, (f"### {clean(entry.title)}{code}", points, link)))


def _stamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _moment(text: str) -> datetime:
    found = datetime.fromisoformat(text.replace("Z", "+00:00"))
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _unquoted(text: str) -> str:
    if len(text) > 1 and text[0] == text[-1] == '"':
        return text[1:-1].replace('\\"', '"').replace("\\\\", "\\")
    return text
