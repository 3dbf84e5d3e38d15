"""A blog's whole archive: every entry once, resumed, polite, and out of every trap."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from crawler.sources import Source, new_sources
from crawler.sweep import coverage
from tests.blog_site import Blog
from tests.driving import run
from tests.site import Site, always, rss, running


@pytest.fixture
def site() -> Iterator[Site]:
    with running() as found:
        yield found


def archive(site: Site, **given: object) -> Source:
    return Source(
        name="blog-archive", url=site.url("/archive"), kind="archive", channel="blog", **given
    )  # type: ignore[arg-type]


def test_a_hatena_blog_gets_a_feed_and_an_archive_that_fills_its_holes() -> None:
    feed, old = new_sources("https://example.hatenablog.com/")
    assert (feed.kind, feed.url) == ("feed", "https://example.hatenablog.com/rss")
    assert (old.kind, old.url) == ("archive", "https://example.hatenablog.com/archive")
    assert feed.history == old.name and old.entry_source == feed.entry_source == feed.name


def test_every_entry_of_the_archive_is_read(site: Site) -> None:
    Blog(site, 13)
    found = run(archive(site), history=True)
    assert sorted(found.titles()) == sorted(f"記事 {n}" for n in range(1, 14))
    assert {e.source for p in found.parcels for e in p.entries} == {"blog"}
    assert all("Aurora" in e.text for p in found.parcels for e in p.entries)
    rows = {c.year: (c.total, c.received) for c in coverage(found.slices)}
    assert rows == {2015: (5, 5), 2016: (5, 5), 2017: (3, 3)}


def test_a_second_sweep_reads_only_what_is_new(site: Site) -> None:
    blog = Blog(site, 12)
    first = run(archive(site), history=True)
    blog.publish(13)
    asked = len(site.asks)
    second = run(archive(site), history=True, slices=first.slices)
    assert second.titles() == ["記事 13"]
    assert [a.path for a in site.asks[asked:] if a.path.startswith("/entry/")] == [blog.path(13)]
    assert len(site.asks) - asked <= 4


def test_a_plain_run_stops_at_the_first_page_of_known_entries(site: Site) -> None:
    Blog(site, 20)
    first = run(archive(site), history=True)
    asked = len(site.asked("/archive"))
    run(archive(site), slices=first.slices)
    assert len(site.asked("/archive")) == asked + 1


def test_an_archive_whose_next_link_never_ends_is_left(site: Site) -> None:
    Blog(site, 7, endless=True)
    found = run(archive(site), history=True)
    assert len(found.titles()) == 7
    assert len(site.asked("/archive")) <= 4


def test_since_bounds_the_sweep(site: Site) -> None:
    Blog(site, 20)
    found = run(archive(site), history=True, since=datetime(2018, 1, 1, tzinfo=UTC))
    assert sorted(found.titles()) == sorted(f"記事 {n}" for n in range(16, 21))


def test_an_entry_that_cannot_be_read_is_told_and_tried_again(site: Site) -> None:
    blog = Blog(site, 4)
    good = site.pages[blog.path(2)]
    site.pages[blog.path(2)] = always(404)
    first = run(archive(site), history=True)
    assert len(first.titles()) == 3
    (left,) = first.outcomes["blog-archive"].skipped
    assert blog.path(2) in left.where and "404" in left.reason
    assert "1 of the archive's entries could not be read" in first.outcomes["blog-archive"].message
    site.pages[blog.path(2)] = good
    second = run(archive(site), history=True, slices=first.slices)
    assert second.titles() == ["記事 2"]
    assert run(archive(site), history=True, slices=second.slices).titles() == []
    assert [(c.total, c.received) for c in coverage(second.slices)] == [(4, 4)]


def test_pages_that_robots_txt_forbids_are_not_asked_for(site: Site) -> None:
    Blog(site, 3)
    site.at("/robots.txt", always(200, b"User-agent: *\nDisallow: /archive\n"))
    found = run(archive(site), history=True)
    assert found.outcomes["blog-archive"].status == "refused"
    assert "robots.txt" in found.outcomes["blog-archive"].message
    assert site.asked("/archive") == []


def test_a_limit_of_pages_ends_a_run_and_the_next_goes_on(site: Site) -> None:
    Blog(site, 12)
    first = run(archive(site, pages=7), history=True)
    assert "run again to go on" in first.outcomes["blog-archive"].message
    second = run(archive(site, pages=9), history=True, slices=first.slices)
    third = run(archive(site), history=True, slices=[*first.slices, *second.slices])
    assert len({*first.titles(), *second.titles(), *third.titles()}) == 12


def test_an_archive_that_lists_nothing_rings(site: Site) -> None:
    Blog(site, 0)
    found = run(archive(site), history=True)
    assert found.state("blog-archive").alarm
    assert found.outcomes["blog-archive"].is_trouble


def test_a_hole_of_a_blogs_feed_is_filled_from_its_archive(site: Site) -> None:
    from dataclasses import replace

    Blog(site, 20)
    newest = ("記事 20", "Mon, 05 Mar 2018 00:00:00 GMT")
    feed = Source(name="blog", url=site.at("/rss", rss(newest)), history="blog-archive")
    state = replace(run(feed).state("blog"), newest=datetime(2017, 3, 3, tzinfo=UTC))
    found = run(feed, known=(archive(site),), states=[state], force=True)
    assert {f"記事 {n}" for n in range(13, 20)} <= set(found.titles("blog-archive"))
    assert len(found.titles("blog-archive")) <= 10
    assert found.state("blog").hole_from is None
