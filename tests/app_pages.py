"""A page of the app on a knowledge base in a temporary folder, run in this process."""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

from index.entry import Entry
from index.library import Library

SCRIPT = Path(__file__).parents[1] / "ui" / "app.py"
LISTS = ("digest", "rows", "tellings", "services", "waiting", "latest", "service-sessions")
NOW = datetime(2020, 12, 14, 3, tzinfo=UTC)


def announcement(title: str, day: str = "2020-12-08", **fields: object) -> Entry:
    """An announcement of that day; its address comes from its title."""
    slug = "".join(c if c.isalnum() and c.isascii() else "-" for c in title.lower()).strip("-")
    given = {
        "url": f"https://aws.amazon.com/about-aws/whats-new/2020/12/{slug or 'x'}/",
        "text": f"Starting today, {title} for everyone. It costs nothing extra.",
        "source": "whats-new-en",
        "kind": "announcement",
    }
    when = datetime.fromisoformat(day).replace(tzinfo=UTC)
    return Entry(**{"title": title, "published": when, **given, **fields})  # type: ignore[arg-type]


def filled(folder: Path, entries: Iterable[Entry] = ()) -> Library:
    """A knowledge base of these entries."""
    library = Library(folder)
    library.add(entries)
    return library


def page(folder: Path, name: str, monkeypatch: object, **address: str) -> AppTest:
    """The page of that name with that address, run once."""
    monkeypatch.setenv("REINVENT_KB_DATA", str(folder))  # type: ignore[attr-defined]
    test = AppTest.from_file(str(SCRIPT), default_timeout=60)
    for key, value in address.items():
        test.query_params[key] = value
    test.run()
    if name != "week":
        # The first run makes the pages known; the second shows the one that is meant.
        test.switch_page(f"app_pages/{name}.py")
        for key, value in address.items():
            test.query_params[key] = value
        test.run()
    return test


def given(test: AppTest, key: str) -> dict[str, Any]:
    """The values that one of our components draws; empty where the page has none of that key."""
    for element in test.get("bidi_component"):
        if element.proto.id.endswith(f"-{key}"):
            return dict(json.loads(element.proto.bytes))
    return {}


def _texts(value: object) -> Iterator[str]:
    """Every text in plain values."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from _texts(list(value.values()))
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)


def said(test: AppTest) -> str:
    """Everything that the page says: Markdown as it was written, lists and hits as plain text."""
    parts = [
        e.value
        for kind in (
            "title",
            "subheader",
            "markdown",
            "caption",
            "info",
            "warning",
            "error",
            "success",
        )
        for e in test.get(kind)
    ]
    labels = [e.label for kind in ("button", "page_link") for e in test.get(kind)]
    drawn = [given(test, "finder").get("answer", {})]
    drawn += [given(test, key).get("blocks", []) for key in LISTS]
    return "\n".join(str(p) for p in [*parts, *labels, *_texts(drawn)])
