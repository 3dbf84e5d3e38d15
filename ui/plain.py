"""A digest as plain text: for the terminal and as the twin of a mail."""

from collections.abc import Iterator

from index.digest import AreaGroup, Digest, DigestItem, Reference
from ui.brief import badges, heading, notes, region_line, span, why
from ui.wording import day, say


def plain_digest(digest: Digest) -> str:
    """The digest in lines of text, ending in a line end; nothing in it is a control sign."""
    return "\n".join(_lines(digest)).rstrip() + "\n"


def _lines(digest: Digest) -> Iterator[str]:
    lang = digest.lang
    yield from (heading(digest), span(digest), "")
    if digest.lines:
        yield from (f"■ {say(lang, 'lines')}", *(f"  {line}" for line in digest.lines), "")
    if digest.top:
        yield f"■ {say(lang, 'top', count=len(digest.top))}"
        for place, item in enumerate(digest.top, 1):
            yield from _item(item, lang, f" {place}. ")
            yield f"    {why(item, lang)}"
        yield ""
    for group in digest.areas:
        yield from _area(group, lang)
    if digest.deadlines:
        yield f"■ {say(lang, 'deadlines')}"
        for deadline in digest.deadlines:
            what = say(lang, deadline.what) if deadline.what in _KNOWN else deadline.what
            yield f"  {day(deadline.day)} {what} {deadline.title}".replace("  ", " ", 1)
            yield from _address(deadline.url)
        yield ""
    if digest.apart:
        yield f"■ {say(lang, 'apart')}"
        for item in digest.apart:
            yield from _item(item, lang, f" - [{item.kind}] ")
        yield ""


_KNOWN = ("end-of-support", "closed-to-new")


def _area(group: AreaGroup, lang: str) -> Iterator[str]:
    yield f"■ {say(lang, 'area', area=group.area, count=len(group.items))}"
    for item in group.told:
        yield from _item(item, lang, " - ")
    if group.folded:
        yield f" - {say(lang, 'regions')}"
        for line in group.folded:
            yield f"    {region_line(line, lang)}"
            for item in line.items:
                yield from _address(item.url)
    yield ""


def _item(item: DigestItem, lang: str, mark: str) -> Iterator[str]:
    marks = "".join(f"[{b}] " for b in badges(item, lang))
    yield f"{mark}{marks}{item.title}"
    yield from (f"    {line}" for line in item.summary if line != item.title)
    if said := notes(item, lang):
        yield f"    ({' / '.join(said)})"
    yield from _address(item.url)
    for copy in item.copies:
        if copy.url and copy.url != item.url:
            yield f"    {copy.lang}: {copy.url}"
    for companion in item.companions:
        yield f"    {say(lang, 'companions')}: {_reference(companion)}"


def _reference(reference: Reference) -> str:
    where = f" {reference.url}" if reference.url else ""
    return f"[{reference.kind}] {reference.title}{where}"


def _address(url: str | None) -> Iterator[str]:
    if url:
        yield f"    {url}"
