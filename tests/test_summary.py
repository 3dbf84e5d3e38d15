"""Summaries: one to three lines in the source's own words, and the traps that sources set."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.compression import compress, shorten_names
from index.grounding import complaints, is_grounded, omissions
from index.memo import compress_ja, to_note
from index.prose import blocks, clean, is_japanese, sentences
from index.summary import summarize
from index.taxonomy import Taxonomy

TAXONOMY = Taxonomy.load()


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("It runs in US West (N. California) and N. Virginia today. It is free.", 2),
        ("It follows U.S. law, e.g. Section 5, with v. 1.2 of Node.js 20. Try it.", 2),
        ("It is in AWS GovCloud (US). The next one follows.", 2),
        ("Prices fall (see Sect. 2. New prices hold.) for all. Second.", 2),
        ("彼は「速い。安い。」と言った。次の文です。", 2),
        ("新機能（例。これ）が使えます。v1.2 に対応。", 2),
        ("閉じない「かぎ括弧。次の文。", 2),
        ("Amazon EC2 は Node.js で動きます", 1),
        ("S3の異常なふるまいを機械学習で検知できる RDSやSaaSにも対応(Salesforceなど) SNSで通知", 3),
        ("Amazon S3 の異常なふるまいを機械学習で検知できる Amazon RDS の機能を発表しました。", 1),
    ],
)
def test_a_sentence_ends_where_a_reader_ends_it(text: str, count: int) -> None:
    assert len(sentences(text)) == count


@given(st.text())
def test_sentences_lose_no_word(text: str) -> None:
    line = clean(text)
    assert "".join("".join(sentences(line)).split()) == "".join(line.split())


@given(st.text())
def test_any_text_is_summed_up_in_at_most_three_clean_lines(text: str) -> None:
    for lang in ("en", "ja"):
        lines = summarize(text, lang)
        assert len(lines) <= 3
        assert all(line == clean(line) for line in lines)


def test_list_items_without_full_stops_stay_apart() -> None:
    found = blocks("Three things changed.\n\n- Faster queries\n- Lower prices\n- New Regions\n")
    assert [b.text for b in found if b.kind == "item"] == [
        "Faster queries",
        "Lower prices",
        "New Regions",
    ]


def test_a_lead_that_ends_in_a_colon_takes_its_list_along() -> None:
    text = "Amazon Foo now offers two sizes:\n\n- small\n- large\n\nMore follows."
    assert summarize(text, "en") == ("Amazon Foo now offers two sizes: small; large.",)
    assert "小、大" in summarize("次の大きさを選べます:\n\n- 小\n- 大\n", "ja")[0]


def test_availability_of_keeps_general_availability() -> None:
    for sentence in (
        "Today, AWS announces the general availability of Amazon Foo, a new service.",
        "We are excited to announce general availability of Amazon Foo.",
        "Starting today, Amazon Foo is generally available.",
    ):
        assert "generally available" in compress(sentence, 160) or (
            "General availability" in compress(sentence, 160)
        )
    assert compress("AWS announces the availability of Amazon Foo.", 160) == "Amazon Foo."


def test_the_regions_of_a_region_item_are_never_cut() -> None:
    regions = (
        "Asia Pacific (Hong Kong), Asia Pacific (Tokyo), Asia Pacific (Osaka), Europe (London), "
        "Europe (Paris), Canada (Central), and South America (São Paulo)"
    )
    line = compress(f"Amazon Foo is now available in seven more AWS Regions: {regions}.", 120)
    for place in ("Hong Kong", "Tokyo", "Osaka", "London", "Paris", "Central", "São Paulo"):
        assert place in line
    assert "(Hong Kong, Tokyo, Osaka)" in line


@pytest.mark.parametrize(
    "words", ["in preview", "for $0.10 per hour", "which is no longer sold", "in the Tokyo Region"]
)
def test_stage_price_and_negation_survive_however_long_the_sentence(words: str) -> None:
    clause = f"enabling teams of every size in every industry to work {words}"
    assert words in compress(f"Amazon Foo now supports bars of many kinds and sizes, {clause}.", 80)


def test_what_only_praises_goes_when_a_line_is_too_long() -> None:
    line = compress(
        "Today, AWS announced that Amazon Foo supports cross-account snapshots of databases, "
        "enabling you to innovate faster and delight customers all over the world.",
        100,
    )
    assert line == "Amazon Foo supports cross-account snapshots of databases."


def test_a_service_is_called_by_the_short_name_that_its_initials_spell() -> None:
    assert shorten_names("Amazon Elastic Compute Cloud (Amazon EC2) grows") == "Amazon EC2 grows"
    assert shorten_names("Amazon Simple Storage Service (S3) grows") == "Amazon S3 grows"
    assert shorten_names("AWS Identity and Access Management (IAM)") == "AWS IAM"
    assert shorten_names("AWS GovCloud (US) Regions") == "AWS GovCloud (US) Regions"
    assert shorten_names("server name indication (SNI)") == "server name indication (SNI)"


def test_boilerplate_never_leads() -> None:
    text = "To learn more, visit the product page.\n\nAmazon Foo now supports bars."
    assert summarize(text, "en") == ("Amazon Foo now supports bars.",)
    assert summarize("詳細については、ドキュメントをご覧ください。", "ja") == ()
    about = "ドキュメントに対するアクセス権限を管理できるようになりました。"
    assert summarize(about, "ja", "polite") == (about,)


def test_japanese_has_two_styles() -> None:
    text = "本日、Amazon Foo が東京リージョンで利用できるようになりました。料金は無料です。"
    assert summarize(text, "ja", "polite") == (
        "Amazon Foo が東京リージョンで利用できるようになりました。",
        "料金は無料です。",
    )
    assert summarize(text, "ja", "note") == (
        "Amazon Foo が東京リージョンで利用可能に",
        "料金は無料",
    )


def test_a_note_without_a_rule_only_loses_its_full_stop() -> None:
    assert to_note("設計が変わる。") == "設計が変わる"


@pytest.mark.parametrize(
    ("polite", "plain"),
    [
        ("要因ごとにまとめます。", "要因ごとにまとめる"),
        ("再配置を行います。", "再配置を行う"),
        ("独自の変換も書けます。", "独自の変換も書ける"),
        ("性能を取り合うことがありません。", "性能を取り合うことがない"),
        ("経路を示します。", "経路を示す"),
        ("設定が変わりました。", "設定が変わった"),
        ("証明書を用います。", "証明書を用いる"),
        ("料金はかかりません。", "料金はかからない"),
        ("データを読み込みました。", "データを読み込んだ"),
        ("東京で使えませんでした。", "東京で使えなかった"),
        ("サポートを開始しました。", "サポートを開始"),
        ("課題に対処しています。", "課題に対処している"),
        ("暗号化を無効にします。", "暗号化を無効にする"),
        ("同期もしませんでした。", "同期もしなかった"),
        ("必要がなくなります。", "必要がなくなる"),
    ],
)
def test_a_note_has_no_polite_ending(polite: str, plain: str) -> None:
    assert to_note(polite) == plain


def test_a_long_japanese_sentence_is_parted_where_both_sides_stand_alone() -> None:
    first = "Amazon Foo が新しい形式のログの取り込みをサポートするようになり"
    second = "セキュリティチームは検出結果を一か所で分析できるようになりました。"
    lines = compress_ja(f"{first}、{second}", 40, 2)
    assert lines == (f"{first}ました。", second)


def test_an_empty_text_falls_back_to_the_sources_own_excerpt() -> None:
    assert summarize("", "en", excerpt="Amazon Foo grows.") == ("Amazon Foo grows.",)
    assert summarize("", "en") == ()


@pytest.mark.parametrize(
    "piece", ["(A) ", "a ", "「", "、", "x, a ", "— ", "[", "*", "<", "> ", "- "]
)
def test_a_huge_text_without_an_end_is_read_in_a_moment(piece: str) -> None:
    for lang in ("en", "ja"):
        assert all(len(line) <= 1_000 for line in summarize(piece * 300_000, lang))


def test_foreign_text_is_plain_text() -> None:
    (line,) = summarize(
        "<script>alert(1)</script> **Foo** [bar](javascript:x) \x1b[31mred\u202e", "en"
    )
    assert "\x1b" not in line and "\u202e" not in line and "**" not in line


def test_japanese_is_known_by_its_letters() -> None:
    assert is_japanese("Amazon Redshift がサポート") and not is_japanese("Amazon Redshift ML")


SOURCE = (
    "Amazon Redshift now supports 3 node types in US East (Ohio). Prices start at $0.25. "
    "It is in preview. AWS Lambda 関数は東京リージョンで使えません。"
)


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("Amazon Redshift supports 4 node types.", "number: 4"),
        ("Amazon Aurora supports 3 node types.", "service: Amazon Aurora"),
        ("Amazon Redshift is in Asia Pacific (Osaka).", "region: ap-northeast-3"),
        ("Amazon Redshift supports Quuxbar nodes.", "name: Quuxbar"),
        ("Amazon Redshift is generally available.", "stage: GA"),
        ("See https://evil.example/ for Redshift.", "link"),
    ],
)
def test_what_the_source_does_not_say_is_a_complaint(line: str, complaint: str) -> None:
    assert complaint in complaints(line, SOURCE, TAXONOMY)


def test_another_language_may_say_the_same() -> None:
    for line in (
        "米国東部 (オハイオ) で Redshift の 3 種類のノードをプレビュー",
        "東京で Lambda は使えません",
    ):
        assert is_grounded(line, SOURCE, TAXONOMY), complaints(line, SOURCE, TAXONOMY)


def test_a_rewritten_line_may_not_turn_no_into_yes() -> None:
    assert omissions("Redshift supports foo.", "Redshift does not support foo.") == (
        "left out: negation",
    )
    assert omissions("Foo 開始", "Foo のプレビューを開始") == ("left out: preview",)


@pytest.mark.shared
def test_every_line_on_captured_announcements_is_grounded(captures) -> None:  # type: ignore[no-untyped-def]
    import json

    file = captures / "whats-new-archive" / "rss-derived-ja_JP-2025-12-to-2026-08.jsonl"
    for line in file.read_text(encoding="utf-8").splitlines()[:150]:
        text = json.loads(line)["body_text"]
        for said in summarize(text, "ja"):
            assert is_grounded(said, text, TAXONOMY), said
