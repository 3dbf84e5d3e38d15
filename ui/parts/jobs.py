"""Long work as a process of its own: the command line, started from a page and watched.

The page never waits for it, and it goes on when the browser is closed.
"""

import json
import os
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import streamlit as st

_ROOT = Path(__file__).parents[2]
_LINES = 200  # of errors kept
_EVENTS = 2_000


@dataclass
class Job:
    """One run of a command; `events` are the JSON values that it printed, in order."""

    name: str
    started: datetime
    process: "subprocess.Popen[str] | None" = None
    events: deque[Mapping[str, Any]] = field(default_factory=lambda: deque(maxlen=_EVENTS))
    output: list[str] = field(default_factory=list)
    errors: deque[str] = field(default_factory=lambda: deque(maxlen=_LINES))
    code: int | None = None

    @property
    def running(self) -> bool:
        """True until the process has ended and all it said was read."""
        return self.code is None

    def result(self) -> Mapping[str, Any]:
        """What the command said at its end, as one JSON value; empty for none."""
        if self.events:
            return self.events[-1]
        try:
            found = json.loads("\n".join(self.output))
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}


class Jobs:
    """The jobs of a server, one of each name at a time; the last of each is remembered."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._jobs: dict[str, Job] = {}

    def last(self, name: str) -> Job | None:
        """The running or last job of that name."""
        with self._lock:
            return self._jobs.get(name)

    def start(
        self,
        name: str,
        folder: Path,
        words: Sequence[str],
        after: Callable[[], None] | None = None,
    ) -> Job:
        """Run `reinvent-kb WORDS` on the folder, unless such a job runs already; `after` is
        called when it has ended."""
        with self._lock:
            known = self._jobs.get(name)
            if known and known.running:
                return known
            job = Job(name, datetime.now(UTC))
            job.process = _process(folder, words)
            self._jobs[name] = job
        threading.Thread(target=_watch, args=(job, after), daemon=True, name=f"job-{name}").start()
        return job

    def stop(self, name: str) -> None:
        """Ask the running job of that name to end; what it has kept stays."""
        job = self.last(name)
        if job and job.running and job.process:
            job.process.terminate()


@st.cache_resource(max_entries=1, show_spinner=False)
def jobs() -> Jobs:
    """The jobs of this server."""
    return Jobs()


def _process(folder: Path, words: Sequence[str]) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "ui", "--data", str(folder), *words],
        cwd=_ROOT,
        env={**os.environ, "NO_COLOR": "1", "PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        errors="replace",
    )


def _watch(job: Job, after: Callable[[], None] | None) -> None:
    process = job.process
    assert process is not None and process.stdout is not None and process.stderr is not None
    stderr = process.stderr
    reader = threading.Thread(target=lambda: job.errors.extend(_stripped(stderr)), daemon=True)
    reader.start()
    for line in process.stdout:
        _note(job, line.rstrip("\n"))
    reader.join()
    code = process.wait()
    try:
        if after:
            after()
    finally:
        job.code = code


def _note(job: Job, line: str) -> None:
    """A line of JSON is an event; anything else belongs to the output."""
    try:
        event = json.loads(line) if line.startswith("{") and line.endswith("}") else None
    except ValueError:
        event = None
    if isinstance(event, dict):
        job.events.append(event)
    else:
        job.output.append(line)


def _stripped(lines: Any) -> list[str]:
    return [line.strip() for line in lines if line.strip()]
