"""One record of a stranger's JSON or CSV, asked by meaning instead of by its own key."""

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from crawler.markup import one_line

Value = Any
_URL_IN_FRAME = re.compile(r"""src=["']([^"']+)["']""")


class Fields:
    """A record whose keys are compared without case, blanks and signs.

    `Fields({"Session Title": "x"}).text("session_title")` is "x". Values of any type are
    allowed; what is asked for as text comes as text.
    """

    def __init__(self, record: Mapping[str, Value]) -> None:
        self.record = record
        self._by_key: dict[str, Value] = {}
        for key, value in record.items():
            self._by_key.setdefault(_folded(str(key)), value)

    def __contains__(self, key: str) -> bool:
        return _folded(key) in self._by_key

    def has(self, *keys: str) -> bool:
        """True when one of the keys stands in the record with a value."""
        return any(self._by_key.get(_folded(key)) not in (None, "", [], {}) for key in keys)

    def value(self, *keys: str) -> Value:
        """The first value that is not empty, or None."""
        for key in keys:
            found = self._by_key.get(_folded(key))
            if found not in (None, "", [], {}):
                return found
        return None

    def text(self, *keys: str) -> str:
        """The first value that is a text or a number, as text; "" when there is none."""
        for key in keys:
            found = self._by_key.get(_folded(key))
            if isinstance(found, str) and found.strip():
                return found
            if isinstance(found, int | float) and not isinstance(found, bool):
                return str(found)
        return ""

    def texts(self, *keys: str) -> tuple[str, ...]:
        """All values of these keys as texts: lists, JSON lists in a text, or comma-joined."""
        found: list[str] = []
        for key in keys:
            found += _texts(self._by_key.get(_folded(key)))
        return tuple(dict.fromkeys(text for text in found if text))

    def whole(self, *keys: str) -> tuple[str, ...]:
        """As `texts`, but a text is one value, commas and all."""
        found: list[str] = []
        for key in keys:
            value = self._by_key.get(_folded(key))
            is_list = isinstance(value, str) and value.strip().startswith("[")
            found += [_bare(value)] if isinstance(value, str) and not is_list else _texts(value)
        return tuple(dict.fromkeys(text for text in found if text))

    def inner(self, key: str) -> "Fields":
        """The record under a key, or an empty one."""
        found = self._by_key.get(_folded(key))
        return Fields(found if isinstance(found, Mapping) else {})

    def address(self, *keys: str) -> str:
        """The first value that holds an address; of an `<iframe>` its source."""
        found = self.text(*keys)
        frame = _URL_IN_FRAME.search(found) if "<" in found else None
        return frame[1] if frame else found


@lru_cache(maxsize=4096)
def _folded(key: str) -> str:
    return re.sub(r"[^a-z0-9]+", "", key.lower())


def _texts(value: Value) -> list[str]:
    if isinstance(value, str):
        text = value.strip()
        if text.startswith("[") and text.endswith("]"):
            try:
                return _texts(json.loads(text))
            except (ValueError, RecursionError):
                pass
        return [_bare(part) for part in text.split(",")]
    if isinstance(value, Mapping):
        value = [value]
    if isinstance(value, list):
        names = (_name(v) if isinstance(v, Mapping) else v for v in value)
        return [_bare(str(v)) for v in names if isinstance(v, str | int | float)]
    return []


def _name(value: Mapping[str, Value]) -> str:
    fields = Fields(value)
    return fields.text("name", "fullName", "title", "label", "value")


def _bare(text: str) -> str:
    return one_line(text).strip("'\"").strip()
