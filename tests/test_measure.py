"""Measuring text: what fits, where it breaks, and how it is spread over slides."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ui.decks.fitting import fit, height, spread
from ui.decks.measure import Face, shortened, shortened_lines, width, wrap

FACE = Face("Noto Sans CJK JP", "Noto Sans CJK JP")
TEXT = st.text(st.sampled_from("あいう漢字、。（）「」ー abcXYZ012 -/.,👩 \n"), max_size=120)
JAPANESE = "AWS サービス間のネットワーク経路を可視化できる、新しいサービス（プレビュー）です。"


def bare(text: str) -> str:
    return "".join(text.split())


@given(TEXT, st.integers(60, 400))
@settings(max_examples=120, deadline=None)
def test_wrapping_loses_nothing_but_blanks(text: str, room: int) -> None:
    assert bare("".join(wrap(text, 20, room, FACE))) == bare(text)


@given(TEXT, st.integers(90, 400))
@settings(max_examples=120, deadline=None)
def test_no_line_is_wider_than_the_room_unless_kinsoku_hangs_on_it(text: str, room: int) -> None:
    for line in wrap(text, 20, room, FACE):
        assert width(line, 20, FACE) <= room + 4 * 22


@pytest.mark.parametrize("room", range(80, 400, 16))
def test_no_line_starts_or_ends_as_kinsoku_forbids(room: int) -> None:
    lines = wrap(JAPANESE, 20, room, FACE)
    assert not any(line[0] in "、。）」ー" for line in lines)
    assert not any(line[-1] in "（「" for line in lines)


def test_a_word_wider_than_the_room_breaks_inside() -> None:
    assert len(wrap("x" * 200, 20, 200, FACE)) > 5


def test_words_do_not_break_inside_when_they_fit() -> None:
    lines = wrap("Amazon Redshift data sharing", 20, 180, FACE)
    assert " ".join(lines) == "Amazon Redshift data sharing"


def test_full_width_letters_are_an_em_wide_with_slack() -> None:
    assert width("漢字", 20, FACE) == pytest.approx(2 * 20 * 1.06, rel=0.02)


def test_emoji_joiners_and_marks_take_no_room_of_their_own() -> None:
    assert width("\u200d\u0301", 20, FACE) == 0
    assert width("👩", 20, FACE) > 20


def test_a_missing_typeface_is_measured_on_the_safe_side(monkeypatch: pytest.MonkeyPatch) -> None:
    from ui.decks import measure

    real = width(JAPANESE, 20, FACE)
    monkeypatch.setattr(measure, "font_file", lambda *_: None)
    for cached in (measure._reader, measure._advance, measure._ems):
        cached.cache_clear()
    try:
        assert width(JAPANESE, 20, FACE) >= real * 0.99
    finally:
        for cached in (measure._reader, measure._advance, measure._ems):
            cached.cache_clear()


@given(st.lists(st.text("あいうえお abc。", min_size=1, max_size=200), min_size=1, max_size=9))
@settings(max_examples=60, deadline=None)
def test_fitting_keeps_all_text_and_never_overfills_a_page(paragraphs: list[str]) -> None:
    fitted = fit(paragraphs, (300, 160), FACE, sizes=(28, 24, 20), leading=1.32, gap=0.4)
    assert bare("".join(p for page in fitted.pages for p in page)) == bare("".join(paragraphs))
    for page in fitted.pages:
        assert page
        assert height(page, fitted.size, 300, FACE, leading=1.32, gap=0.4) <= 160 + 0.01


def test_fitting_takes_the_greatest_size_first() -> None:
    assert fit(["短い"], (300, 160), FACE, sizes=(28, 20), leading=1.3, gap=0.4).size == 28


def test_pages_are_even_and_no_orphan_is_left() -> None:
    pages = spread([10] * 11, 100, 0)
    assert [len(page) for page in pages] == [6, 5]


@given(st.lists(st.integers(1, 90), min_size=1, max_size=40))
def test_spreading_keeps_order_and_uses_the_least_number_of_pages(tall: list[int]) -> None:
    pages = spread(tall, 100, 5)
    assert [i for page in pages for i in page] == list(range(len(tall)))
    greedy, used = 1, 0.0
    for needs in tall:
        if used and used + 5 + needs > 100:
            greedy, used = greedy + 1, float(needs)
        else:
            used += needs + (5 if used else 0)
    assert len(pages) == greedy


@given(TEXT.filter(str.strip), st.integers(40, 300))
@settings(max_examples=100, deadline=None)
def test_a_shortened_text_fits_and_is_a_beginning(text: str, room: int) -> None:
    short = shortened(text, 18, room, FACE)
    assert width(short, 18, FACE) <= room
    assert bare(text).startswith(bare(short.removesuffix("…")))


def test_shortening_to_lines_keeps_the_blank_between_words() -> None:
    text = "Amazon Example Database now supports read replicas with customer managed keys"
    short = shortened_lines(text, 18, 260, 2, FACE)
    assert text.startswith(short.removesuffix("…").rstrip())
    assert len(wrap(short, 18, 260, FACE)) <= 2
