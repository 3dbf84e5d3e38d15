"""Compliance programmes that an entry's title or lead names."""

import re

from index.fact import Evidence, Fact, FactKind
from index.facts.lead import Lead

_PROGRAMMES = {
    "HIPAA": r"HIPAA|Business Associate (?:Agreement|Addendum)",
    "PCI DSS": r"PCI(?:[ -]DSS)?",
    "SOC": r"SOC ?[123](?:,? ?(?:and |& ?)?[23])*|SOC reports?",
    "ISO 27001": r"ISO(?:/IEC)? ?27\d{3}|ISO(?:/IEC)? ?9001",
    "FedRAMP High": r"FedRAMP[ -]High",
    "FedRAMP Moderate": r"FedRAMP[ -]Moderate",
    "FedRAMP": r"FedRAMP",
    "DoD": r"DoD|Impact Levels? ?[2456]|\bIL-?[2456]\b",
    "IRAP": r"IRAP",
    "ISMAP": r"ISMAP",
    "FISC": r"FISC",
    "FIPS 140": r"FIPS(?: ?140-?[23])?",
    "HITRUST": r"HITRUST",
    "OSPAR": r"OSPAR",
    "MTCS": r"MTCS",
    "C5": r"\bC5\b(?= (?:attest|report|complian|certif|criteria))",
    "ENS High": r"\bENS High\b",
    "CSA STAR": r"CSA STAR",
    "K-ISMS": r"K-ISMS",
    "TISAX": r"TISAX",
    "GDPR": r"GDPR",
    "CJIS": r"CJIS",
    "CMS": r"\bCMS-\d+\S*",
}
_PATTERNS = {name: re.compile(rf"(?<![A-Za-z])(?:{p})(?![a-z])") for name, p in _PROGRAMMES.items()}
_HINTS = ("HIPAA", "PCI", "SOC", "ISO", "FedRAMP", "DoD", "Impact", "IL", "IRAP", "ISMAP", "FISC",
          "FIPS", "HITRUST", "OSPAR", "MTCS", "C5", "ENS", "CSA", "K-ISMS", "TISAX", "GDPR",
          "CJIS", "CMS", "Business Associate")  # fmt: skip


def read_compliance(lead: Lead) -> tuple[Fact, ...]:
    """The programmes named, in the table's order; the narrower name hides the wider one."""
    found: dict[str, Fact] = {}
    for text, evidence in [(lead.title, Evidence.TITLE)] + [
        (s, Evidence.LEAD) for s in lead.sentences
    ]:
        if not any(hint in text for hint in _HINTS):
            continue
        for name, pattern in _PATTERNS.items():
            if match := pattern.search(text):
                found.setdefault(name, Fact(FactKind.COMPLIANCE, name, evidence, match[0]))
    if any(name.startswith("FedRAMP ") for name in found):
        found.pop("FedRAMP", None)
    return tuple(found.values())
