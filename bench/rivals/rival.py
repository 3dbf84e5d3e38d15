"""The engines that ours is measured against, each set up as a careful user would.

They get the terms of our analyser (their own cannot cut Japanese), so that all engines look the
same terms up; a field `title`, a field `words` of everything, and the facets. A rival counts the
facets of what is left after all filters; ours also counts what another choice would show.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from bench.search_material import Asked, Doc
from index.text import postings

SINGLE = ("area", "kind", "stage", "lang", "source", "year")
SEVERAL = ("service", "region")
FACETS = (*SINGLE, *SEVERAL)
LIMIT = 20
TITLE_WEIGHT = 5.0


class Rival(Protocol):
    """An engine under measurement. `ask` gives the exact total and the rows of the page."""

    name: str

    def build(self, docs: Sequence[Doc]) -> None: ...
    def ask(self, asked: Asked) -> tuple[int, list[int]]: ...
    def snippets(self, asked: Asked, texts: Sequence[str]) -> list[str]: ...
    def upsert(self, docs: Sequence[Doc]) -> None: ...
    def size(self) -> int: ...


def in_order(text: str) -> list[str]:
    """The text's terms in the order of their positions."""
    placed = [(place, term) for term, places in postings(text)[0].items() for place in places]
    return [term for _, term in sorted(placed)]


def cut(doc: Doc) -> tuple[str, str]:
    """(title, everything) as terms parted by blanks."""
    title = " ".join(in_order(doc.title))
    names = " ".join(in_order("\n".join(doc.service)))
    return title, f"{title} | {names} | {' '.join(in_order(doc.text))}"


def folder_size(folder: Path) -> int:
    """Bytes of all files under a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
