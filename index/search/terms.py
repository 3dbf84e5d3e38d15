"""The index's own words: how frequent a term is, and which terms there are."""

from index.search.snapshot import Snapshot
from index.text import is_cjk


def frequency(snapshot: Snapshot, term: str, field: str = "words") -> int:
    """In how many documents a term stands (deleted ones may still count)."""
    name = term.encode("utf-8", "surrogatepass")
    total = 0
    for segment in snapshot.segments:
        terms = segment.terms[field]
        number = terms.find(name)
        if number is not None:
            total += int(terms.starts[number + 1]) - int(terms.starts[number])
    return total


def latin_terms(snapshot: Snapshot, field: str = "title") -> dict[str, int]:
    """Every Latin term of a text field that is a plain word, with its frequency."""
    found: dict[str, int] = {}
    for segment in snapshot.segments:
        terms = segment.terms[field]
        counts = (terms.starts[1:] - terms.starts[:-1]).tolist()
        for name, count in zip(terms, counts, strict=True):
            term = name.decode("utf-8", "surrogatepass")
            if term.isalnum() and not is_cjk(term):
                found[term] = found.get(term, 0) + count
    return found
