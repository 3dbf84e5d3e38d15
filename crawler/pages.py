"""HTML pages: articles, listings and archives, read into entries."""

from datetime import datetime

from crawler.reading import Archive, Reading


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
    """The entry of an article page, or the entries of a listing.

    Raises PageError when nothing is found on it.
    """
    raise NotImplementedError((html, url, source, kind, charset, name, now))


def read_archive(html: bytes, url: str, *, charset: str = "") -> Archive:
    """The addresses of the entries on one page of a blog's archive, and the older page.

    An archive page without entries is an `Archive` without addresses.
    """
    raise NotImplementedError((html, url, charset))
