"""The site of `bench collect`: feeds, a blog with its archive, AWS's directory API; all made up.

Runs as a process of its own (`python -m bench.collect_site ENTRIES RECORDS`), prints its port,
and answers from memory so that the crawlers and not the site are measured.
"""

import asyncio
import hashlib
import json
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

FEEDS = 12
PER_FEED = 100
PER_PAGE = 30
_WORDS = (
    "Amazon Aurora now scales a cluster in seconds and you pay for what you use. AWS Lambda "
    "functions can use up to ten gigabytes of memory, and Amazon S3 is strongly consistent. "
    "再配置の計画を立て、マルチアカウントで試した結果をまとめます。"
)


@dataclass
class Made:
    """Every page in memory; `records` are the directory's, by year tag."""

    entries: int
    records: int
    pages: dict[str, tuple[str, bytes]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for number in range(FEEDS):
            self.pages[f"/feed/{number}"] = ("application/rss+xml", _feed(number))
        for number in range(1, self.entries + 1):
            self.pages[entry_path(number)] = ("text/html; charset=utf-8", _entry(number))
        for page in range(1, -(-self.entries // PER_PAGE) + 1):
            self.pages[f"/archive?page={page}"] = ("text/html; charset=utf-8", self._list(page))
        self.pages["/archive"] = self.pages["/archive?page=1"]
        years = range(2004, 2026)
        share = -(-self.records // len(years))
        self.held = [_record(y, n) for y in years for n in range(share)][: self.records]

    def _list(self, page: int) -> bytes:
        numbers = range(self.entries - (page - 1) * PER_PAGE, 0, -1)[:PER_PAGE]
        listed = "".join(
            '<section class="archive-entry"><h1 class="entry-title">'
            f'<a class="entry-title-link" href="{entry_path(n)}">記事 {n}</a></h1>'
            f'<p class="entry-description">{_WORDS}</p></section>'
            for n in numbers
        )
        more = f'<a href="/archive?page={page + 1}" rel="next">next</a>' if numbers[-1] > 1 else ""
        return (
            '<html><body class="page-archive"><div class="archive-entries">'
            f'{listed}</div><div class="pager">{more}</div></body></html>'
        ).encode()

    def answer(self, target: str, tag: str) -> tuple[int, str, bytes, str]:
        """Status, type, body and ETag of one request."""
        parts = urlsplit(target)
        if parts.path == "/api/dirs/items/search":
            return 200, "application/json", self._directory(parse_qs(parts.query)), ""
        kind, body = self.pages.get(target, ("", b""))
        if not kind:
            return 404, "text/plain", b"not here", ""
        found = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        return (304, kind, b"", found) if tag == found else (200, kind, body, found)

    def _directory(self, query: dict[str, list[str]]) -> bytes:
        size, page = int(query["size"][0]), int(query["page"][0])
        found = self.held
        for wish in query.get("tags.id", []):
            bears, tag = not wish.startswith("!"), wish.lstrip("!")
            found = [r for r in found if (r[0] == tag) is bears]
        if query.get("sort_order") == ["desc"]:
            found = found[::-1]
        hidden = (page + 1) * size > 10_000 or size > 2_000
        shown = [] if hidden else found[page * size : (page + 1) * size]
        meta = json.dumps({"count": len(shown), "totalHits": len(found)})
        return f'{{"metadata": {meta}, "items": [{", ".join(r[1] for r in shown)}]}}'.encode()


def entry_path(number: int) -> str:
    """Where an entry of the blog stands."""
    day = datetime(2010, 1, 1, tzinfo=UTC) + timedelta(days=number)
    return f"/entry/{day:%Y/%m/%d}/090000"


def _feed(number: int) -> bytes:
    start = datetime(2020, 12, 1, tzinfo=UTC)
    items = "".join(
        f"<item><title>Feed {number} news {n} of Amazon Aurora</title>"
        f"<link>https://feed{number}.example.org/news/{n}</link>"
        f"<pubDate>{start - timedelta(hours=n):%a, %d %b %Y %H:%M:%S} GMT</pubDate>"
        f"<description>&lt;p&gt;{_WORDS}&lt;/p&gt;</description></item>"
        for n in range(PER_FEED)
    )
    head = f"<title>Feed {number}</title><link>https://feed{number}.example.org/</link>"
    return f'<rss version="2.0"><channel>{head}{items}</channel></rss>'.encode()


def _entry(number: int) -> bytes:
    day = datetime(2010, 1, 1, tzinfo=UTC) + timedelta(days=number)
    body = "".join(f"<h2>節 {n}</h2><p>{_WORDS}</p><ul><li>{_WORDS}</li></ul>" for n in range(8))
    return (
        f'<html lang="ja"><head><title>記事 {number}</title></head><body class="page-entry">'
        '<article class="entry hentry js-entry-article">'
        f'<time datetime="{day:%Y-%m-%d}T00:00:00Z"></time>'
        f'<h1 class="entry-title"><a class="entry-title-link">記事 {number}</a></h1>'
        f'<div class="entry-content">{body}</div></article></body></html>'
    ).encode()


def _record(year: int, number: int) -> tuple[str, str]:
    when = datetime(year, 1, 1, tzinfo=UTC) + timedelta(minutes=number * 400 % 520_000)
    name = f"launch-{year}-{number}"
    tag = f"whats-new-v2#year#{year}"
    record = {
        "item": {
            "id": f"whats-new-v2#{name}",
            "locale": "en_US",
            "directoryId": "whats-new-v2",
            "name": name,
            "dateCreated": "2020-01-01T00:00:00+0000",
            "additionalFields": {
                "headline": f"Amazon EC2 announces {name}",
                "headlineUrl": f"/about-aws/whats-new/{year}/{when:%m}/{name}/",
                "postBody": f"<p>{_WORDS}</p><p>{_WORDS} {name}</p>",
                "postDateTime": f"{when:%Y-%m-%dT%H:%M:%SZ}",
            },
        },
        "tags": [{"id": tag, "name": str(year)}],
    }
    return tag, json.dumps(record, ensure_ascii=False)


async def _talk(made: Made, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer one connection until its other end leaves."""
    try:
        while True:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            lines = head.split("\r\n")
            tag = next((x[15:] for x in lines if x.lower().startswith("if-none-match: ")), "")
            status, kind, body, found = made.answer(lines[0].split(" ")[1], tag)
            said = f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\n"
            said += f"ETag: {found}\r\n" if found else ""
            said += "\r\n" if status == 304 else f"Content-Length: {len(body)}\r\n\r\n"
            writer.write(said.encode("latin-1") + body)
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


async def serve(entries: int, records: int) -> None:
    """Serve until killed; the port is the first line of output."""
    made = Made(entries, records)
    server = await asyncio.start_server(lambda r, w: _talk(made, r, w), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), int(sys.argv[2])))
