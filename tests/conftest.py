"""Shared fixtures: the captures beside the project, where they are present."""

from pathlib import Path

import pytest

SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of captured data; tests that need it skip where it is absent."""
    if not (SHARED / "captures").is_dir():
        pytest.skip("the captured data (../shared) is not beside this checkout")
    return SHARED


@pytest.fixture(scope="session")
def captures(shared: Path) -> Path:
    """The captured files by kind."""
    return shared / "captures"
