"""Prices and price changes that a text states, each with its sentence."""

import re

from index.fact import Evidence, Fact, FactKind
from index.facts.lead import Lead, sentence_around

_UNIT = r"(?:\s?(?:/|per|for each|an?)\s?(?:[\w-]+\s?){1,3}?(?=[\s,.;)]|$))?"
_PRICE = re.compile(
    rf"(?:US\s?)?\$\s?\d[\d,]*(?:\.\d+)?(?:\s?(?:million|billion|M|B)\b)?{_UNIT}"
    r"|\d[\d,]*(?:\.\d+)?\s?(?:USD|米ドル|ドル|円)(?:/[\w]+)?"
)
_CHANGE = re.compile(
    r"(?i:\b(?:up to |by )?\d+(?:\.\d+)?\s?%\+? (?:price (?:reduction|cut|decrease)|"
    r"lower (?:price|cost)s?|(?:price )?discount|off|savings?|cheaper|"
    r"reduction in (?:price|cost)s?))"
    r"|(?i:\b(?:price|cost|fee)s?\b[^.;]{0,40}\b(?:by|up to) \d+(?:\.\d+)?\s?%)"
    r"|(?:料金|価格|コスト).{0,24}?\d+\s?%.{0,12}?(?:引き下げ|値下げ|削減|割引|安)"
    r"|\d+\s?%.{0,10}?(?:値下げ|割引|引き下げ)"
)
_CURRENCIES = ("$", "USD", "ドル", "円")
_MOST = 8


def read_prices(lead: Lead) -> tuple[Fact, ...]:
    """Prices as written, at most eight; `detail` is the sentence that states each."""
    found: dict[str, Fact] = {}
    for text, evidence in ((lead.title, Evidence.TITLE), (lead.body, Evidence.BODY)):
        for pattern, hints in ((_PRICE, _CURRENCIES), (_CHANGE, "%")):
            if not any(sign in text for sign in hints):
                continue
            for match in pattern.finditer(text):
                value = match[0].strip(" .,;")
                if len(found) < _MOST:
                    sentence = sentence_around(text, match.start(), match.end())
                    fact = Fact(FactKind.PRICE, value, evidence, value, detail=sentence)
                    found.setdefault(value, fact)
    return tuple(found.values())
