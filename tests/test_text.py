"""The analyser: what people write is found as they write it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text import VERSION, postings, stream, tokens


def terms(text: str) -> set[str]:
    return {term for term, _ in tokens(text)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("us-east-1", {"us", "east", "1", "us-east-1"}),
        ("t4g.micro", {"t4g", "micro", "t4g.micro"}),
        ("PostgreSQL 17.4", {"postgresql", "17", "4", "17.4"}),
        (".NET 8", {".net", "net", "8"}),
        ("C# and C++", {"c#", "c++", "and"}),
        ("IPv6 S3 v2", {"ipv6", "s3", "v2"}),
        ("DOP309", {"dop309"}),
        ("AWS's databases", {"aws", "databas"}),
        ("10,000", {"10000"}),
        ("SHA-256", {"sha", "256", "sha-256", "sha256"}),
    ],
)
def test_names_become_terms_as_people_write_them(text: str, expected: set[str]) -> None:
    assert terms(text) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("サーバーレス", "サーバレス"),
        ("ユーザー", "ユーザ"),
        ("問合せ", "問い合わせ"),
        ("Ｒｅｄｓｈｉｆｔ", "redshift"),
        ("ﾃﾞｰﾀﾍﾞｰｽ", "データベース"),
        ("Databases", "database"),
        ("Node.js", "nodejs"),
        ("real-time", "realtime"),
        ("CI/CD", "cicd"),
        ("postgres", "PostgreSQL"),
        ("dotnet", ".NET"),
    ],
)
def test_spellings_of_one_word_share_a_term(one: str, other: str) -> None:
    assert terms(one) & terms(other)


def test_a_phrase_crosses_a_compound() -> None:
    found = dict(reversed(tokens("in us-east-1 region")))
    assert (found["us"], found["us-east-1"], found["region"]) == (1, 1, 4)
    assert stream("in us-east-1 region") == ["in", "us", "east", "1", "region"]


def test_a_japanese_part_is_a_phrase_of_the_whole() -> None:
    whole, part = stream("マルチアカウント環境でのデータ共有機能"), stream("データ共有")
    assert part == ["デー", "ータ", "タ共", "共有"]
    start = whole.index("デー")
    assert whole[start : start + 4] == part


def test_words_of_a_japanese_run_are_marked() -> None:
    assert {"~データ", "~共有", "~マルチアカウント", "~アカウント"} <= terms(
        "マルチアカウントのデータ共有"
    )


def test_every_character_of_a_run_begins_a_term() -> None:
    starts = {term[0] for term in terms("暗号鍵") if not term.startswith("~")}
    assert starts == set("暗号鍵")


@given(st.text(max_size=200))
def test_any_text_is_analysed_and_positions_never_fall(text: str) -> None:
    found = tokens(text)
    row = [position for _, position in found]
    assert all(term for term, _ in found)
    assert min(row, default=0) >= 0
    by_term, length = postings(text)
    assert max(row, default=-1) < max(length, 1)
    assert {(t, p) for t, places in by_term.items() for p in places} == set(found)
    assert all(places == sorted(places) for places in by_term.values())


def test_the_version_names_rules_and_data() -> None:
    assert VERSION.split("-")[0].isdigit()
    assert len(VERSION.split("-")[1]) == 8
