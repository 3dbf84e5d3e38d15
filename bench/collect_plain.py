"""Plain Scrapy on the same site, for `bench collect`: an ordinary spider as its tutorial has it.

`python -m bench.collect_plain ADDRESS read|links` crawls the blog's archive and its entries with
Scrapy's defaults (no delay, eight at once); `read` also reads each entry with the program's own
reader, as our crawler does; `links` only follows links. Prints pages and seconds as JSON.
"""

import json
import logging
import sys
import time
from collections.abc import AsyncIterator, Iterator
from typing import Any

import scrapy
from scrapy.crawler import CrawlerProcess
from scrapy.http import TextResponse

from crawler.pages import read_page


class Plain(scrapy.Spider):
    """Archive pages, and every entry that they list."""

    name = "plain"

    def __init__(self, address: str, reads: bool) -> None:
        super().__init__()
        self.address, self.reads = address, reads
        self.pages, self.entries, self.began = 0, 0, 0.0

    async def start(self) -> AsyncIterator[Any]:
        """Begin at the archive."""
        self.began = time.monotonic()
        yield scrapy.Request(f"{self.address}/archive")

    def parse(self, response: TextResponse, **kwargs: Any) -> Iterator[scrapy.Request]:
        """A page of the archive."""
        self.pages += 1
        for link in response.css("a.entry-title-link::attr(href)").getall():
            yield response.follow(link, self.entry)
        for link in response.css(".pager a[rel=next]::attr(href)").getall():
            yield response.follow(link, self.parse)

    def entry(self, response: TextResponse) -> None:
        """An entry."""
        self.pages += 1
        if self.reads:
            self.entries += len(read_page(response.body, response.url).entries)

    def closed(self, reason: str) -> None:
        """Tell what was done, once the last page is read."""
        seconds = time.monotonic() - self.began
        told = {"pages": self.pages, "entries": self.entries, "seconds": seconds}
        print(json.dumps(told), flush=True)


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    process = CrawlerProcess({"LOG_ENABLED": False, "TELNETCONSOLE_ENABLED": False})
    process.crawl(Plain, address=sys.argv[1], reads=sys.argv[2] == "read")
    process.start()
