"""Foreign text in a real browser: no script of it runs, and nothing leaves the page."""

import urllib.request
from collections.abc import Iterator
from datetime import UTC, date, datetime
from http.client import HTTPConnection
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, expect

from index.entry import Entry, Session
from index.library import Library
from tests.app_browser import Visitor, browser, served, visiting

pytestmark = pytest.mark.browser
__all__ = ["browser"]

EVIL = (
    "<script>alert(1)</script>",
    "<img src=https://evil.example/a.png onerror=alert(2)>",
    "![p](https://evil.example/b.png)",
    "[go](javascript:alert(3))",
    "<svg/onload=alert(4)>",
    '"><iframe src=https://evil.example/c></iframe>',
    ":material/home: :red[x] $\\href{javascript:alert(5)}{x}$",
    "<style>@import 'https://evil.example/d.css'</style>",
    "{{constructor.constructor('alert(6)')()}}",
    "<a href='javascript:alert(7)'>x</a>",
    "![x][r]\n\n[r]: https://evil.example/e.png",
    "</mark><mark><b onmouseover=alert(8)>",
)
BODY = "\n\n".join(
    (
        *EVIL,
        "```mermaid\ngraph TD; A-->B; click A call alert()\n```",
        "<https://evil.example/f>",
        '| a |\n|---|\n| <img src="https://evil.example/g.png"> |',
        "# <img src=x onerror=alert(9)>",
        "[r]: javascript:alert(10)\n\n[click][r]",
    )
)
WORD = "zebrafish"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Every field that a stranger fills holds something evil."""
    found = Library(tmp_path_factory.mktemp("evil") / "data")
    found.add(_entries())
    session = found.study.new(date(2030, 1, 7), EVIL[0])
    ids = [stored.id for stored in found.shelf.where("1 = 1")]
    session = found.study.add(session, ids[:4])
    found.study.comment(session, ids[0], BODY[:3000])
    found.notes.keep(next(found.shelf.where("kind = 'session'")), BODY, datetime.now(UTC))
    from index.search.query import Query

    found.saved.save(EVIL[1], Query(text=EVIL[0]))
    return found


def _entries() -> Iterator[Entry]:
    for n, evil in enumerate(EVIL):
        when = datetime(2020, 12, 8, n, tzinfo=UTC)
        yield Entry(
            kind="announcement",
            title=f"Amazon Redshift {WORD} {n} {' '.join(evil.split())} is now in preview",
            published=when,
            source="whats-new-en",
            url=f"https://aws.amazon.com/about-aws/whats-new/2020/12/{n}/",
            text=f"Starting today, Amazon Redshift {WORD} {evil}.\n\n{BODY}",
            summary=evil,
            tags=(evil,),
            author=evil,
        )
    yield Entry(
        kind="session",
        title=f"{WORD} {EVIL[0]}",
        published=datetime(2020, 12, 9, tzinfo=UTC),
        source="reinvent-2020",
        url="https://example.org/session",
        text=BODY,
        session=Session(code="DAT301", year=2020, topics=EVIL, speakers=EVIL, event=EVIL[1]),
    )


@pytest.fixture(scope="module")
def address(library: Library) -> Iterator[str]:
    with served(library.folder) as base:
        yield base


@pytest.fixture
def visitor(browser: Browser, address: str) -> Iterator[Visitor]:
    with visiting(browser, address) as found:
        yield found
        # The policy is told of every try: none may be made at all.
        assert not found.alarms
        assert not found.outside
        assert not found.refused


def paths(library: Library) -> list[tuple[str, str]]:
    ids = [stored.id for stored in library.shelf.where("1 = 1")]
    evil = "%3Cimg%20src%3Dhttps%3A%2F%2Fevil.example%20onerror%3Dalert(1)%3E"
    return [
        ("/?week=2020-W50", "h1"),
        (f"/?week={evil}", "h1"),
        (f"/search?q={WORD}", ".kb-found .kb-card"),
        (f"/search?q={evil}&area={evil}", "h1"),
        (f"/services?service={evil}", "h1"),
        ("/services?service=Amazon%20Redshift", "h1"),
        (f"/sessions?find={evil}", "h1"),
        ("/sessions", ".kb-list .kb-card"),
        ("/study", "[data-item]"),
        (f"/study?session={evil}", "h1"),
        ("/sources", "h1"),
        (f"/entry?id={evil}", "h1"),
        *((f"/entry?id={i}", "h1") for i in (ids[0], ids[2], ids[10], ids[-2], ids[-1])),
    ]


def test_nothing_that_a_stranger_wrote_runs_or_calls_home(
    visitor: Visitor, library: Library
) -> None:
    for path, sign in paths(library):
        page = visitor.go(path)
        expect(page.locator(sign).first).to_be_visible()
        drawn = page.locator('[data-testid="stMain"]')
        assert drawn.locator("script, iframe, object, embed").count() == 0, path
        assert drawn.locator("img[src*='evil']").count() == 0, path
        assert drawn.locator("a[href^='javascript'], a[href^='data']").count() == 0, path


def test_evil_text_is_shown_as_it_was_written(visitor: Visitor, library: Library) -> None:
    first = next(library.shelf.where("title LIKE '%<script>%'"))
    page = visitor.go(f"/entry?id={first.id}")
    visitor.heading("<script>alert(1)</script>")
    expect(page.get_by_text("<svg/onload=alert(4)>").first).to_be_visible()


def test_a_dropped_file_with_an_evil_name_is_refused_in_words(
    visitor: Visitor, tmp_path: Path
) -> None:
    page = visitor.go("/sources")
    upload = page.locator('input[type="file"]').last
    name = "<img src=x onerror=alert(1)>.json"
    upload.set_input_files([{"name": name, "mimeType": "text/plain", "buffer": b"{ broken"}])
    page.get_by_role("button", name="取り込む").last.click()
    expect(
        page.get_by_text("確認が必要なもの").or_(page.get_by_text("うまくいきません"))
    ).to_be_visible()


def test_the_search_route_answers_open_pages_only(visitor: Visitor, address: str) -> None:
    page = visitor.go(f"/search?q={WORD}")
    expect(page.locator(".kb-found .kb-card").first).to_be_visible()
    with page.expect_request("**/kb/find?*") as asked:
        page.locator('[data-testid="stMain"] input[type="search"]').fill("redshift")
    shown = asked.value.headers["x-kb-pass"]
    assert asked.value.response().status == 200  # type: ignore[union-attr]
    forged = f"{shown.partition('.')[0]}.{'0' * 64}"
    assert _status(address, shown) == 200
    assert [_status(address, wrong) for wrong in ("", forged, "é", f"x{shown}")] == [403] * 4
    page.goto("about:blank")
    for _ in range(100):
        if _status(address, shown) == 403:
            break
        page.wait_for_timeout(100)
    assert _status(address, shown) == 403


def _status(address: str, shown: str) -> int:
    """What the route says to that pass."""
    connection = HTTPConnection(address.removeprefix("http://"), timeout=30)
    connection.request("GET", "/kb/find?q=redshift", headers={"X-Kb-Pass": shown.encode()})
    status = connection.getresponse().status
    connection.close()
    return status


def test_the_newest_weeks_are_served_as_a_feed_to_this_machine_only(address: str) -> None:
    with urllib.request.urlopen(f"{address}/kb/weeks.atom?lang=en", timeout=60) as answer:
        assert answer.headers["Content-Type"].startswith("application/atom+xml")
        feed = ElementTree.fromstring(answer.read())
    titles = [e.text or "" for e in feed.iter("{http://www.w3.org/2005/Atom}title")]
    assert any("2020-W50" in title for title in titles)
    connection = HTTPConnection(address.removeprefix("http://"), timeout=30)
    connection.request("GET", "/kb/weeks.atom", headers={"Host": "evil.example"})
    assert connection.getresponse().status == 404
    connection.close()


@pytest.mark.parametrize("path", ["", "/search", "/entry?id=x", "/static/js/none.js"])
def test_answers_forbid_everything_from_elsewhere(address: str, path: str) -> None:
    with urllib.request.urlopen(f"{address}{path}", timeout=30) as answer:
        assert ("<title>re:Invent KB</title>" in answer.read().decode()) == ("none" not in path)
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy and "object-src 'none'" in policy
        assert "http:" not in policy and "https:" not in policy and "*" not in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(("host", "status"), [("evil.example", 403), ("", 101)])
def test_a_foreign_name_for_this_machine_opens_no_socket(
    address: str, host: str, status: int
) -> None:
    where = address.removeprefix("http://")
    connection = HTTPConnection(where, timeout=30)
    upgrade = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13"}
    key = {"Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==", "Host": host or where}
    connection.request("GET", "/_stcore/stream", headers={**upgrade, **key})
    assert connection.getresponse().status == status
    connection.close()
