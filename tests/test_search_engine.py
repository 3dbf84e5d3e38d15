"""The search index of a real knowledge base: kept up, healed, versioned, shared."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from index.entry import Entry
from index.search import draft, engine
from index.search.arrays import ArrayFile, DamagedIndexError
from index.search.engine import SearchIndex
from index.search.folder import BusyError, IndexFolder
from index.search.notices import Notice
from index.search.query import (
    And,
    Everything,
    Matches,
    Near,
    Node,
    Not,
    Pattern,
    Phrase,
    Query,
    Term,
)
from index.search.writer import MOST_SEGMENTS
from index.shelf import Shelf
from index.store import Store

NOW = datetime(2021, 1, 1, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    found = Store(tmp_path)
    yield found
    found.close()


@pytest.fixture
def index(tmp_path: Path, store: Store) -> SearchIndex:
    return SearchIndex(tmp_path / "index", store)


def entry(title: str, **fields: object) -> Entry:
    base = {
        "kind": "announcement",
        "title": title,
        "published": NOW - timedelta(days=len(title)),
        "source": "whats-new-en",
        "url": f"https://aws.amazon.com/about-aws/whats-new/2020/12/{abs(hash(title))}/",
    }
    return Entry(**(base | fields))  # type: ignore[arg-type]


def keep(store: Store, *entries: Entry) -> list[str]:
    shelf = Shelf(store)
    with store.write():
        return [shelf.put(e, NOW)[0] for e in entries]


def asked(index: SearchIndex, root: Node, **fields: object) -> Matches:
    return index.matches(root, Query(**fields))  # type: ignore[arg-type]


def numbers(found: Matches) -> set[int]:
    return {match.n for match in found.found}


def test_an_empty_knowledge_base_finds_nothing_and_says_so_calmly(index: SearchIndex) -> None:
    found = asked(index, And((Term("aurora"), Not(Phrase(("a", "b"))))))
    assert (found.total, found.found, found.notice) == (0, (), None)
    assert all(not counts for _, counts in found.facets)
    assert asked(index, Pattern("a*b")).total == asked(index, Near(("a", "b"))).total == 0


def test_a_new_entry_is_found_after_catching_up_and_by_another_process(
    tmp_path: Path, store: Store, index: SearchIndex
) -> None:
    reader = SearchIndex(tmp_path / "index", Store(tmp_path))
    assert asked(reader, Term("aurora")).total == 0
    keep(store, entry("Aurora grows"))
    assert index.catch_up() == 1
    assert asked(index, Term("aurora")).total == 1
    assert asked(reader, Term("aurora")).total == 1
    assert index.catch_up() == 0


def test_a_first_look_indexes_what_an_interrupted_run_left(
    store: Store, index: SearchIndex
) -> None:
    keep(store, entry("Aurora grows"), entry("Lambda grows"))
    assert asked(index, Everything()).total == 2


def test_a_changed_entry_is_found_by_its_new_words_only(store: Store, index: SearchIndex) -> None:
    first = entry("Aurora grows", url="https://example.com/a")
    keep(store, first)
    index.catch_up()
    keep(store, entry("Lambda shrinks", url="https://example.com/a"))
    index.catch_up()
    assert asked(index, Term("aurora")).total == 0
    assert asked(index, Term("lambda")).total == asked(index, Everything()).total == 1


def test_an_entry_that_left_the_store_leaves_the_index(store: Store, index: SearchIndex) -> None:
    part = entry("Aurora part")
    whole = entry("Weekly digest", kind="digest", url="https://example.com/d", parts=(part,))
    keep(store, whole)
    assert asked(index, Term("aurora")).total == 1
    keep(store, entry("Weekly digest", kind="digest", url="https://example.com/d",
                      parts=(entry("Lambda part"),)))  # fmt: skip
    index.catch_up()
    assert asked(index, Term("aurora")).total == 0
    assert asked(index, Term("lambda")).total == 1


def test_the_last_entry_may_leave(store: Store, index: SearchIndex) -> None:
    keep(store, entry("Aurora grows"))
    index.catch_up()
    with store.write() as connection:
        n = connection.execute("DELETE FROM entry RETURNING n").fetchone()[0]
        connection.execute("INSERT INTO gone VALUES (?,?,?)", (n, "x", store.next_stamp()))
    index.catch_up()
    assert asked(index, Everything()).total == 0


def test_the_same_entries_indexed_in_any_batches_answer_the_same(
    tmp_path: Path, store: Store, index: SearchIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(store, *(entry(f"Aurora number {i} in region{i % 3}") for i in range(40)))
    index.catch_up()
    monkeypatch.setattr(engine, "BATCH", 3)
    other = SearchIndex(tmp_path / "other", store)
    other.catch_up()
    root = And((Term("aurora"), Not(Term("region1"))))
    assert asked(index, root, limit=50) == asked(other, root, limit=50)
    assert len(other.snapshot().segments) <= MOST_SEGMENTS


def test_long_texts_are_written_as_several_segments_of_one_commit(
    store: Store, index: SearchIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(draft, "_MOST_WORDS", 10)
    keep(store, *(entry(f"Aurora number {i} of many words") for i in range(9)))
    index.catch_up()
    assert asked(index, Phrase(("aurora", "number"))).total == 9
    assert index.snapshot().contents.stamp == store.stamp()


def test_segments_stay_few_over_many_small_changes(store: Store, index: SearchIndex) -> None:
    for i in range(30):
        keep(store, entry(f"Aurora number {i}"))
        index.catch_up()
        assert len(index.snapshot().segments) <= MOST_SEGMENTS
    assert asked(index, Term("aurora")).total == 30


def torn(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def scribbled(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(bytes(data))


def removed(path: Path) -> None:
    path.unlink()


def emptied(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize("harm", [torn, scribbled, removed, emptied])
@pytest.mark.parametrize("pattern", ["*.trm", "*.pst", "*.val", "*.toc", "../CURRENT"])
def test_a_damaged_file_is_healed_with_a_notice(
    tmp_path: Path, store: Store, index: SearchIndex, harm, pattern: str
) -> None:
    ids = keep(store, *(entry(f"Aurora number {i}") for i in range(20)))
    index.catch_up()
    folder = index.snapshot().contents.folder
    harm(next(folder.glob(pattern)) if "/" not in pattern else folder.parent / "CURRENT")
    later = SearchIndex(tmp_path / "index", store)
    found = asked(later, Phrase(("aurora", "number")), limit=100)
    assert found.total == len(ids) == 20
    healed = found.notice is not None and found.notice.name == "healed"
    assert healed or (harm is removed and pattern == "../CURRENT")
    assert asked(later, Term("aurora")).notice is None
    assert later.health().state == "fresh"


def test_a_missing_folder_is_built_again(tmp_path: Path, store: Store, index: SearchIndex) -> None:
    import shutil

    keep(store, entry("Aurora grows"))
    index.catch_up()
    assert asked(index, Term("aurora")).total == 1
    shutil.rmtree(tmp_path / "index")
    assert asked(index, Term("aurora")).total == 1
    assert asked(SearchIndex(tmp_path / "index", store), Term("aurora")).total == 1


def test_an_index_of_another_version_is_rebuilt(
    tmp_path: Path, store: Store, index: SearchIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(store, entry("Aurora grows"))
    index.catch_up()
    monkeypatch.setattr(engine, "version", lambda: "another/version")
    later = SearchIndex(tmp_path / "index", store)
    found = asked(later, Term("aurora"))
    assert (found.total, found.notice) == (1, Notice("renewed"))


def test_health_names_what_is_wrong(store: Store, index: SearchIndex) -> None:
    assert index.health().state == "missing"
    keep(store, entry("Aurora grows"))
    index.catch_up()
    health = index.health()
    assert (health.state, health.documents, health.segments) == ("fresh", 1, 1)
    keep(store, entry("Lambda grows"))
    assert (index.health().state, index.health().behind) == ("behind", 1)
    scribbled(next(index.snapshot().contents.folder.glob("*.pst")))
    assert index.health().state == "damaged"


def test_a_second_writer_waits_and_then_says_who_is_in_its_way(
    tmp_path: Path, store: Store
) -> None:
    keep(store, entry("Aurora grows"))
    index = SearchIndex(tmp_path / "index", store, wait=0.1)
    folder = IndexFolder(tmp_path / "index")
    with folder.writing(0), pytest.raises(BusyError, match="another process"):
        index.catch_up()
    assert index.catch_up() == 1


def test_a_reader_is_not_disturbed_by_a_rebuild(
    tmp_path: Path, store: Store, index: SearchIndex
) -> None:
    keep(store, *(entry(f"Aurora number {i}") for i in range(20)))
    index.catch_up()
    before = index.snapshot()
    SearchIndex(tmp_path / "index", store).rebuild()
    assert len(before.phrase("words", ("aurora", "number")).ids) == 20
    assert index.snapshot().contents.folder != before.contents.folder
    assert asked(index, Term("aurora")).total == 20


def test_threads_get_whole_answers_while_entries_arrive(tmp_path: Path, store: Store) -> None:
    index = SearchIndex(tmp_path / "index", store)
    keep(store, *(entry(f"Aurora serverless number {i}") for i in range(30)))
    index.catch_up()
    wrong: list[object] = []
    done = threading.Event()

    def ask() -> None:
        while not done.is_set():
            found = asked(index, Phrase(("aurora", "serverless")), limit=500)
            if found.total < 30 or found.total != len(found.found):
                wrong.append(found)

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    for i in range(12):
        keep(store, entry(f"Aurora serverless arrival {i}"))
        index.catch_up()
    done.set()
    for thread in threads:
        thread.join()
    assert not wrong
    assert asked(index, Term("aurora")).total == 42


def test_every_byte_of_a_file_is_guarded(tmp_path: Path, store: Store, index: SearchIndex) -> None:
    keep(store, *(entry(f"Aurora number {i}") for i in range(5)))
    index.catch_up()
    path = next(index.snapshot().contents.folder.glob("*.pst"))
    whole = path.read_bytes()
    for place in range(0, len(whole), 7):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        try:
            file = ArrayFile(path)
            for name in ("words.ids", "words.weights", "words.counts", "words.positions"):
                file[name]
        except DamagedIndexError:
            continue
        # Only padding between the arrays may differ unnoticed, and only before their data.
        assert whole[place] == 0


def test_leftovers_of_a_killed_writer_are_cleared(
    tmp_path: Path, store: Store, index: SearchIndex
) -> None:
    keep(store, entry("Aurora grows"))
    index.catch_up()
    folder = index.snapshot().contents.folder
    (folder / "MAIN_0123456789abcdef.pst").write_bytes(b"half")
    (folder / "_MAIN_9.toc.123.4").write_bytes(b"half")
    (tmp_path / "index" / "i-killed").mkdir()
    keep(store, entry("Lambda grows"))
    index.catch_up()
    assert not list(folder.glob("MAIN_0123*")) + list(folder.glob("*.toc.*"))
    index.rebuild()
    assert len(list((tmp_path / "index").iterdir())) == 3  # CURRENT, WRITER, one folder


def test_a_search_does_not_wait_for_a_rebuild_in_its_own_process(
    store: Store, index: SearchIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(store, entry("Aurora grows"))
    index.catch_up()
    asked(index, Term("aurora"))
    begun, answered = threading.Event(), threading.Event()
    follow = index._follow

    def slow(*args: object) -> object:
        begun.set()
        assert answered.wait(20)
        return follow(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(index, "_follow", slow)
    rebuild = threading.Thread(target=index.rebuild)
    rebuild.start()
    assert begun.wait(20)
    assert asked(index, Term("aurora")).total == 1
    answered.set()
    rebuild.join()
    assert asked(index, Term("aurora")).total == 1
