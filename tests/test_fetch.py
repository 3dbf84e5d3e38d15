"""Collecting feeds over real HTTP: what is asked, what is remembered, what rings."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from crawler.sources import Source
from index.source_state import SourceState
from tests.driving import run
from tests.site import Reply, Site, always, in_turn, rss, running, with_etag

DAYS = [f"{day:02} Dec 2020 10:00:00 GMT" for day in range(1, 29)]
OLD = rss(("Second", DAYS[1]), ("First", DAYS[0]))
NEW = rss(("Third", DAYS[2]), ("Second", DAYS[1]), ("First", DAYS[0]))


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with running() as found:
        yield found


def state_of(name: str, **known: Any) -> SourceState:
    return SourceState(name=name, **known)


def test_a_second_run_asks_conditionally_and_stops_at_the_304(site: Site) -> None:
    source = Source(name="news", url=site.at("/twice", OLD))
    first = run(source)
    assert first.outcomes["news"].kept.new == 2
    second = run(source, states=first.states)
    assert second.outcomes["news"].status == "unchanged"
    assert second.parcels == []
    assert [a.is_conditional for a in site.asked("/twice")] == [False, True]
    assert second.outcomes["news"].received < 0.5 * first.outcomes["news"].received


def test_last_modified_is_a_validator_too(site: Site) -> None:
    stamp = "Mon, 07 Dec 2020 10:00:00 GMT"
    source = Source(name="news", url=site.at("/dated", always(200, OLD, Last_Modified=stamp)))
    run(source, states=run(source).states)
    assert site.asked("/dated")[1].headers["if-modified-since"] == stamp


def test_every_request_says_who_asks_and_whom_to_write_to(site: Site) -> None:
    source = Source(name="news", url=site.at("/agent", OLD))
    run(source, manners={"contact": "kb@example.org"})
    agent = site.asked("/agent")[0].headers["user-agent"]
    assert agent.startswith("reinvent-kb/") and "kb@example.org" in agent


def test_one_host_is_asked_at_our_pace_and_hosts_side_by_side(site: Site) -> None:
    with running() as one, running("127.0.0.2") as other:
        sources = [
            Source(name=f"{kind}{n}", url=where.at(f"/{n}", OLD))
            for kind, where in (("a", one), ("b", other))
            for n in range(3)
        ]
        run(*sources, manners={"pace": 0.4})
        for where in (one, other):
            times = [a.when for a in where.asks]
            gaps = [later - sooner for sooner, later in pairwise(times)]
            assert len(gaps) == 2 and min(gaps) >= 0.3
        assert other.asks[0].when < one.asks[1].when and one.asks[0].when < other.asks[1].when


def test_what_says_it_is_fresh_is_not_asked(site: Site) -> None:
    page = with_etag(OLD, Cache_Control="public, max-age=3600")
    source = Source(name="news", url=site.at("/fresh", page))
    first = run(source)
    assert run(source, states=first.states).outcomes["news"].status == "fresh"
    assert len(site.asked("/fresh")) == 1
    assert run(source, states=first.states, force=True).outcomes["news"].status == "collected"


def test_a_timers_run_leaves_alone_what_is_not_due(site: Site) -> None:
    source = Source(name="news", url=site.at("/due", OLD), cadence="daily")
    first = run(source)
    assert run(source, states=first.states, due_only=True).outcomes["news"].status == "not due"
    late = [replace(s, next_check=datetime(2020, 1, 1, tzinfo=UTC)) for s in first.states]
    assert run(source, states=late, due_only=True).outcomes["news"].status == "unchanged"


def test_since_keeps_what_is_younger(site: Site) -> None:
    since = datetime(2020, 12, 2, tzinfo=UTC)
    found = run(Source(name="news", url=site.at("/since", NEW)), since=since)
    assert found.titles() == ["Third", "Second"]


def test_a_permanent_redirect_becomes_the_address_and_a_passing_one_does_not(site: Site) -> None:
    site.at("/new-place", OLD)
    lasting = Source(name="lasting", url=site.at("/old", always(301, Location="/new-place")))
    passing = Source(name="passing", url=site.at("/other", always(302, Location="/new-place")))
    found = run(lasting, passing)
    assert found.state("lasting").moved_to == site.url("/new-place")
    assert "has moved to" in found.outcomes["lasting"].message
    assert found.state("passing").moved_to == ""
    run(lasting, passing, states=found.states)
    assert len(site.asked("/old")) == 1 and len(site.asked("/other")) == 2


def test_an_address_that_a_source_moved_to_is_not_believed_for_ever(site: Site) -> None:
    source = Source(name="moved", url=site.at("/origin", NEW))
    state = state_of("moved", url=source.url, moved_to=site.url("/nowhere"))
    first = run(source, states=[state])
    assert first.outcomes["moved"].status == "failed"
    assert run(source, states=first.states).outcomes["moved"].status == "collected"


def test_a_new_address_is_a_new_beginning(site: Site) -> None:
    old = state_of("news", url=site.url("/retired"), retired=True, etag='"x"', moved_to="http://x/")
    source = Source(name="news", url=site.at("/reborn", NEW))
    found = run(source, states=[old])
    assert found.outcomes["news"].status == "collected"
    assert not site.asked("/reborn")[0].is_conditional


def test_robots_txt_holds_wherever_a_page_leads(site: Site) -> None:
    with running("127.0.0.2") as strict:
        strict.at("/robots.txt", always(200, b"User-agent: *\nDisallow: /\n"))
        site.at("/leads-away", always(302, Location=strict.url("/page")))
        found = run(Source(name="page", url=site.url("/leads-away"), kind="page"))
        assert found.outcomes["page"].status == "refused"
        assert strict.asked("/page") == []


def test_a_page_that_names_its_feed_is_followed_to_it(site: Site) -> None:
    site.at("/the-feed", OLD)
    page = b"<html><head><link rel='alternate' type='application/rss+xml' href='/the-feed'></head>"
    found = run(Source(name="blog", url=site.at("/blog", always(200, page))))
    assert found.outcomes["blog"].kept.new == 2
    assert found.state("blog").moved_to == site.url("/the-feed")


def test_an_eternal_304_is_noticed(site: Site) -> None:
    """Ten "not modified" later the feed is read in full; a lie is told and remembered."""
    pages = in_turn(
        with_etag(OLD), lambda ask: Reply(304) if ask.is_conditional else Reply(200, NEW)
    )
    source = Source(name="liar", url=site.at("/liar", pages))
    first = run(source)
    assert first.outcomes["liar"].status == "collected"
    believed = [replace(s, unchanged=10) for s in first.states]
    found = run(source, states=believed)
    assert "although it had news" in found.outcomes["liar"].message
    assert found.state("liar").distrust
    assert not site.asked("/liar")[1].is_conditional
    assert run(source, states=found.states).outcomes["liar"].status == "collected"


def test_what_yielded_before_and_yields_nothing_now_rings_until_it_yields_again(site: Site) -> None:
    source = Source(name="quiet", url=site.at("/quiet", in_turn(with_etag(OLD), with_etag(rss()))))
    first = run(source)
    second = run(source, states=first.states)
    outcome = second.outcomes["quiet"]
    assert "held 2 before" in outcome.state.alarm and outcome.is_trouble
    third = run(source, states=second.states)
    assert third.state("quiet").alarm, "an alarm rings on until it is right"
    site.at("/quiet", NEW)
    assert run(source, states=third.states).state("quiet").alarm == ""


def test_a_changed_shape_rings(site: Site) -> None:
    without_dates = NEW.replace(b"pubDate", b"when")
    pages = in_turn(with_etag(NEW), with_etag(without_dates))
    source = Source(name="shape", url=site.at("/shape", pages))
    found = run(source, states=run(source).states)
    assert "lost their date" in found.state("shape").alarm


def test_a_hole_without_a_source_to_fill_it_is_told(site: Site) -> None:
    newest = datetime(2020, 11, 1, tzinfo=UTC)
    found = run(
        Source(name="news", url=site.at("/hole", NEW)), states=[state_of("news", newest=newest)]
    )
    state = found.state("news")
    assert state.hole_from == newest
    assert state.hole_until == datetime(2020, 12, 1, 10, tzinfo=UTC)
    assert "may be missing" in found.outcomes["news"].message
    assert found.outcomes["news"].is_trouble


def test_a_feed_that_reaches_back_to_what_we_have_has_no_hole(site: Site) -> None:
    newest = datetime(2020, 12, 2, 10, tzinfo=UTC)
    found = run(
        Source(name="news", url=site.at("/whole", NEW)), states=[state_of("news", newest=newest)]
    )
    assert found.state("news").hole_from is None


def test_a_feed_is_fetched_whatever_robots_txt_says_and_a_page_is_not(site: Site) -> None:
    with running() as strict:
        strict.at("/robots.txt", always(200, b"User-agent: *\nDisallow: /\n"))
        feed = Source(name="feed", url=strict.at("/feed", OLD))
        page = Source(name="page", url=strict.at("/page", always(200, b"<p>x</p>")), kind="page")
        found = run(feed, page)
        assert found.outcomes["feed"].status == "collected"
        assert found.outcomes["page"].status == "refused"
        assert "robots.txt of" in found.outcomes["page"].message
        assert strict.asked("/page") == []


def test_only_the_named_source_may_disobey_robots_txt(site: Site) -> None:
    with running() as strict:
        strict.at("/robots.txt", always(200, b"User-agent: *\nDisallow: /\n"))
        strict.at("/page", always(200, b"<p>x</p>"))
        allowed = Source(name="a", url=strict.url("/page"), kind="page", obey_robots=False)
        found = run(allowed, Source(name="b", url=strict.url("/page"), kind="page"))
        assert "robots" not in found.outcomes["a"].message
        assert found.outcomes["b"].status == "refused"


def test_a_robots_txt_that_cannot_be_read_allows_nothing_and_a_missing_one_everything() -> None:
    with running() as broken:
        broken.at("/robots.txt", always(500))
        page = Source(name="p", url=broken.at("/p", always(200, b"<p>x</p>")), kind="page")
        assert "cannot be read" in run(page).outcomes["p"].message
        assert broken.asked("/p") == []
        broken.at("/robots.txt", always(404))
        run(page)
        assert len(broken.asked("/p")) == 1


def test_a_crawl_delay_slows_us_down() -> None:
    with running() as slow:
        slow.at("/robots.txt", always(200, b"User-agent: *\nCrawl-delay: 0.5\n"))
        pages = [
            Source(name=f"p{n}", url=slow.at(f"/p{n}", always(200, b"<p>x</p>")), kind="page")
            for n in range(2)
        ]
        run(*pages, manners={"pace": 0.05})
        times = [a.when for a in slow.asks]
        assert times[2] - times[1] >= 0.4


def test_success_clears_what_failed_before(site: Site) -> None:
    source = Source(name="back", url=site.at("/back", in_turn(always(404), with_etag(OLD))))
    first = run(source)
    assert first.state("back").failures == 1
    state = run(source, states=first.states).state("back")
    assert state.failures == 0 and state.error == ""


def test_a_failing_source_is_left_alone_longer_each_time(site: Site) -> None:
    source = Source(name="worse", url=site.at("/worse", always(404)))
    waits, known = [], []
    for _ in range(3):
        found = run(source, states=known)
        known = found.states
        due = known[0].next_check
        waits.append(due - known[0].checked)
    assert waits == [timedelta(minutes=15), timedelta(minutes=30), timedelta(hours=1)]


def test_a_fault_of_ours_in_one_source_does_not_silence_the_others(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    from crawler.spiders import collector

    async def broken(walk: Any) -> Any:
        raise ZeroDivisionError("a bug")

    monkeypatch.setitem(collector.WALKS, "page", broken)
    found = run(
        Source(name="broken", url=site.url("/x"), kind="page"),
        Source(name="news", url=site.at("/beside-a-bug", OLD)),
    )
    assert "unexpected ZeroDivisionError" in found.outcomes["broken"].message
    assert found.outcomes["news"].status == "collected"


def test_a_desk_that_cannot_keep_ends_the_run_with_its_error(site: Site) -> None:
    from index.errors import StoreError

    def full(so_far: Any) -> None:
        raise StoreError("the disk is full")

    with pytest.raises(StoreError, match="disk is full"):
        run(Source(name="news", url=site.at("/kept-nowhere", OLD)), after=full)


@pytest.mark.shared
def test_the_captured_feeds_are_collected_and_then_unchanged(site: Site, captures: Path) -> None:
    files = sorted((captures / "feeds").glob("*.xml"))
    sources = [
        Source(name=file.stem, url=site.at(f"/{file.name}", file.read_bytes())) for file in files
    ]
    first = run(*sources)
    assert {o.status for o in first.outcomes.values()} == {"collected"}
    kept = {name: o.read for name, o in first.outcomes.items()}
    assert kept["whats-new-rss-2022-03-23"] == 100
    assert kept["hatena-rss-3qe-2024-09"] == 3
    assert kept["jp-tech-blogs-aggregate-rss-2026-08-08"] == 447
    second = run(*sources, states=first.states)
    assert {o.status for o in second.outcomes.values()} == {"unchanged"}
    cost = [sum(o.received for o in r.outcomes.values()) for r in (first, second)]
    assert cost[1] <= 0.02 * cost[0]
