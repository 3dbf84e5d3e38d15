"""AWS's directory API: one answer, in any of the shapes it has had, read into entries."""

from datetime import datetime

from crawler.reading import DirectoryPage


def read_directory_page(
    data: bytes, url: str = "", source: str | None = None, *, now: datetime | None = None
) -> DirectoryPage:
    """The entries of one answer with its `count` and `total_hits`.

    Raises FeedError when the bytes are no JSON of that API (an HTML error page, a changed
    shape); an answer without items is a page with no entries.
    """
    raise NotImplementedError((data, url, source, now))
