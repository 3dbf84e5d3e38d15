"""An English sentence made shorter without losing what it says: stage, regions, prices, numbers.

Every step only removes words or puts an abbreviation that the sentence itself gives in
place of the long name.
"""

import re

_OPENINGS = re.compile(
    r"^(?:(?:[Tt]oday|[Ss]tarting (?:today|now)|Beginning today|As of today|From today|"
    r"Effective (?:today|immediately)|"
    r"With (?:this|today[’']s) (?:launch|release|update|feature|announcement))\s*,?\s+)+"
)
_WE = r"(?:AWS|Amazon Web Services(?: \(AWS\))?|[Ww]e|I)"
_JOY = r"(?:excited|pleased|happy|delighted|thrilled|proud|glad)"
_ANNOUNCE = (
    r"(?:announc(?:es?|ed|ing)|launch(?:es|ed|ing)?|introduc(?:es?|ed|ing)|releas(?:es?|ed|ing))"
)
_FRAME = re.compile(
    rf"^{_WE}(?: is|[’']s| are|[’']re| am|[’']m| has| have)?(?: (?:very |so )?{_JOY} to)?"
    rf"(?: now)? {_ANNOUNCE}(?: that)?(?: today)?\s+(?:the\s+)?(?=\S)"
)
_AVAILABILITY = re.compile(r"^(?:the )?(?:immediate )?availability of (?:a new feature: )?")
_PAREN = re.compile(r"\s*\(((?:Amazon |AWS )?[A-Z][A-Za-z0-9&-]{1,9})\)")
_PARTS = (
    "US East|US West|Asia Pacific|Europe|Canada|South America|Middle East|Africa|GovCloud|China|"
    "Mexico|Israel|Sovereign Cloud"
)
_ASIDE = re.compile(
    "".join(rf"(?<!{part})" for part in _PARTS.split("|")) + r"(?<!\s)\s*\([^()]{12,}\)"
)
_DASHED = re.compile(r"\s*(?:—|–|--)\s[^—–]*?(?:\s(?:—|–|--)\s+|(?=\.$))")
_APPOSITION = re.compile(r", (?:a|an|the|which)\b[^()]*?, (?=(?:is|are|now|has|have|can|will)\b)")
_PARTICIPLE = (
    r"(?:making|enabling|allowing|helping|giving|including|providing|ensuring|eliminating|"
    r"reducing|improving|extending|expanding|adding|removing|simplifying|empowering|delivering|"
    r"bringing|offering|building|featuring|using|leveraging|so you|so that)"
)
# From the most dispensable clause to the least; each is cut only while the line is too long.
_TRAILING = (
    re.compile(rf",\s+(?:\w+ly )?{_PARTICIPLE}\b"),
    re.compile(
        r",\s+(?:which|while|where|such as|so|dramatically|and (?:helps?|makes?|enables?|"
        r"allows?|gives?|adds?))\b"
    ),
    re.compile(r",\s+(?:designed|powered|purpose-built|built|with|an?|the)\b(?=[^,]{25,})"),
    re.compile(r"\s+(?:without (?:having|needing|requiring)|because|while|so (?:that|you))\b"),
    re.compile(rf"\s+{_PARTICIPLE}\b"),
    re.compile(
        r"(?<!\byou)(?<!\bthem)(?<!\bable)(?<!ability)(?<!\bhow)(?<!users)(?<!customers)"
        r"\s+to (?:help|enable|improve|simplify|accelerate|provide|easily|better|meet|build|"
        r"validate|protect|reduce|support|ensure|optimize|make)\b"
    ),
    re.compile(r"(?<=[a-z])\s+that (?:\w+ly )?(?:\w+(?:s|es)|are|can|let|help|include)\b"),
)
_SAME_PART = re.compile(
    r"\b((?:US|EU|Europe|Asia Pacific|Canada|South America|Middle East|Africa)(?: East| West)?) "
    r"\(([^()]+)\),? (?:and )?\1 \(([^()]+)\)"
)
_PHRASE_END = re.compile(
    r", (?=(?:and|or)\b)|,? (?=(?:with|by|through|using|across|from|for|on|via|to|in)\b)|, "
)
PATIENCE = 1.06
"""How much longer than asked a sentence may be before it is broken off in mid-sentence."""
_DANGLING = re.compile(
    r"(?:[\s,]+(?:by|of|for|and|or|to|with|from|in|on|the|an?|as|at|via|than|while|including|when))+\s*$"
)
_NITRO = re.compile(r",? (?:powered by|built on) the AWS Nitro System(?=[,. ])")
# What a shortened sentence may never lose, wherever it stood.
_VITAL = re.compile(
    r"\bgeneral(?:ly)? availab|\bpreview\b|\bGA\b|[$€¥]\s?\d|"
    r"(?-i:(?!AWS|The|This)[A-Z][\w-]+\)?) Regions?\b|"
    r"\b(?:additional|more|new|all|every|commercial|\d+)\b[^,;]{0,40}\bRegions?\b|"
    r"\bper (?:hour|GB|month)\b|\bend of (?:support|life|sale)|\bno longer\b|\bdeprecat|\bnot?\b|"
    rf"\b(?:{_PARTS})\b",
    re.I,
)


