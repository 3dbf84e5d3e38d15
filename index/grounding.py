"""Whether a summary says only what its source says: the check on models and on ourselves.

Numbers, services, regions, names, stages, prices, negations and links of a summary must
stand in the source. Meaning is not checked: what passes is grounded, not proven true.
"""

import re
import unicodedata

from index.taxonomy import Taxonomy

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_NAME = re.compile(r"(?<![A-Za-z0-9])[A-Z][A-Za-z0-9]+(?:[.+#-][A-Za-z0-9]+)*")
_LINK = re.compile(r"https?://|www\.", re.I)
_NEGATION = re.compile(
    r"\b(?:not?|never|cannot|without|nor|unable|unavailable|n[’']t|no longer)\b|n[’']t\b|"
    r"ない|ません|なく(?!な)|ず(?=[、。]|に)|不可|非対応|未対応",
    re.I,
)
# "Without servers" is praise; these turn a yes into a no.
_DENIAL = re.compile(
    r"\b(?:not|never|cannot|no longer|unavailable)\b|n[’']t\b|ない|ません|不可|非対応|未対応", re.I
)
_ENDING = re.compile(
    r"\b(?:deprecat|discontinu|retir|end of (?:support|life|sale)|sunset|no longer)|"
    r"終了|廃止|非推奨",
    re.I,
)
_GA = re.compile(
    r"\bgeneral(?:ly)? availab|\bGA\b|一般(?:提供|公開|利用)|(?<![A-Za-z])GA(?![A-Za-z])", re.I
)
_PREVIEW = re.compile(r"\bpreview\b|\bbeta\b|プレビュー|ベータ", re.I)
_CLAIMS = (("GA", _GA), ("preview", _PREVIEW), ("end", _ENDING))
_WORDS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
    *("nineteen", "twenty"),
)
# Words that begin a sentence, and names that every announcement may use.
_COMMON = frozenset(
    re.findall(
        r"\w+",
        "a an and as at by can customers for from general generally in it its new now of on or "
        "public support supports the these this to using with you your aws amazon ga preview",
    )
)


def complaints(summary: str, source: str, taxonomy: Taxonomy) -> tuple[str, ...]:
    """What the summary says and the source does not, each as `kind: words`; () is grounded."""
    mine, theirs = _flat(summary), _flat(source)
    found = [f"number: {n}" for n in _new(_numbers(mine), _numbers(theirs) | _spelled(theirs))]
    found += [f"service: {s}" for s in _new(_services(mine, taxonomy), _services(theirs, taxonomy))]
    found += [f"region: {r}" for r in _new(_regions(mine, taxonomy), _regions(theirs, taxonomy))]
    found += [f"name: {n}" for n in _strange_names(mine, theirs, taxonomy)]
    found += [
        f"stage: {name}" for name, sign in _CLAIMS if sign.search(mine) and not sign.search(theirs)
    ]
    if _NEGATION.search(mine) and not _NEGATION.search(theirs):
        found.append("negation")
    if _LINK.search(mine):
        found.append("link")
    return tuple(found)


def is_grounded(summary: str, source: str, taxonomy: Taxonomy) -> bool:
    """True when the source says everything that is checked."""
    return not complaints(summary, source, taxonomy)


def omissions(summary: str, extract: str) -> tuple[str, ...]:
    """What the source's own extract says of stage and negation and the summary leaves out:
    a rewritten line may be shorter, but not turn no into yes."""
    mine, theirs = _flat(summary), _flat(extract)
    found = [name for name, sign in _CLAIMS if sign.search(theirs) and not sign.search(mine)]
    if _DENIAL.search(theirs) and not _NEGATION.search(mine):
        found.append("negation")
    return tuple(f"left out: {name}" for name in found)


def _flat(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _new(mine: set[str], theirs: set[str]) -> list[str]:
    return sorted(mine - theirs)


def _numbers(text: str) -> set[str]:
    """`1,000` and `1000` are one number; `3.10` and `3.1` are two."""
    found = {n.replace(",", "") for n in _NUMBER.findall(text)}
    return found | {part for n in found for part in n.split(".")}


def _spelled(text: str) -> set[str]:
    words = set(re.findall(r"[a-z]+", text.lower()))
    return {str(value) for value, word in enumerate(_WORDS) if word in words}


def _services(text: str, taxonomy: Taxonomy) -> set[str]:
    """The services named, with those that they are parts of."""
    named = (m.service for m in taxonomy.services_in(text))
    return {part.name for service in named for part in taxonomy.family(service)}


def _regions(text: str, taxonomy: Taxonomy) -> set[str]:
    return {place.region.code for place in taxonomy.regions_in(text)}


def _strange_names(mine: str, theirs: str, taxonomy: Taxonomy) -> list[str]:
    """Capitalised words that stand nowhere in the source; a service or region that the source
    names otherwise (Tokyo for 東京) is none."""
    known = {w.lower() for w in re.findall(r"[A-Za-z0-9]+", theirs)} | _COMMON
    spans = [(m.start, m.end) for m in taxonomy.services_in(mine)]
    spans += [(p.start, p.end) for p in taxonomy.regions_in(mine)]
    strange = []
    for match in _NAME.finditer(mine):
        inside = any(start <= match.start() < end for start, end in spans)
        parts = re.findall(r"[A-Za-z0-9]+", match[0].lower())
        if not inside and not all(p in known or p.rstrip("s") in known for p in parts):
            strange.append(match[0])
    return strange
