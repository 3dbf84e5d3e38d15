"""Bytes become the letters that were meant, whatever the declaration says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.decoding import decode

TEXT = "これは日本語の文章です。アップデートがありました。"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "cp932", "euc_jp", "iso2022_jp"]
)
@pytest.mark.parametrize("declared", ["", "utf-8", "iso-8859-1", "no-such-thing"])
def test_japanese_is_read_whatever_was_declared(encoding: str, declared: str) -> None:
    assert decode(TEXT.encode(encoding), declared)[0] == TEXT


def test_korean_is_told_from_japanese() -> None:
    text = "아마존 웹 서비스의 새로운 기능을 발표합니다"
    assert decode(text.encode("cp949"))[0] == text


def test_western_letters_stay_western() -> None:
    text = "Le café est à l’élève, naïve façade"
    assert decode(text.encode("cp1252"))[0] == text
    assert decode(text.encode("cp1252"), "iso-8859-1")[0] == text


def test_a_wrong_declaration_is_told() -> None:
    assert "shift_jis" in decode(TEXT.encode("utf-8"), "shift_jis")[1] or decode(
        TEXT.encode("utf-8"), "shift_jis"
    )[1].startswith("declared as")
    assert decode(TEXT.encode("utf-8"), "utf-8")[1] == ""


def test_a_letter_cut_in_two_at_the_end_is_left_out() -> None:
    assert decode(TEXT.encode("utf-8")[:-1])[0] == TEXT[:-1]


@given(st.binary(max_size=400), st.text(max_size=12))
def test_any_bytes_are_some_text(data: bytes, declared: str) -> None:
    text, warning = decode(data, declared)
    assert isinstance(text, str)
    assert isinstance(warning, str)
