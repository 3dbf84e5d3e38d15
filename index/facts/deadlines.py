"""Dates by which something ends, each with what ends then."""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from index.fact import Evidence, Fact, FactKind
from index.facts.lead import Lead, sentence_around

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|"
    r"Sep(?:t(?:ember)?)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_DATE = re.compile(
    rf"\b(?P<m1>{_MONTH}) (?P<d1>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y1>20\d\d)\b"
    rf"|\b(?P<d2>\d{{1,2}})(?:st|nd|rd|th)? (?P<m2>{_MONTH}),? (?P<y2>20\d\d)\b"
    r"|(?P<y3>20\d\d) ?年 ?(?P<m3>\d{1,2}) ?月(?: ?(?P<d3>\d{1,2}) ?日)?"
    r"|\b(?P<y4>20\d\d)-(?P<m4>\d{2})-(?P<d4>\d{2})\b"
    rf"|\b(?:in|by|until|end of|of) (?P<m5>{_MONTH}),? (?P<y5>20\d\d)\b"
)
_YEAR = re.compile(r"20\d\d")
_NEW_CUSTOMERS = re.compile(
    r"(?i:new customers?|new (?:sign-?ups|accounts))"
    r"|新規(?:の)?(?:お客様|顧客|ユーザー|受付|申し込み)"
)
_END = re.compile(
    r"(?i:\bend[- ]of[- ](?:\w+ )?(?:support|life|sale)\b|\bend(?:s|ing)?\b.{0,40}\bsupport\b|"
    r"\bsupport\b.{0,60}\b(?:ends?|ended|ending|until|through)\b|\bdeprecat|\bdiscontinu|"
    r"\bno longer\b|\bretir(?:e|ed|ing|ement)\b|\bsunset|\bshut ?down\b|"
    r"\bwill (?:end|stop|close|cease)\b|\bends? (?:operations|on)\b)"
    r"|(?:サポート|提供|サービス|受付|受け付け).{0,16}(?:終了|停止)|廃止|利用できなくなり"
)
_STARTS = re.compile(r"(?i:\b(?:released|launched|announced|introduced|as announced) (?:on|in)\b)")
# "Update (May 17, 2021) – … is no longer available" says when that was written.
_NOTED = re.compile(
    r"(?i:\b(?:updated?|edited|note)(?: on| of|:)? ?[(\[]?)$|(?:更新|追記)[::]? ?[((]?$"
)


def read_deadlines(lead: Lead) -> tuple[Fact, ...]:
    """Deadlines by date; `detail` is closed-to-new or end-of-support, a month alone means
    its last day."""
    found: dict[tuple[str, str], Fact] = {}
    for text, evidence in ((lead.title, Evidence.TITLE), (lead.body, Evidence.BODY)):
        for fact in _deadlines(text, evidence):
            found.setdefault((fact.value, fact.detail), fact)
    return tuple(sorted(found.values(), key=lambda fact: fact.value))


def _deadlines(text: str, evidence: Evidence) -> Iterator[Fact]:
    if not _YEAR.search(text):
        return
    for match in _DATE.finditer(text):
        sentence = sentence_around(text, match.start(), match.end())
        closed = _NEW_CUSTOMERS.search(sentence)
        before = sentence[: sentence.find(match[0])]
        ends = closed or _END.search(sentence)
        if not ends or _STARTS.search(before) or _NOTED.search(before):
            continue
        if day := _day(match):
            detail = "closed-to-new" if closed else "end-of-support"
            yield Fact(FactKind.DEADLINE, day.isoformat(), evidence, sentence, detail=detail)


def _day(match: re.Match[str]) -> date | None:
    part = {k[0]: v for k, v in match.groupdict().items() if v}
    year = int(part["y"])
    month = int(part["m"]) if part["m"].isdigit() else _month(part["m"])
    if not 1 <= month <= 12:
        return None
    last = monthrange(year, month)[1]
    day = int(part.get("d", last))
    return date(year, month, day) if 1 <= day <= last else None


def _month(name: str) -> int:
    return _MONTHS.index(name.lower()[:3]) + 1
