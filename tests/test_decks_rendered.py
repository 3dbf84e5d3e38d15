"""The rendered gate: decks drawn by LibreOffice and read back word by word.

Sample week, stress week and empty week, each in our template and in four foreign ones.
"""

import json
from pathlib import Path
from shutil import which
from typing import Any

import pytest
from pptx import Presentation
from pptx.util import Pt

from index.entry import entry_from_dict
from index.library import Library
from index.period import parse_period
from tests.deck_gate import objections, render
from tests.deck_weeks import empty_week, stress_week, templates
from ui.decks.gather import timelines_of
from ui.decks.outline import Outline
from ui.decks.powerpoint import powerpoint
from ui.decks.week import outline_of_digest

pytestmark = [
    pytest.mark.render,
    pytest.mark.skipif(
        not (which("soffice") and which("pdftotext")),
        reason="LibreOffice Impress and poppler are not installed",
    ),
]
TEMPLATES = ("ours", "four_to_three", "few_layouts", "dark", "japanese")
WEEKS = ("sample", "stress", "empty")
SAMPLE = Path(__file__).parents[1] / "data" / "sample"


def sample_outline(folder: Path) -> Outline:
    """The deck of re:Invent 2020's second week, from the sample pack."""
    lines = [line for f in sorted(SAMPLE.glob("*.jsonl")) for line in f.open(encoding="utf-8")]
    library = Library(folder)
    library.add([entry_from_dict(json.loads(line)) for line in lines], index=False)
    digest = library.digest(parse_period("2020-W50", library.clock()), lang="ja")
    return outline_of_digest(digest, "ja", timelines=timelines_of(library, digest.items, "ja"))


@pytest.fixture(scope="module")
def decks(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], tuple[Path, Path]]:
    """(deck, PDF) by (week, template), all drawn by one LibreOffice."""
    folder = tmp_path_factory.mktemp("decks")
    outlines = {
        "sample": sample_outline(folder / "kb"),
        "stress": outline_of_digest(stress_week(150), "ja"),
        "empty": outline_of_digest(empty_week(), "ja"),
    }
    looks: dict[str, Path | None] = {"ours": None, **templates(folder)}
    made = {}
    for week, outline in outlines.items():
        for name, template in looks.items():
            path = folder / f"{week}-{name}.pptx"
            path.write_bytes(powerpoint(outline, template))
            made[week, name] = path
    drawn = render(list(made.values()), folder)
    return {key: (path, drawn[path]) for key, path in made.items()}


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("week", WEEKS)
def test_nobody_would_object_to_the_rendered_deck(week: str, template: str, decks: Any) -> None:
    assert objections(*decks[week, template]) == []


def test_the_gate_sees_what_is_wrong(tmp_path: Path) -> None:
    presentation = Presentation()
    clipped = presentation.slides.add_slide(presentation.slide_layouts[6])
    clipped.shapes.add_textbox(Pt(20), Pt(500), Pt(300), Pt(30)).text_frame.text = "\n".join(
        f"line {n} of a text that is much too long" for n in range(30)
    )
    overlapping = presentation.slides.add_slide(presentation.slide_layouts[6])
    for text in ("one text", "upon another"):
        overlapping.shapes.add_textbox(Pt(20), Pt(20), Pt(300), Pt(30)).text_frame.text = text
    overfull = presentation.slides.add_slide(presentation.slide_layouts[6])
    box = overfull.shapes.add_textbox(Pt(20), Pt(20), Pt(200), Pt(30))
    box.text_frame.word_wrap = True
    box.text_frame.text = "much more text than the box holds " * 9
    empty = presentation.slides.add_slide(presentation.slide_layouts[1])
    empty.shapes[0].left = Pt(-100)
    empty.shapes[0].top, empty.shapes[0].width, empty.shapes[0].height = Pt(0), Pt(200), Pt(50)
    deck = tmp_path / "bad.pptx"
    presentation.save(deck)
    found = objections(deck, render([deck], tmp_path)[deck])
    for number, said in enumerate(
        ("not on the page", "lies on", "outside every box", "empty placeholder"), 1
    ):
        assert any(f"slide {number}: " in f and said in f for f in found), (number, said, found)
    assert any("over the edge" in f for f in found)
