"""Pictures of decks, drawn in the background by one worker, so that no page waits."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

import streamlit as st

Pictures = tuple[bytes, ...]
_KEPT = 4


class Painter:
    """Draws one deck after another; the last few stay at hand."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="painter")
        self._lock = threading.Lock()
        self._known: OrderedDict[str, Future[Pictures]] = OrderedDict()

    def start(self, name: str, draw: Callable[[], Pictures]) -> Future[Pictures]:
        """The pictures of that name, being drawn or done."""
        with self._lock:
            if name not in self._known:
                self._known[name] = self._pool.submit(draw)
                while len(self._known) > _KEPT:
                    self._known.popitem(last=False)[1].cancel()
            return self._known[name]

    def known(self, name: str) -> Future[Pictures] | None:
        """The pictures of that name, or None when nobody asked for them."""
        with self._lock:
            return self._known.get(name)


@st.cache_resource(max_entries=1, show_spinner=False)
def painter() -> Painter:
    """The one painter of this server."""
    return Painter()
