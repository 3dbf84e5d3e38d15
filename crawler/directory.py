"""AWS's directory API: one answer, in any of the shapes it has had, read into entries."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from crawler.decoding import decode
from crawler.drafts import Draft, collect
from crawler.imports.fields import Fields
from crawler.imports.values import parse_json
from crawler.origin import Origin
from crawler.reading import DirectoryPage, Reading, Skipped
from index.address import AWS_HOST
from index.errors import FeedError

SITE = f"https://{AWS_HOST}/"
HEADLINES = ("headline", "bulletin_subject", "title", "post_title")
ADDRESSES = ("headline_url", "bulletin_subject_url", "link", "url", "permalink")
BODIES = ("post_body", "body", "description", "post_excerpt", "post_summary", "bulletin_body")
DATES = ("post_date_time", "created_date", "published_date", "bulletin_date_sort", "sort_date",
         "modified_date", "date_text", "bulletin_date")  # fmt: skip


def read_directory_page(
    data: bytes, url: str = "", source: str | None = None, *, now: datetime | None = None
) -> DirectoryPage:
    """The entries of one answer with its `count` and `total_hits`.

    Raises FeedError when the bytes are no JSON of that API (an HTML error page, a changed
    shape); an answer without items is a page with no entries.
    """
    origin = Origin(
        name=url or "directory", url=url, source=source or "", now=now or datetime.now(UTC)
    )
    if not data.strip():
        raise FeedError("empty", name=origin.name, url=url)
    text, _ = decode(data)
    value = parse_json(text, origin.name).value
    pages = value if isinstance(value, list) else [value]
    if not is_directory(value) and not _is_bare(value):
        raise FeedError("not an answer of the directory API", name=origin.name, url=url)
    metadata = [p.get("metadata") for p in pages if isinstance(p, Mapping)]
    found = [m for m in metadata if isinstance(m, Mapping)]
    return DirectoryPage(
        reading=read_items(items_in(value), origin),
        count=sum(_number(m.get("count")) for m in found),
        total_hits=max((_number(m.get("totalHits")) for m in found), default=0),
    )


def is_directory(value: Any) -> bool:
    """True for the API's envelope, a list of its pages, or a list of its bare items."""
    return any(isinstance(item, Mapping) and is_item(item) for item in items_in(value)[:20])


def is_item(record: Mapping[str, Any]) -> bool:
    """True for one item, its tags beside or inside it, or without the `item` around it."""
    item = record.get("item", record)
    return isinstance(item, Mapping) and isinstance(item.get("additionalFields"), Mapping)


def items_in(value: Any) -> list[Any]:
    """The items of an envelope, of a list of envelopes, or of a bare list."""
    if isinstance(value, Mapping):
        items = value.get("items")
        return items if isinstance(items, list) else []
    if not isinstance(value, list):
        return []
    return [
        item
        for part in value
        for item in (items_in(part) if isinstance(part, Mapping) and "items" in part else [part])
    ]


def read_items(items: list[Any], origin: Origin) -> Reading:
    """The entries of the API's items; what is no publication (a product) is skipped."""
    return collect("directory API", item_drafts(items), origin)


def item_drafts(items: Iterable[Any]) -> Iterator[Draft | Skipped]:
    """The draft of every item; what is none comes as `Skipped` with its number."""
    for number, record in enumerate(items, 1):
        if isinstance(record, Skipped):
            yield record
        elif isinstance(record, Mapping) and is_item(record):
            yield item_draft(record, number)
        else:
            yield Skipped(f"item {number}", "not an item of the directory API")


def item_draft(record: Mapping[str, Any], number: int = 0) -> Draft | Skipped:
    """The draft of one item. Draft dates of the editors (`dateCreated`) are never used."""
    item = Fields(record.get("item", record))
    more = item.inner("additional_fields")
    title = more.text(*HEADLINES)
    if not title:
        known = more.text("product_name")
        reason = f"a product ({known}), not a publication" if known else "no headline"
        return Skipped(f"item {number}", reason)
    body = more.text(*BODIES)
    if regions := more.text("regional_availability"):
        body += "\n" + regions
    return Draft(
        title=title,
        url=absolute(more.text(*ADDRESSES)),
        html=body,
        summary=more.text("post_summary") if more.has("post_body") else "",
        stated=tuple(more.value(key) for key in DATES if more.has(key)),
        tags=_tags(record),
        guid=_guid(item),
        author=re.sub(r"^Author:\s*", "", more.text("content_author", "author", "contributors")),
        lang=item.text("locale"),
    )


def _guid(item: Fields) -> str:
    """The item's id without the locale and the directory's version: both change."""
    return item.text("id")


def absolute(address: str) -> str:
    """The address; a bare path is one of AWS's own site, as its exports write it."""
    return SITE + address.lstrip("/") if re.match(r"^/(?!/)", address) else address


def _tags(record: Mapping[str, Any]) -> tuple[str, ...]:
    """Tags in the form of the feeds: `general:products/amazon-ec2`, or a bare name."""
    item = record.get("item")
    inside = item.get("tags") if isinstance(item, Mapping) else None
    found = record.get("tags") or inside or ()
    if isinstance(found, str):
        return tuple(tag.strip() for tag in found.split(",") if tag.strip())
    tags = (_tag(Fields(tag)) for tag in found if isinstance(tag, Mapping))
    return tuple(tag for tag in tags if tag)


def _tag(tag: Fields) -> str:
    parts = tag.text("id").split("#")
    if len(parts) == 3 and "-" in parts[1] and not parts[1].startswith(("content", "local")):
        space, _, rest = parts[1].partition("-")
        return f"{space}:{rest}/{parts[2]}"
    return tag.text("name") or parts[-1]


def _is_bare(value: Any) -> bool:
    return isinstance(value, Mapping) and value.get("items") == [] and "metadata" in value


def _number(value: Any) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else 0
