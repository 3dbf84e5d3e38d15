"""A knowledge base's own sources.toml: edited in place, a person's comments and order kept."""

import os
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from crawler.sources import Source, packaged
from index.errors import ConfigError

HEAD = "The sources of this knowledge base, laid over those of the program (docs/collecting.md)."


def write_sources(folder: Path, sources: Iterable[Source]) -> None:
    """Add these sources, or replace those of the same name."""
    document = _read(folder)
    for source in sources:
        table = tomlkit.table()
        for key, value in _spoken(source).items():
            table[key] = value
        document[source.name] = table
    _write(folder, document)


def change_sources(folder: Path, names: Iterable[str], values: Mapping[str, Any]) -> None:
    """Set some keys of these sources."""
    document = _read(folder)
    for name in names:
        if name not in document:
            document[name] = tomlkit.table()
        for key, value in values.items():
            document[name][key] = value
    _write(folder, document)


def drop_sources(folder: Path, names: Iterable[str]) -> None:
    """Remove these sources; one that comes with the program is marked as removed."""
    document, known = _read(folder), packaged()
    for name in names:
        document.pop(name, None)
        if name in known:
            table = tomlkit.table()
            table["removed"] = True
            document[name] = table
    _write(folder, document)


def _spoken(source: Source) -> dict[str, Any]:
    """The keys of a source that differ from the defaults."""
    spoken = {}
    for field in fields(Source):
        value = getattr(source, field.name)
        if field.name != "name" and value != field.default:
            spoken[field.name] = list(value) if isinstance(value, tuple) else value
    return spoken


def _read(folder: Path) -> tomlkit.TOMLDocument:
    path = folder / "sources.toml"
    try:
        return tomlkit.parse(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        document = tomlkit.document()
        document.add(tomlkit.comment(HEAD))
        return document
    except (OSError, UnicodeDecodeError, TOMLKitError) as error:
        raise ConfigError(f"cannot be read: {error}; correct it first", key=str(path)) from error


def _write(folder: Path, document: tomlkit.TOMLDocument) -> None:
    """Replace the file as a whole: it is the old one or the new one at every moment."""
    folder.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=folder, prefix="sources", suffix=".tmp")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(tomlkit.dumps(document))
        Path(name).replace(folder / "sources.toml")
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
