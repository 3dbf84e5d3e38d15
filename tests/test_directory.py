"""AWS's directory API: every shape it has had, and its refusals."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.directory import read_directory_page
from index.errors import FeedError

NOW = datetime(2026, 11, 23, tzinfo=UTC)
URL = "https://aws.amazon.com/api/dirs/items/search?item.directoryId=whats-new-v2"


def item(**more: object) -> dict[str, object]:
    fields = {"headline": " Amazon X  does Y ", "headlineUrl": "/about-aws/whats-new/2024/12/x",
              "postBody": "<p>Today.</p>\r\n", "postDateTime": "2024-12-20T14:00:00-05:00",
              **more}  # fmt: skip
    return {"id": "whats-new-v2#v1", "locale": "en_US", "name": "j9q6", "additionalFields": fields,
            "dateCreated": "2024-12-01T00:00:00+0000"}  # fmt: skip


def page(*items: object, total: int = 9999) -> bytes:
    return json.dumps(
        {"metadata": {"count": len(items), "totalHits": total}, "items": items}
    ).encode()


def test_an_answer_gives_entries_and_how_many_there_are() -> None:
    tags = [{"id": "whats-new-v2#general-products#amazon-x", "name": "Amazon X"},
            {"id": "whats-new-v2#year#2024", "name": "2024"}]  # fmt: skip
    found = read_directory_page(page({"item": item(), "tags": tags}), URL, now=NOW)
    (entry,) = found.reading.entries
    assert (found.count, found.total_hits) == (1, 9999)
    assert (entry.kind, entry.source, entry.title) == (
        "announcement",
        "whats-new-en",
        "Amazon X does Y",
    )
    assert entry.url == "https://aws.amazon.com/about-aws/whats-new/2024/12/x"
    assert entry.published == datetime(
        2024, 12, 20, 19, tzinfo=UTC
    )  # never the editors' draft date
    assert entry.tags == ("general:products/amazon-x", "2024")
    assert entry.text == "Today."


@pytest.mark.parametrize(
    "shape",
    [
        [{"item": item(), "tags": "2022,Launch Announcement,amazon-x"}],
        [{"item": {**item(), "tags": "2022,Launch Announcement,amazon-x"}}],
        {"items": [{"item": item(), "tags": "2022,Launch Announcement,amazon-x"}]},
        [{"items": [{"item": item(), "tags": "2022,Launch Announcement,amazon-x"}]}],
    ],
)
def test_tags_beside_or_inside_the_item_in_any_envelope(shape: object) -> None:
    (entry,) = read_directory_page(json.dumps(shape).encode(), URL, now=NOW).reading.entries
    assert entry.tags == ("2022", "Launch Announcement", "amazon-x")


def test_the_second_field_of_a_text_is_read_too() -> None:
    data = page({"item": item(regionalAvailability="<p>In Tokyo.</p>")})
    (entry,) = read_directory_page(data, URL, now=NOW).reading.entries
    assert entry.text == "Today.\n\nIn Tokyo."


def test_an_answer_without_items_is_an_empty_page() -> None:
    found = read_directory_page(page(total=0), URL, now=NOW)
    assert (found.reading.entries, found.count, found.total_hits) == ((), 0, 0)


def test_items_that_are_none_are_named() -> None:
    data = page({"item": item()}, {"item": None}, {"item": item(headline="")}, 7)
    reading = read_directory_page(data, URL, now=NOW).reading
    assert len(reading.entries) == 1
    assert [s.where for s in reading.skipped] == ["item 2", "item 3", "item 4"]


@pytest.mark.parametrize(
    "data", [b"", b"<html>Sorry</html>", b"{", b'{"error": "x"}', b"[1]", b"null"]
)
def test_another_answer_is_refused(data: bytes) -> None:
    with pytest.raises(FeedError):
        read_directory_page(data, URL, now=NOW)


@pytest.mark.shared
def test_the_captured_pages_say_how_many_there_are(captures: Path) -> None:
    raw = captures / "whats-new-archive" / "dirs-api-raw"
    bulletins = read_directory_page((raw / "security-bulletins.json").read_bytes(), now=NOW)
    assert (bulletins.count, bulletins.total_hits) == (111, 111)
    assert {e.source for e in bulletins.reading.entries} == {"aws-security-bulletins"}
