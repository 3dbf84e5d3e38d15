"""The app as people meet it: served by `reinvent-kb serve`, seen in Debian's chromium."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

ROOT = Path(__file__).parents[1]
PATIENCE = 60_000  # milliseconds; a loaded machine is slow, not wrong
NAMES = ("chromium", "chromium-browser", "google-chrome")
READY = '[data-testid="stApp"][data-test-script-state="notRunning"]'
TITLES = '[data-testid="stMain"] .kb-title'
PILLS = '[data-testid="stMain"] [data-testid="stButtonGroup"] button'


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(folder: Path, *words: str, port: int = 0) -> Iterator[str]:
    """The app on that knowledge base; its address."""
    port = port or free_port()
    command = [sys.executable, "-m", "ui", "serve", "--data", str(folder), "--no-browser"]
    with (folder.parent / "serve.log").open("w") as log:
        process = subprocess.Popen(
            [*command, "--port", str(port), *words],
            cwd=ROOT,
            env={**os.environ, "REINVENT_KB_DATA": str(folder)},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait(f"http://127.0.0.1:{port}/_stcore/health", process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(timeout=30)


def _wait(address: str, process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + PATIENCE / 1000
    while time.monotonic() < end:
        if process.poll() is not None:
            raise AssertionError(f"serve ended with {process.returncode}")
        try:
            with urllib.request.urlopen(address, timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the app was not served in time")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's chromium, headless; tests skip where there is none."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip("no chromium on this machine (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield started
        started.close()


@dataclass
class Visitor:
    """One person's browser window; `outside` are the requests that left for elsewhere,
    `refused` those that the page's policy held back, `alarms` dialogs and script errors."""

    base: str
    page: Page
    outside: list[str] = field(default_factory=list)
    alarms: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def go(self, path: str) -> Page:
        """Open a page of the app and wait until it is drawn."""
        self.page.goto(self.base + path)
        self.settle()
        return self.page

    def settle(self) -> None:
        """Wait until the script behind the page has run."""
        self.page.wait_for_selector(READY)

    def heading(self, words: str | re.Pattern[str]) -> None:
        """Wait until the page's title is this."""
        expect(self.page.locator("h1").first).to_contain_text(words)


@contextmanager
def visiting(browser: Browser, base: str, **options: Any) -> Iterator[Visitor]:
    """A window of its own, which notes whatever it asks of other machines."""
    context = browser.new_context(
        viewport=options.pop("viewport", {"width": 1440, "height": 1000}), **options
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    visitor = Visitor(base, page)
    host = base.removeprefix("http://")
    inside = (f"http://{host}", f"ws://{host}", "data:", "blob:", "about:")
    page.on(
        "request",
        lambda r: None if r.url.startswith(inside) else visitor.outside.append(r.url),
    )
    page.on(
        "console",
        lambda m: visitor.refused.append(m.text) if "Content Security" in m.text else None,
    )
    page.on("dialog", lambda d: (visitor.alarms.append(d.message), d.dismiss()))
    page.on("pageerror", lambda e: visitor.alarms.append(str(e)))
    try:
        yield visitor
    finally:
        context.close()
