"""Stories: which entries tell the same launch, and which only look so."""

from datetime import UTC, datetime

import pytest

from index.stories.links import launches_linked, original_of
from index.stories.naming import holds, named_story
from index.stories.phonetics import english_sounds, katakana_sound, rendered
from index.stories.title import Title, likeness, title_of, vetoed
from index.taxonomy import Taxonomy

TAXONOMY = Taxonomy.load()
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
    assert katakana_sound(kana) in english_sounds(word)


@pytest.mark.parametrize(("kana", "word"), [("ストレージ", "search"), ("リージョン", "release")])
def test_other_words_sound_otherwise(kana: str, word: str) -> None:
    assert katakana_sound(kana) not in english_sounds(word)


@pytest.mark.parametrize(
    ("kana", "words", "left"),
    [
        ("クロスアカウント", {"cross", "account"}, 0),
        ("データソース", {"data", "sourc"}, 0),  # stems, as titles are compared
        ("ストレージボリューム", {"storag", "volum"}, 0),
        ("カスタムドメイン", {"domain"}, 4),
        ("ドメイン", set(), 4),
        ("ロール", {"role"}, 0),  # too short for its consonants: listed
    ],
)
def test_a_katakana_compound_comes_apart_into_english_words(
    kana: str, words: set[str], left: int
) -> None:
    told = frozenset({"safeguard", *words})
    assert rendered(kana, told) == (frozenset(words), left)


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


@pytest.mark.parametrize(
    ("item", "launch"),
    [
        ("QuickSight Q (プレビュー)", "Amazon QuickSight Q answers questions (preview)"),
        ("Lambda のコンテナイメージ対応", "AWS Lambda accepts container images as a format"),
        ("S3 の強い整合性", "Amazon S3 が強い整合性に対応、追加料金なし"),
    ],
)
def test_an_item_of_a_digest_names_the_launch_that_says_all_its_words(
    item: str, launch: str
) -> None:
    def title(text: str) -> Title:
        found = TAXONOMY.services_in(text)
        services = frozenset(m.service.name for m in found)
        return title_of(text, text, DAY, services=services, names=[m.words for m in found])

    named = title(item)
    assert holds(title(launch), named) and not holds(named, title(launch))
    other = title("Amazon QuickSight, AWS Lambda and Amazon S3 in one")
    assert not holds(other, named)


def test_of_several_stories_that_say_all_the_likest_is_named_if_it_leads() -> None:
    item = title_of("i", "EMR Studio", DAY)
    near = title_of("n", "EMR Studio opens", DAY)
    far = title_of("f", "EMR Studio opens its notebooks to another kind of kernel", DAY)
    assert named_story(item, [(near, "1"), (far, "2")]) == near
    assert named_story(item, [(far, "2")]) == far
    assert named_story(item, [(near, "1"), (near, "2")]) is None
    assert named_story(item, [(near, "1"), (near, "1")]) == near
    assert named_story(item, []) is None
