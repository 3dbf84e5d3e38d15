"""A digest as HTML that mail programs show: tables of no kind, inline styles, no scripts.

Everything foreign is escaped; the same text in plain form goes along (`ui.plain`).
"""

from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage
from email.utils import format_datetime
from html import escape

from index.digest import AreaGroup, Deadline, Digest, DigestItem, Reference
from index.prose import clean
from ui.brief import badges, heading, notes, region_line, span, why
from ui.plain import plain_digest
from ui.wording import day, say

_FONT = "font-family:'Hiragino Sans','Noto Sans JP','Yu Gothic',Meiryo,Arial,sans-serif"
_BODY = f"margin:0;padding:24px;background:#f4f6f8;color:#16202c;{_FONT};line-height:1.6"
_SHEET = "max-width:720px;margin:0 auto;background:#ffffff;padding:28px 32px;border-radius:8px"
_H1 = "font-size:22px;margin:0 0 4px"
_H2 = "font-size:17px;margin:28px 0 8px;padding-bottom:4px;border-bottom:2px solid #16202c"
_LINK = "color:#0b5cad;text-decoration:none;font-weight:bold"
_SMALL = "font-size:13px;color:#4a5866;margin:2px 0"
_TEXT = "font-size:15px;margin:2px 0"
_BADGE = "font-size:12px;color:#fff;background:#37475a;border-radius:4px;padding:0 6px"
# Gmail shows the first 102 KB of a message and a link to the rest.
_MOST_BYTES = 100_000
_MOST_APART = 10


def html_digest(digest: Digest, note: str = "", most: int | None = None) -> str:
    """A whole HTML document; `note` stands at its end, `most` items are told of each area."""
    title = escape(heading(digest))
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(digest.lang)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<title>{title}</title>\n</head>\n<body style="{_BODY}">\n'
        f'<div style="{_SHEET}">\n{html_body(digest, most)}\n{note}</div>\n</body>\n</html>\n'
    )


def html_body(digest: Digest, most: int | None = None) -> str:
    """The digest as HTML for inside a page; `most` items are told of each area."""
    return "\n".join(_parts(digest, most))


def mail_digest(digest: Digest, sender: str, to: tuple[str, ...]) -> EmailMessage:
    """The digest as a mail: plain text, and HTML as its alternative."""
    message = EmailMessage()
    message["Subject"] = f"{heading(digest)} ({digest.total})"
    message["From"] = sender
    message["To"] = ", ".join(to)
    message["Date"] = format_datetime(digest.period.end)
    # base64: lines of any length and letters of any script pass every server.
    message.set_content(plain_digest(digest), cte="base64")
    message.add_alternative(_fitting(digest), subtype="html", cte="base64")
    return message


def _fitting(digest: Digest) -> str:
    """The digest as a document that mail programs show whole: for a busy week without what is
    beside the items, then without their summaries, then with the weightiest of each area."""
    page = html_digest(digest)
    note = _p(say(digest.lang, "mail_short"), _SMALL)
    for lines, most in ((1, None), (0, None), (0, 12), (0, 5)):
        if len(page.encode()) <= _MOST_BYTES:
            break
        page = html_digest(_shortened(digest, lines), note, most)
    return page


def _shortened(digest: Digest, lines: int) -> Digest:
    """The digest with so many lines of each summary; what matters most keeps all of its own."""

    def short(items: tuple[DigestItem, ...]) -> tuple[DigestItem, ...]:
        return tuple(
            replace(item, summary=item.summary[:lines], copies=(), companions=()) for item in items
        )

    return replace(
        digest,
        areas=tuple(replace(group, items=short(group.items)) for group in digest.areas),
        apart=short(digest.apart[:_MOST_APART]),
    )


def _parts(digest: Digest, most: int | None) -> Iterator[str]:
    lang = digest.lang
    yield f'<h1 style="{_H1}">{escape(heading(digest))}</h1>'
    yield _p(span(digest), _SMALL)
    if digest.lines:
        yield _h2(say(lang, "lines"))
        yield _ul(escape(line) for line in digest.lines)
    if digest.top:
        yield _h2(say(lang, "top", count=len(digest.top)))
        told = (_item(i, lang, why(i, lang)) for i in digest.top)
        yield _list("ol", told)
    for group in digest.areas:
        yield from _area(group, lang, most)
    if digest.deadlines:
        yield _h2(say(lang, "deadlines"))
        yield _ul(_deadline(d, lang) for d in digest.deadlines)
    if digest.apart:
        yield _h2(say(lang, "apart"))
        yield _list("ul", (_item(i, lang) for i in digest.apart))
    yield _p(say(lang, "footer"), _SMALL)


def _area(group: AreaGroup, lang: str, most: int | None) -> Iterator[str]:
    yield _h2(say(lang, "area", area=group.area, count=len(group.items)))
    told = [_item(i, lang) for i in group.told[:most]]
    if left := len(group.told) - len(told):
        told.append(escape(say(lang, "left", count=left)))
    for line in group.folded:
        links = " ".join(_link(str(n), i.url) for n, i in enumerate(line.items, 1) if i.url)
        told.append(f"{_badge(say(lang, 'region'))} {escape(region_line(line, lang))} {links}")
    yield _list("ul", told)


def _item(item: DigestItem, lang: str, reason: str = "") -> str:
    head = "".join(f"{_badge(b)} " for b in badges(item, lang)) + _link(item.title, item.url)
    said = [_p(line, _TEXT) for line in item.summary if line != item.title]
    small = [*notes(item, lang), *([reason] if reason else [])]
    said += [_p(" / ".join(small), _SMALL)] if small else []
    for name, references in (("copies", item.copies), ("companions", item.companions)):
        if references:
            links = ", ".join(_reference(r) for r in references)
            said.append(f'<p style="{_SMALL}">{escape(say(lang, name))}: {links}</p>')
    return head + "".join(said)


def _reference(reference: Reference) -> str:
    return f"{_link(reference.title, reference.url)} ({escape(reference.lang)})"


def _deadline(deadline: Deadline, lang: str) -> str:
    known = deadline.what in ("end-of-support", "closed-to-new")
    what = f" {escape(say(lang, deadline.what))}" if known else ""
    return f"<b>{day(deadline.day)}</b>{what} {_link(deadline.title, deadline.url)}"


def _link(text: str, url: str | None) -> str:
    words = escape(clean(text))
    return f'<a href="{escape(url)}" style="{_LINK}">{words}</a>' if url else f"<b>{words}</b>"


def _badge(text: str) -> str:
    return f'<span style="{_BADGE}">{escape(text)}</span>'


def _p(text: str, style: str) -> str:
    return f'<p style="{style}">{escape(clean(text))}</p>'


def _h2(text: str) -> str:
    return f'<h2 style="{_H2}">{escape(text)}</h2>'


def _ul(lines: Iterator[str]) -> str:
    return _list("ul", (f'<span style="{_TEXT}">{line}</span>' for line in lines))


def _list(tag: str, lines: Iterator[str] | list[str]) -> str:
    inner = "\n".join(f'<li style="margin:0 0 10px">{line}</li>' for line in lines)
    return f'<{tag} style="margin:0;padding-left:22px">\n{inner}\n</{tag}>'
