"""A query's filters as people write them, made the values of the index."""

from dataclasses import replace

from index.errors import ConfigError
from index.search.notices import Notice
from index.search.query import During, Node, Or, Query, Value
from index.search.vocabulary import Vocabulary


def resolved(query: Query, vocabulary: Vocabulary) -> tuple[Query, tuple[Notice, ...]]:
    """The query with the index's values for its filters, and what the person should know.

    An unknown area, kind or stage raises ConfigError, which names the choices; an unknown
    service, source, region or language is kept: it finds nothing, and the notice says why.
    """
    notices: list[Notice] = []
    found: dict[str, tuple[str, ...]] = {}
    for field, names in query.filters:
        values = [value for name in names for value in _values(field, name, vocabulary, notices)]
        found[field] = tuple(dict.fromkeys(values))
    changed = {field: values for field, values in found.items() if values != getattr(query, field)}
    return (replace(query, **changed) if changed else query), tuple(notices)  # type: ignore[arg-type]


def filter_nodes(query: Query) -> tuple[Node, ...]:
    """The query's filters and dates as parts of a tree."""
    nodes: list[Node] = [
        Or(tuple(Value(field, value) for value in values)) for field, values in query.filters
    ]
    if query.since is not None or query.until is not None:
        nodes.append(During(query.since, query.until))
    return tuple(nodes)


def _values(
    field: str, name: str, vocabulary: Vocabulary, notices: list[Notice]
) -> tuple[str, ...]:
    if values := vocabulary.values(field, name):
        return values
    near = vocabulary.nearest(field, name)
    choices = vocabulary.choices(field)
    if choices:
        hint = f"; did you mean {near!r}?" if near else ""
        listed = f" (one of: {', '.join(choices)})"
        raise ConfigError(f"no {field} is named {name!r}{hint}{listed}")
    kind = "unknown-near" if near else "unknown"
    notices.append(Notice(kind, field=field, value=name, near=near))
    return (name,)
