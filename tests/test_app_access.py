"""People who do not see or do not use a mouse: axe-core finds nothing serious on our pages.

axe-core comes from npm and is no part of this project; name its axe.min.js in AXE_SCRIPT
(.ci/run does, where npm is present).
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.app_browser import browser, served, visiting

pytestmark = pytest.mark.browser
__all__ = ["browser"]

PAGES = (
    "/?week=2020-W50",
    "/search?q=aurora",
    "/services",
    "/services?service=Amazon+Redshift",
    "/sessions",
    "/study",
    "/sources",
    "/entry?id=nothing",
)
# Streamlit's own: menus of its charts, its pickers' inner inputs. Ours is what stands beside.
NOT_OURS = (
    '[data-testid="stElementToolbar"]',
    '[data-testid="stFileUploader"]',
    '[data-testid="stVegaLiteChart"]',
    '[data-testid="stPagination"]',
)
_RUN = """
async ([inside, outside]) => {
  const found = await axe.run({ include: [inside], exclude: outside.map((s) => [s]) });
  return found.violations
    .filter((v) => v.impact === 'serious' || v.impact === 'critical')
    .map((v) => v.id + ': ' + v.nodes.slice(0, 4).map((n) => n.html.slice(0, 200)).join(' | '));
}
"""


@pytest.fixture(scope="module")
def axe() -> str:
    """The script of axe-core."""
    path = Path(os.environ.get("AXE_SCRIPT", ""))
    if not path.is_file():
        pytest.skip("AXE_SCRIPT names no axe.min.js (npm install axe-core)")
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("kb") / "data") as base:
        yield base


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(browser: Browser, address: str, axe: str, scheme: str) -> None:
    found: dict[str, list[str]] = {}
    with visiting(browser, address, color_scheme=scheme) as visitor:
        for path in PAGES:
            page = visitor.go(path)
            page.wait_for_selector("h1")
            page.wait_for_function("() => window.reinventKbKeys")
            visitor.settle()
            page.evaluate(axe)
            serious = page.evaluate(_RUN, ['[data-testid="stMain"]', list(NOT_OURS)])
            if serious:
                found[path] = serious
    assert not found
