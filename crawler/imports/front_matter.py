"""The head of a Markdown file: YAML's simple lines, TOML, or Hatena's JSON in a comment."""

import json
import re
import tomllib
from collections.abc import Mapping
from typing import Any

_FENCED = re.compile(r"\A\s*(---|\+\+\+)[ \t]*\n(.*?)\n\1[ \t]*(?:\n|\Z)", re.S)
_COMMENT = re.compile(r"\A\s*<!--\s*(\{.*?\})\s*-->\s*\n?", re.S)
_LINE = re.compile(r"^([A-Za-z][\w .-]*?)\s*:(?:\s+(.*))?$")


def split_front_matter(text: str) -> tuple[Mapping[str, Any], str]:
    """(fields, the text below); no fields where the file begins with its text."""
    if found := _COMMENT.match(text):
        try:
            fields = json.loads(found[1])
        except (ValueError, RecursionError):
            fields = None
        if isinstance(fields, Mapping):
            return fields, text[found.end() :]
    if found := _FENCED.match(text):
        fields = _toml(found[2]) if found[1] == "+++" else _yaml(found[2])
        if fields:
            return fields, text[found.end() :]
    return {}, text


def _toml(text: str) -> Mapping[str, Any]:
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        return {}


def _yaml(text: str) -> dict[str, Any]:
    """The lines `key: value`, `key: [a, b]` and lists of `- value`: what notes use."""
    fields: dict[str, Any] = {}
    key = ""
    for line in text.split("\n"):
        item = re.match(r"^\s*-\s+(.*)$", line)
        if item and key and isinstance(fields.get(key, []), list):
            fields[key] = [*fields.get(key, []), _scalar(item[1])]
            continue
        found = _LINE.match(line)
        if found:
            key, said = found[1].strip(), (found[2] or "").strip()
            if said:
                fields[key] = _value(said)
            else:
                fields.setdefault(key, [])
    return {key: value for key, value in fields.items() if value != []}


def _value(said: str) -> Any:
    if said.startswith("[") and said.endswith("]"):
        return [_scalar(part) for part in said[1:-1].split(",") if part.strip()]
    return _scalar(said)


def _scalar(said: str) -> str:
    said = said.strip()
    if len(said) > 1 and said[0] == said[-1] == '"':
        try:
            return str(json.loads(said))
        except ValueError:
            return said[1:-1]
    if len(said) > 1 and said[0] == said[-1] == "'":
        return said[1:-1].replace("''", "'")
    return re.sub(r"\s+#\s.*$", "", said)
