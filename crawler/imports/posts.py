"""A record of a post or an announcement, whatever its exporter called the fields."""

import re
from collections.abc import Iterable, Iterator

from crawler.dates import parse_date
from crawler.directory import absolute
from crawler.drafts import Draft
from crawler.imports.fields import Fields
from crawler.markup import is_html, one_line

TITLES = ("title", "headline", "post_title", "subject", "title_ja")
ADDRESSES = ("url", "link", "headline_url", "href", "permalink", "post_url", "loc")
DATES = (
    "published", "published_at", "pub_date", "post_date_time", "date_published", "iso_date",
    "published_date", "publish_date", "date", "datetime", "timestamp", "created_date", "posted",
    "date_plain_file", "report_date", "modified_date", "updated_at", "updated", "created_at",
    "first_seen",
)  # fmt: skip
BODIES = (
    "body_html", "description_html", "content_html", "post_body", "content_encoded", "content",
    "body_text", "body", "text", "description", "content_text", "content_snippet",
)  # fmt: skip
SUMMARIES = ("summary", "post_summary", "excerpt", "summary_ja", "overview_first_paragraph",
             "content_snippet")  # fmt: skip
ABOUT = ("announcement_url", "original_url", "source_url", "origin_url")
_CUT = re.compile(r"(?:\[…\]|\[\.\.\.\]|…+|\.\.\.)\s*$")
_SLASHED = re.compile(r"^\s*(\d{1,2})/(\d{1,2})/\d{4}")
_LANGUAGES = ("en", "ja", "ko", "zh")


def is_post(fields: Fields) -> bool:
    """True when the record has a title, and an address or a date or a body beside it."""
    return fields.has(*TITLES) and fields.has(*ADDRESSES, *ABOUT, *DATES, *BODIES)


def is_pair(fields: Fields) -> bool:
    """True when the record holds the same thing in several languages (`en_url`, `ja_url`)."""
    return sum(fields.has(f"{lang}_url") for lang in _LANGUAGES) > 0 and not fields.has(*ADDRESSES)


def post_draft(fields: Fields, day_first: bool = False) -> Draft:
    """The draft of a post. A record about another page keeps that page's link in its text.

    `day_first` holds for dates such as 02/09/2024 whose order only the whole file tells.
    """
    about = fields.address(*ABOUT)
    body, summary = _texts_of(fields)
    if about and not fields.has(*ADDRESSES):
        body = "\n\n".join(text for text in (body or summary, about) if text)
        summary = ""
    address = absolute(fields.address(*ADDRESSES))
    return Draft(
        title=fields.text(*TITLES),
        url=address,
        html=body,
        summary=summary,
        stated=_dates(fields, day_first),
        updated=fields.value("updated", "updated_at", "date_updated"),
        tags=_tags(fields),
        guid=f"about:{about}" if about and not address else fields.text("guid", "id"),
        author=fields.text("author", "creator", "author_name", "content_author"),
        lang=fields.text("lang", "locale", "language"),
    )


def is_day_first(values: Iterable[str]) -> bool:
    """True when a file's dates such as 27/12/2024 can only begin with the day."""
    first = second = False
    for value in values:
        if found := _SLASHED.match(value):
            first |= int(found[1]) > 12
            second |= int(found[2]) > 12
    return first and not second


def slashed_date(fields: Fields) -> str:
    """The first date of a record that is written with slashes, or ""."""
    return next((v for key in DATES if _SLASHED.match(v := fields.text(key))), "")


def _dates(fields: Fields, day_first: bool) -> tuple[object, ...]:
    found = [text for key in DATES if (text := fields.text(key))]
    if not day_first:
        return tuple(found)
    return tuple(parse_date(value, day_first=True) or value for value in found)


def pair_drafts(fields: Fields) -> Iterator[Draft]:
    """A draft for each language of a record whose keys begin with the language."""
    for lang in _LANGUAGES:
        if fields.has(f"{lang}_url"):
            yield Draft(
                title=fields.text(f"{lang}_title", f"{lang}_title_official"),
                url=fields.text(f"{lang}_url"),
                html=fields.text(f"{lang}_body_html", f"{lang}_body", f"{lang}_text"),
                stated=(fields.value(f"{lang}_published", f"{lang}_date"),),
                tags=fields.texts(f"{lang}_tags"),
                lang=lang,
            )


def _texts_of(fields: Fields) -> tuple[str, str]:
    """(body, summary): an excerpt that says that it is cut is never taken for the body."""
    body, summary = fields.text(*BODIES), fields.text(*SUMMARIES)
    title = one_line(fields.text(*TITLES))
    if more := fields.text("regional_availability"):
        body += "\n" + more
    if not is_html(body) and _CUT.search(body) and len(body) < 2000:
        body, summary = "", summary or body
    if one_line(body) == title:
        body = ""
    return body, "" if one_line(summary) in (title, one_line(body)) else summary


def _tags(fields: Fields) -> tuple[str, ...]:
    found = fields.texts("tags", "keywords") + fields.whole("categories", "category")
    found += fields.whole("services", "service")
    return tuple(tag for tag in found if tag.casefold() not in ("uncategorised", "uncategorized"))
