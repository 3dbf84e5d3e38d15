"""The app in a process of its own, as people start it, and people beside the one measured."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from index.entry import Entry, entry_to_dict
from tests.app_browser import free_port

ROOT = Path(__file__).parents[1]


class Served:
    """The app on a knowledge base; `seconds` is how long it took to answer."""

    def __init__(self, folder: Path) -> None:
        port = free_port()
        self.base = f"http://127.0.0.1:{port}"
        start = time.perf_counter()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "ui", "serve", "--data", str(folder), "--no-browser",
             "--no-sample", "--port", str(port)],
            cwd=ROOT, env=dict(os.environ), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self._wait()
        self.seconds = round(time.perf_counter() - start, 2)

    def _wait(self) -> None:
        for _ in range(600):
            try:
                urllib.request.urlopen(f"{self.base}/_stcore/health", timeout=1).close()
                return
            except OSError:
                time.sleep(0.05)
        raise SystemExit("the app was not served within half a minute")

    def memory(self) -> float:
        """Resident megabytes of the server."""
        text = Path(f"/proc/{self.process.pid}/status").read_text()
        line = next(line for line in text.splitlines() if line.startswith("VmRSS"))
        return round(int(line.split()[1]) / 1024, 1)

    def stop(self) -> None:
        """End it, where it has not ended."""
        self.process.terminate()
        self.process.wait(timeout=30)


@contextmanager
def importing(folder: Path, entries: Iterable[Entry]) -> Iterator[Served]:
    """The app on a copy of a knowledge base into which these entries are imported meanwhile."""
    with tempfile.TemporaryDirectory() as place:
        copy, more = Path(place) / "kb", Path(place) / "more.jsonl"
        shutil.copytree(folder, copy)
        lines = (json.dumps(entry_to_dict(entry), ensure_ascii=False) for entry in entries)
        more.write_text("\n".join(lines), encoding="utf-8")
        served = Served(copy)
        process = subprocess.Popen(
            [sys.executable, "-m", "ui", "--data", str(copy), "import", str(more)],
            cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            yield served
            if process.poll() is not None:
                raise SystemExit("the import had ended before everything was measured")
        finally:
            process.kill()
            process.wait()
            served.stop()


@contextmanager
def company(base: str, count: int, pace: float) -> Iterator[dict[str, int]]:
    """So many other people, each doing something every `pace` seconds; what they did is in
    the yielded counts afterwards."""
    done: dict[str, int] = {}
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.app_clients", base, str(count), str(pace)],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        time.sleep(4)  # until all have opened their page
        yield done
    finally:
        out, _ = process.communicate("", timeout=60)
        done |= json.loads(out.splitlines()[-1])
