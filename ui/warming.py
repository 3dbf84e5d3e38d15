"""What the first page would make people wait for, done between start and first look."""

import logging
from collections.abc import Callable

from index.errors import KnowledgeBaseError

_log = logging.getLogger(__name__)


def warm_up() -> None:
    """Open the knowledge base and remember what the pages ask, the first page's things first.
    What goes wrong here goes wrong again on the page, in words."""
    try:
        for step in _steps():
            step()
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
        if newest := values.newest_of(library):
            values.digest_of(library, newest, seen.text_lang)

    return [
        week,
        lambda: values.weeks_of(library),
        lambda: answer(seen, {"q": ["aws"]}),
        lambda: values.services_of(library),
        lambda: values.health_of(library),
        lambda: values.waiting_of(library, OLD_PREVIEW),
        _charts,
    ]


def _charts() -> None:
    import ui.parts.charts  # noqa: F401  # Altair and pandas take half a second to be read
