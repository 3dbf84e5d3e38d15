"""What the app says: every phrase in both languages, and every phrase that is asked for."""

import re
import string
from pathlib import Path

from index.fact import STAGES, Evidence, FactKind
from ui.parts.phrases import known, phrase, phrases

ROOT = Path(__file__).parents[1] / "ui"
CODE = "\n".join(p.read_text("utf-8") for p in ROOT.rglob("*.py"))


def test_both_languages_fill_the_same_places() -> None:
    def places(text: str) -> set[str]:
        return {name for _, name, *_ in string.Formatter().parse(text) if name}

    for name, (japanese, english) in phrases().items():
        assert places(japanese) == places(english), name
        assert japanese.strip() and english.strip(), name


def test_every_phrase_that_the_pages_ask_for_is_there() -> None:
    asked = set(re.findall(r'\bsay\(\s*"([a-z_-]+)"', (CODE.replace("say_wording", "x"))))
    own = {name for name in asked if not name.startswith("tokyo_")}
    wording = (ROOT / "wording.py").read_text("utf-8")
    assert {n for n in own if not known(n) and f'"{n}"' not in wording} == set()


def test_every_kind_of_fact_evidence_and_stage_has_a_name() -> None:
    wanted = {f"fact_{kind}" for kind in FactKind} | {f"evidence_{e}" for e in Evidence}
    assert {name for name in (*wanted, *STAGES) if not known(name)} == set()


def test_a_phrase_is_filled() -> None:
    assert phrase("ja", "week_total", total=3) == "3 件"
    assert phrase("en", "week_total", total=3) == "3 updates"
