"""The watch list: `[digest].watch` of config.toml, edited without touching anything else."""

import os
import tempfile
from pathlib import Path

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import Array

from index.config import read_config
from index.errors import ConfigError


def watched(folder: Path) -> tuple[str, ...]:
    """The services that this group watches, in the file's order."""
    return read_config(folder).digest.watch


def watch(folder: Path, service: str, on: bool) -> tuple[str, ...]:
    """Put a service on the list or take it off; the list afterwards.

    Comments and order of the file stay. Raises ConfigError when the file is not TOML or
    cannot be written.
    """
    path = folder / "config.toml"
    try:
        document = tomlkit.parse(path.read_text(encoding="utf-8") if path.exists() else "")
    except (OSError, UnicodeDecodeError, TOMLKitError) as error:
        raise ConfigError(f"cannot be read: {error}", key=str(path)) from error
    digest = document.setdefault("digest", tomlkit.table())
    names = digest.setdefault("watch", tomlkit.array())
    if not isinstance(names, Array):
        raise ConfigError("expected a list of services", key=f"{path}: digest.watch")
    if on and service not in names:
        names.append(service)
    while not on and service in names:
        names.remove(service)
    _replace(path, tomlkit.dumps(document))
    return watched(folder)


def _replace(path: Path, text: str) -> None:
    """Write beside the file and switch, so that a reader meets the old or the new."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".config-", suffix=".toml")
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        Path(name).replace(path)
    except OSError as error:
        raise ConfigError(f"cannot be written: {error.strerror}", key=str(path)) from error
