"""What the index holds: its fields, where each part of an entry stands, and the weights.

Everything in this file is part of what is on disk: change it, and raise FORMAT.
"""

import numpy as np
from whoosh import fields

from index import text
from index.search.positions import PositionArray

FORMAT = 1
NAME = "MAIN"

TEXTS = ("words", "title")
SINGLE = ("area", "kind", "stage", "lang", "source", "year", "code")
SEVERAL = ("service", "region")

# Each part of an entry begins at its own position in `words`, so that no phrase crosses from
# one to the next, and a position tells the weight of what stands there. Borders are multiples
# of 256; the last position of each part stays empty.
ZONES = {"title": (0, 256), "names": (256, 1024), "lead": (1024, 2048), "body": (2048, 65_000)}
WEIGHTS = {"title": 5, "names": 3, "lead": 2, "body": 1}
MOST_REPEATS = 255  # of one term in one entry; more add nothing to a score
MOST_DOCUMENTS = 65_535  # of one segment: a document number takes two bytes

K1 = 1.2
B = 0.6  # gentler than the usual .75: a long blog post is not a worse answer

# The recency prior: the newest entry of the collection scores 15 % more than a very old one
# of equal words, and half of that advantage is lost every two years.
PRIOR = 0.15
PRIOR_HALF_LIFE = 2 * 365.25 * 86_400  # seconds

ZONE_WEIGHT = np.ones(256, np.uint8)
for _zone, (_start, _stop) in ZONES.items():
    ZONE_WEIGHT[_start // 256 : -(-_stop // 256)] = WEIGHTS[_zone]


def version() -> str:
    """Names the format and the analysis; an index of another version is rebuilt."""
    return f"{FORMAT}/{text.VERSION}"


def schema() -> fields.Schema:
    """The Whoosh schema: nothing is stored, SQLite keeps the entries."""
    found = fields.Schema()
    for name in TEXTS:
        field = fields.TEXT(stored=False)
        field.format = PositionArray()
        found.add(name, field)
    for name in (*SINGLE, *SEVERAL):
        found.add(name, fields.ID(stored=False))
    return found
