"""RSS and Atom: bytes that someone brought, read into entries."""

import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import feedparser

from crawler.codes import code_in_title, event_year
from crawler.decoding import decode
from crawler.drafts import Draft, collect
from crawler.markup import one_line
from crawler.origin import Origin
from crawler.reading import Reading
from crawler.series import join_series
from index.entry import Session
from index.errors import FeedError

_ROOT = re.compile(r"<(?:\w+:)?(rss|feed|rdf)\b", re.I)
_PROLOG = re.compile(
    r"\A(?:\s|<!--.*?-->|<\?.*?\?>|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>)*", re.I | re.S
)
_TOKEN = re.compile(r"^[\w-]+:[\w/.+&-]+$")
_YOUTUBE = re.compile(r"^(?:yt:video:)?([\w-]{11})$")


def read_feed(
    data: bytes,
    url: str = "",
    source: str | None = None,
    *,
    kind: str = "",
    lang: str = "",
    charset: str = "",
    name: str = "",
    now: datetime | None = None,
) -> Reading:
    """The entries of an RSS or Atom document, as the feed orders them.

    `url` is where it was fetched from (relative links are resolved against it), `source`
    the source's name where the caller knows it, `charset` what the Content-Type said.
    Raises FeedError when the bytes are no feed: empty, HTML, cut off before the first item.
    """
    origin = Origin(
        name=name or url or "feed",
        url=url,
        source=source or "",
        kind=kind,
        lang=lang,
        charset=charset,
        now=now or datetime.now(UTC),
    )
    return read_feed_of(data, origin)


def read_feed_of(data: bytes, origin: Origin) -> Reading:
    """As `read_feed`, for bytes whose origin is described."""
    text, warning = _feed_text(data, origin)
    try:
        parsed = feedparser.parse(
            io.BytesIO(text.encode("utf-8", "replace")),
            sanitize_html=False,  # our own converter drops what could run
            resolve_relative_uris=False,
        )
    except Exception as error:  # feedparser promises none; whatever comes is the feed's fault
        raise FeedError(
            f"the feed cannot be read ({type(error).__name__})", **_named(origin)
        ) from error
    if not parsed.entries:
        _complain(parsed, text, origin)
    about = parsed.feed
    title = one_line(str(about.get("title", "")))
    lang = origin.lang or str(about.get("language", "") or _xml_lang(text))
    drafts = _drafts(parsed.entries, lang, str(about.get("author", "")))
    reading = collect(parsed.version or "feed", drafts, origin, title)
    warnings = reading.warnings + ((warning,) if warning else ())
    if parsed.bozo and _is_cut(text):
        warnings += ("the feed is cut off; what came before was read",)
    return Reading(
        form=reading.form,
        entries=join_series(reading.entries),
        skipped=reading.skipped,
        warnings=warnings,
        records=reading.records,
        title=title,
    )


def _named(origin: Origin) -> dict[str, str]:
    return {"name": origin.name, "url": origin.url}


def _feed_text(data: bytes, origin: Origin) -> tuple[str, str]:
    """The document as text that parses without any DTD, and a warning on its encoding."""
    if not data.strip():
        raise FeedError("empty", **_named(origin))
    text, warning = decode(data, origin.charset)
    text = text.lstrip("\ufeff \t\r\n")
    found = _ROOT.search(text[:20_000])
    if not found:
        if re.match(r"(?is)\s*(?:<!--.*?-->\s*)*<(?:!doctype html|html)", text):
            raise FeedError("an HTML page, not a feed", **_named(origin))
        raise FeedError("neither RSS nor Atom", **_named(origin))
    # Entities of a DTD can expand without end or name local files: no feed needs them.
    return '<?xml version="1.0" encoding="UTF-8"?>' + _PROLOG.sub("", text, count=1), warning


def _complain(parsed: Any, text: str, origin: Origin) -> None:
    if parsed.bozo and _is_cut(text):
        raise FeedError("cut off before its first item", **_named(origin))
    if parsed.bozo and not parsed.version:
        raise FeedError(f"not well-formed XML ({parsed.get('bozo_exception')})", **_named(origin))


def _is_cut(text: str) -> bool:
    return not re.search(
        r"</(?:\w+:)?(?:rss|feed|rdf)\s*>\s*(?:<!--.*?-->\s*)*$", text[-2000:], re.I | re.S
    )


def _xml_lang(text: str) -> str:
    found = re.search(r"<feed\b[^>]*\bxml:lang=[\"']([\w-]+)", text[:2000])
    return found[1] if found else ""


def _drafts(items: list[Any], lang: str, author: str) -> Iterator[Draft]:
    for item in items:
        body = max((str(c.get("value", "")) for c in item.get("content", ())), key=len, default="")
        summary = str(item.get("summary", ""))
        link = str(item.get("link", "") or "")
        yield Draft(
            title=str(item.get("title", "")),
            url="".join(link.split()) if link.lower().startswith("http") else link,
            html=body or summary,
            summary=summary if body else "",
            stated=(item.get("published"), item.get("updated"), item.get("created")),
            updated=item.get("updated") if item.get("published") else None,
            tags=tuple(
                t for tag in item.get("tags", ()) for t in split_tags(str(tag.get("term") or ""))
            ),
            guid="".join(str(item.get("id", "")).split()),
            author=str(item.get("author", "") or author),
            lang=lang,
            kind="session" if _video(item) else "",
            session=_video(item),
        )


def split_tags(term: str) -> tuple[str, ...]:
    """The tags of one category: AWS joins `word:word/slug` tokens by commas, people do not."""
    tokens = [token.strip() for token in term.split(",")]
    if len(tokens) > 1 and all(_TOKEN.match(token) for token in tokens if token):
        return tuple(token for token in tokens if token)
    return (term.strip(),) if term.strip() else ()


def _video(item: Any) -> Session | None:
    """The session of a YouTube feed's item whose title bears a code, or None."""
    found = _YOUTUBE.match(str(item.get("yt_videoid") or item.get("id", "")))
    title = str(item.get("title", ""))
    code = code_in_title(title)
    year = event_year(title) or event_year(str(item.get("summary", "")))
    if not found or not code or not year:
        return None
    address = f"https://www.youtube.com/watch?v={found[1]}"
    return Session(code=code.base, variant=code.variant, year=year, video=address)
