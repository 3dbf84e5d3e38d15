"""The query language: what people type becomes the tree that they mean."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.search.aliases import Aliases
from index.search.query import (
    And,
    Best,
    Boosted,
    During,
    Everything,
    Node,
    Not,
    Or,
    Pattern,
    Phrase,
    Prefix,
    Term,
    Value,
)
from index.search.understand import Reader
from index.search.vocabulary import Vocabulary
from index.taxonomy import Taxonomy

NOW = datetime(2020, 12, 10, 12, tzinfo=UTC)
TAXONOMY = Taxonomy.load()
SOURCES = ("whats-new-en", "whats-new-ja", "aws-blog-aws", "example.org")
READER = Reader(Aliases(TAXONOMY.services), Vocabulary(TAXONOMY, lambda: SOURCES), lambda: NOW)


def read(text: str) -> Node:
    """The tree of a text; what boosts by titles stands in every tree of words and is left out."""
    return without_titles(READER.read(text).root)


def without_titles(node: Node) -> Node:
    match node:
        case Boosted(base, boosts):
            kept = tuple(b for b in boosts if not asks_titles(b))
            return Boosted(without_titles(base), kept) if kept else without_titles(base)
        case And(parts) | Or(parts) | Best(parts):
            return type(node)(tuple(without_titles(part) for part in parts))
        case Not(part):
            return Not(without_titles(part))
    return node


def asks_titles(node: Node) -> bool:
    match node:
        case Term(_, field) | Phrase(_, field) | Prefix(_, field):
            return field == "title"
        case And(parts) | Or(parts) | Best(parts):
            return any(map(asks_titles, parts))
    return False


def rows(node: Node) -> set[tuple[str, ...]]:
    """Every row of terms that a tree looks up."""
    match node:
        case Term(term):
            return {(term,)}
        case Phrase(terms):
            return {terms}
        case And(parts) | Or(parts) | Best(parts):
            return set().union(*map(rows, parts))
        case Boosted(base, boosts):
            return rows(base).union(*map(rows, boosts))
    return set()


def required(node: Node) -> Node:
    return node.base if isinstance(node, Boosted) else node


def test_words_are_all_required() -> None:
    node = required(read("quokka wombat"))
    assert node == And((Term("quokka"), Term("wombat")))


def test_quotes_make_a_phrase_full_width_ones_too() -> None:
    expected = Phrase(("quokka", "wombat"))
    for text in ('"quokka wombat"', "“quokka wombat”", "「quokka wombat」", "＂quokka　wombat＂"):
        assert read(text) == expected


def test_or_not_and_brackets() -> None:
    assert read("quokka OR wombat") == Or((Term("quokka"), Term("wombat")))
    assert read("quokka | wombat") == Or((Term("quokka"), Term("wombat")))
    assert read("quokka -wombat") == And((Term("quokka"), Not(Term("wombat"))))
    assert read("quokka NOT wombat") == And((Term("quokka"), Not(Term("wombat"))))
    assert read("(quokka OR wombat) dingo") == And(
        (Or((Term("quokka"), Term("wombat"))), Term("dingo"))
    )
    assert read("（quokka　OR　wombat）　dingo") == read("(quokka OR wombat) dingo")
    assert read("-wombat") == And((Everything(), Not(Term("wombat"))))


def test_small_or_and_not_are_words() -> None:
    assert not isinstance(read("quokka or wombat"), Or)


def test_a_star_makes_a_prefix_or_a_pattern() -> None:
    assert read("quok*") == Prefix("quok")
    assert read("qu*ka") == Pattern("qu*ka")
    assert read("*") == Everything()
    assert ("databas",) in rows(read("databases*"))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("area:security", Value("area", "Security")),
        ("area:セキュリティ", Value("area", "Security")),
        ("ａｒｅａ：Security", Value("area", "Security")),
        ("分野:コンテナ", Value("area", "Containers")),
        ("area:machine learning", Value("area", "ML/AI")),
        ('area:"Application Integration"', Value("area", "Application Integration")),
        ("service:ECR", Value("service", "Amazon ECR")),
        ('service:"AWS Single Sign-On"', Value("service", "AWS IAM Identity Center")),
        ("kind:ブログ", Value("kind", "blog")),
        ("lang:日本語", Value("lang", "ja")),
        ("stage:GA", Value("stage", "ga")),
        ("stage:プレビュー", Value("stage", "preview")),
        ("region:tokyo", Value("region", "ap-northeast-1")),
        ("region:東京", Value("region", "ap-northeast-1")),
        ("region:us-east-1", Value("region", "us-east-1")),
        ("source:example.org", Value("source", "example.org")),
        ("year:2020", Value("year", "2020")),
        ("code:dop309-r", Value("code", "DOP309")),
    ],
)
def test_fields_take_values_as_people_write_them(text: str, value: Value) -> None:
    assert read(text) == value


def test_a_part_of_a_source_means_every_source_that_holds_it() -> None:
    assert read("source:whats-new") == Or(
        (Value("source", "whats-new-en"), Value("source", "whats-new-ja"))
    )


def test_a_field_takes_several_values() -> None:
    either = Or((Value("area", "Security"), Value("area", "Storage")))
    assert read("area:Security,Storage") == either
    assert read("area:(Security OR Storage)") == either


def test_an_unknown_value_becomes_words_with_a_notice() -> None:
    understood = READER.read("area:securty wombat")
    assert "did you mean Security" in " ".join(understood.notices)
    assert ("securti",) in rows(understood.root)


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("since:2020-11", datetime(2020, 11, 1, tzinfo=UTC), None),
        ("until:2020-12-31", None, datetime(2021, 1, 1, tzinfo=UTC)),
        (
            "week:2020-W50",
            datetime(2020, 12, 7, tzinfo=UTC),
            datetime(2020, 12, 14, tzinfo=UTC),
        ),
        (
            "date:2020-11..2020-12",
            datetime(2020, 11, 1, tzinfo=UTC),
            datetime(2021, 1, 1, tzinfo=UTC),
        ),
        (
            "期間：2020年12月",
            datetime(2020, 12, 1, tzinfo=UTC),
            datetime(2021, 1, 1, tzinfo=UTC),
        ),
        ("since:7d", datetime(2020, 12, 3, 12, tzinfo=UTC), None),
    ],
)
def test_dates(text: str, since: datetime | None, until: datetime | None) -> None:
    assert read(text) == During(since, until)


def test_a_date_that_is_none_becomes_words_with_a_notice() -> None:
    understood = READER.read("since:2020-13-45")
    assert understood.notices
    assert rows(understood.root)


def test_an_order_may_be_asked_for() -> None:
    assert READER.read("wombat sort:newest").sort == "newest"


def test_abbreviations_and_former_names_find_each_other() -> None:
    assert ("elast", "contain", "registri") in rows(read("ECR"))
    assert ("ecr",) in rows(read("Elastic Container Registry"))
    sso = READER.read("AWS Single Sign-On")
    assert ("ident", "center") in rows(sso.root)
    assert "formerly AWS Single Sign-On" in sso.notices[0]
    assert ("sso",) in rows(read("IAM Identity Center"))


def test_a_part_of_a_service_is_not_the_service() -> None:
    assert ("efa",) not in rows(read("EC2"))


def test_a_name_written_apart_is_found_together() -> None:
    assert ("cloudwatch",) in rows(read("cloud watch alarms"))
    assert ("dynamodb",) in rows(read("Dynamo DB"))
    assert ("quokkawombat",) not in rows(read("quokka wombat"))


def test_words_cross_the_languages() -> None:
    assert ("serverless",) in rows(read("サーバーレス"))
    assert ("サー", "ーバ", "バレ", "レス") in rows(read("serverless"))
    assert ("lambda",) in rows(read("ラムダ"))
    assert ("gener", "avail") in rows(read("GA"))
    assert ("data", "share") in rows(read("データ共有"))
    assert ("機械", "械学", "学習") in rows(read("machine learning"))


def test_particles_part_words_and_ask_for_nothing() -> None:
    node = required(read("Redshiftのデータ共有を使いたい"))
    assert isinstance(node, And)
    assert len(node.parts) == 2
    assert {("redshift",), ("デー", "ータ", "タ共", "共有")} <= rows(node)


def test_a_kanji_word_is_not_taken_apart() -> None:
    assert ("再配", "配置") in rows(read("再配置"))
    assert ("配置",) not in rows(read("再配置"))


def test_a_question_asks_for_its_content_only() -> None:
    node = required(read("How do I use Lambda with containers?"))
    assert isinstance(node, And)
    assert len(node.parts) == 2


def test_a_name_and_its_number_rank_higher_side_by_side() -> None:
    node = read("PostgreSQL 17")
    assert isinstance(node, Boosted)
    assert Phrase(("postgresql", "17"), boost=1.5) in node.boosts


def test_signs_alone_find_nothing_and_say_so() -> None:
    understood = READER.read('"')
    assert understood.root == Or(())
    assert understood.notices


@given(st.text(max_size=120))
def test_any_text_is_understood(text: str) -> None:
    READER.read(text)


ODD = st.lists(
    st.sampled_from(
        ['"', "(", ")", "OR", "NOT", "AND", "-", "*", ":", "area:", "since:", "title:", "week:",
         "ー", "の", "データ", "us-east-1", "C#", ".NET", " ", "　", "：", "「", "」", "|", "&&",
         "ﾃﾞ", "sort:", "year:", "2020", "\x00", "a*b", "kube*", "\ud800", "👍", "İ"]
    ),
    max_size=30,
).map("".join)  # fmt: skip


@given(ODD)
def test_the_languages_own_signs_in_any_order_are_understood(text: str) -> None:
    READER.read(text)


def test_deep_brackets_and_long_texts_are_cut_with_a_notice() -> None:
    assert READER.read("(" * 5000 + "wombat").notices
    assert READER.read("wombat " * 5000).notices
    READER.read("title:" * 3000 + "x")
    READER.read("-" * 3000 + "x" + "NOT " * 3000)
