"""Sending: to a real SMTP server and a real webhook on this machine, and their refusals."""

import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_string, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from index.config import Config, Mail
from index.digest import Digest
from index.edition import Material, build_digest
from index.errors import ConfigError, KnowledgeBaseError
from index.period import parse_period
from tests.making import stored
from ui.mail import html_digest, mail_digest
from ui.sending import PASSWORD, WEBHOOKS, send_digest

WEEK = parse_period("2020-W50", datetime(2021, 1, 1, tzinfo=UTC))
DIGEST = build_digest(Material(published=(stored("Redshift ML は便利", text="It learns."),)), WEEK)
EMPTY: Digest = build_digest(Material(published=()), WEEK)


class Post(socketserver.StreamRequestHandler):
    """A mail server that keeps what it is given."""

    def handle(self) -> None:
        self._say("220 here")
        while line := self.rfile.readline().decode().strip():
            word = line.split()[0].upper()
            if word == "DATA":
                self._say("354 go on")
                self._keep()
            elif word == "RCPT" and "refused@" in line:
                self._say("550 nobody of that name")
                continue
            self._say("221 bye" if word == "QUIT" else "250 fine")
            if word == "QUIT":
                return

    def _keep(self) -> None:
        lines = []
        while (line := self.rfile.readline().decode()) != ".\r\n":
            lines.append(line.removeprefix("."))
        self.server.kept.append("".join(lines))  # type: ignore[attr-defined]

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


class Hook(BaseHTTPRequestHandler):
    """A webhook that keeps what it is given, and answers as its path says."""

    def do_POST(self) -> None:
        size = int(self.headers["Content-Length"])
        self.server.kept.append(json.loads(self.rfile.read(size)))  # type: ignore[attr-defined]
        self.send_response(int(self.path.strip("/")))
        if self.path == "/302":
            self.send_header("Location", "http://127.0.0.1:9/")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Keep quiet."""


@contextmanager
def served(server: socketserver.BaseServer) -> Iterator[Any]:
    server.kept = []  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def post() -> Iterator[Any]:
    with served(socketserver.ThreadingTCPServer(("127.0.0.1", 0), Post)) as server:
        yield server


@pytest.fixture
def hook() -> Iterator[Any]:
    with served(ThreadingHTTPServer(("127.0.0.1", 0), Hook)) as server:
        yield server


def mailed(server: Any, **changes: Any) -> Config:
    mail = Mail(
        host="127.0.0.1",
        port=server.server_address[1],
        sender="kb@example.org",
        to=("a@example.org",),
        starttls=False,
    )
    return Config(mail=replace(mail, **changes))


def test_a_mail_arrives_with_its_plain_twin(post: Any) -> None:
    told = send_digest(DIGEST, "smtp", mailed(post), {})
    assert told == "2020-W50: sent to 1 of 1 by 127.0.0.1"
    message = message_from_string(post.kept[0], policy=policy.default)
    assert message["To"] == "a@example.org" and "2020-W50" in message["Subject"]
    plain, page = (message.get_body((kind,)) for kind in ("plain", "html"))
    assert plain is not None and "Redshift ML は便利" in plain.get_content()
    assert page is not None and "Redshift ML は便利" in page.get_content()


@pytest.mark.parametrize("count", [1, 300, 900])
def test_a_mail_of_a_busy_week_is_short_enough_to_be_shown_whole(count: int) -> None:
    words = "It learns from data and answers questions about them in plain words. " * 6
    news = tuple(
        stored(f"Amazon Redshift learns lesson {n}", text=f"Lesson {n}. {words}")
        for n in range(count)
    )
    digest = build_digest(Material(published=news), WEEK)
    plain, page = (
        mail_digest(digest, "a@example.org", ("b@example.org",)).get_body((kind,))
        for kind in ("plain", "html")
    )
    assert plain is not None and page is not None
    html = page.get_content()
    assert len(html.encode()) <= 102_000
    assert plain.get_content().count("learns lesson") >= count
    if len(html_digest(digest).encode()) <= 100_000:
        assert html.rstrip("\n") == html_digest(digest).rstrip("\n")
    else:
        assert f"({count})" in html and "省きました" in html


def test_who_was_refused_is_counted(post: Any) -> None:
    config = mailed(post, to=("a@example.org", "refused@example.org"))
    assert "sent to 1 of 2" in send_digest(DIGEST, "smtp", config, {})
    with pytest.raises(KnowledgeBaseError, match="did not take the mail"):
        send_digest(DIGEST, "smtp", mailed(post, to=("refused@example.org",)), {})


def test_a_mail_is_never_sent_in_the_clear_when_encryption_is_asked_for(post: Any) -> None:
    with pytest.raises(KnowledgeBaseError, match="did not take the mail"):
        send_digest(DIGEST, "smtp", mailed(post, starttls=True), {})
    assert post.kept == []


@pytest.mark.parametrize("key", ["host", "sender", "to"])
def test_what_lacks_for_a_mail_is_named(key: str) -> None:
    mail = Mail(host="h", sender="s@example.org", to=("t@example.org",))
    config = Config(mail=replace(mail, **{key: () if key == "to" else ""}))
    with pytest.raises(ConfigError, match=f"mail.{key}"):
        send_digest(DIGEST, "smtp", config, {})


def test_a_user_needs_a_password_from_the_environment() -> None:
    mail = Mail(host="h", sender="s@example.org", to=("t@example.org",), user="me")
    with pytest.raises(ConfigError, match=PASSWORD):
        send_digest(DIGEST, "smtp", Config(mail=mail), {})


@pytest.mark.parametrize("way", ["slack", "teams"])
def test_a_webhook_gets_the_digest(way: str, hook: Any) -> None:
    url = f"http://127.0.0.1:{hook.server_address[1]}/200"
    assert send_digest(DIGEST, way, Config(), {WEBHOOKS[way]: url}) == f"2020-W50: sent to {way}"
    assert "Redshift ML は便利" in json.dumps(hook.kept[0], ensure_ascii=False)


@pytest.mark.parametrize(("path", "words"), [("500", "status 500"), ("302", "status 302")])
def test_a_refusal_is_a_sentence_that_keeps_the_secret(path: str, words: str, hook: Any) -> None:
    url = f"http://127.0.0.1:{hook.server_address[1]}/{path}"
    with pytest.raises(KnowledgeBaseError, match=words) as caught:
        send_digest(DIGEST, "slack", Config(), {WEBHOOKS["slack"]: url})
    assert url not in str(caught.value)


def test_a_webhook_that_does_not_answer_is_a_sentence() -> None:
    with pytest.raises(KnowledgeBaseError, match="does not answer"):
        send_digest(DIGEST, "teams", Config(), {WEBHOOKS["teams"]: "http://127.0.0.1:9/x"})


def test_a_missing_webhook_is_named() -> None:
    with pytest.raises(ConfigError, match="REINVENT_KB_SLACK_WEBHOOK"):
        send_digest(DIGEST, "slack", Config(), {})


def test_an_empty_digest_is_not_sent(hook: Any) -> None:
    url = f"http://127.0.0.1:{hook.server_address[1]}/200"
    assert "nothing was sent" in send_digest(EMPTY, "slack", Config(), {WEBHOOKS["slack"]: url})
    assert hook.kept == []
