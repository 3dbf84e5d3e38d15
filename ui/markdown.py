"""A digest as Markdown that Hatena, Zenn and GitHub read alike; foreign text is escaped."""

import re
from collections.abc import Iterator

from index.digest import AreaGroup, Deadline, Digest, DigestItem, Reference
from index.prose import clean
from ui.brief import badges, heading, notes, region_line, span, why
from ui.wording import day, say

_LEADING = re.compile(r"^(\d+)([.)])")


def escape(text: str) -> str:
    """The text so that Markdown shows it as it is: no markup, no HTML, no Hatena notation.

    Signs that mean nothing inside a line stay bare, for the reader of the raw text.
    """
    line = re.sub(r"&(?=#?\w+;)", "&amp;", clean(text))
    line = re.sub(r"([\\`*_\[\]<>|~$^])", r"\\\1", line)
    line = line.replace("((", "(\\(").replace("))", ")\\)")
    line = re.sub(r"(?i)\b(https?|ftp|mailto|javascript|data):", r"\1&#58;", line)
    # Hatena calls a person by id:name.
    line = re.sub(r"(?<![A-Za-z0-9])id:(?=[A-Za-z])", "id&#58;", line)
    line = re.sub(r"^([-+#=>!:])", r"\\\1", line)
    return _LEADING.sub(r"\1\\\2", line).replace("@", "&#64;")


def link(text: str, url: str | None) -> str:
    """A link, or the escaped text alone where there is no address."""
    if not url:
        return escape(text)
    safe = url.replace("(", "%28").replace(")", "%29").replace("<", "%3C").replace(">", "%3E")
    safe = safe.replace("\\", "%5C").replace("[", "%5B").replace("]", "%5D").replace("|", "%7C")
    return f"[{escape(text)}]({safe})"


def markdown_digest(digest: Digest) -> str:
    """The digest as a Markdown document, ending in a line end."""
    return "\n".join(_lines(digest)).rstrip() + "\n"


def _lines(digest: Digest) -> Iterator[str]:
    lang = digest.lang
    yield from (f"# {escape(heading(digest))}", "", escape(span(digest)), "")
    if digest.lines:
        yield from (f"## {say(lang, 'lines')}", "")
        yield from (*(f"- {escape(line)}" for line in digest.lines), "")
    if digest.top:
        yield from (f"## {say(lang, 'top', count=len(digest.top))}", "")
        for place, item in enumerate(digest.top, 1):
            yield from _item(item, lang, f"{place}. ", why(item, lang))
        yield ""
    if digest.counts:
        yield from _counts(digest)
    for group in digest.areas:
        yield from _area(group, lang)
    if digest.deadlines:
        yield from (f"## {say(lang, 'deadlines')}", "")
        yield from (*(_deadline(d, lang) for d in digest.deadlines), "")
    if digest.apart:
        yield from (f"## {say(lang, 'apart')}", "")
        for item in digest.apart:
            yield from _item(item, lang, "- ")
        yield ""
    yield from ("---", "", say(lang, "footer"))


def _counts(digest: Digest) -> Iterator[str]:
    lang = digest.lang
    known = any(c.former is not None for c in digest.counts)
    head = [say(lang, "name"), say(lang, "count"), *([say(lang, "former")] if known else [])]
    yield from (
        f"## {say(lang, 'counts')}",
        "",
        _row(head),
        _row([":--", *["--:"] * (len(head) - 1)]),
    )
    for count in digest.counts:
        former = "" if count.former is None else f"{count.former:g}"
        yield _row([escape(count.name), str(count.count), *([former] if known else [])])
    yield ""


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _area(group: AreaGroup, lang: str) -> Iterator[str]:
    yield from (f"## {escape(say(lang, 'area', area=group.area, count=len(group.items)))}", "")
    for item in group.told:
        yield from _item(item, lang, "- ")
    if group.folded:
        yield f"- **{say(lang, 'regions')}**"
        for line in group.folded:
            links = " ".join(link(f"{n}", i.url) for n, i in enumerate(line.items, 1) if i.url)
            yield f"  - {escape(region_line(line, lang))} {links}".rstrip()
    yield ""


def _item(item: DigestItem, lang: str, mark: str, reason: str = "") -> Iterator[str]:
    inner = " " * len(mark)
    marks = "".join(f"`{b}` " for b in badges(item, lang))
    yield f"{mark}{marks}**{link(item.title, item.url)}**"
    said = [line for line in item.summary if line != item.title]
    yield from (f"{inner}- {escape(line)}" for line in said)
    if found := notes(item, lang):
        yield f"{inner}- {escape(' / '.join(found))}"
    if reason:
        yield f"{inner}- {escape(reason)}"
    for name, references in (("copies", item.copies), ("companions", item.companions)):
        if references:
            told = ", ".join(_reference(r) for r in references)
            yield f"{inner}- {say(lang, name)}: {told}"


def _reference(reference: Reference) -> str:
    return f"{link(reference.title, reference.url)} ({escape(reference.lang)})"


def _deadline(deadline: Deadline, lang: str) -> str:
    known = deadline.what in ("end-of-support", "closed-to-new")
    what = f" {say(lang, deadline.what)}" if known else ""
    return f"- **{day(deadline.day)}**{what} {link(deadline.title, deadline.url)}"
