"""The engines that ours is measured against, each set up as a careful user would."""

from collections.abc import Callable
from pathlib import Path

from bench.rivals.fts5 import Fts5
from bench.rivals.groonga import Groonga
from bench.rivals.rival import Rival
from bench.rivals.stock_whoosh import StockWhoosh
from bench.rivals.tantivy import Tantivy
from bench.rivals.xapian import Xapian

RIVALS: dict[str, Callable[[Path], Rival]] = {
    "whoosh": StockWhoosh,
    "fts5": Fts5,
    "tantivy": Tantivy,
    "xapian": Xapian,
    "groonga": Groonga,
}
"""A rival by its name; making one raises ImportError where it is not installed."""
