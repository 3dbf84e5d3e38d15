"""Pages: an article gives its entry, a listing its entries, an empty list nothing at all."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.pages import read_archive, read_page
from index.errors import PageError

NOW = datetime(2026, 11, 23, tzinfo=UTC)
URL = "https://blog.example.org/entry/2020/12/07/101010"

ARTICLE = """<!DOCTYPE html><html lang="ja"><head><title>題名 - ブログ</title>
<meta property="og:type" content="article"><meta property="og:site_name" content="ブログ">
<link rel="canonical" href="/entry/2020/12/07/101010?utm_source=x">
<meta property="article:published_time" content="2020-12-07T01:10:10Z"></head><body>
<h1 id="title"><a href="/">ブログ</a></h1><article>
<header><h1 class="entry-title">題名</h1></header>
<div class="entry-content"><p>本文です。十分な長さの本文がここにあります。</p><h2>見出し</h2>
<pre class="code lang-sh">aws s3 ls</pre><div class="social-buttons">share</div></div>
<footer>foot</footer><a rel="tag" href="/c">AWS</a></article><aside>side</aside></body></html>"""


def test_an_article_gives_its_title_date_address_and_body() -> None:
    (entry,) = read_page(ARTICLE.encode(), URL, now=NOW).entries
    assert (entry.kind, entry.lang, entry.title) == ("article", "ja", "題名")
    assert entry.url == "https://blog.example.org/entry/2020/12/07/101010?utm_source=x"
    assert entry.published == datetime(2020, 12, 7, 1, 10, 10, tzinfo=UTC)
    assert entry.source == "blog.example.org"
    assert "## 見出し" in entry.text
    assert "```sh\naws s3 ls\n```" in entry.text
    assert "share" not in entry.text
    assert "foot" not in entry.text
    assert entry.tags == ("AWS",)


def test_a_page_of_linked_data_is_read_without_any_class() -> None:
    page = """<html><head><script type="application/ld+json">{"@graph": [
    {"@type": ["BlogPosting"], "headline": "H", "datePublished": "2021-02-03",
    "author": {"name": "A. Person"}}]}</script></head>
    <body><div><div><p>Words enough to be the text of this very article, and some more.</p></div>
    </div></body></html>"""
    (entry,) = read_page(page.encode(), "https://e.org/x", now=NOW).entries
    assert (entry.title, entry.author) == ("H", "A. Person")
    assert entry.published == datetime(2021, 2, 3, tzinfo=UTC)


def test_an_announcements_page_is_an_announcement() -> None:
    url = "https://aws.amazon.com/about-aws/whats-new/2023/05/x/"
    page = f"""<html lang="en-US"><head><link rel="canonical" href="{url}"></head><body><main>
    <h1>Amazon X does Y</h1><p>Posted on: May 4, 2023</p><div class="wb-contents"><p>Today, X does Y
    in all Regions where it is available to its customers.</p></div></main></body></html>"""
    (entry,) = read_page(page.encode(), now=NOW).entries
    assert (entry.kind, entry.source) == ("announcement", "whats-new-en")
    assert entry.published == datetime(2023, 5, 4, tzinfo=UTC)


def test_a_listing_gives_all_its_entries() -> None:
    rows = "".join(
        '<li class="directory-item"><h3>'
        f'<a href="//aws.amazon.com/about-aws/whats-new/2020/02/a{n}/">A{n} </a></h3>'
        f'<div class="date">Posted On: Feb {n}, 2020 </div><div class="description">'
        f"<p>Text {n}.</p></div><b><a href='/x'>Read More&nbsp;»</a></b></li>"
        for n in range(1, 6)
    )
    reading = read_page(f"<html><body><h1>2020</h1><ul>{rows}</ul></body></html>".encode(), now=NOW)
    assert [(e.title, e.published.day, e.text) for e in reading.entries] == [
        (f"A{n}", n, f"Text {n}.") for n in range(1, 6)
    ]


def test_a_page_whose_list_a_script_fills_gives_nothing() -> None:
    links = "".join(f"<a href='/p{n}'>Product number {n}</a>" for n in range(40))
    page = f"<html><body><nav>{links}</nav><h1>What's new</h1><p>Loading.</p></body></html>"
    reading = read_page(page.encode(), "https://aws.amazon.com/new/", now=NOW)
    assert (reading.entries, reading.skipped) == ((), ())


@pytest.mark.parametrize("data", [b"", b"   ", b"just words", b'{"json": true}', b"\x00\x01\x02"])
def test_what_is_no_page_is_refused(data: bytes) -> None:
    with pytest.raises(PageError):
        read_page(data, URL, now=NOW)
    with pytest.raises(PageError):
        read_archive(data, URL)


@pytest.mark.shared
def test_a_hatena_archive_leads_to_its_entries_and_the_older_page(captures: Path) -> None:
    blog = "https://junichiito-test.hatenablog.com"
    pages = [captures / "pages" / f"hatena-archive-junichiito-test-page{n}.html" for n in (1, 2)]
    first, last = (read_archive(p.read_bytes(), f"{blog}/archive") for p in pages)
    assert (len(first.addresses), len(last.addresses)) == (30, 1)
    assert (first.older, last.older) == (f"{blog}/archive?page=2", None)
    assert all(a.startswith(f"{blog}/entry/") for a in first.addresses + last.addresses)


@pytest.mark.shared
def test_a_hatena_entry_is_dated_in_utc_not_by_its_path(captures: Path) -> None:
    data = (captures / "pages" / "hatena-entry-junichiito-test-2018-07-17.html").read_bytes()
    (entry,) = read_page(data, now=NOW).entries
    assert entry.published == datetime(2018, 7, 16, 21, 56, 6, tzinfo=UTC)
    assert entry.url is not None
    assert "/2018/07/17/" in entry.url
