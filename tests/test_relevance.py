"""The relevance bench: its measures, its questions and its judgements."""

import tomllib
from collections import Counter
from pathlib import Path

import pytest

from bench.corpus import entries
from bench.known_items import Question, known_items
from bench.relevance import JUDGED, scored
from bench.relevance_engines import Fts5, Ours
from index.address import is_web_address
from index.library import Library

SAMPLE = Path(__file__).parents[1] / "data" / "sample"


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (["a", "b"], (1.0, 1.0, 1.0)),
        (["x", "a", "b"], (0.5, 1.0, pytest.approx(0.6590, abs=1e-4))),
        (["b", "a"], (1.0, 1.0, pytest.approx(0.7967, abs=1e-4))),
        (["a", "x"], (1.0, 0.5, pytest.approx(0.8262, abs=1e-4))),
        ([], (0.0, 0.0, 0.0)),
        (["x"] * 10 + ["a"], (0.0, 0.0, 0.0)),
    ],
)
def test_the_measures_are_those_of_the_books(
    found: list[str], expected: tuple[float, float, float]
) -> None:
    # By hand: gains 2^2-1 = 3 for the best answer and 2^1-1 = 1 for a related one.
    assert scored(found, (("a", 2), ("b", 1))) == expected


def test_enough_queries_are_judged_in_both_languages() -> None:
    queries = tomllib.loads(JUDGED.read_text("utf-8"))["query"]
    langs = Counter(query["lang"] for query in queries)
    assert len(queries) >= 120
    assert langs["ja"] >= 60
    assert langs["en"] >= 60
    assert len({query["text"] for query in queries}) == len(queries)
    for query in queries:
        addresses = [*query.get("best", []), *query.get("related", [])]
        assert addresses
        assert len(set(addresses)) == len(addresses), query["text"]
        assert all(map(is_web_address, addresses))


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Library:
    library = Library(tmp_path_factory.mktemp("sample"))
    library.add(entries([str(SAMPLE)]))
    return library


@pytest.fixture(scope="module")
def questions(sample: Library) -> tuple[Question, ...]:
    return known_items(list(sample.shelf.where("1")), sample.taxonomy)


def test_the_same_data_give_the_same_questions(
    sample: Library, questions: tuple[Question, ...]
) -> None:
    assert known_items(list(sample.shelf.where("1")), sample.taxonomy) == questions
    kinds = {question.kind for question in questions}
    assert {"dropped", "reordered", "misspelt", "spelt", "former", "ja-to-en"} <= kinds
    assert all(question.text and question.answers for question in questions)


def test_known_items_of_the_sample_are_found_ahead_of_fts5(
    sample: Library, questions: tuple[Question, ...]
) -> None:
    rows = list(sample.shelf.where("1"))
    ours = Ours(sample, {stored.n: stored.story for stored in rows}, meaning=False)
    theirs = Fts5(rows, trigrams=False)
    some = [q for q in questions if q.kind in ("misspelt", "former", "spelt", "unsegmented")]

    def mean(engine: Ours | Fts5) -> float:
        gains = [scored(engine.stories(q.text, q.only, 10), q.answers)[2] for q in some]
        return sum(gains) / len(gains)

    assert mean(ours) > 0.8
    assert mean(ours) > mean(theirs)
