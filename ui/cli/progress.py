"""A progress bar on standard error for work over a second; nothing where no person looks."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click


@contextmanager
def progress(label: str) -> Iterator[Callable[[int, int | None], None]]:
    """Gives a function to call with (done, total or None).

    With a total a bar is drawn, without one a running count; both only on a terminal.
    """
    if not sys.stderr.isatty():
        yield lambda done, total: None
        return
    bar = click.progressbar(length=1, label=label, file=sys.stderr, width=30, show_pos=True)
    with bar:

        def tell(done: int, total: int | None) -> None:
            # Without a known total the bar stays full and the count runs.
            bar.length = max(total or done, 1)
            bar.update(done - bar.pos)

        yield tell
