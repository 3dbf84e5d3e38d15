"""Repeats and variants of a session, such as DOP309-R1 and [REPEAT], joined under its code."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from crawler.codes import without_code
from crawler.drafts import Draft
from crawler.imports.sessions import folded
from crawler.reading import Skipped


def join_variants(drafts: Iterable[Draft | Skipped]) -> Iterator[Draft | Skipped]:
    """One draft a session, in order of first appearance: repeats and variants are joined.

    The record without a suffix speaks for all; what it lacks is filled from the others.
    """
    joined: dict[object, Draft | Skipped] = {}
    for number, draft in enumerate(drafts):
        key: object = number
        if isinstance(draft, Draft) and draft.session:
            session = draft.session
            own = session.code or folded(without_code(draft.title))
            key = (session.year, own) if own else number
        other = joined.get(key)
        if isinstance(draft, Draft) and isinstance(other, Draft):
            joined[key] = _joined(other, draft)
        else:
            joined[key] = draft
    yield from joined.values()


def _joined(one: Draft, other: Draft) -> Draft:
    a, b = one.session, other.session
    assert a and b
    if (b.variant == "", len(other.text)) > (a.variant == "", len(one.text)):
        one, other, a, b = other, one, b, a
    session = replace(
        a,
        level=a.level or b.level,
        form=a.form or b.form,
        topics=a.topics or b.topics,
        speakers=tuple(dict.fromkeys(a.speakers + b.speakers)),
        services=a.services or b.services,
        video=a.video or b.video,
        slides=a.slides or b.slides,
    )
    return replace(
        one,
        url=one.url or other.url,
        text=_both(one, other),
        stated=one.stated or other.stated,
        session=session,
    )


def _both(one: Draft, other: Draft) -> str:
    """The abstract; a variant under another title (part 2, another guest) stands below it."""
    if folded(one.title) == folded(other.title) or f"### {other.title}" in one.text:
        return one.text or other.text
    told = "" if other.text == one.text else other.text
    return "\n\n".join(text for text in (one.text, f"### {other.title}", told) if text)
