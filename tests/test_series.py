"""Articles of one series are recognised by their titles and by what their texts say."""

from datetime import UTC, datetime

import pytest

from crawler.series import join_series, part_of_series
from index.entry import Entry


def article(title: str, text: str = "", source: str = "blog.example.org", day: int = 1) -> Entry:
    when = datetime(2023, 5, day, tzinfo=UTC)
    return Entry(kind="article", title=title, published=when, source=source, text=text)


@pytest.mark.parametrize(
    "titles",
    [
        ["AWS入門の手引き ~はじめに~", "AWS入門の手引き ~1. IAM~", "AWS入門の手引き ~2. 費用~"],
        ["Road to the cloud: Intro", "Road to the cloud (Part 1)", "Road to the cloud Part 2"],
        ["コンテナの道 第0回", "コンテナの道 第1回 Docker", "コンテナの道 第2回"],
        ["監視の話【はじめに】", "監視の話 その１", "監視の話その２ 続き"],
        ["EKS in practice - intro", "EKS in practice #1", "EKS in practice #2 networking"],
    ],
)  # fmt: skip
def test_titles_that_share_their_beginning_are_parts_in_order(titles: list[str]) -> None:
    parts = [entry.series for entry in join_series([article(t) for t in reversed(titles)])]
    assert [series.part for series in parts if series] == [2, 1, 0]
    assert len({series.name for series in parts if series}) == 1


def test_a_single_part_counts_when_its_text_speaks_of_the_series() -> None:
    (entry,) = join_series(
        [article("コスト管理の連載 ~2. 予算~", "シリーズ第二弾です。前回はこちら。")]
    )
    assert entry.series is not None
    assert entry.series.part == 2


@pytest.mark.parametrize(
    "title",
    [
        "Claude Code更新 review統合【7/31〜8/6】",
        "Ten tips for S3",
        "What is new in Python 3",
        "Amazon EC2 C7g instances",
        "はじめに",
    ],
)
def test_what_only_holds_a_number_is_no_series(title: str) -> None:
    (entry,) = join_series([article(title)])
    assert entry.series is None


def test_parts_of_two_blogs_are_not_mixed() -> None:
    one, other = article("The long road Part 1"), article("The long road Part 2", source="b.org")
    assert [e.series for e in join_series([one, other])] == [None, None]


def test_two_articles_of_one_number_are_no_series_by_title_alone() -> None:
    one, other = article("The long road Part 1"), article("The long road Part 1!", day=2)
    assert [e.series for e in join_series([one, other])] == [None, None]


def test_a_part_is_found_with_full_width_and_kanji_numbers() -> None:
    found = [
        part_of_series(t) for t in ("監視の基本をまなぶ 第三回", "監視の基本をまなぶ その１２")
    ]
    assert [place.part for place in found if place] == [3, 12]
