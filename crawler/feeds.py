"""RSS and Atom: bytes that someone brought, read into entries."""

from datetime import UTC, datetime

from crawler.reading import Reading


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
    """The entries of an RSS or Atom document, newest as the feed orders them.

    `url` is where it was fetched from (relative links are resolved against it), `source`
    the source's name where the caller knows it, `charset` what the Content-Type said.
    Raises FeedError when the bytes are no feed: empty, HTML, cut off before the first item.
    """
    raise NotImplementedError(
        (data, url, source, kind, lang, charset, name, now or datetime.now(UTC))
    )
