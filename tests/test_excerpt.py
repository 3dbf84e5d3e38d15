"""Excerpts: escaped text, the query's words marked, the best passage chosen."""

import html
import re
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from index.folding import fold, fold_in_place
from index.search.aliases import Aliases
from index.search.excerpt import excerpt, marked
from index.search.marking import marker
from index.search.plain import Plain, plain
from index.search.understand import Reader
from index.search.vocabulary import Vocabulary
from index.taxonomy import Taxonomy

TAXONOMY = Taxonomy.load()
READER = Reader(
    Aliases(TAXONOMY.services),
    Vocabulary(TAXONOMY, tuple),
    lambda: datetime(2020, 12, 10, tzinfo=UTC),
)
MARK = re.compile(r"</?mark>")


def marks(query: str, text: str) -> list[str]:
    found = excerpt(Plain.of(text), marker(READER.read(query).root), width=10_000)
    return [html.unescape(m) for m in re.findall(r"<mark>(.*?)</mark>", found)]


def test_words_are_marked_in_every_form() -> None:
    assert marks("database", "Databases and a database.") == ["Databases", "database"]
    assert marks("registry", "Two registries, one registry") == ["registries", "registry"]
    assert marks("server", "a serverless server") == ["server"]


def test_a_japanese_word_is_marked_in_its_own_spelling() -> None:
    assert marks("ユーザ", "新しいユーザーとユーザです") == ["ユーザー", "ユーザ"]
    assert marks("データ共有", "ﾃﾞｰﾀ共有ができる") == ["ﾃﾞｰﾀ共有"]


def test_other_names_are_marked() -> None:
    assert marks("データ共有", "with data sharing now") == ["data sharing"]
    assert marks("ECR", "Elastic Container Registry") == ["Elastic Container Registry"]


def test_compounds_and_prefixes_are_marked_whole() -> None:
    assert marks("us-east-1", "in us-east-1 and us-east-2") == ["us-east-1"]
    assert marks("kube*", "Kubernetes kubectl cube") == ["Kubernetes", "kubectl"]
    assert marks("C#", "C# or C") == ["C#"]


def test_a_word_asked_not_to_occur_is_not_marked() -> None:
    assert marks("wombat -quokka", "wombat quokka") == ["wombat"]


def test_the_passage_with_most_of_the_words_is_chosen() -> None:
    filler = "Nothing of interest is said in this sentence at all. " * 20
    text = f"A wombat. {filler}The wombat met a quokka here. {filler}"
    found = excerpt(Plain.of(text), marker(READER.read("wombat quokka").root))
    assert "<mark>wombat</mark> met a <mark>quokka</mark>" in found
    assert len(MARK.sub("", found)) < 300


def test_a_passage_ends_with_a_sentence_where_one_ends_near() -> None:
    text = "The wombat digs all night. " + "It sleeps by day and eats grass. " * 12
    found = excerpt(Plain.of(text), marker(READER.read("wombat").root))
    assert found.endswith("grass.") and 200 < len(MARK.sub("", found)) <= 240
    text = "ウォンバットは夜に掘る。" + "昼は寝ていて草を食べる。" * 30
    assert excerpt(Plain.of(text), marker(READER.read("ウォンバット").root)).endswith("食べる。")
    unbroken = excerpt(Plain.of("wombat " + "grass " * 90), marker(READER.read("wombat").root))
    assert unbroken.endswith("grass")


def test_markup_in_the_text_is_escaped() -> None:
    found = excerpt(Plain.of("<script>wombat</script> & co"), marker(READER.read("wombat").root))
    assert found == "&lt;script&gt;<mark>wombat</mark>&lt;/script&gt; &amp; co"


@given(st.text(max_size=300), st.text(max_size=30))
def test_without_its_marks_an_excerpt_is_escaped_text(text: str, query: str) -> None:
    found = excerpt(Plain.of(text), marker(READER.read(query).root))
    assert MARK.sub("", found) in html.escape(text)


JAPANESE = st.text(alphabet="サーバユザデタ共有のﾃﾞｰ㌔ﬁİabc <&", max_size=120)


@given(JAPANESE, st.text(alphabet="サーバユザデタ共有のabc ", max_size=12))
def test_the_whole_text_marked_is_the_escaped_text(text: str, query: str) -> None:
    spans = marker(READER.read(query).root).found(Plain.of(text))
    assert MARK.sub("", marked(text, spans)) == html.escape(text)
    assert all(0 <= a < b <= len(text) for a, b, _ in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))


@given(JAPANESE)
def test_folding_in_place_folds_alike(text: str) -> None:
    folded, places = fold_in_place(text)
    assert folded == fold(text)
    assert len(places) == len(folded) + 1
    assert list(places) == sorted(places)


def test_markdown_signs_are_left_out() -> None:
    text = "## Head\n\n- **bold** [link](https://example.org/a) and `code`\n"
    text += "* snake_case\n![alt](x.png)"
    assert plain(text) == "Head bold link and code snake_case alt"
    assert plain("行の\n続き") == "行の続き"


def test_words_at_the_end_of_a_text_are_shown_with_what_leads_to_them() -> None:
    text = "Nothing of interest is said in this sentence at all. " * 20 + "A wombat."
    found = MARK.sub("", excerpt(Plain.of(text), marker(READER.read("wombat").root)))
    assert found.endswith("A wombat.")
    assert len(found) > 100


QUERIES = st.lists(
    st.sampled_from(
        [
            "data",
            "shar*",
            '"data sharing"',
            "ユーザー",
            "共有",
            '"データ共有"',
            "us-east-1",
            "s3",
            "C#",
        ]
    ),
    min_size=1,
    max_size=3,
)
WORDS = st.lists(
    st.sampled_from(
        [
            "data",
            "sharing",
            "shared",
            "database",
            "データ共有",
            "ユーザと",
            "us-east-1",
            "S3",
            "c#",
            " ",
        ]
    ),
    max_size=12,
)


@given(QUERIES, WORDS, st.sampled_from(["", " ", ", "]))
def test_looking_for_anchors_first_finds_what_the_pattern_finds(
    query: list[str], words: list[str], between: str
) -> None:
    mark = marker(READER.read(" ".join(query)).root)
    plain_text = Plain.of(between.join(words))
    assert mark.pattern is not None
    everywhere = [m.span() for m in mark.pattern.finditer(plain_text.folded)]
    tried = replace(mark, anchors=tuple(sorted(set(plain_text.folded))))
    assert mark.found(plain_text) == tried.found(plain_text)
    assert {start for start, _ in everywhere} <= set(mark.candidates(plain_text.folded))


def test_characters_that_folding_passes_over_are_left_alone_by_it() -> None:
    spans = ("–", "–"), ("—", "—"), ("‘", "’"), ("“", "”"), ("、", "〃"), ("々", "〛")
    for first, last in (*spans, ("ぁ", "ゖ"), ("ァ", "ヺ"), ("ー", "ー"), ("一", "鿿")):
        for code in range(ord(first), ord(last) + 1):
            assert unicodedata.normalize("NFKC", chr(code)).lower() == chr(code)
