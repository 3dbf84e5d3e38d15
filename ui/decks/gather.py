"""What decks need from a knowledge base: stories told, their timelines, local pictures."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from index.digest import DigestItem
from index.meeting import StudySession
from ui.decks.item import stage_name
from ui.decks.meeting import Chosen
from ui.decks.outline import Moment
from ui.decks.words import words_for

if TYPE_CHECKING:
    from index.library import Library

_PICTURE = re.compile(r"!\[([^\]\n]*)\]\(<?([^)>\s]+)|\[(f:id:[^\]\s]+)\]")
# Hatena's mark of an uploaded picture: f:id:user:20201213213531p:plain is 20201213213531.png
_HATENA = re.compile(r"^f:id:[^:]+:(\d{14})([pjg])(?::|$)")
_ENDINGS = {"p": "png", "j": "jpg", "g": "gif"}
_MOST_PICTURES = 6


def chosen_of(
    library: "Library", session: StudySession, lang: str, pictures: Path | None = None
) -> tuple[Chosen, ...]:
    """The session's items with their stories told in `lang`; pictures are looked for by name
    in the folder `pictures`."""
    from index.material import taste_of
    from index.telling import tell

    taste = taste_of(library.config, lang)
    return tuple(
        Chosen(
            item=item,
            told=tell(library.story(item.entry.story) or (item.entry,), (), taste),
            pictures=local_pictures(item.entry.entry.text, pictures) if pictures else (),
        )
        for item in session.items
    )


def local_pictures(text: str, folder: Path) -> tuple[tuple[Path, str], ...]:
    """(file, description) of the pictures that a Markdown text shows and the folder holds,
    in order, at most six. Only the file's name counts: nothing outside is reached."""
    found: dict[Path, str] = {}
    for alt, target, mark in _PICTURE.findall(text):
        name = re.split(r"[/\\]", target or mark)[-1]
        if match := _HATENA.match(target or mark):
            name = f"{match[1]}.{_ENDINGS[match[2]]}"
        file = folder / name
        if name not in ("", ".", "..") and file.is_file():
            found.setdefault(file, alt.strip())
    return tuple(found.items())[:_MOST_PICTURES]


def timelines_of(
    library: "Library", items: Iterable[DigestItem], lang: str
) -> Mapping[str, tuple[Moment, ...]]:
    """How the items that began or ended a preview came to be: moments by story, the oldest
    first. Only what is sure counts; a story with nothing before or after is left out."""
    from index.timeline import successions

    wanted = {item.story for item in items if item.stage in ("preview", "ga")}
    if not wanted:
        return {}
    words = words_for(lang)
    pairs = [
        (end.preview, end.ga)
        for end in successions(library.almanac.moments(("preview", "ga")))
        if end.ga and end.sure and wanted & {end.preview.story, end.ga.story}
    ]
    told = library.almanac.told_in((m for pair in pairs for m in pair), lang)
    found: dict[str, tuple[Moment, ...]] = {}
    for pair in pairs:
        moments = tuple(
            Moment(
                m.when.date().isoformat(),
                told.get(m.story, m).title,
                m.stage,
                stage_name(m.stage, words),
            )
            for m in pair
        )
        for story in wanted & {m.story for m in pair}:
            found.setdefault(story, moments)
    return found
