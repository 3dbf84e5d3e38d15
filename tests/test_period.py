"""Periods: half open, in UTC, and weeks that leave no gap."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import ConfigError
from index.period import Period, parse_period, reinvent, since, week_of, weeks_before

NOW = datetime(2020, 12, 9, 12, tzinfo=UTC)
INSTANTS = st.datetimes(
    min_value=datetime(1970, 1, 1), max_value=datetime(9998, 1, 1), timezones=st.just(UTC)
)


@given(INSTANTS)
def test_every_instant_lies_in_exactly_one_week(instant: datetime) -> None:
    week = week_of(instant)
    before, after = week_of(week.start - timedelta(microseconds=1)), week_of(week.end)
    assert [instant in w for w in (before, week, after)] == [False, True, False]
    assert (before.end, week.end) == (week.start, after.start)
    assert week.start.weekday() == 0 and week.start.hour == 0


@given(INSTANTS)
def test_a_weeks_label_names_it_again(instant: datetime) -> None:
    week = week_of(instant)
    assert parse_period(week.label, NOW) == week
    assert parse_period(instant.date().isoformat(), NOW) == week


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2020-W50", date(2020, 12, 7), date(2020, 12, 14)),
        ("2020w50", date(2020, 12, 7), date(2020, 12, 14)),
        ("2020-12-13", date(2020, 12, 7), date(2020, 12, 14)),
        ("2021-01-01", date(2020, 12, 28), date(2021, 1, 4)),
        ("2020-12", date(2020, 12, 1), date(2021, 1, 1)),
        ("2020-12-07..2020-12-11", date(2020, 12, 7), date(2020, 12, 12)),
        ("", date(2020, 12, 7), date(2020, 12, 14)),
        ("last", date(2020, 11, 30), date(2020, 12, 7)),
        ("reinvent-2020", date(2020, 11, 30), date(2020, 12, 21)),
        ("re:Invent 2020".replace(" ", "-"), date(2020, 11, 30), date(2020, 12, 21)),
        ("reinvent-2024", date(2024, 12, 2), date(2024, 12, 9)),
    ],
)
def test_a_period_is_named_in_several_ways(text: str, start: date, end: date) -> None:
    period = parse_period(text, NOW)
    assert (period.start.date(), period.end.date()) == (start, end)


@pytest.mark.parametrize("text", ["2020-W54", "2020-13", "2020-02-30", "0000-01-01", "soon", "W50"])
def test_what_names_no_period_is_an_error_in_one_sentence(text: str) -> None:
    with pytest.raises(ConfigError, match=r"names no period|no date of the calendar"):
        parse_period(text, NOW)


@given(st.text())
def test_any_text_is_a_period_or_a_configuration_error(text: str) -> None:
    with suppress(ConfigError):
        assert isinstance(parse_period(text, NOW), Period)


def test_since_ends_now_and_never_before_it_starts() -> None:
    assert since(NOW - timedelta(days=3), NOW).end == NOW
    assert since(NOW + timedelta(days=3), NOW).end > NOW


def test_the_weeks_before_touch_each_other() -> None:
    week = week_of(NOW)
    assert [w.label for w in weeks_before(week, 2)] == ["2020-W49", "2020-W48"]
    assert weeks_before(week, 1)[0].end == week.start


@pytest.mark.parametrize(
    ("year", "first"),
    [(2017, (11, 27)), (2019, (12, 2)), (2021, (11, 29)), (2023, (11, 27)), (2025, (12, 1))],
)
def test_reinvent_opens_on_the_monday_after_thanksgiving(year: int, first: tuple[int, int]) -> None:
    assert reinvent(year).start.date() == date(year, *first)


def test_a_period_needs_aware_bounds_in_order() -> None:
    with pytest.raises(ValueError, match="UTC"):
        Period(datetime(2020, 1, 1), datetime(2020, 1, 2), "x")
    with pytest.raises(ValueError, match="ends after"):
        Period(NOW, NOW, "x")
