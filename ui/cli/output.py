"""Where commands put what they made: standard output, a file, a line of JSON."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path

import click

from index.errors import ConfigError


def write_file(output: Path, made: str | bytes) -> None:
    """Write the file of `-o`; raises ConfigError where it cannot be written."""
    try:
        output.write_bytes(made.encode() if isinstance(made, str) else made)
    except OSError as error:
        raise ConfigError(f"cannot write {output}: {error.strerror}", key="-o") from error


def say_json(event: Mapping[str, object]) -> None:
    """One line of JSON on standard output, at once, for a program that watches."""
    click.echo(json.dumps(event, ensure_ascii=False))
    sys.stdout.flush()
