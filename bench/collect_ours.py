"""Our crawler on the same site, for `bench collect`: politeness off, nothing kept.

`python -m bench.collect_ours ADDRESS` sweeps the blog's archive and prints pages, entries and
seconds as JSON.
"""

import json
import sys
import time
from dataclasses import dataclass

from crawler.outcome import Kept, Outcome, Parcel
from crawler.run import collect
from crawler.sources import Source
from crawler.spiders.collector import Errand
from crawler.wire import Manners


@dataclass
class Counter:
    """A desk that counts."""

    entries: int = 0
    requests: int = 0
    began: float = 0.0
    seconds: float = 0.0

    def take(self, parcel: Parcel) -> Kept:
        """Count a parcel."""
        self.entries += len(parcel.entries)
        return Kept(new=len(parcel.entries))

    def close(self, outcome: Outcome) -> None:
        """Note what the source cost."""
        self.requests, self.seconds = outcome.requests, outcome.seconds
        if outcome.message:
            print(outcome.message, file=sys.stderr)

    def progress(self, source: Source, done: int, total: int | None, note: str) -> None:
        """Nothing to show."""


def main(address: str) -> None:
    """Sweep the archive once."""
    source = Source(name="blog", url=f"{address}/archive", kind="archive", obey_robots=False)
    desk = Counter(began=time.monotonic())
    manners = Manners(pace=0.0, abreast=8)
    collect(Errand(sources=(source,), desk=desk, manners=manners, history=True))
    told = {"pages": desk.requests, "entries": desk.entries, "seconds": desk.seconds}
    print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
