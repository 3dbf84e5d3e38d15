"""A real web site on 127.0.0.1 that behaves, or misbehaves, as a test tells it to."""

import gzip
import hashlib
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True)
class Ask:
    """One request as it came."""

    path: str
    query: dict[str, list[str]]
    headers: dict[str, str]
    when: float

    @property
    def is_conditional(self) -> bool:
        """True when it carries a validator."""
        return "if-none-match" in self.headers or "if-modified-since" in self.headers


@dataclass
class Reply:
    """What to answer; `raw` instead writes these bytes as they are and closes."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    raw: bytes | None = None
    stream: Iterator[bytes] | None = None
    length: int | None = None


Page = Callable[[Ask], Reply]


class Site:
    """Pages by path; `asks` is everything that was asked, in order."""

    def __init__(self, host: str = "127.0.0.1", context: Any = None) -> None:
        self.pages: dict[str, Page] = {}
        self.asks: list[Ask] = []
        self.leaving = threading.Event()
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                site._answer(self)

            def log_message(self, *args: Any) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, request: Any, client_address: Any) -> None:
                pass  # a client that hangs up is what many tests are about

        self.server = Server((host, 0), Handler)
        if context is not None:
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.scheme = "https" if context is not None else "http"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def host(self) -> str:
        """The host with its port."""
        return f"{self.server.server_address[0]}:{self.server.server_address[1]}"

    def url(self, path: str) -> str:
        """The address of a path."""
        return f"{self.scheme}://{self.host}{path}"

    def at(self, path: str, page: Page | bytes, **headers: str) -> str:
        """Put a page, or fixed bytes with an ETag, at a path; its address."""
        self.pages[path] = page if callable(page) else with_etag(page, **headers)
        return self.url(path)

    def asked(self, path: str) -> list[Ask]:
        """The requests for one path, in order."""
        return [a for a in self.asks if a.path == path]

    def close(self) -> None:
        """Stop answering; nobody listens here afterwards."""
        self.leaving.set()
        self.server.shutdown()
        self.server.server_close()

    def _answer(self, handler: BaseHTTPRequestHandler) -> None:
        parts = urlsplit(handler.path)
        headers = {name.lower(): value for name, value in handler.headers.items()}
        ask = Ask(parts.path, parse_qs(parts.query), headers, time.monotonic())
        self.asks.append(ask)
        reply = self.pages.get(parts.path, lambda _: Reply(404, b"not here"))(ask)
        if reply.raw is not None:
            handler.wfile.write(reply.raw)
            handler.close_connection = True
            return
        handler.send_response(reply.status)
        for name, value in reply.headers.items():
            handler.send_header(name, value)
        if reply.stream is not None:
            handler.send_header("Connection", "close")
        elif reply.status != 304:
            length = len(reply.body) if reply.length is None else reply.length
            handler.send_header("Content-Length", str(length))
        handler.end_headers()
        for piece in reply.stream or (reply.body,):
            handler.wfile.write(piece)
        if reply.stream is not None or reply.length is not None:
            handler.close_connection = True


@contextmanager
def running(host: str = "127.0.0.1", context: Any = None) -> Iterator[Site]:
    """A site while the block lasts."""
    site = Site(host, context)
    try:
        yield site
    finally:
        site.close()


def with_etag(body: bytes, **headers: str) -> Page:
    """A page that answers 304 to whoever has it already."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
    sent = {name.replace("_", "-"): value for name, value in headers.items()}

    def page(ask: Ask) -> Reply:
        if ask.headers.get("if-none-match") == tag:
            return Reply(304, headers={"ETag": tag, **sent})
        return Reply(200, body, {"ETag": tag, "Content-Type": "application/rss+xml", **sent})

    return page


def always(status: int, body: bytes = b"", **headers: str) -> Page:
    """The same answer every time."""
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda ask: Reply(status, body, sent)


def in_turn(*pages: Page) -> Page:
    """One answer after the other; the last one stays."""
    left = list(pages)
    return lambda ask: (left.pop(0) if len(left) > 1 else left[0])(ask)


def dripping(site: Site, piece: bytes = b"<rss>", pause: float = 0.2) -> Page:
    """An answer that never ends, a few bytes at a time."""

    def drops() -> Iterator[bytes]:
        while not site.leaving.wait(pause):
            yield piece

    return lambda ask: Reply(200, stream=drops())


def bomb(megabytes: int = 200) -> Page:
    """A small answer that inflates to many megabytes."""
    packed = gzip.compress(b"\0" * 1_048_576 * megabytes, 6)
    return always(200, packed, Content_Encoding="gzip", Content_Type="application/rss+xml")


def flood(megabytes: int) -> Page:
    """A large answer that does not say how large it is."""
    return lambda ask: Reply(200, stream=iter([b"x" * 65_536] * (16 * megabytes)))


def rss(*items: tuple[str, str], base: str = "https://example.org", text: str = "Words.") -> bytes:
    """A feed of (title, RFC 822 date) items, newest first as given."""
    body = "".join(
        f"<item><title>{title}</title><link>{base}/{number}-{_slug(title)}</link>"
        f"<guid isPermaLink='false'>{_slug(title)}</guid><pubDate>{date}</pubDate>"
        f"<category>news</category><description>{text}</description></item>"
        for number, (title, date) in enumerate(items)
    )
    return (
        f"<?xml version='1.0'?><rss version='2.0'><channel><title>News</title><link>{base}</link>"
        f"<description>d</description>{body}</channel></rss>"
    ).encode()


def _slug(title: str) -> str:
    return "-".join(title.lower().split())
