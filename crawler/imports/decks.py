"""A slide deck as JSON: its slides become the sections of one article."""

from collections.abc import Iterator, Mapping
from typing import Any

from crawler.drafts import Draft, collect
from crawler.imports.fields import Fields
from crawler.markup import one_line
from crawler.origin import Origin
from crawler.reading import Reading

_WORDS = ("text", "question", "explanation", "description", "label", "value", "title", "caption")


def is_deck(value: Any) -> bool:
    """True for a document with a list of slides and a title of its own."""
    if not isinstance(value, Mapping) or not isinstance(value.get("slides"), list):
        return False
    return bool(_head(value).text("title")) and all(isinstance(s, Mapping) for s in value["slides"])


def read_deck(value: Mapping[str, Any], origin: Origin) -> Reading:
    """The one entry of a deck: a heading and the words of every slide."""
    head = _head(value)
    draft = Draft(
        title=head.text("title"),
        text="\n\n".join(_slides(value["slides"])),
        summary=head.text("description"),
        stated=tuple(d for d in (head.value("published", "date"),) if d),
        tags=head.texts("tags"),
        author=head.text("author"),
        lang=head.text("lang", "language"),
    )
    return collect("slide deck", [draft], origin)


def _head(value: Mapping[str, Any]) -> Fields:
    metadata = value.get("metadata")
    return Fields(metadata if isinstance(metadata, Mapping) else value)


def _slides(slides: list[Mapping[str, Any]]) -> Iterator[str]:
    for slide in slides:
        title = one_line(str(slide.get("title") or ""))
        if title:
            yield f"## {title}"
        words = [w for w in _words({k: v for k, v in slide.items() if k != "title"}) if w]
        yield "\n".join(f"- {word}" for word in dict.fromkeys(words))


def _words(value: Any, depth: int = 0) -> Iterator[str]:
    """The texts of a slide in order; styles, icons and addresses are none."""
    if depth > 8:
        return
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if isinstance(inner, str):
                if key in _WORDS:
                    yield one_line(inner)
            else:
                yield from _words(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            yield from [one_line(inner)] if isinstance(inner, str) else _words(inner, depth + 1)
