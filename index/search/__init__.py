"""Search: a Whoosh folder read through numpy, a view of SQLite that may be deleted at any time.

`SearchIndex` is loaded when it is asked for: numpy and Whoosh cost a tenth of a second.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from index.search.engine import SearchIndex as SearchIndex


def __getattr__(name: str) -> Any:
    if name == "SearchIndex":
        from index.search.engine import SearchIndex

        return SearchIndex
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
