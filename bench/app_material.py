"""A knowledge base of any size for the app's benchmark: invented announcements of real services.

The same number gives the same entries. Titles name services of the taxonomy; bodies are
passages of the sample pack; years grow busier, as AWS's did; one in eight has a Japanese twin.
"""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.corpus import entries
from index.entry import Entry
from index.library import Library

_SAMPLE = Path(__file__).parents[1] / "data" / "sample"
_FORMS = (
    "{service} now supports {thing} {number}",
    "{service} adds {thing} for build {number}",
    "Announcing general availability of {thing} {number} for {service}",
    "{service} introduces {thing} {number} in preview",
    "{service} is now available in the Asia Pacific (Tokyo) Region for {thing} {number}",
    "{service} improves {thing} by {number} percent",
)
_SHARES = (45, 25, 5, 3, 15, 7)  # per cent, about as AWS announces
_THINGS = (
    "cross-account sharing", "PrivateLink", "customer managed keys", "Graviton instances",
    "streaming ingestion", "point-in-time recovery", "fine-grained access control", "tagging",
    "IPv6", "event notifications", "cost allocation", "serverless capacity", "Multi-AZ standby",
    "query federation", "blue/green deployments", "anomaly detection", "data masking",
    "scheduled scaling", "container images", "vector search", "zero-ETL integration",
)  # fmt: skip
_NEWEST = datetime(2026, 11, 20, 17, tzinfo=UTC)
_YEARS = 12


def invented(count: int) -> Iterator[Entry]:
    """So many entries, newest last."""
    chance = random.Random(count)
    passages = [e.text for e in entries([str(_SAMPLE / "announcements-en.jsonl")]) if e.text]
    names = _services()
    for n in range(count):
        # The square root leaves more in later years.
        age = 1 - (n / count) ** 0.5
        when = _NEWEST - timedelta(days=365 * _YEARS * age, seconds=n % 3600)
        yield _entry(chance, n, when, names, passages)


def _services() -> list[str]:
    from index.taxonomy import Taxonomy

    return [service.name for service in Taxonomy.load().services]


def _entry(
    chance: random.Random, n: int, when: datetime, names: list[str], passages: list[str]
) -> Entry:
    service, thing = chance.choice(names), chance.choice(_THINGS)
    form = chance.choices(_FORMS, _SHARES)[0]
    title = form.format(service=service, thing=thing, number=n)
    body = "\n\n".join(chance.sample(passages, 4))
    kind = "blog" if n % 10 == 9 else "announcement"
    lang = "ja" if n % 8 == 7 else "en"
    if lang == "ja":
        title = f"{service} が {thing} {n} に対応"
    path = f"about-aws/whats-new/{when:%Y/%m}/update-{n}/" if kind != "blog" else f"b/{n}/"
    return Entry(
        kind=kind,
        title=title,
        published=when,
        source=f"whats-new-{lang}" if kind == "announcement" else "example.com",
        lang=lang,
        url=f"https://aws.amazon.com/{path}" if kind != "blog" else f"https://example.com/{path}",
        text=f"Today {service} gains {thing}. {body}",
    )


def knowledge_base(folder: Path, count: int) -> Library:
    """The knowledge base of that size in `folder`; filled where it is not yet."""
    library = Library(folder)
    kept = library.count()
    if kept < count:
        print(f"filling {folder} with {count} entries (once) …", flush=True)
        library.add(
            list(invented(count))[kept:],
            lambda done, _: print(f"  {kept + done}", end="\r", flush=True),
        )
    return library
