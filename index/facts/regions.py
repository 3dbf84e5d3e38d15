"""Regions that an entry names as added, as all, or as not yet served."""

import re
from collections.abc import Iterator

from index.fact import Evidence, Fact, FactKind
from index.facts.lead import Lead, sentence_around
from index.taxonomy import Taxonomy

_ALL = re.compile(
    r"(?i:\b(?:in|across|to) (?:all|every) (?:of )?(?:the )?(?:AWS )?(?:commercial |public )?"
    r"(?:AWS )?(?:commercial )?regions?\b(?!\s+where))"
    r"|(?:すべて|全て|全)の? ?(?:AWS )?(?:商用|パブリック)? ?(?:AWS )?リージョン"
)
_EXCEPT = re.compile(
    r"(?i:\b(?:except|excluding|with the exception of|other than|"
    r"not (?:yet |currently )?available in)\b)"
)
_NOT_YET_JA = re.compile(r"を除く|以外の|(?:では|には)(?:まだ|未対応|利用でき(?:ません|ない))")
_AVAILABLE = re.compile(
    r"(?i:\bavailab|\bsupported in\b|\bexpand|\blaunch|\bregions?\b|\brolling out\b|\bcan now\b)"
    r"|利用(?:可能|でき)|提供|リージョン|開始|対応|拡大"
)


def read_regions(lead: Lead, taxonomy: Taxonomy) -> tuple[Fact, ...]:
    """Regions by code in the text's order, "all" for all of them.

    `detail` is added, all or not-yet. A region counts in the title, and in a sentence that
    speaks of availability; one told as missing is not-yet wherever else it stands.
    """
    texts = [(lead.title, Evidence.TITLE)]
    texts += [(s, Evidence.LEAD) for s in lead.sentences]
    texts.append((lead.body, Evidence.BODY))
    found: dict[str, Fact] = {}
    for text, evidence in texts:
        for fact in _stated(text, evidence, taxonomy):
            if fact.value not in found or fact.detail == "not-yet":
                found[fact.value] = fact
    return tuple(found.values())


def _stated(text: str, evidence: Evidence, taxonomy: Taxonomy) -> Iterator[Fact]:
    speaks = any(hint in text for hint in (" all ", " every ", "すべて", "全"))
    if speaks and (match := _ALL.search(text)):
        yield Fact(FactKind.REGION, "all", evidence, match[0], detail="all")
    sentence, start, end = text, 0, len(text)
    for place in taxonomy.regions_in(text):
        if evidence is Evidence.BODY and (not start or place.end > end):
            sentence = sentence_around(text, place.start, place.end)
            start = text.find(sentence, max(0, place.end - len(sentence)))
            end = start + len(sentence)
        if evidence is Evidence.BODY and not _AVAILABLE.search(sentence):
            continue
        at = place.start - start
        detail = "not-yet" if _is_missing(sentence, at, at + len(place.words)) else "added"
        yield Fact(FactKind.REGION, place.region.code, evidence, place.words, detail=detail)


def _is_missing(sentence: str, start: int, end: int) -> bool:
    """True when the words before (English) or soon after (Japanese) exclude the region."""
    return bool(_EXCEPT.search(sentence[:start]) or _NOT_YET_JA.search(sentence[end : end + 60]))
