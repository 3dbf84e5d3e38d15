"""The palette: white text is readable on every colour, and no two areas look the same."""

from itertools import combinations

import pytest

from ui.parts.palette import (
    AREA_COLOURS,
    STAGE_COLOURS,
    WHITE,
    area_colour,
    blend,
    contrast,
    readable_on,
)


@pytest.mark.parametrize("colour", [*AREA_COLOURS.values(), *STAGE_COLOURS.values()])
def test_white_text_reads_on_every_colour(colour: str) -> None:
    assert contrast(WHITE, colour) >= 4.5


def test_no_two_areas_share_a_colour() -> None:
    assert len(AREA_COLOURS) == 21
    assert all(a != b for a, b in combinations(AREA_COLOURS.values(), 2))


def test_contrast_is_wcags() -> None:
    assert contrast("000000", "FFFFFF") == pytest.approx(21)
    assert contrast("767676", "FFFFFF") == pytest.approx(4.54, abs=0.01)


def test_unknown_area_wears_the_colour_of_other() -> None:
    assert area_colour("Quantum gardening") == AREA_COLOURS["Other"]


@pytest.mark.parametrize("ground", ["FFFFFF", "000000", "1B2430", "808080", "FFE600"])
def test_a_colour_can_be_made_readable_on_any_ground(ground: str) -> None:
    for colour in AREA_COLOURS.values():
        assert contrast(readable_on(ground, colour), ground) >= 4.5


def test_blend_walks_from_one_to_the_other() -> None:
    assert (blend("000000", "FFFFFF", 0), blend("000000", "FFFFFF", 1)) == ("000000", "FFFFFF")
