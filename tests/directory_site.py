"""AWS's directory API on a local site, with its wall of 10,000 and its other silent limits."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tests.site import Ask, Page, Reply

WALL = 10_000


@dataclass(frozen=True)
class Record:
    """One record: its id, its moment, and the year tags that it bears."""

    name: str
    when: datetime
    tags: tuple[str, ...]


def records(
    year: int, count: int, tags: Iterable[str] = ("whats-new-v2#year#{year}",)
) -> list[Record]:
    """That many records, spread over a year."""
    step = timedelta(days=364) / max(count, 1)
    start = datetime(year, 1, 1, 12, tzinfo=UTC)
    worn = tuple(tag.format(year=year) for tag in tags)
    marks = "-".join(str(len(t)) for t in worn) or "bare"
    return [Record(f"launch-{year}-{marks}-{n:05}", start + step * n, worn) for n in range(count)]


def directory(held: list[Record], wall: int = WALL, largest: int = 2_000) -> Page:
    """The API over these records; add to the list to publish. `largest` is the largest size
    that it answers; it gives that many at most where it is negative."""

    def page(ask: Ask) -> Reply:
        def one(name: str, default: str) -> str:
            return ask.query.get(name, [default])[0]

        size, number = int(one("size", "10")), int(one("page", "0"))
        wanted = ask.query.get("tags.id", [])
        found = [r for r in held if all(_bears(r, tag) for tag in wanted)]
        found.sort(key=lambda r: r.when, reverse=one("sort_order", "desc") == "desc")
        size = min(size, -largest) if largest < 0 else size
        silent = size > abs(largest) or (number + 1) * size > wall or number >= 100
        shown = [] if silent else found[number * size : (number + 1) * size]
        answer = {
            "metadata": {"count": len(shown), "totalHits": len(found)},
            "fieldTypes": {},
            "items": [_item(r) for r in shown],
        }
        return Reply(200, json.dumps(answer).encode(), {"Content-Type": "application/json"})

    return page


def _bears(record: Record, wish: str) -> bool:
    if wish.startswith("!"):
        return wish[1:] not in record.tags
    return any(tag in record.tags for tag in wish.split("|"))


def _item(record: Record) -> dict[str, object]:
    path = f"/about-aws/whats-new/{record.when:%Y/%m}/{record.name}/"
    return {
        "item": {
            "id": f"whats-new-v2#{record.name}",
            "locale": "en_US",
            "directoryId": "whats-new-v2",
            "name": record.name,
            "dateCreated": "2020-01-01T00:00:00+0000",
            "dateUpdated": "2020-01-01T00:00:00+0000",
            "additionalFields": {
                "headline": f"Amazon Example announces {record.name}",
                "headlineUrl": path,
                "postBody": f"<p>Words about {record.name}.</p>",
                "postDateTime": f"{record.when:%Y-%m-%dT%H:%M:%SZ}",
            },
        },
        "tags": [
            {"id": t, "name": t.rsplit("#", 1)[1], "tagNamespaceId": "x"} for t in record.tags
        ],
    }
