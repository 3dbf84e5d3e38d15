"""`./run bench summaries [--data FOLDER]`: summaries beside bare leads, and their grounding.

English is compared with the headline that AWS's own editors wrote (the summary never sees
it), Japanese with the summaries that others wrote of the same announcements (`digests/`).
Without --data only grounding and length are measured, on the sample pack: its texts are our
own short ones, which nobody else has summed up.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.corpus import announcements, entries, records
from bench.goals import Goal, at_least, at_most, options, report
from bench.rouge import Rouge, rouge
from index.address import launch_slug
from index.entry import Entry
from index.grounding import complaints
from index.prose import blocks, sentences
from index.summary import LONGEST, summarize
from index.taxonomy import Taxonomy

SAMPLE = Path(__file__).parents[1] / "data" / "sample"
# Where summaries by others stand: file, the field of the address, the field of the text.
_REFERENCES = (
    ("digests/nnydtmg-marp-ja.index.jsonl", "announcement_url", "summary_ja"),
    ("digests/takech9203-reports-ja.index.jsonl", "announcement_url", "overview_first_paragraph"),
    ("digests/pairs.jsonl", "en_url", "ja_summary_llm_a"),
    ("digests/pairs.jsonl", "ja_url", "ja_summary_llm_a"),
    ("digests/pairs.jsonl", "en_url", "ja_overview_llm_b"),
)
_STYLES = {"en": ("note",), "ja": ("polite", "note")}


@dataclass(frozen=True, slots=True)
class Pair:
    """An announcement and what somebody else wrote of it."""

    entry: Entry
    reference: str


def main(argv: list[str] | None = None) -> int:
    """Measure, print and report; 0 when every goal is met."""
    chosen = options(str(__doc__).partition("\n")[0], argv)
    pairs = _pairs(chosen.data) if chosen.data else _sample()
    taxonomy = Taxonomy.load()
    goals: list[Goal] = []
    figures: dict[str, Any] = {}
    for lang, styles in _STYLES.items():
        for style in styles:
            found = _measured(pairs[lang], lang, style, taxonomy)
            figures[f"{lang}-{style}"] = found
            _print(f"{lang} {style}", found)
            goals += _goals(lang, style, found, compared=chosen.data is not None)
    return report(goals, figures, chosen.json)


def _pairs(folder: Path) -> dict[str, list[Pair]]:
    try:
        told = announcements(folder)
    except FileNotFoundError as error:
        print(error)
        told = {}
    english = [e for copies in told.values() if (e := copies.get("en")) and e.text]
    found = {"en": [Pair(e, e.title) for e in english], "ja": []}
    seen = set()
    for place, address, text in _REFERENCES:
        for record in records(folder / place):
            slug, said = launch_slug(record.get(address)), record.get(text)
            copy = told.get(slug or "", {}).get("ja")
            if copy and copy.text and said and slug not in seen:
                seen.add(slug)
                found["ja"].append(Pair(copy, said))
    return found


def _sample() -> dict[str, list[Pair]]:
    told = [e for e in entries([str(SAMPLE / "*.jsonl")]) if e.kind == "announcement" and e.text]
    return {lang: [Pair(e, e.title) for e in told if e.lang == lang] for lang in _STYLES}


def _measured(pairs: Sequence[Pair], lang: str, style: str, taxonomy: Taxonomy) -> dict[str, Any]:
    """Means of ROUGE for ours and both leads, the share of grounded lines, line lengths."""
    scores: dict[str, list[Rouge]] = {"ours": [], "lead-1": [], "lead-2": []}
    lines: list[str] = []
    loose: list[dict[str, Any]] = []
    for pair in pairs:
        ours = summarize(pair.entry.text, lang, style)
        first = [s for b in blocks(pair.entry.text) for s in sentences(b.text)][:2]
        told = {"ours": ours, "lead-1": first[:1], "lead-2": first}
        for name, said in told.items():
            scores[name].append(rouge(" ".join(said), pair.reference))
        source = " ".join(b.text for b in blocks(pair.entry.text))
        for line in ours:
            lines.append(line)
            if wrong := complaints(line, source, taxonomy):
                loose.append({"line": line, "complaints": wrong})
    return {
        "entries": len(pairs),
        "rouge": {name: _means(found) for name, found in scores.items()},
        "lines": len(lines),
        "grounded": (len(lines) - len(loose)) / len(lines) if lines else None,
        "loose": loose[:20],
        "length": _percentiles([len(line) for line in lines]),
    }


def _means(found: Sequence[Rouge]) -> dict[str, float] | None:
    if not found:
        return None
    parts = {"1": [r.one for r in found], "2": [r.two for r in found]}
    parts["L"] = [r.longest for r in found]
    return {name: round(sum(values) / len(values), 4) for name, values in parts.items()}


def _percentiles(lengths: Iterable[int]) -> dict[str, int]:
    ordered = sorted(lengths)
    if not ordered:
        return {}
    return {
        f"p{p}": ordered[min(len(ordered) - 1, p * len(ordered) // 100)] for p in (50, 90, 95, 99)
    }


def _goals(lang: str, style: str, found: Mapping[str, Any], compared: bool) -> list[Goal]:
    scores = found["rouge"]
    goals = [
        at_least(f"{lang} {style}: grounded lines", found["grounded"], 1.0),
        at_most(f"{lang} {style}: p95 of a line", found["length"].get("p95"), LONGEST[lang]),
    ]
    if lang == "en":
        gain = _gain(scores, "lead-1") if compared else None
        goals.append(at_least("en: ROUGE-1 above lead-1", gain, 0.03))
    elif style == "polite":
        gain = _gain(scores, "lead-2") if compared else None
        goals.append(at_least("ja: ROUGE-1 above lead-2", gain, 0.0))
    return goals


def _gain(scores: Mapping[str, Any], lead: str) -> float | None:
    if scores["ours"] is None:
        return None
    return round(scores["ours"]["1"] - scores[lead]["1"], 4)


def _print(name: str, found: Mapping[str, Any]) -> None:
    print(f"{name}: {found['entries']} entries, {found['lines']} lines, length {found['length']}")
    for method, scores in found["rouge"].items():
        if scores:
            print(f"  {method:7} " + "  ".join(f"R-{k} {v:.3f}" for k, v in scores.items()))
    for wrong in found["loose"][:5]:
        print(f"  not grounded {wrong['complaints']}: {wrong['line']}")


if __name__ == "__main__":
    raise SystemExit(main())
