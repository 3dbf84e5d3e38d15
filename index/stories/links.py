"""Which launches a text links to, and which post it says that it translates."""

import re

from index.address import launch_slug

_ADDRESS = re.compile(r"https?://[^\s<>()\[\]\"'、。」）]+")
_SENTENCE_END = ".,;:!?*_`"
_TRANSLATES = re.compile(
    r"翻訳|日本語訳|日本語版|原文|元記事|和訳|translat(?:ed|ion) (?:of|from)|번역", re.IGNORECASE
)
_LEAD = 800


def launches_linked(text: str) -> tuple[str, ...]:
    """The What's New pages that the text links to, as launch slugs, each once, in order."""
    found = (slug for slug in _slugs(text) if slug.startswith("whats-new/"))
    return tuple(dict.fromkeys(found))


def original_of(text: str) -> str | None:
    """The AWS page of which the text says, in its first lines, that it is a translation.

    Japanese AWS posts open (or close) with a sentence that names and links their original.
    """
    for part in (text[:_LEAD], text[-_LEAD:] if len(text) > _LEAD else ""):
        for line in re.split(r"\n|(?<=。)", part):
            if _TRANSLATES.search(line) and (slug := next(iter(_slugs(line)), None)):
                return slug
    return None


def _slugs(text: str) -> list[str]:
    found = (launch_slug(url.rstrip(_SENTENCE_END)) for url in _ADDRESS.findall(text))
    return [slug for slug in found if slug]
