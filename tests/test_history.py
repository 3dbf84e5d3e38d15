"""Sweeping AWS's directory API: around the wall, resumed, compared with what AWS says it holds."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from crawler.sources import Source, new_sources
from crawler.sweep import Wall, coverage
from tests.directory_site import Record, directory, records
from tests.driving import Run, crawl, run
from tests.site import Ask, Site, always, in_turn, rss, running

SINCE = datetime(2024, 1, 1, tzinfo=UTC)
SMALL = Wall(records=100, size=50)
"""A wall of 100 stands for AWS's 10,000, on our side and on the site's."""
BOTH = ("whats-new-v2#year#{year}", "GLOBAL#local-tags-whats-new-v2-year#{year}")


@pytest.fixture
def site() -> Iterator[Site]:
    with running() as found:
        yield found


def api(site: Site, held: list[Record], wall: int = SMALL.records) -> Source:
    """A directory source over these records."""
    site.at("/api/dirs/items/search", directory(held, wall))
    url = site.url("/api/dirs/items/search?item.directoryId=whats-new-v2&item.locale=en_US")
    (source,) = new_sources(url, name="archive")
    return source


def sweep(source: Source, wall: Wall = SMALL, **errand: Any) -> Run:
    return run(source, history=True, wall=wall, **errand)


def test_a_directory_is_known_by_its_address(site: Site) -> None:
    source = api(site, [])
    assert (source.kind, source.channel, source.lang) == ("directory", "whats-new-en", "en")
    assert source.order == "item.additionalFields.postDateTime"


def test_every_year_is_swept_and_its_coverage_told(site: Site) -> None:
    held = records(2024, 70) + records(2025, 30) + records(2026, 3)
    found = sweep(api(site, held), since=SINCE)
    assert len(found.seen) == 103
    rows = {c.year: (c.total, c.received) for c in coverage(found.slices)}
    assert rows == {2024: (70, 70), 2025: (30, 30), 2026: (3, 3)}
    assert found.outcomes["archive"].message == ""
    assert found.told[-1][1] == 103


def test_a_year_beyond_the_wall_is_read_from_both_ends(site: Site) -> None:
    found = sweep(api(site, records(2024, 172)), since=SINCE)
    assert len(found.seen) == 172
    (row,) = [c for c in coverage(found.slices) if c.year == 2024]
    assert (row.total, row.received, row.share) == (172, 172, 1.0)


def test_no_question_goes_beyond_what_aws_answers(site: Site) -> None:
    sweep(api(site, records(2024, 600), wall=10_000), since=SINCE, wall=Wall())
    for ask in site.asked("/api/dirs/items/search"):
        size, page = int(ask.query["size"][0]), int(ask.query["page"][0])
        assert size <= 2_000 and page < 100 and (page + 1) * size <= 10_000


@pytest.mark.parametrize("largest", [50, -50, -30])
def test_a_smaller_page_than_ours_is_learned(site: Site, largest: int) -> None:
    """AWS answers too large a size with silence; another might give less than was asked for."""
    held = records(2024, 130) + records(2025, 20)
    source = api(site, held, wall=10_000)
    site.pages["/api/dirs/items/search"] = directory(held, largest=largest)
    found = sweep(source, since=SINCE, wall=Wall())
    assert len(found.seen) == 150
    assert found.outcomes["archive"].message == ""
    assert len(site.asks) < 25


def test_the_second_form_of_the_year_tag_counts_once(site: Site) -> None:
    held = records(2025, 40) + records(2025, 20, BOTH) + records(2025, 10, BOTH[1:])
    found = sweep(api(site, held), since=SINCE)
    (row,) = [c for c in coverage(found.slices) if c.year == 2025]
    assert (row.total, row.received) == (70, 70)


def test_records_without_a_year_tag_are_found(site: Site) -> None:
    held = records(2024, 20) + records(2025, 7, ())
    found = sweep(api(site, held), since=SINCE)
    assert len(found.seen) == 27
    assert (7, 7) in [(c.total, c.received) for c in coverage(found.slices) if c.year is None]


def test_where_tags_fail_the_dates_find_what_is_lacking(site: Site) -> None:
    """A tag of a form that nobody knows yet: the whole is swept by date, from both ends."""
    held = records(2012, 40, ()) + records(2024, 20, ("whats-new-v3#year#{year}",))
    found = sweep(replace(api(site, held), year_tags=("whats-new-v2#year#{year}",)))
    assert len(found.seen) == 60


def test_what_the_source_withholds_is_told(site: Site) -> None:
    held = records(2024, 60)
    source = api(site, held, wall=50)
    found = sweep(source, since=SINCE)
    assert "2024: 50 of 60" in found.outcomes["archive"].message


def test_a_second_sweep_asks_small_questions_only(site: Site) -> None:
    held = records(2024, 70) + records(2025, 30)
    source = api(site, held)
    first = sweep(source, since=SINCE)
    second = sweep(source, since=SINCE, slices=first.slices)
    assert second.seen == set()
    assert second.outcomes["archive"].received < 0.1 * first.outcomes["archive"].received


def test_a_year_that_grew_is_swept_again_some_hours_later(site: Site) -> None:
    held = records(2024, 20)
    source = api(site, held)
    first = sweep(source, since=SINCE)
    held += [Record("late", datetime(2024, 12, 30, tzinfo=UTC), ("whats-new-v2#year#2024",))]
    aged = [replace(s, checked=s.checked - timedelta(hours=7)) for s in first.slices if s.checked]
    second = sweep(source, since=SINCE, slices=aged)
    assert any("late" in title for title in second.titles())


@pytest.mark.parametrize(("count", "parcels"), [(95, 1), (170, 2), (170, 3)])
def test_an_interrupted_sweep_goes_on_where_it_was(site: Site, count: int, parcels: int) -> None:
    source = api(site, records(2024, count) + records(2025, 10))
    first = _interrupted_after(source, parcels)
    assert first.interrupted and first.outcomes["archive"].status == "interrupted"
    assert 50 * parcels * 0.8 <= len(first.seen) < count
    kept = [_page(a) for a in site.asks if _is_2024(a)][:parcels]
    asked = len(site.asks)
    second = sweep(source, since=SINCE, slices=first.slices)
    assert len(first.seen | second.seen) == count + 10
    assert set(kept).isdisjoint(_page(a) for a in site.asks[asked:] if _is_2024(a))
    assert all(c.share == 1.0 for c in coverage([*first.slices, *second.slices]))


def test_a_failure_in_the_middle_keeps_what_came_and_goes_on_later(site: Site) -> None:
    held = records(2024, 95)
    source = api(site, held)
    whole = site.pages["/api/dirs/items/search"]
    site.pages["/api/dirs/items/search"] = in_turn(whole, whole, always(503, Retry_After="900"))
    first = sweep(source, since=SINCE)
    assert first.outcomes["archive"].status == "failed" and len(first.seen) == 50
    site.pages["/api/dirs/items/search"] = whole
    second = sweep(source, since=SINCE, slices=first.slices)
    assert len(first.seen | second.seen) == 95 and len(second.seen) == 45


def test_an_html_page_instead_of_json_is_told(site: Site) -> None:
    source = api(site, [])
    site.pages["/api/dirs/items/search"] = always(200, b"<html>Sorry</html>")
    found = sweep(source, since=SINCE)
    assert found.outcomes["archive"].status == "failed"


def test_a_hole_of_the_feed_is_filled_from_the_directory(site: Site) -> None:
    held = records(2024, 180)
    source = api(site, held)
    day = "Mon, 23 Dec 2024 10:00:00 GMT"
    feed = Source(
        name="feed",
        url=site.at("/feed", rss(("Newest", day))),
        history="archive",
        channel="whats-new-en",
    )
    state = replace(run(feed).state("feed"), newest=datetime(2024, 10, 1, tzinfo=UTC))
    found = run(feed, known=(source,), states=[state], force=True)
    dates = [e.published for p in found.of("archive") for e in p.entries]
    assert min(dates) < datetime(2024, 10, 2, tzinfo=UTC) and len(dates) >= 45
    assert "were missed and filled from archive" in found.outcomes["feed"].message
    assert found.state("feed").hole_from is None
    assert not found.outcomes["feed"].is_trouble


def test_the_holes_of_many_feeds_are_filled_by_one_sweep(site: Site) -> None:
    source = api(site, records(2024, 60))
    item = rss(("Newest", "Mon, 23 Dec 2024 10:00:00 GMT"))
    feeds = [Source(name=f"f{n}", url=site.at(f"/f{n}", item), history="archive") for n in range(3)]
    start = datetime(2024, 10, 1, tzinfo=UTC)
    states = [replace(s, newest=start) for s in run(*feeds).states]
    site.asks.clear()
    found = run(*feeds, known=(source,), states=states, force=True)
    assert all("filled from archive" in o.message for o in found.outcomes.values())
    assert not any(o.is_trouble for o in found.outcomes.values())
    assert len(site.asked("/api/dirs/items/search")) == 1


def test_a_directory_that_was_renamed_rings(site: Site) -> None:
    """AWS renamed its directory in 2024, and trackers went silently empty for months."""
    for found in (sweep(api(site, []), since=SINCE), run(api(site, []))):
        assert found.state("archive").alarm and found.outcomes["archive"].is_trouble


def test_a_hole_that_cannot_be_filled_stays_known(site: Site) -> None:
    source = api(site, [])
    site.pages["/api/dirs/items/search"] = always(403)
    day = "Mon, 23 Dec 2024 10:00:00 GMT"
    feed = Source(name="feed", url=site.at("/feed", rss(("Newest", day))), history="archive")
    state = replace(run(feed).state("feed"), newest=datetime(2024, 10, 1, tzinfo=UTC))
    found = run(feed, known=(source,), states=[state], force=True)
    assert "archive could not fill them" in found.outcomes["feed"].message
    assert found.state("feed").hole_from == datetime(2024, 10, 1, tzinfo=UTC)
    assert found.outcomes["feed"].is_trouble


def test_named_without_history_a_directory_gives_its_news(site: Site) -> None:
    held = records(2024, 140)
    source = api(site, held, wall=10_000)
    first = run(source)
    assert len(first.seen) == 100
    state = first.state("archive")
    held += records(2025, 5)
    second = run(source, states=[state])
    assert sum("2025" in t for t in second.titles()) == 5
    assert len(second.parcels) == 1


def test_a_directory_that_crawls_obeys_robots_txt(site: Site) -> None:
    source = api(site, records(2024, 3))
    site.at("/robots.txt", always(200, b"User-agent: *\nDisallow: /api/\n"))
    assert sweep(source, since=SINCE).outcomes["archive"].status == "refused"
    assert site.asked("/api/dirs/items/search") == []


def _is_2024(ask: Ask) -> bool:
    tagged = ask.query.get("tags.id") == ["whats-new-v2#year#2024"]
    return tagged and ask.query["size"] == ["50"]


def _page(ask: Ask) -> tuple[str, str]:
    return ask.query["sort_order"][0], ask.query["page"][0]


def _interrupted_after(source: Source, parcels: int) -> Run:
    """A sweep that a person interrupts once that many parcels are kept."""
    from tests.driving import HASTY, Errand

    crawlers: list[Any] = []
    found = Run()

    def stop(so_far: Run) -> None:
        if len(so_far.parcels) == parcels:
            crawlers[0].spider._tasks[0].get_loop().call_soon_threadsafe(
                crawlers[0].spider.interrupt
            )

    found.after = stop
    errand = Errand(
        sources=(source,), desk=found, manners=HASTY, since=SINCE, history=True, wall=SMALL
    )
    found.interrupted = crawl(errand, crawlers.append)
    return found
