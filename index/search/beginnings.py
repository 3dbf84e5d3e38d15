"""Words with a star: beginnings and shapes of terms."""

from index.folding import fold
from index.search.query import Everything, Node, Or, Pattern, Phrase, Prefix
from index.search.wording import row_node
from index.text import is_cjk, stem, stream


def starred(text: str, name: str) -> Node | None:
    """`kube*` is any term that begins so; a star elsewhere makes a pattern; alone, everything."""
    shape = fold(text)
    if not shape.strip("*"):
        return Everything()
    start = shape.rstrip("*")
    if "*" in start:
        return Pattern(shape, name)
    if is_cjk(start[0]):
        return _begun(start, name)
    joined = "".join(term for term in stream(start)) if not any(map(str.isdigit, start)) else start
    starts = dict.fromkeys([start, joined])
    nodes: list[Node] = [Prefix(s, name) for s in starts if s]
    if (root := stem(start)) != start:
        # The index holds stems: `databases*` begins none of them, its stem does.
        nodes += [row_node([root], name)]
    return nodes[0] if len(nodes) == 1 else Or(tuple(nodes))


def _begun(start: str, name: str) -> Node | None:
    """A CJK beginning: its bigrams are a phrase, so what follows is open anyway."""
    row = stream(start)
    if len(row) == 1 and len(row[0]) == 1:
        return Prefix(row[0], name)
    return Phrase(tuple(row), name) if len(row) > 1 else row_node(row, name) if row else None
