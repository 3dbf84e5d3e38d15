"""HTML pages: articles, listings and archives, read into entries."""

import re
from datetime import UTC, datetime

from bs4 import BeautifulSoup
from bs4.exceptions import ParserRejectedMarkup

from crawler.article import article_draft, is_article, says_article
from crawler.decoding import decode
from crawler.drafts import Draft, collect
from crawler.imports.sessions_page import is_session_page, session_records
from crawler.listing import entry_addresses, listing_drafts, older_page
from crawler.markup import is_html, one_line, parse_html, without_control
from crawler.origin import Origin
from crawler.reading import Archive, Reading
from crawler.series import join_series
from index.errors import PageError

_PROLOG = re.compile(r"\A(?:\s|<!--.*?-->|<\?.*?\?>|<!DOCTYPE[^\[>]*\[.*?\]\s*>)+", re.I | re.S)


def read_page(
    html: bytes,
    url: str = "",
    source: str | None = None,
    *,
    kind: str = "",
    charset: str = "",
    name: str = "",
    now: datetime | None = None,
) -> Reading:
    """The entry of an article's page, or the entries of a listing or a session catalogue.

    A page on which nothing is listed (its list is filled by a script) is a reading without
    entries. Raises PageError when the bytes are no HTML page.
    """
    origin = Origin(
        name=name or url or "page",
        url=url,
        source=source or "",
        kind=kind,
        charset=charset,
        now=now or datetime.now(UTC),
    )
    return read_page_of(html, origin)


def read_page_of(html: bytes, origin: Origin) -> Reading:
    """As `read_page`, for bytes whose origin is described."""
    soup = _parsed(html, origin.url, origin.charset, origin.name)
    if is_session_page(soup):
        from crawler.imports.records import read_records

        return read_records(session_records(soup), origin)
    title = one_line(soup.title.get_text()) if soup.title else ""
    drafts: tuple[Draft, ...] = ()
    form = "listing"
    if not says_article(soup):
        drafts = listing_drafts(soup, origin.url)
    if not drafts and (is_article(soup) or not _lists_only(soup)):
        found = article_draft(soup, origin.url)
        drafts, form = ((found,), "article") if found else ((), "page")
    reading = collect(form, drafts, origin, title)
    return Reading(
        form=form,
        entries=join_series(reading.entries),
        skipped=reading.skipped,
        warnings=reading.warnings,
        records=reading.records,
        title=title,
    )


def read_archive(html: bytes, url: str, *, charset: str = "") -> Archive:
    """The addresses of the entries on one page of a blog's archive, and the older page.

    An archive page without entries is an `Archive` without addresses. Raises PageError
    when the bytes are no HTML page.
    """
    soup = _parsed(html, url, charset, url)
    return Archive(addresses=entry_addresses(soup, url), older=older_page(soup, url))


def _parsed(html: bytes, url: str, charset: str, name: str) -> BeautifulSoup:
    if not html.strip():
        raise PageError("empty", name=name, url=url)
    text = without_control(decode(html, charset)[0])
    if not is_html(text):
        raise PageError("not an HTML page", name=name, url=url)
    try:
        return parse_html(_PROLOG.sub("", text, count=1))
    except (ParserRejectedMarkup, RecursionError, AssertionError, ValueError) as error:
        raise PageError(f"HTML that cannot be read ({error})", name=name, url=url) from error


def _lists_only(soup: BeautifulSoup) -> bool:
    """True for a page that leads elsewhere: a site's front page, a list filled by a script."""
    if soup.find("article") or not soup.html or not soup.find("h1"):
        return not soup.find("article")
    letters = sum(len(p.get_text(strip=True)) for p in soup.find_all("p"))
    linked = sum(len(a.get_text(strip=True)) for a in soup.find_all("a"))
    return linked > letters
