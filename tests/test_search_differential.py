"""Our numpy searching against two others: Whoosh's own searcher, and plain Python."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from index.search.answer import answer
from index.search.evaluate import Evaluation
from index.search.query import FACETS, Everything, Matches, Node, Query, Term
from index.search.record import Record
from index.search.snapshot import Snapshot
from index.search.whoosh_search import WhooshSearch
from index.search.writer import maintain
from tests.search_material import (
    AREAS,
    LANGS,
    MOMENTS,
    REGIONS,
    SERVICES,
    Bench,
    batches,
    filters,
    scored_leaves,
    set_leaves,
    trees,
)

slowly = settings(
    max_examples=12,
    deadline=None,
    database=None,
    phases=(Phase.explicit, Phase.generate),  # shrinking takes minutes: set it to debug
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@dataclass(frozen=True)
class Case:
    """A state of the index and what ought to be in it, by row number."""

    snapshot: Snapshot
    kept: dict[int, Record]


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("indexes")


def built(root: Path, history: list, merge: bool) -> Case:
    bench = Bench(root / f"i{len(list(root.iterdir()))}")
    kept: dict[int, Record] = {}
    for records, gone in history:
        bench.put(*records, gone=gone)
        kept = {n: r for n, r in kept.items() if n not in gone} | {r.n: r for r in records}
    if merge:
        bench.contents = maintain(bench.folder, bench.contents, bench.segments)
    return Case(bench.snapshot(), kept)


histories = st.lists(batches(), min_size=1, max_size=10)


@slowly
@given(histories, st.booleans(), st.lists(trees(scored_leaves | set_leaves | filters), min_size=5))
def test_every_tree_matches_what_whoosh_matches(folders, history, merge, asked) -> None:
    case = built(folders, history, merge)
    ours, theirs = Evaluation(case.snapshot), WhooshSearch(case.snapshot)
    for tree in asked:
        found = ours.scored(tree).ids
        assert found.tolist() == sorted(set(found.tolist()))
        assert found.tolist() == theirs.scored(tree).ids.tolist(), tree


@slowly
@given(histories, st.booleans(), st.lists(trees(scored_leaves | filters), min_size=5))
def test_scores_are_those_of_whoosh_within_tolerance(folders, history, merge, asked) -> None:
    case = built(folders, history, merge)
    ours, theirs = Evaluation(case.snapshot), WhooshSearch(case.snapshot)
    for tree in asked:
        np.testing.assert_allclose(
            ours.scored(tree).scores,
            theirs.scored(tree).scores,
            rtol=1e-4,
            atol=1e-5,
            err_msg=f"{tree}",
        )


queries = st.builds(
    Query,
    area=st.lists(st.sampled_from(AREAS), max_size=2, unique=True).map(tuple),
    lang=st.lists(st.sampled_from(LANGS), max_size=1).map(tuple),
    service=st.lists(st.sampled_from(SERVICES), max_size=2, unique=True).map(tuple),
    region=st.lists(st.sampled_from(REGIONS), max_size=1).map(tuple),
    since=st.none() | MOMENTS,
    until=st.none() | MOMENTS,
    sort=st.sampled_from(["relevance", "newest", "oldest"]),
    limit=st.integers(0, 6),
    offset=st.integers(0, 3),
    fold=st.booleans(),
)


def values_of(record: Record, field: str) -> tuple[str, ...]:
    found = getattr(record, field)
    return found if isinstance(found, tuple) else (found,) if found else ()


def passes(record: Record, query: Query, without: str = "") -> bool:
    when = record.published
    return (
        all(set(values_of(record, f)) & set(v) for f, v in query.filters if f != without)
        and (query.since is None or when >= query.since.timestamp())
        and (query.until is None or when < query.until.timestamp())
    )


def unit(record: Record, query: Query) -> str:
    return record.story if query.fold else f"{record.n}"


@slowly
@given(histories, st.booleans(), st.lists(queries, min_size=4))
def test_totals_facets_and_order_are_those_of_plain_python(folders, history, merge, asked) -> None:
    case = built(folders, history, merge)
    for query in asked:
        for root, holds in ((Everything(), lambda r: True), (Term("aurora"), has_aurora)):
            matched = [r for r in case.kept.values() if holds(r)]
            found = answer(case.snapshot, Evaluation(case.snapshot).scored(root), query)
            check_counts(found, matched, query)
            check_order(found, case, matched, query, root)


def has_aurora(record: Record) -> bool:
    text = f"{record.title} {record.names} {record.lead} {record.body}"
    return "aurora" in text.split()


def check_counts(found: Matches, matched: list[Record], query: Query) -> None:
    assert found.total == len({unit(r, query) for r in matched if passes(r, query)})
    for facet in FACETS:
        pairs = {
            (value, unit(r, query))
            for r in matched
            if passes(r, query, without=facet)
            for value in values_of(r, facet)
        }
        counts = Counter(value for value, _ in pairs)
        expected = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        assert dict(found.facets)[facet] == tuple(expected)


def check_order(
    found: Matches, case: Case, matched: list[Record], query: Query, root: Node
) -> None:
    shown = [case.kept[match.n] for match in found.found]
    assert len(shown) == max(0, min(query.limit, found.total - query.offset))
    assert all(r in matched and passes(r, query) for r in shown)
    assert len({unit(r, query) for r in shown}) == len(shown)
    times = [r.published for r in shown]
    if query.sort == "oldest":
        assert times == sorted(times)
    elif query.sort == "newest" or isinstance(root, Everything):
        assert times == sorted(times, reverse=True)
    else:
        scores = [match.score for match in found.found]
        assert scores == sorted(scores, reverse=True)
    for match, record in zip(found.found, shown, strict=True):
        copies = {r.n for r in case.kept.values() if r.story == record.story} - {record.n}
        assert set(match.copies) == (copies if query.fold else set())


@slowly
@given(histories, st.booleans(), st.integers(1, 4), st.booleans())
def test_pages_follow_each_other_without_gap_or_overlap(folders, history, merge, size, fold):
    snapshot = built(folders, history, merge).snapshot
    found = Evaluation(snapshot).scored(Term("aurora"))
    whole = answer(snapshot, found, Query(limit=100, fold=fold))
    pages = [
        answer(snapshot, found, Query(limit=size, offset=start, fold=fold)).found
        for start in range(0, 12, size)
    ]
    assert tuple(match for page in pages for match in page) == whole.found
