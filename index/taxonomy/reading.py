"""Reading the taxonomy's TOML files; whatever is wrong is named with its file and line."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from index.errors import ConfigError
from index.taxonomy.values import BARE, Area, Former, Region, Rule, Service

_LISTS = ("also", "with_vendor", "japanese", "tags")
_SERVICE_KEYS = {"name", "area", "bare", "former", "part_of", "helps_others", *_LISTS}
_AREA_KEYS = {"name", "japanese", "names", "tags", "loose", "channels", "tracks", "stood_under"}
_RULE_KEYS = {"fact", "value", "where", "hints", "when", "unless"}
_REGION_KEYS = {"code", "name", "japanese", "places"}


@dataclass(frozen=True, slots=True)
class Table:
    """One `[[table]]` of a file: its values, and the line that its head stands on."""

    file: Path
    kind: str
    line: int
    values: dict[str, Any]
    lines: tuple[str, ...]

    def wrong(self, key: str, reason: str) -> ConfigError:
        """The error for one key, at the line where the key stands."""
        for i, text in enumerate(self.lines):
            if re.match(rf"\s*{re.escape(key)}\s*=", text):
                return _error(self.file, self.line + i, reason)
        return _error(self.file, self.line, reason)

    def text(self, key: str, default: str | None = None) -> str:
        """A text; raises ConfigError when it is missing, empty or something else."""
        value = self.values.get(key, default)
        if not isinstance(value, str) or (not value.strip() and default is None):
            raise self.wrong(key, f'[[{self.kind}]] needs {key} = "…"')
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, () when it is missing."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
            raise self.wrong(key, f"{key} must be a list of texts")
        return tuple(value)

    def only(self, keys: set[str]) -> None:
        """Raise ConfigError for a key that is not among these."""
        for key in self.values:
            if key not in keys:
                names = ", ".join(sorted(keys))
                raise self.wrong(key, f"unknown key {key!r}; known are {names}")


def read_tables(file: Path, kinds: tuple[str, ...]) -> tuple[dict[str, Any], list[Table]]:
    """(the file's values outside tables, its `[[kind]]` tables in order).

    Raises ConfigError naming the file and the line.
    """
    try:
        text = file.read_text("utf-8")
        found = tomllib.loads(text)
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"cannot be read: {error}", key=str(file)) from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"is no valid TOML: {error}", key=str(file)) from error
    lines = text.splitlines()
    tables, loose = [], {}
    for kind, values in found.items():
        if not isinstance(values, list) or not all(isinstance(v, dict) for v in values):
            loose[kind] = values
            continue
        heads = [i for i, t in enumerate(lines) if re.match(rf"\s*\[\[\s*{kind}\s*\]\]", t)]
        if kind not in kinds:
            known = ", ".join(kinds)
            raise _error(file, (heads or [0])[0] + 1, f"unknown table {kind!r}; known: {known}")
        tables += [_table(file, kind, lines, h, v) for h, v in zip(heads, values, strict=True)]
    return loose, tables


def _table(file: Path, kind: str, lines: list[str], head: int, values: dict[str, Any]) -> Table:
    end = next((i for i in range(head + 1, len(lines)) if lines[i].startswith("[[")), len(lines))
    return Table(file, kind, head + 1, values, tuple(lines[head:end]))


def read_area(table: Table) -> Area:
    """The area of an `[[area]]` table."""
    table.only(_AREA_KEYS)
    return Area(
        name=table.text("name"),
        japanese=table.text("japanese", ""),
        names=table.texts("names"),
        tags=table.texts("tags"),
        loose=table.texts("loose"),
        channels=table.texts("channels"),
        tracks=table.texts("tracks"),
        stood_under=tuple(_former(table, "stood_under")),
    )


def read_region(table: Table) -> Region:
    """The region of a `[[region]]` table."""
    table.only(_REGION_KEYS)
    return Region(
        code=table.text("code"),
        name=table.text("name"),
        japanese=table.text("japanese"),
        places=table.texts("places"),
    )


def read_service(table: Table, area: str = "") -> Service:
    """The service of a `[[service]]` table; `area` is its file's."""
    table.only(_SERVICE_KEYS)
    bare = table.text("bare", "yes")
    if bare not in BARE:
        raise table.wrong("bare", f"bare is {bare!r}, not one of {', '.join(BARE)}")
    also, with_vendor, japanese, tags = (table.texts(key) for key in _LISTS)
    return Service(
        name=table.text("name"),
        area=table.text("area", area),
        bare=bare,
        also=also,
        with_vendor=with_vendor,
        japanese=japanese,
        tags=tags,
        part_of=table.text("part_of", ""),
        helps_others=table.values.get("helps_others", False) is True,
        former=tuple(_former(table, "former")),
    )


def read_rule(table: Table) -> Rule:
    """The rule of a `[[rule]]` table, its patterns compiled."""
    table.only(_RULE_KEYS)
    fact, where = table.text("fact"), table.text("where", "title")
    if fact not in ("stage", "change"):
        raise table.wrong("fact", f"fact is {fact!r}, not stage or change")
    if where not in ("title", "lead", "both"):
        raise table.wrong("where", f"where is {where!r}, not title, lead or both")
    return Rule(
        fact=fact,
        value=table.text("value"),
        where=where,
        hints=table.texts("hints"),
        when=_patterns(table, "when"),
        unless=_patterns(table, "unless"),
    )


def _patterns(table: Table, key: str) -> tuple[re.Pattern[str], ...]:
    found = []
    for text in table.texts(key):
        try:
            found.append(re.compile(text))
        except re.error as error:
            raise table.wrong(key, f"{text!r} is no regular expression: {error}") from error
    return tuple(found)


def _former(table: Table, key: str) -> Iterator[Former]:
    found = table.values.get(key, [])
    if not isinstance(found, list):
        raise table.wrong(key, f"{key} must be a list of {{ name, until }}")
    for one in found:
        name = one.get("name") if isinstance(one, dict) else None
        until = one.get("until") if isinstance(one, dict) else None
        if not isinstance(name, str) or type(until) is not date:
            raise table.wrong(key, 'a former name is { name = "…", until = 2024-02-09 }')
        yield Former(name=name, until=until)


def _error(file: Path, line: int, reason: str) -> ConfigError:
    return ConfigError(reason, key=f"{file}, line {line}")
