"""The digest of the sample pack's week 50, in every format: what the golden files hold.

`python -m tests.golden_week` writes them anew, after a change that is meant.
"""

import tempfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from crawler.imports.files import read_paths
from index.digest import Digest
from index.library import Library
from index.period import parse_period
from ui.atom import atom_feed
from ui.digest_json import json_digest
from ui.mail import html_digest
from ui.markdown import markdown_digest
from ui.plain import plain_digest

ROOT = Path(__file__).parents[1]
GOLDEN = ROOT / "tests" / "golden"
NOW = datetime(2022, 12, 31, tzinfo=UTC)
FORMATS: Mapping[str, Callable[[Digest], str]] = {
    "txt": plain_digest,
    "md": markdown_digest,
    "html": html_digest,
    "json": json_digest,
    "atom": lambda digest: atom_feed([digest], digest.lang),
}


def sample_library(folder: Path) -> Library:
    """A knowledge base that holds the sample pack."""
    library = Library(folder, clock=lambda: NOW)
    files = read_paths([str(ROOT / "data" / "sample")], NOW)
    library.add([entry for f in files if f.reading for entry in f.reading.entries])
    return library


def written(library: Library) -> dict[str, str]:
    """File name → text, for each format and language."""
    period = parse_period("2020-W50", NOW)
    found = {}
    for lang in ("ja", "en"):
        digest = library.digest(period, lang=lang)
        found |= {f"week-2020-W50.{lang}.{ending}": w(digest) for ending, w in FORMATS.items()}
    return found


if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        for name, text in written(sample_library(Path(place))).items():
            (GOLDEN / name).write_text(text, encoding="utf-8")
