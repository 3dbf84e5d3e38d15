"""Timelines: what became of a preview, what waits, what ends, what is called otherwise now."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from index.entry import Entry
from index.fact import Evidence, Fact, FactKind, Facts
from index.library import Library
from index.timeline import Timeline, calendar, subject_of


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path, clock=lambda: datetime(2023, 1, 1, tzinfo=UTC))


def announce(library: Library, *told: tuple[str, str]) -> None:
    library.add(
        (
            Entry(
                kind="announcement",
                title=title,
                published=datetime.fromisoformat(day).replace(tzinfo=UTC),
                source="whats-new-en",
                url=f"https://aws.amazon.com/about-aws/whats-new/2020/12/news-{number}/",
            )
            for number, (day, title) in enumerate(told)
        ),
        index=False,
    )


def ends(timeline: Timeline) -> list[tuple[str, str | None, bool]]:
    return [(e.preview.title, e.ga and e.ga.title, e.sure) for e in timeline.ends]


def test_a_preview_is_followed_by_its_release(library: Library) -> None:
    announce(
        library,
        ("2020-12-08", "Announcing Amazon Redshift ML (preview)"),
        ("2021-05-27", "Amazon Redshift ML is now generally available"),
        ("2021-06-01", "Amazon Redshift Serverless is now generally available"),
    )
    found = library.almanac.timeline("Redshift ML")
    assert [m.stage for m in found.moments] == ["preview", "ga"]
    assert ends(found) == [
        ("Announcing Amazon Redshift ML (preview)",
         "Amazon Redshift ML is now generally available", True)
    ]  # fmt: skip
    assert found.ends[0].months == 5.6


def test_a_sibling_is_no_successor(library: Library) -> None:
    announce(
        library,
        ("2020-01-01", "AWS SDK for .NET version 4 (Developer Preview)"),
        ("2020-06-01", "AWS SDK for Ruby version 4 is now generally available"),
    )
    moments = library.almanac.waiting(datetime(2021, 1, 1, tzinfo=UTC), months=6)
    assert [w.preview.title for w in moments] == ["AWS SDK for .NET version 4 (Developer Preview)"]


def test_a_release_before_the_preview_ends_nothing(library: Library) -> None:
    announce(
        library,
        ("2020-01-01", "Amazon Redshift data sharing is now generally available"),
        ("2020-06-01", "Amazon Redshift data sharing (preview)"),
    )
    assert ends(library.almanac.timeline("redshift")) == [
        ("Amazon Redshift data sharing (preview)", None, False)
    ]


def test_a_subject_is_a_service_by_any_name_or_a_feature(library: Library) -> None:
    taxonomy = library.taxonomy
    for name in ("redshift", "Amazon Redshift", "AWS Single Sign-On", "SSO", "ラムダ"):
        assert not subject_of(name, taxonomy).words, name
    assert subject_of("AWS SSO", taxonomy).service == "AWS IAM Identity Center"
    feature = subject_of("Redshift ML", taxonomy)
    assert (feature.service, feature.words) == ("Amazon Redshift", ("redshift", "ml"))


def test_deadlines_are_listed_once_a_story_and_make_a_calendar(library: Library) -> None:
    announce(library, ("2022-01-01", "Amazon Example; old, runtime ends"))
    stored = next(library.shelf.where("1"))
    due = Fact(FactKind.DEADLINE, "2023-05-31", Evidence.BODY, "ends on May 31", detail="end")
    library.shelf.keep_facts(stored.id, Facts((due,)))
    found = library.almanac.deadlines(date(2023, 1, 1))
    assert [(d.day, d.what) for d in found] == [(date(2023, 5, 31), "end")]
    assert library.almanac.deadlines(date(2023, 6, 1)) == ()
    lines = calendar(found, datetime(2023, 1, 1, tzinfo=UTC)).split("\r\n")
    assert "DTSTART;VALUE=DATE:20230531" in lines
    assert "SUMMARY:Amazon Example\\; old\\, runtime ends" in lines
    assert max(len(line.encode()) for line in lines) <= 75


def test_a_rename_is_read_from_the_text_and_decoys_are_not(library: Library) -> None:
    announce(
        library,
        ("2024-02-09", "Amazon Data Firehose, formerly known as Amazon Kinesis Data Firehose"),
        ("2024-03-01", "Amazon RDS supports renaming DB instances"),
    )
    found = library.almanac.renames()
    assert [(r.old, r.new) for r in found] == [
        ("Amazon Kinesis Data Firehose", "Amazon Data Firehose")
    ]
    assert found[0].known


def test_regions_are_tied_to_the_story_that_opened_them(library: Library) -> None:
    announce(
        library,
        ("2022-01-01", "Amazon Redshift RA3 is now available in the Asia Pacific (Osaka) Region"),
        ("2022-02-01", "Amazon Redshift RG is now available in the Asia Pacific (Osaka) Region"),
    )
    (code, moment), *others = library.almanac.matrix("redshift")
    assert (code, moment.when.month, others) == ("ap-northeast-3", 1, [])


def test_two_features_that_share_only_their_service_follow_each_other_not_even_possibly(
    library: Library,
) -> None:
    announce(
        library,
        ("2020-12-09", "Amazon Redshift data sharing in preview"),
        ("2022-07-12", "Amazon Redshift Serverless is generally available"),
    )
    assert ends(library.almanac.timeline("redshift")) == [
        ("Amazon Redshift data sharing in preview", None, False)
    ]


def test_a_timeline_is_told_in_the_language_of_its_reader(library: Library) -> None:
    announce(
        library,
        ("2020-12-08", "Announcing Amazon Redshift ML (preview)"),
        ("2021-05-27", "Amazon Redshift ML is now generally available"),
    )
    library.add(
        [
            Entry(
                kind="announcement",
                title="Amazon Redshift ML のプレビューを開始",
                published=datetime(2020, 12, 9, tzinfo=UTC),
                source="whats-new-ja",
                lang="ja",
                url="https://aws.amazon.com/jp/about-aws/whats-new/2020/12/news-0/",
            )
        ],
        index=False,
    )
    english = library.almanac.timeline("Redshift ML")
    found = library.almanac.in_language(english, "ja")
    title = "Amazon Redshift ML のプレビューを開始"
    assert [m.title for m in found.moments] == [title, english.moments[1].title]
    assert found.moments[0].url and "/jp/" in found.moments[0].url
    assert found.moments[0].when == english.moments[0].when
    assert ends(found) == [(title, english.moments[1].title, True)]
    assert library.almanac.in_language(found, "en").moments[0].title == english.moments[0].title
