"""What the first page would make people wait for, done between start and first look."""

import inspect
import logging
import time
from collections.abc import Callable
from importlib import import_module

from index.errors import KnowledgeBaseError

# Who opens the app at once has the processor for themselves; the rest is done later, in steps.
PATIENCE = 5.0  # seconds
NAP = 0.5
# The first page's own parts, and what Streamlit reads for the picture beside its title.
_FIRST = (
    "numpy", "PIL.Image", "PIL.ImageFile", "ui.parts.digest_blocks", "ui.parts.exports",
    "ui.parts.keys", "ui.parts.week_view",
)  # fmt: skip

_log = logging.getLogger(__name__)


def warm_up(nap: Callable[[float], object] = time.sleep) -> None:
    """Open the knowledge base and remember what the pages ask: the first page's things at once,
    the others when its visitor reads. What goes wrong here goes wrong again on the page, in
    words."""
    try:
        first, *others = _steps()
        first()
        nap(PATIENCE)
        for step in others:
            step()
            nap(NAP)
    except KnowledgeBaseError as error:
        _log.info("not warmed up: %s", error)


def _steps() -> list[Callable[[], object]]:
    from ui.parts import values
    from ui.parts.answering import answer
    from ui.parts.opened import visit_as
    from ui.parts.services_view import OLD_PREVIEW

    usual = visit_as(None, None)
    library = usual.library
    lang = library.config.interface.language
    seen = visit_as(lang, lang)

    def week() -> None:
        for name in _FIRST:
            import_module(name)
        # Streamlit looks at its stack once, to see whether it runs at a prompt; what Python
        # reads for that it keeps.
        inspect.stack()
        if newest := values.newest_of(library):
            values.digest_of(library, newest, seen.text_lang)

    return [
        week,
        lambda: values.weeks_of(library),
        lambda: answer(seen, {"q": ["aws"]}),
        lambda: values.services_of(library),
        lambda: values.health_of(library),
        lambda: values.waiting_of(library, OLD_PREVIEW),
        lambda: import_module("ui.parts.charts"),
    ]
