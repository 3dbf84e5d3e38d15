"""The fault table names tests that exist, and every fault that is tested stands in it."""

import re
from pathlib import Path

from tests.test_fetch_faults import FAULTS

ROOT = Path(__file__).parents[1]
TABLE = (ROOT / "docs" / "faults.md").read_text(encoding="utf-8")


def test_every_test_that_the_table_names_exists() -> None:
    for line in TABLE.splitlines():
        file = "test_fetch_faults.py"
        for found in re.finditer(r"(?:(test_\w+\.py)::)?\b(test_\w+)\b(?!\.py)", line):
            file = found[1] or file
            code = (ROOT / "tests" / file).read_text(encoding="utf-8")
            assert f"def {found[2]}(" in code, f"{file}::{found[2]}"


def test_every_fault_that_is_tested_stands_in_the_table() -> None:
    assert [name for name in FAULTS if f"[{name}]" not in TABLE] == []
