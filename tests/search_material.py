"""Material for the tests of the search index: records, batches and trees, by hand or random."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import strategies as st

from index.search.folder import Contents, IndexFolder
from index.search.query import (
    And,
    Best,
    Boosted,
    During,
    Everything,
    Near,
    Node,
    Not,
    Or,
    Pattern,
    Phrase,
    Prefix,
    Term,
    Value,
)
from index.search.record import Changes, Record
from index.search.schema import version
from index.search.snapshot import Snapshot
from index.search.writer import Segments, upsert

DAY = 86_400
START = 1_600_000_000

PLAIN = Record(
    n=1,
    stamp=1,
    published=START,
    story="s1",
    title="A title",
    names="",
    lead="",
    body="",
    area="Compute",
    kind="announcement",
    stage="",
    lang="en",
    source="whats-new-en",
    year="2020",
    code="",
    service=(),
    region=(),
)


def record(n: int, title: str = "A title", **fields: object) -> Record:
    """A record of its own story, with what is given."""
    base: dict[str, object] = {"n": n, "stamp": n, "story": f"s{n}", "title": title}
    return replace(PLAIN, **(base | fields))  # type: ignore[arg-type]


class Bench:
    """An index folder written batch by batch, without a store."""

    def __init__(self, root: Path) -> None:
        self.folder = IndexFolder(root)
        self.segments = Segments()
        self.contents: Contents = self.folder.begin(version())
        self.folder.switch(self.contents)
        self.stamp = 0

    def put(self, *records: Record, gone: tuple[int, ...] = ()) -> "Bench":
        """Index these records as one batch."""
        self.stamp += 1
        changes = Changes(records, gone, self.stamp)
        self.contents = upsert(self.folder, self.contents, self.segments, changes)
        return self

    def snapshot(self) -> Snapshot:
        """The state after the last batch."""
        return Snapshot(self.contents, self.segments.of(self.contents))


WORDS = (
    *("aurora", "serverless", "serverles", "lambda", "region", "regions", "amazon", "s3"),
    *("us-east-1", "t4g.micro", "サーバーレス", "東京リージョン", "一般提供"),
    *("データ共有", "東京", "共有"),
)
AREAS = ("Compute", "Database", "Security")
LANGS = ("en", "ja")
SERVICES = ("Amazon Aurora", "AWS Lambda", "Amazon S3")
REGIONS = ("us-east-1", "ap-northeast-1")

texts = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)
numbers = st.integers(1, 12)


@st.composite
def records(draw: st.DrawFn) -> Record:
    """A random record: few numbers, so that many replace an earlier one; shared stories."""
    n = draw(numbers)
    day = draw(st.integers(0, 900))
    return record(
        n,
        draw(texts) or "aurora",
        story=f"s{draw(st.integers(1, 8))}",
        published=START + day * DAY,
        year=f"{datetime.fromtimestamp(START + day * DAY, UTC).year}",
        names=draw(texts),
        lead=draw(texts),
        body=draw(texts),
        area=draw(st.sampled_from(AREAS)),
        lang=draw(st.sampled_from(LANGS)),
        stage=draw(st.sampled_from(("", "ga", "preview"))),
        service=tuple(draw(st.lists(st.sampled_from(SERVICES), unique=True, max_size=2))),
        region=tuple(draw(st.lists(st.sampled_from(REGIONS), unique=True, max_size=2))),
    )


@st.composite
def batches(draw: st.DrawFn) -> tuple[tuple[Record, ...], tuple[int, ...]]:
    """What one commit holds: records of different numbers, and numbers that left."""
    found = draw(st.lists(records(), max_size=6, unique_by=lambda r: r.n))
    gone = draw(st.lists(numbers, max_size=2, unique=True))
    return tuple(found), tuple(n for n in gone if n not in {r.n for r in found})


TERMS = st.sampled_from(
    ["aurora", "serverless", "lambda", "region", "amazon", "s3", "us", "east", "us-east-1",
     "東京", "京リ", "リー", "一般", "共有", "デー", "ータ", "~東京", "nowhere"]
)  # fmt: skip
FIELDS = st.sampled_from(["words", "title"])
BOOSTS = st.sampled_from([1.0, 2.0, 0.5])
MOMENTS = st.integers(0, 900).map(lambda d: datetime.fromtimestamp(START + d * DAY, UTC))

scored_leaves = st.builds(Term, TERMS, FIELDS, BOOSTS)
set_leaves = st.one_of(
    st.builds(Phrase, st.lists(TERMS, min_size=1, max_size=3).map(tuple), FIELDS, BOOSTS),
    st.builds(Prefix, st.sampled_from(["s", "ser", "東", "us-", "zz", ""]), FIELDS),
    st.builds(Near, st.lists(TERMS, min_size=2, max_size=2).map(tuple), st.integers(1, 4)),
    st.builds(Pattern, st.sampled_from(["ser*s", "?3", "*", "東?", "r*g*n"]), FIELDS),
)
filters = st.one_of(
    st.just(Everything()),
    st.builds(Value, st.just("area"), st.sampled_from(AREAS)),
    st.builds(Value, st.just("service"), st.sampled_from((*SERVICES, "Amazon EC2"))),
    st.builds(Value, st.just("region"), st.sampled_from(REGIONS)),
    st.builds(During, st.one_of(st.none(), MOMENTS), st.one_of(st.none(), MOMENTS)),
)


def trees(leaves: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    """Trees of every kind of node over such leaves."""

    def grown(children: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
        parts = st.lists(children, min_size=1, max_size=3).map(tuple)
        return st.one_of(
            st.builds(And, parts),
            st.builds(Or, parts),
            st.builds(Best, parts),
            st.builds(Boosted, children, parts),
            st.builds(Not, children),
        )

    return st.recursive(leaves, grown, max_leaves=6)
