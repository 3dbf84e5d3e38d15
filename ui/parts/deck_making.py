"""A study session's deck for the study page: its outline, its files, its pages as pictures."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from index.library import Library
from index.meeting import StudySession
from ui.decks.outline import Outline, Section, Slide, Update

SECONDS = 120.0
_WIDTH = 800
MOST_PAGES = 60


class NoPicturesError(Exception):
    """The deck could not be drawn; the text says why."""


def outline_for(library: Library, session: StudySession, lang: str) -> Outline:
    """What the deck of the session holds."""
    from ui.decks.gather import chosen_of, timelines_of
    from ui.decks.meeting import outline_of_session

    chosen = chosen_of(library, session, lang)
    timelines = timelines_of(library, [one.told for one in chosen], lang)
    return outline_of_session(session, chosen, lang, "", timelines)


def deck_bytes(outline: Outline, template: bytes | None = None) -> bytes:
    """The .pptx, in the given template or ours. Raises ConfigError for an unfit template."""
    from ui.decks.powerpoint import powerpoint

    if template is None:
        return powerpoint(outline)
    with tempfile.TemporaryDirectory(prefix="reinvent-kb-") as folder:
        path = Path(folder) / "template.pptx"
        path.write_bytes(template)
        return powerpoint(outline, path)


def check_template(data: bytes, name: str) -> None:
    """Raises ConfigError, naming the file and why, unless it can serve as a template:
    macros, zip bombs and what is no PowerPoint file are refused."""
    from ui.decks.package import read_template

    with tempfile.TemporaryDirectory(prefix="reinvent-kb-") as folder:
        # The name only stands in the message: it must not choose where we write.
        safe = "".join(c for c in Path(name).name if c.isalnum() or c in "-_. ")[-80:]
        path = Path(folder) / (safe.lstrip(".") or "template.pptx")
        path.write_bytes(data)
        read_template(path)


def slide_lines(outline: Outline) -> Iterator[tuple[int, str]]:
    """(depth, title) of every slide: sections stand out, updates below them."""
    depth = 0
    for slide in outline.slides:
        if isinstance(slide, Section):
            depth = 1
            yield 0, _title(slide)
        elif isinstance(slide, Update):
            yield depth, _title(slide)
        else:
            depth = 0
            yield 0, _title(slide)


def _title(slide: Slide) -> str:
    return str(getattr(slide, "title", "") or getattr(slide, "area", "") or type(slide).__name__)


def can_draw() -> bool:
    """True where LibreOffice and poppler are present."""
    return bool(shutil.which("soffice")) and bool(shutil.which("pdftoppm"))


def pictures_of(deck: bytes) -> tuple[bytes, ...]:
    """The deck's pages as PNG files, in order. Raises NoPicturesError when they cannot be
    drawn."""
    with tempfile.TemporaryDirectory(prefix="reinvent-kb-") as name:
        folder = Path(name)
        (folder / "deck.pptx").write_bytes(deck)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        convert = ["soffice", profile, "--headless", "--norestore", "--convert-to", "pdf"]
        _run([*convert, "--outdir", str(folder), str(folder / "deck.pptx")])
        if not (folder / "deck.pdf").exists():
            raise NoPicturesError("LibreOffice wrote no pages")
        _run(
            ["pdftoppm", "-png", "-scale-to-x", str(_WIDTH), "-scale-to-y", "-1", "-l",
             str(MOST_PAGES), str(folder / "deck.pdf"), str(folder / "page")]
        )  # fmt: skip
        return tuple(path.read_bytes() for path in sorted(folder.glob("page*.png")))


def _run(command: list[str]) -> None:
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)
    except (OSError, subprocess.SubprocessError) as error:
        raise NoPicturesError(f"{Path(command[0]).name} failed: {type(error).__name__}") from error
