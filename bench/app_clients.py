"""People beside the one whose browser is measured: real sessions, without a browser's weight.

Each speaks Streamlit's protocol on a socket of its own and asks the search route as the page
does. Ten browsers on one machine would measure the browsers; these cost the machine little
and the server all that people cost it. Run as a process of its own, so that they share
nothing with what is measured: `python -m bench.app_clients BASE COUNT PACE`, until its
standard input is closed; it then prints how much was done.
"""

import json
import random
import sys
import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlencode, urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

WORDS = ("redshift", "aurora", "lambda tokyo", "privatelink", "graviton", "対応", "sagemaker")
KEY_SECONDS = 0.15  # between two keys of a fast typist


class Client:
    """One person's open page."""

    def __init__(self, base: str, chance: random.Random, rest: threading.Event) -> None:
        self._chance = chance
        self._rest = rest
        self._socket = connect(
            f"{base.replace('http', 'ws', 1)}/_stcore/stream",
            subprotocols=["streamlit"],  # type: ignore[list-item]
            max_size=None,
            legacy=True,
        )
        self._host = urlsplit(base).netloc
        self._pages: dict[str, str] = {}
        self._pass = ""
        self._seen = "0"
        self.done: Counter[str] = Counter()

    def open(self, page: str, **address: str) -> None:
        """Show a page: one run of its script, read to its end."""
        message = BackMsg()
        message.rerun_script.query_string = urlencode(address)
        if page in self._pages:
            message.rerun_script.page_script_hash = self._pages[page]
        else:
            message.rerun_script.page_name = page
        self._socket.send(message.SerializeToString())
        for values in self._answers():
            self._pass = values.get("pass", self._pass)
            self._note(values.get("answer", values))
        self.done["pages"] += 1

    def type(self, word: str) -> None:
        """Type a word; every key is a search."""
        # The server closes what is idle for long; a browser opens another, and so do we.
        connection = HTTPConnection(self._host, timeout=60)
        for end in range(1, len(word) + 1):
            headers = {"X-Kb-Pass": self._pass, "X-Kb-Shown": "ja ja"}
            address = f"/kb/find?{urlencode({'q': word[:end]})}"
            connection.request("GET", address, headers=headers)
            reply = connection.getresponse()
            body = reply.read()
            if reply.status != 200:
                raise RuntimeError(f"the search route answered {reply.status}")
            self._note(json.loads(body))
            self.done["keys"] += 1
            self._rest.wait(KEY_SECONDS)
        connection.close()

    def act(self) -> None:
        """What a reader does next: six times of ten a search, else an entry or the week."""
        choice = self._chance.random()
        if choice < 0.6:
            self.type(self._chance.choice(WORDS))
        elif choice < 0.8:
            self.open("entry", id=self._seen)
        else:
            self.open("")

    def _note(self, values: Mapping[str, Any]) -> None:
        if cards := values.get("cards"):
            self._seen = cards[0]["id"]

    def _answers(self) -> Iterator[Mapping[str, Any]]:
        """What our components are given, until the script has run."""
        while True:
            message = ForwardMsg()
            message.ParseFromString(self._socket.recv())  # type: ignore[arg-type]
            kind = message.WhichOneof("type")
            if kind == "navigation":
                self._pages = {p.url_pathname: p.page_script_hash
                               for p in message.navigation.app_pages}  # fmt: skip
            elif kind == "delta" and message.delta.new_element.HasField("bidi_component"):
                if packed := message.delta.new_element.bidi_component.bytes:
                    yield json.loads(packed)
            elif kind == "script_finished":
                return


def live(base: str, number: int, pace: float, rest: threading.Event) -> Counter[str]:
    """One person's doings until `rest` is set; how many of each."""
    chance = random.Random(number)
    client = Client(base, chance, rest)
    client.open("search", q="start")
    rest.wait(chance.random() * pace)
    while not rest.is_set():
        client.act()
        rest.wait(chance.uniform(0.8, 1.2) * pace)
    return client.done


def run(argv: list[str]) -> int:
    base, count, pace = argv[0], int(argv[1]), float(argv[2])
    rest, done = threading.Event(), Counter[str]()
    with ThreadPoolExecutor(count) as pool:
        lives = [pool.submit(live, base, number, pace, rest) for number in range(count)]
        sys.stdin.read()
        rest.set()
    for person in lives:
        done += person.result()
    print(json.dumps(done))
    return 0


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
