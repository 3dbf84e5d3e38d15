"""What every written digest says of an item and a region line, as plain words in order."""

from functools import lru_cache

from index.digest import Digest, DigestItem, RegionLine
from index.prose import clean
from index.taxonomy import Taxonomy
from ui.wording import badge, day, say


def heading(digest: Digest) -> str:
    """The digest's title."""
    return say(digest.lang, "title", label=digest.period.label)


def span(digest: Digest) -> str:
    """From when to when, and how much."""
    return say(
        digest.lang,
        "span",
        start=day(digest.period.start.date()),
        end=day(digest.period.last_day),
        total=digest.total,
    )


def badges(item: DigestItem, lang: str) -> tuple[str, ...]:
    """Stage and, for words in a language not asked for, that language."""
    stage = badge(lang, item.stage)
    foreign = item.lang.upper() if item.foreign else ""
    return tuple(b for b in (stage, foreign) if b)


def notes(item: DigestItem, lang: str) -> tuple[str, ...]:
    """The day, the source of what has no address, the author's area, price, Tokyo and Osaka:
    what is known, in that order."""
    found = [day(item.published.date())]
    if not item.url:
        found.append(f"{say(lang, 'source')}: {clean(item.source)}")
    if item.label:
        found.append(say(lang, "label", label=clean(item.label)))
    if item.price:
        found.append(say(lang, "price", price=clean(item.price)))
    if item.tokyo:
        found.append(say(lang, f"tokyo_{item.tokyo}"))
    if item.osaka:
        found.append(say(lang, f"osaka_{item.osaka}"))
    return tuple(found)


def why(item: DigestItem, lang: str) -> str:
    """The reasons for an item's place."""
    return say(lang, "reason", reasons=say_list(lang, item.reasons))


def say_list(lang: str, parts: tuple[str, ...]) -> str:
    """The parts joined as the language does."""
    return ("・" if lang == "ja" else ", ").join(parts)


def region_line(line: RegionLine, lang: str) -> str:
    """`Amazon RDS: アジアパシフィック (大阪)`; the titles where no region is known by name."""
    names = tuple(region_name(code, lang) for code in line.regions)
    told = names or tuple(item.title for item in line.items)
    return f"{clean(line.service)}: {('、' if lang == 'ja' else ', ').join(told)}"


def region_name(code: str, lang: str) -> str:
    """The region's name in the language; the code itself where nobody knows it."""
    if code == "all":
        return say(lang, "all_regions")
    region = _taxonomy().region(code)
    if region is None:
        return code
    return region.japanese if lang == "ja" else region.name


@lru_cache(maxsize=1)
def _taxonomy() -> Taxonomy:
    return Taxonomy.load()
