"""A draft inverts texts as `index.text.postings` cuts them, zone by zone."""

from collections import defaultdict

from hypothesis import given, settings
from hypothesis import strategies as st

from index.search.draft import Draft
from index.search.record import Record
from index.search.schema import WEIGHTS, ZONES
from index.text import _ASCII_TOKEN, _TOKEN, postings
from tests.search_material import record, texts

LETTERS = st.text(st.sampled_from("ab1 .-_'/:&+,#sc\nnet\t()"), max_size=40)
anything = st.one_of(texts, LETTERS, st.text(max_size=30))
long = st.builds(lambda text, times: f"{text} " * times, anything, st.sampled_from([1, 1, 90]))
documents = st.lists(st.tuples(long, long, long, long), max_size=4)

Expected = dict[str, dict[int, tuple[int, list[int]]]]


def expected(records: list[Record]) -> tuple[Expected, list[int]]:
    """Weight and positions by term and document, and lengths, one occurrence after the other."""
    found: defaultdict[str, dict[int, tuple[int, list[int]]]] = defaultdict(dict)
    lengths = []
    for number, item in enumerate(records):
        lengths.append(0)
        for zone, (start, stop) in ZONES.items():
            terms, width = postings(getattr(item, zone))
            room = stop - start - 1
            lengths[-1] += min(width, room)
            for term, places in terms.items():
                kept = [place + start for place in places if place < room]
                if kept:
                    weight, before = found[term].get(number, (0, []))
                    weight += WEIGHTS[zone] * len(kept)
                    found[term][number] = weight, before + kept
    return found, lengths


@settings(max_examples=60, deadline=None)
@given(documents)
def test_a_draft_holds_every_term_at_its_positions(found) -> None:
    records = [
        record(n, title, names=names, lead=lead, body=body)
        for n, (title, names, lead, body) in enumerate(found, 1)
    ]
    draft = Draft()
    for item in records:
        draft.add(item)
    segment = draft.segment()
    terms, lengths = expected(records)
    words = segment.texts["words"]
    assert segment.lengths["words"].tolist() == lengths
    assert [t.decode("utf-8", "surrogatepass") for t in words.terms] == sorted(terms)
    for number, term in enumerate(sorted(terms)):
        place = int(words.position_starts[number])
        postings_of = {}
        for i in range(int(words.starts[number]), int(words.starts[number + 1])):
            end = place + int(words.counts[i])
            postings_of[int(words.ids[i])] = (
                int(words.weights[i]),
                words.positions[place:end].tolist(),
            )
            place = end
        assert postings_of == {
            document: (min(weight, 255), sorted(places)[:255])
            for document, (weight, places) in terms[term].items()
        }


@given(LETTERS | st.text(st.characters(max_codepoint=127), max_size=60))
def test_the_fast_pattern_cuts_plain_text_like_the_whole_one(text: str) -> None:
    assert _ASCII_TOKEN.findall(text.lower()) == _TOKEN.findall(text.lower())
