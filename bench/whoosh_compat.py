"""The search index on Whoosh 2.7.4, the last release of the original: our files, its storage.

Fetches that release into a temporary folder and runs the tests of the index with it instead of
whoosh3. The comparison with Whoosh's own matchers is left out: 2.7.4's have faults of their own
(`docs/search-engine.md`).

    ./run bench whoosh_compat
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.goals import Goal, report

RELEASE = "whoosh==2.7.4"
TESTS = (
    "tests/test_search_engine.py",
    "tests/test_search_draft.py",
    "tests/test_search_differential.py",
)


def main(argv: list[str] | None = None) -> int:
    """Run the tests with the older release; 0 when they pass."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="not used; every benchmark takes it")
    parser.add_argument("--json", type=Path, help="write goals and figures to this file")
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        fetch = ["-m", "pip", "install", "-q", "--no-deps", "--target", folder, RELEASE]
        subprocess.run([sys.executable, *fetch], check=True)
        found = subprocess.run(
            [sys.executable, "-m", "pytest", "-n0", "-q", *TESTS, "-k", "not whoosh"],
            env=os.environ | {"PYTHONPATH": folder},
            cwd=Path(__file__).parents[1],
            check=False,
        )
    passed = found.returncode == 0
    goal = Goal(f"tests of the index pass with {RELEASE}", "pass", float(passed), passed)
    return report([goal], {"release": RELEASE}, options.json)
