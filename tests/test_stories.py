"""Stories: which entries tell the same launch, and which only look so."""

from datetime import UTC, datetime

import pytest

from index.stories.links import launches_linked, original_of
from index.stories.phonetics import english_sound, katakana_sound
from index.stories.title import likeness, title_of, vetoed

DAY = datetime(2026, 5, 4, tzinfo=UTC)
PAGE = "https://aws.amazon.com/about-aws/whats-new/2026/05/aurora-json/"


@pytest.mark.parametrize(
    ("kana", "word"),
    [
        ("レプリケーション", "replication"),
        ("サーバーレス", "serverless"),
        ("セキュリティ", "security"),
        ("ゲートウェイ", "gateway"),
        ("スループット", "throughput"),
        ("チャット", "chat"),
    ],
)
def test_a_katakana_word_sounds_like_the_english_one(kana: str, word: str) -> None:
    assert katakana_sound(kana) == english_sound(word)


@pytest.mark.parametrize(("kana", "word"), [("ストレージ", "search"), ("リージョン", "release")])
def test_other_words_sound_otherwise(kana: str, word: str) -> None:
    assert katakana_sound(kana) != english_sound(word)


def test_both_languages_of_a_launch_are_more_alike_than_two_launches() -> None:
    names = ["Amazon Aurora DSQL"]
    english = title_of("e", "Amazon Aurora DSQL now supports the JSON data type", DAY, names=names)
    japanese = title_of(
        "j", "Amazon Aurora DSQL で JSON データ型のサポートを開始", DAY, names=names
    )
    other = title_of("o", "Amazon Aurora DSQL で暗号化キーの更新が可能に", DAY, names=names)
    assert likeness(english, japanese) > 0.6 > 0.3 > likeness(english, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Amazon RDS supports PostgreSQL 17.4", "Amazon RDS が PostgreSQL 17.5 をサポート"),
        ("Amazon EC2 M8i instances", "Amazon EC2 M8g インスタンス"),
        ("AWS Glue 4.0", "AWS Glue 5.0"),
    ],
)
def test_another_version_or_model_is_another_launch(one: str, other: str) -> None:
    assert vetoed(title_of("a", one, DAY), title_of("b", other, DAY)) == "number"


def test_a_unit_or_a_number_in_words_is_no_difference() -> None:
    one = title_of("a", "AWS Direct Connect announces 100G expansion in three cities", DAY)
    other = title_of("b", "AWS Direct Connect が 3 都市で 100 G の拡張を発表", DAY)
    assert not vetoed(one, other)


def test_another_region_or_service_is_another_launch() -> None:
    tokyo = title_of("a", "x", DAY, places=frozenset({"ap-northeast-1"}))
    osaka = title_of("b", "x", DAY, places=frozenset({"ap-northeast-3"}))
    assert vetoed(tokyo, osaka) == "region"
    assert (
        vetoed(
            title_of("a", "x", DAY, services=frozenset({"Amazon ECS"})),
            title_of("b", "x", DAY, services=frozenset({"Amazon EKS"})),
        )
        == "service"
    )


def test_links_are_read_in_order_and_without_the_sentence_around_them() -> None:
    text = f"See [this]({PAGE}) and {PAGE}, 詳細は{PAGE.replace('/05/', '/06/')}。"
    assert launches_linked(text) == (
        "whats-new/2026/05/aurora-json",
        "whats-new/2026/06/aurora-json",
    )


def test_a_translation_names_its_original() -> None:
    blog = "https://aws.amazon.com/blogs/database/a-post/"
    text = f"本ブログは 2026 年 5 月に公開された「[A post]({blog})」を翻訳したものです。\n\n本文"
    assert original_of(text) == "blogs/database/a-post"
    assert original_of(f"本文\n\n{blog}") is None
