"""What every benchmark reports: its goals, whether each is met, and its figures."""

import argparse
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Goal:
    """`goal` as a person reads it; `value` is None where it could not be measured."""

    name: str
    goal: str
    value: float | None
    met: bool


def at_least(name: str, value: float | None, floor: float, words: str = "") -> Goal:
    """A goal met by `value` >= `floor`."""
    return Goal(name, words or f">= {floor:g}", value, value is not None and value >= floor)


def at_most(name: str, value: float | None, ceiling: float, words: str = "") -> Goal:
    """A goal met by `value` <= `ceiling`."""
    return Goal(name, words or f"<= {ceiling:g}", value, value is not None and value <= ceiling)


def options(description: str, argv: list[str] | None) -> argparse.Namespace:
    """`--data FOLDER` and `--json FILE`, which every benchmark takes."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--data", type=Path, help="a folder in the layout of the captures")
    parser.add_argument("--json", type=Path, help="write goals and figures to this file")
    return parser.parse_args(argv)


def report(goals: list[Goal], figures: Mapping[str, Any], file: Path | None) -> int:
    """Print the goals, write the JSON where asked; 0 when all are met, 1 otherwise."""
    for goal in goals:
        value = "not measured" if goal.value is None else f"{goal.value:.3f}"
        print(f"{'met ' if goal.met else 'MISSED'}  {goal.name}: {value} (goal {goal.goal})")
    if file:
        told = {
            "goals": [
                {"name": g.name, "goal": g.goal, "value": g.value, "met": g.met} for g in goals
            ],
            "goals_met": all(g.met for g in goals),
            **figures,
        }
        file.write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return 0 if all(goal.met for goal in goals) else 1
