"""`quality`: how well the program understands announcements, AWS's own tags hidden.

Each part measures one kind of understanding on a folder in the layout of the captures, per
year and language; nothing is pooled over years that differ. Without `--data` the sample pack
is measured, which is too small for most goals.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from bench.goals import Goal, options, report

SAMPLE = Path(__file__).parents[1] / "data" / "sample"
PARTS = (
    "bench.quality_areas",
    "bench.quality_changes",
    "bench.quality_stories",
    "bench.quality_meaning",
)
"""Modules with `measure(folder) -> Part`, in the order of the report; one that is not there
is passed over."""


@dataclass(frozen=True, slots=True)
class Part:
    """What one part found: goals, figures for JSON, and lines for a person."""

    goals: tuple[Goal, ...]
    figures: Mapping[str, Any] = field(default_factory=dict)
    lines: tuple[str, ...] = ()


def main(argv: list[str] | None = None) -> int:
    """Measure, print, write JSON; 0 when every goal is met."""
    asked = options(__doc__ or "", argv)
    folder = asked.data or SAMPLE
    goals: list[Goal] = []
    figures: dict[str, Any] = {"data": str(folder)}
    for name in PARTS:
        if find_spec(name) is None:
            continue
        measure: Callable[[Path], Part] = import_module(name).measure
        part = measure(folder)
        print(*part.lines, sep="\n")
        goals += part.goals
        figures |= part.figures
    return report(goals, figures, asked.json)
