"""The manners as small questions, and what is remembered of a source."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler import health, manners
from crawler.outcome import Status
from crawler.sources import Source
from index.entry import Entry
from index.source_state import SourceState

NOW = datetime(2020, 12, 7, 12, 0, tzinfo=UTC)
SOURCE = Source(name="news", url="https://example.org/feed")


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        (" 5 ", 5),
        ("0", 0),
        ("Mon, 07 Dec 2020 12:10:00 GMT", 600),
        ("Mon, 07 Dec 2020 11:00:00 GMT", 0),
        ("99999999", 30 * 86_400),
    ],
)
def test_retry_after_is_read_as_seconds_or_as_a_date(value: str, seconds: int) -> None:
    assert manners.retry_at(value, NOW) == NOW + timedelta(seconds=seconds)


@pytest.mark.parametrize("value", [None, "", "soon", "-3", "1.5"])
def test_a_retry_after_that_says_nothing_is_none(value: str | None) -> None:
    assert manners.retry_at(value, NOW) is None


@given(st.text(max_size=60))
def test_no_header_of_a_source_can_break_a_question(text: str) -> None:
    until = manners.retry_at(text, NOW)
    assert until is None or NOW <= until <= NOW + manners.LONGEST_WAIT
    fresh = manners.fresh_until(text, text, text, NOW)
    assert fresh is None or NOW < fresh <= NOW + manners.LONGEST_FRESH
    assert manners.is_private(text) in (True, False)
    assert "\n" not in manners.clean_validator(text)
    assert manners.user_agent("1", text).isascii()


@pytest.mark.parametrize(
    ("control", "expires", "age", "minutes"),
    [
        ("max-age=600", None, None, 10),
        ("public, max-age=600", "Thu, 01 Jan 1970 00:00:00 GMT", "300", 5),
        ("no-cache, max-age=600", None, None, None),
        ("no-store", None, None, None),
        (None, "Mon, 07 Dec 2020 12:30:00 GMT", None, 30),
        (None, "0", None, None),
        ("max-age=0", None, None, None),
        ("max-age=99999999", None, None, 7 * 24 * 60),
    ],
)
def test_how_long_an_answer_is_fresh(
    control: str | None, expires: str | None, age: str | None, minutes: int | None
) -> None:
    wanted = None if minutes is None else NOW + timedelta(minutes=minutes)
    assert manners.fresh_until(control, expires, age, NOW) == wanted


@pytest.mark.parametrize(
    "host",
    ["localhost", "127.0.0.1", "127.1", "0x7f000001", "2130706433", "10.1.2.3", "192.168.0.1",
     "172.16.9.9", "169.254.169.254", "[::1]", "fe80::1", "100.64.0.1", "0.0.0.0",
     "printer.local", "db.internal", "::ffff:127.0.0.1", "localhost."],
)  # fmt: skip
def test_private_hosts_are_known(host: str) -> None:
    assert manners.is_private(host)


@pytest.mark.parametrize("host", ["aws.amazon.com", "8.8.8.8", "2606:4700::1111", "local.example"])
def test_public_hosts_are_known(host: str) -> None:
    assert not manners.is_private(host)


@given(st.floats(0, 0.999), st.sampled_from([1, 24, 168, 720]))
def test_the_next_check_is_spread_and_within_a_day(chance: float, hours: int) -> None:
    due = manners.next_check(NOW, hours, None, chance) - NOW
    assert timedelta(minutes=50) < due < timedelta(hours=26.5)


@given(st.floats(0, 0.999))
def test_a_next_check_is_never_before_what_the_source_asked_for(chance: float) -> None:
    until = NOW + timedelta(days=3)
    assert manners.next_check(NOW, 24, until, chance) >= until


@given(st.integers(1, 500))
def test_back_off_grows_and_stays_within_its_bounds(failures: int) -> None:
    assert manners.back_off(failures) <= manners.back_off(failures + 1) <= timedelta(days=1)
    assert manners.stop_time(failures) <= manners.stop_time(failures + 1) <= timedelta(days=30)


def test_what_holds_a_source_back_and_what_force_overrides() -> None:
    later = NOW + timedelta(hours=1)
    waiting = SourceState(name="news", wait_until=later)
    fresh = SourceState(name="news", fresh_until=later)
    held = health.hold(SOURCE, waiting, NOW, force=True)
    assert held and held.status is Status.WAITING
    assert health.hold(SOURCE, fresh, NOW, force=True) is None
    assert health.hold(SOURCE, fresh, NOW) is not None
    assert health.hold(SOURCE, SourceState(name="news", next_check=later), NOW) is None
    assert health.hold(SOURCE, SourceState(name="news"), NOW, due_only=True) is None


def _entry(day: int, **given_: str) -> Entry:
    return Entry(
        kind="article",
        title=f"Day {day}",
        published=datetime(2020, 12, day, tzinfo=UTC),
        source="news",
        url=f"https://example.org/{day}",
        **given_,  # type: ignore[arg-type]
    )


def test_a_hole_lies_between_our_newest_and_the_feeds_oldest() -> None:
    state = SourceState(name="news", newest=datetime(2020, 12, 1, tzinfo=UTC))
    found = health.hole_of(state, [_entry(7), _entry(5)])
    assert found == (datetime(2020, 12, 1, tzinfo=UTC), datetime(2020, 12, 5, tzinfo=UTC))
    assert health.hole_of(state, [_entry(7), _entry(1)]) is None
    assert health.hole_of(SourceState(name="news"), [_entry(7)]) is None


def test_a_guessed_date_makes_no_hole() -> None:
    state = SourceState(name="news", newest=datetime(2020, 12, 1, tzinfo=UTC))
    assert health.hole_of(state, [_entry(7, dated_by="guess")]) is None


def test_a_field_that_most_entries_had_and_lost_rings() -> None:
    before = SourceState(
        name="news", count=3, shape=health.shape_of("rss", [_entry(1, text="x")] * 3)
    )
    assert "text" in health.alarm_of(before, [_entry(1)] * 3)
    assert health.alarm_of(before, [_entry(1, text="x"), _entry(2), _entry(3)]) == ""


def test_long_silence_is_suspected_by_cadence() -> None:
    state = SourceState(name="news", success=NOW, new=NOW - timedelta(days=10))
    assert "10 days" in health.suspicion(SOURCE, state)
    weekly = Source(name="news", url=SOURCE.url, cadence="weekly")
    assert health.suspicion(weekly, state) == ""


def test_a_source_that_we_did_not_ask_is_not_called_silent() -> None:
    state = SourceState(
        name="news",
        checked=NOW - timedelta(days=30),
        success=NOW - timedelta(days=30),
        new=NOW - timedelta(days=31),
    )
    assert health.suspicion(SOURCE, state) == ""
    assert "not asked for 30 days" in health.neglect(SOURCE, state, NOW)
