"""Dates as sources write them, in UTC, and never an impossible one."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.dates import JST, date_in_name, date_in_url, is_sane, parse_date, settle_date

NOW = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2020-12-07T10:00:00Z", (2020, 12, 7, 10)),
        ("2024-12-20T14:00:00-05:00", (2024, 12, 20, 19)),
        ("2022-02-12T00:42:25+0000", (2022, 2, 12, 0, 42, 25)),
        ("2026-03-13T16:15:00.000Z", (2026, 3, 13, 16, 15)),
        ("2020-12-15", (2020, 12, 15)),
        ("Wed, 23 Mar 2022 15:36:48 +0000", (2022, 3, 23, 15, 36, 48)),
        ("Fri, 21 Feb 2025 22:30:00 GMT", (2025, 2, 21, 22, 30)),
        ("Mon, 03 Feb 2025 23:20:29 +0900", (2025, 2, 3, 14, 20, 29)),
        (1606795200, (2020, 12, 1, 4)),
        (1543247100000, (2018, 11, 26, 15, 45)),
        ("1531778166", (2018, 7, 16, 21, 56, 6)),
        ("2023.12.09", (2023, 12, 9)),
        ("2025 年 11 月 10 日", (2025, 11, 10)),
        ("2019年4月4日", (2019, 4, 4)),
        ("12/27/2024", (2024, 12, 27)),
        ("27/12/2024", (2024, 12, 27)),
        ("Posted On: Feb 5, 2020 ", (2020, 2, 5)),
        ("11-Jul-22", None),
        ("February 2022", (2022, 2, 1)),
        ("5 February 2020", (2020, 2, 5)),
        ("", None),
        ("soon", None),
        (None, None),
        (True, None),
        (float("inf"), None),
        ("2020-02-31", None),
    ],
)
def test_a_written_date_is_this_instant(written: object, expected: tuple[int, ...] | None) -> None:
    instant = datetime(*expected, tzinfo=UTC) if expected else None  # type: ignore[arg-type]
    assert parse_date(written) == instant


def test_a_blogs_own_clock_may_be_japans() -> None:
    found = parse_date("02/28/2023 07:53:56", zone=JST)
    assert found == datetime(2023, 2, 27, 22, 53, 56, tzinfo=UTC)


def test_the_order_of_day_and_month_can_be_told() -> None:
    assert parse_date("02/09/2024") == datetime(2024, 2, 9, tzinfo=UTC)
    assert parse_date("02/09/2024", day_first=True) == datetime(2024, 9, 2, tzinfo=UTC)


def test_an_impossible_date_falls_back_and_says_so() -> None:
    dated = settle_date(["0202-01-01T00:00:00Z"], now=NOW, url="https://e.org/2021/05/06/x")
    assert (dated.when, dated.by) == (datetime(2021, 5, 6, tzinfo=UTC), "url")
    assert "0202" in dated.warning


def test_the_fallbacks_follow_in_their_order() -> None:
    day, guess = datetime(2022, 2, 2, tzinfo=UTC), datetime(2021, 1, 1, tzinfo=UTC)
    name = "notes-2023-03-03.md"
    assert settle_date(["2020-01-01"], now=NOW, guess=guess).by == "source"
    assert settle_date([], now=NOW, url="https://e.org/2020/04/x", name=name).by == "url"
    assert settle_date([], now=NOW, guess=guess, name=name).when == guess
    assert settle_date([], now=NOW, name=name, day=day).when == datetime(2023, 3, 3, tzinfo=UTC)
    assert settle_date([], now=NOW, day=day).by == "file"
    assert settle_date([], now=NOW).by == "guess"


def test_an_address_may_hold_a_day_or_a_month() -> None:
    assert date_in_url("https://x.org/entry/2018/07/17/065606") == datetime(2018, 7, 17, tzinfo=UTC)
    assert date_in_url("https://x.org/whats-new/2026/5/x/") == datetime(2026, 5, 1, tzinfo=UTC)
    assert date_in_url("https://x.org/aws-weekly-20201207/") == datetime(2020, 12, 7, tzinfo=UTC)
    assert date_in_url("https://x.org/2020/13/45/x") is None
    assert date_in_url(None) is None
    assert date_in_name("20181126-cdk.md") == datetime(2018, 11, 26, tzinfo=UTC)


@given(st.text(max_size=40) | st.floats() | st.integers())
def test_any_value_is_a_sane_date_or_replaced_by_one(value: object) -> None:
    dated = settle_date([value], now=NOW)
    assert is_sane(dated.when, NOW)
    assert dated.when.tzinfo is UTC


@given(st.datetimes(min_value=datetime(1996, 1, 2), max_value=datetime(2027, 1, 1)))
def test_iso_dates_are_read_back(when: datetime) -> None:
    when = when.replace(microsecond=0, tzinfo=UTC)
    assert parse_date(when.isoformat()) == when
