"""An outline as a PowerPoint file: the same outline and template, the same bytes."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

from pptx import Presentation
from pptx.exc import PackageNotFoundError

from index.errors import ConfigError
from ui.decks import drawing, figures, listing, update
from ui.decks.deck import Deck
from ui.decks.look import look_of
from ui.decks.outline import (
    Agenda,
    Briefs,
    Chart,
    Cover,
    Headlines,
    Outline,
    Picture,
    Points,
    Section,
    Table,
    Timeline,
    Update,
)
from ui.decks.own_template import FILE
from ui.decks.package import faults, read_template, settled

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
_DRAWN: dict[type, Callable[[Deck, Any], None]] = {
    Cover: drawing.draw_cover,
    Headlines: drawing.draw_headlines,
    Agenda: drawing.draw_agenda,
    Section: drawing.draw_section,
    Points: listing.draw_points,
    Briefs: listing.draw_briefs,
    Timeline: listing.draw_timeline,
    Update: update.draw_update,
    Chart: figures.draw_chart,
    Table: figures.draw_table,
    Picture: figures.draw_picture,
}


def powerpoint(
    outline: Outline,
    template: Path | None = None,
    progress: Callable[[int, int | None], None] | None = None,
) -> bytes:
    """The deck as the bytes of a .pptx, in our template or the one given (.pptx, .potx).

    `progress` is told (slides drawn, slides in the outline). Raises ConfigError when the
    template cannot serve, and RuntimeError should the package be one that PowerPoint would
    want to repair.
    """
    presentation = _opened(template or FILE)
    deck = Deck(presentation, look_of(presentation), outline.footer, outline.more)
    for done, slide in enumerate(outline.slides, 1):
        _DRAWN[type(slide)](deck, slide)
        if progress:
            progress(done, len(outline.slides))
    deck.tie()
    _sign(presentation, outline)
    _drop_thumbnail(presentation)
    out = BytesIO()
    presentation.save(out)
    data = settled(out.getvalue())
    if found := faults(data):
        raise RuntimeError(f"the deck would need repair: {'; '.join(found[:5])}")
    return data


def _opened(template: Path) -> Any:
    data = read_template(template)
    try:
        return Presentation(BytesIO(data))
    except (PackageNotFoundError, KeyError, ValueError, AttributeError) as error:
        raise ConfigError(
            f"{template} is no PowerPoint presentation ({error})", key="--template"
        ) from error


def _drop_thumbnail(presentation: Any) -> None:
    """The template's preview picture would show a slide that is not there."""
    relationships = presentation.part.package._rels
    for name, relationship in list(relationships.items()):
        if relationship.reltype.endswith("/thumbnail"):
            relationships.pop(name)


def _sign(presentation: Any, outline: Outline) -> None:
    core = presentation.core_properties
    core.title = outline.title
    core.author = core.last_modified_by = "re:Invent KB"
    core.language = "ja-JP" if outline.lang == "ja" else "en-US"
    core.subject = core.keywords = core.comments = ""
    core.revision = 1
    core.created = core.modified = outline.made.replace(tzinfo=None)
