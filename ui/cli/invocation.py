"""What every command is given: the folder, and the library opened when first needed."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import click

from index.config import data_folder

if TYPE_CHECKING:
    from index.library import Library


@dataclass
class Invocation:
    """One run of the program; `data` is what `--data` said."""

    data: Path | None = None
    debug: bool = False

    @property
    def folder(self) -> Path:
        """The knowledge base's folder."""
        return data_folder(self.data)

    @cached_property
    def library(self) -> "Library":
        """The knowledge base, opened once."""
        from index.library import Library

        return Library(self.folder)


pass_invocation = click.make_pass_decorator(Invocation, ensure=True)
