"""What is kept, what is new, and what two records of one thing become."""

import threading
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.entry import Entry, entry_from_dict, entry_to_dict
from index.errors import StoreError
from index.fact import Evidence, Fact, FactKind, Facts
from index.shelf import CHANGED, NEW, UNCHANGED, Shelf, merge
from index.store import Store, migrations

DAY = datetime(2020, 12, 8, 17, tzinfo=UTC)
LAUNCH = Entry(
    kind="announcement",
    title="Announcing Amazon Redshift ML (preview)",
    published=DAY,
    source="whats-new-en",
    url="https://aws.amazon.com/about-aws/whats-new/2020/12/redshift-ml/",
    tags=("amazon-redshift",),
)


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(Store(tmp_path))


def put(shelf: Shelf, entry: Entry) -> tuple[str, str]:
    with shelf.store.write():
        return shelf.put(entry, DAY)


def test_putting_twice_is_putting_once(shelf: Shelf) -> None:
    entry_id, first = put(shelf, LAUNCH)
    assert (first, put(shelf, LAUNCH)) == (NEW, (entry_id, UNCHANGED))
    assert [s.entry for s in shelf.where("1")] == [LAUNCH]


def test_an_edited_record_is_a_revision_and_the_old_one_stays(shelf: Shelf) -> None:
    entry_id, _ = put(shelf, LAUNCH)
    edited = replace(LAUNCH, title="Announcing Amazon Redshift ML")
    assert put(shelf, edited) == (entry_id, CHANGED)
    assert [r.entry.title for r in shelf.revisions(entry_id)] == [LAUNCH.title, edited.title]
    assert put(shelf, LAUNCH) == (entry_id, UNCHANGED), "an old record met again says nothing"


def test_the_same_page_under_another_spelling_is_the_same_entry(shelf: Shelf) -> None:
    entry_id, _ = put(shelf, LAUNCH)
    twin = replace(LAUNCH, url="http://AWS.amazon.com/about-aws/whats-new/2020/12/Redshift-ML?x=1")
    assert put(shelf, twin)[0] == entry_id


def test_the_same_guid_under_another_address_is_the_same_entry(shelf: Shelf) -> None:
    entry_id, _ = put(shelf, replace(LAUNCH, guid="abc"))
    moved = replace(LAUNCH, guid="abc", url="https://aws.amazon.com/about-aws/whats-new/2021/01/x/")
    assert put(shelf, moved) == (entry_id, CHANGED)


def test_another_source_adds_but_never_takes_away() -> None:
    full = replace(LAUNCH, text="Redshift ML is here.")
    other = replace(LAUNCH, source="scrape", title="Redshift ML", tags=("Analytics",))
    assert merge(full, other) == replace(full, tags=("amazon-redshift", "Analytics"))
    assert merge(other, full).text == "Redshift ML is here."


def test_a_digest_brings_its_items_and_loses_those_it_drops(shelf: Shelf) -> None:
    item = replace(LAUNCH, url=None, label="Analytics")
    digest = replace(LAUNCH, kind="digest", title="Week 50", url=None, parts=(item,))
    entry_id, _ = put(shelf, digest)
    assert [s.entry for s in shelf.where("part_of = ?", [entry_id])] == [item]
    put(shelf, replace(digest, text="edited", parts=(replace(item, title="Other"),)))
    assert [s.entry.title for s in shelf.where("part_of = ?", [entry_id])] == ["Other"]


def test_facts_are_kept_in_order_and_only_a_change_moves_the_stamp(shelf: Shelf) -> None:
    entry_id, _ = put(shelf, LAUNCH)
    facts = Facts((Fact(FactKind.AREA, "Analytics", Evidence.TAG, "amazon-redshift"),))
    assert shelf.keep_facts(entry_id, facts)
    stamp = shelf.store.stamp()
    assert not shelf.keep_facts(entry_id, facts)
    stored = shelf.get(entry_id)
    assert stored is not None
    assert (stored.facts, shelf.store.stamp()) == (facts, stamp)


def test_an_error_inside_a_write_keeps_nothing_of_it(shelf: Shelf) -> None:
    with pytest.raises(RuntimeError), shelf.store.write():
        shelf.put(LAUNCH, DAY)
        raise RuntimeError
    assert list(shelf.where("1")) == []


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "kb.sqlite3").write_text("hello, this is a text and no database at all" * 30)
    with pytest.raises(StoreError, match=r"kb\.sqlite3"):
        Store(tmp_path)


def test_a_newer_schema_is_refused(tmp_path: Path) -> None:
    newest = migrations()[-1][0]
    Store(tmp_path).read().execute(f"PRAGMA user_version = {newest + 1}")
    with pytest.raises(StoreError, match="newer version"):
        Store(tmp_path)


@given(title=st.text(min_size=1).filter(str.strip), text=st.text(), tags=st.lists(st.text()))
def test_every_entry_survives_its_plain_form(title: str, text: str, tags: list[str]) -> None:
    entry = replace(LAUNCH, title=title, text=text, tags=tuple(tags), parts=(LAUNCH,))
    assert entry_from_dict(entry_to_dict(entry)) == entry


def test_long_work_gives_way_to_who_waits(tmp_path: Path) -> None:
    Store(tmp_path).keep_meta("done", "0")
    begun, order = threading.Event(), list[str]()

    def import_much() -> None:
        store = Store(tmp_path)
        for number in range(30):
            with store.write():
                begun.set()
                time.sleep(0.06)
                order.append(f"batch {number}")
            store.give_way()

    long_work = threading.Thread(target=import_much)
    long_work.start()
    begun.wait(10)
    Store(tmp_path).keep_meta("done", "1")
    order.append("a person's word")
    long_work.join()
    assert order[-1] != "a person's word"


def test_a_writer_that_never_ends_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.store.WAIT_SECONDS", 0.1)
    store = Store(tmp_path)
    said = list[str]()

    def write() -> None:
        with pytest.raises(StoreError, match="being written by another process") as error:
            Store(tmp_path).keep_meta("a", "b")
        said.append(str(error.value))

    with store.write():
        other = threading.Thread(target=write)
        other.start()
        other.join()
    assert said and store.meta("a") is None
