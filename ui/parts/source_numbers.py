"""Numbers for the sources page."""

from dataclasses import dataclass

from index.library import Library


@dataclass(frozen=True, slots=True)
class YearKept:
    """How many entries of a source and a year are kept."""

    source: str
    year: int
    count: int


def kept_by_year(library: Library, most: int = 30) -> tuple[YearKept, ...]:
    """The entries kept by source and year, of the `most` sources with most entries."""
    rows = library.store.read().execute(
        "SELECT source, CAST(strftime('%Y', published, 'unixepoch') AS INTEGER) AS year, "
        "count(*) AS c FROM entry WHERE part_of IS NULL AND source IN (SELECT source FROM entry "
        "WHERE part_of IS NULL GROUP BY source ORDER BY count(*) DESC, source LIMIT ?) "
        "GROUP BY source, year ORDER BY source, year",
        (most,),
    )
    return tuple(YearKept(row["source"], row["year"], row["c"]) for row in rows)