def compress(sentence: str, longest: int) -> str:
    """The sentence with frames and asides removed, clauses only while it is over `longest`
    characters; it may stay longer where everything left is news."""
    found = _OPENINGS.sub("", sentence.strip())
    found = _OPENINGS.sub("", _FRAME.sub("", found))
    found = _AVAILABILITY.sub("", found)
    found = _NITRO.sub("", shorten_names(found))
    if len(found) > longest:
        found = _join_regions(found)
        found = _drop_where_dull(found, _APPOSITION, " ")
        found = _drop_where_dull(found, _DASHED, " ")
    for clause in _TRAILING:
        if len(found) <= longest:
            break
        found = _cut_from(found, clause)
    if len(found) > longest:
        found = _drop_where_dull(found, _ASIDE)
    return _finish(_clipped(found, longest))


def _cut_from(sentence: str, clause: re.Pattern[str]) -> str:
    """Without the first such clause and what follows, unless something vital stands there."""
    for match in clause.finditer(sentence):
        if match.start() >= 50 and not loses_news(sentence[match.start() :]):
            return _whole(sentence[: match.start()]) + "."
    return sentence


def _whole(words: str) -> str:
    """Without the comma or the preposition that a cut has left at the end."""
    return _DANGLING.sub("", words).rstrip(" ,;:—–-")


def _drop_where_dull(sentence: str, aside: re.Pattern[str], instead: str = "") -> str:
    return aside.sub(lambda m: m[0] if loses_news(m[0]) else instead, sentence)


def _join_regions(sentence: str) -> str:
    """`Asia Pacific (Seoul), Asia Pacific (Tokyo)` → `Asia Pacific (Seoul, Tokyo)`."""
    before = ""
    while before != sentence:
        before = sentence
        sentence = _SAME_PART.sub(r"\1 (\2, \3)", sentence)
    return sentence


def _clipped(sentence: str, longest: int) -> str:
    """At most `longest` characters, cut between phrases and marked with …; a sentence whose
    rest holds news stays whole."""
    if len(sentence) <= longest * PATIENCE:
        return sentence
    ends = [m.start() for m in _PHRASE_END.finditer(sentence) if 60 <= m.start() < longest]
    for end in reversed(ends):
        if sentence[:end].count("(") == sentence[:end].count(")"):
            return sentence if loses_news(sentence[end:]) else _whole(sentence[:end]) + "…"
    return sentence


def loses_news(words: str) -> bool:
    """True when removing these words would lose a stage, region, price or negation."""
    return bool(_VITAL.search(words))


def _finish(sentence: str) -> str:
    found = re.sub(r"\s+([,.;:])", r"\1", re.sub(r"\s{2,}", " ", sentence)).strip(" ,")
    return found[:1].upper() + found[1:]


def shorten_names(text: str) -> str:
    """`Amazon Elastic Compute Cloud (Amazon EC2)` → `Amazon EC2`, by the initials themselves."""
    start = 0
    while match := _PAREN.search(text, start):
        before = _without_spelled_out(text[: match.start()], match[1].split()[-1])
        if before is None:
            start = match.end()
        else:
            text = before + match[1].split()[-1] + text[match.end() :]
            start = len(before)
    return text


def _without_spelled_out(before: str, short: str) -> str | None:
    """The text before the words whose initials spell `short`, or None when none do, or when
    no brand stands there: only services are known by their short names."""
    letters = re.sub(r"([A-Z])(\d)", lambda m: m[1] * int(m[2]), short).upper()
    words = list(re.finditer(r"[A-Za-z0-9][A-Za-z0-9’'-]*", before))
    spelled = ""
    for place in range(len(words) - 1, -1, -1):
        word = words[place][0]
        if word in ("and", "of", "for", "the"):
            continue
        spelled = (word if word.isupper() else word[0]).upper() + spelled
        if spelled == letters:
            brand = before[: words[place].start()]
            return brand if re.search(r"\b(?:Amazon|AWS)\s(?:[A-Z]+\s)?$", brand) else None
        if not letters.endswith(spelled):
            return None
    return None
