"""The contact sheets in docs/: `python -m tests.deck_sheets docs` draws them anew.

Needs LibreOffice Impress, poppler and Noto CJK, as the rendered tests do.
"""

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

from tests.deck_gate import render
from tests.deck_weeks import stress_week, templates
from tests.test_decks_rendered import sample_outline
from ui.decks.powerpoint import powerpoint
from ui.decks.week import outline_of_digest

WIDE, GAP = 480, 6


def sheet(pdf: Path, pages: list[int], columns: int, target: Path) -> None:
    """Pages of a PDF (from 1) side by side as a PNG of 128 colours."""
    images = []
    for page in pages:
        stem = pdf.with_name(f"{pdf.stem}-{page}")
        subprocess.run(
            ["pdftoppm", "-png", "-singlefile", "-scale-to-x", str(WIDE), "-scale-to-y", "-1",
             "-f", str(page), "-l", str(page), str(pdf), str(stem)],
            check=True,
        )  # fmt: skip
        images.append(Image.open(stem.with_suffix(".png")).convert("RGB"))
    tall = max(image.height for image in images)
    rows = -(-len(images) // columns)
    size = (columns * (WIDE + GAP) + GAP, rows * (tall + GAP) + GAP)
    whole = Image.new("RGB", size, (128, 128, 128))
    for place, image in enumerate(images):
        x, y = place % columns, place // columns
        whole.paste(image, (GAP + x * (WIDE + GAP), GAP + y * (tall + GAP)))
    whole.quantize(128).save(target, optimize=True)


def main(folder: Path) -> None:
    """Draw the sheets of docs/decks.md into the folder."""
    with TemporaryDirectory() as name:
        work = Path(name)
        foreign = templates(work)
        sample = sample_outline(work / "kb")
        stress = outline_of_digest(stress_week(42), "ja")
        decks = {"ours": powerpoint(sample), "stress": powerpoint(stress)}
        decks |= {kind: powerpoint(sample, path) for kind, path in foreign.items()}
        paths = []
        for kind, data in decks.items():
            paths.append(work / f"deck-{kind}.pptx")
            paths[-1].write_bytes(data)
        drawn = {path.stem: pdf for path, pdf in render(paths, work).items()}
        sheet(drawn["deck-ours"], [*range(1, 15), 46], 3, folder / "deck-sample.png")
        sheet(drawn["deck-stress"], [2, 3, 5, 6, 7, 9, 10, 11, 12], 3, folder / "deck-stress.png")
        for kind in foreign:
            sheet(drawn[f"deck-{kind}"], [1, 2, 3, 5, 6, 7], 3, folder / f"deck-{kind}.png")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
