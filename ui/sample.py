"""The first run: a knowledge base that was never filled begins with the sample pack."""

from pathlib import Path

from index.library import Library, Progress
from index.stored import Added

FOLDER = Path(__file__).parents[1] / "data" / "sample"
_REMEMBERED = "sample"


def load_sample(library: Library, progress: Progress | None = None) -> Added | None:
    """Load the pack into a knowledge base that is empty and was never filled; else None.

    It is remembered, so that whoever empties the knowledge base finds it empty.
    """
    if not FOLDER.is_dir() or library.store.meta(_REMEMBERED):
        return None
    if library.count():
        library.store.keep_meta(_REMEMBERED, "not wanted: filled already")
        return None
    from crawler.imports.files import read_paths

    # Its README is about the pack and no note of it.
    paths = [str(FOLDER / "*.jsonl"), str(FOLDER / "notes")]
    read = [r.reading for r in read_paths(paths, library.clock()) if r.reading]
    entries = [entry for reading in read for entry in reading.entries]
    added = library.add(entries, progress)
    library.store.keep_meta(_REMEMBERED, f"loaded {added.new}")
    return added


def is_sample_alone(library: Library) -> bool:
    """True while nothing but the pack (and people's own notes) is in the knowledge base."""
    words = (library.store.meta(_REMEMBERED) or "").split()
    if len(words) != 2 or words[0] != "loaded":
        return False
    row = library.store.read().execute(
        "SELECT count(*) FROM entry WHERE part_of IS NULL AND source NOT IN ('own-notes', 'study')"
    )
    return int(row.fetchone()[0]) == int(words[1])
