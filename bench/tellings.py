"""Announcements with what is known of them from outside: AWS's tags, gathered and hidden."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from bench.corpus import entries
from index.address import launch_slug
from index.entry import Entry
from index.facts.area import leading
from index.facts.lead import Lead
from index.facts.tagged import category_areas
from index.taxonomy import Taxonomy

_FILES = ("whats-new-archive/*.jsonl", "feeds/*.xml", "*.jsonl")


@dataclass(frozen=True, slots=True)
class Telling:
    """One announcement in one language, its tags taken away; `areas` and `services` (by the
    family's first name) are what the tags of all its records and copies say. Areas are read
    with the filing of that day (`stood_under` in areas.toml); `written` are the tags' own."""

    slug: str
    entry: Entry
    areas: frozenset[str]
    written: frozenset[str]
    services: frozenset[str]

    @property
    def year(self) -> int:
        """The year of publication."""
        return self.entry.published.year

    @property
    def lang(self) -> str:
        """The language of the text."""
        return self.entry.lang


def tellings(folder: Path, taxonomy: Taxonomy) -> tuple[Telling, ...]:
    """Every announcement under the folder, the fullest record of each language.

    A copy takes its tags from its twin: AWS's Japanese records carry none.
    """
    fullest: dict[tuple[str, str], Entry] = {}
    tags: dict[str, set[str]] = {}
    for entry in entries([str(folder / place) for place in _FILES]):
        slug = launch_slug(entry.url)
        if entry.kind != "announcement" or not slug:
            continue
        tags.setdefault(slug, set()).update(entry.tags)
        known = fullest.get((slug, entry.lang))
        if known is None or len(entry.text) > len(known.text):
            fullest[slug, entry.lang] = entry
    found = (
        Telling(
            slug,
            replace(entry, tags=()),
            _areas(replace(entry, tags=tuple(sorted(tags[slug]))), taxonomy),
            frozenset(_written(tags[slug], taxonomy)),
            frozenset(_services(tags[slug], taxonomy)),
        )
        for (slug, _), entry in fullest.items()
    )
    return tuple(sorted(found, key=lambda t: (t.entry.published, t.slug, t.lang)))


def family_name(name: str, taxonomy: Taxonomy) -> str:
    """The name of the service that this one is a part of, else its own."""
    service = taxonomy.service(name)
    return taxonomy.family(service)[-1].name if service else name


def _areas(entry: Entry, taxonomy: Taxonomy) -> frozenset[str]:
    lead = Lead(entry)
    found = category_areas(lead, taxonomy, leading(lead.title, taxonomy))
    return frozenset(said.area for said in found if not said.loose)


def _written(tags: set[str], taxonomy: Taxonomy) -> Iterator[str]:
    for tag in tags:
        hit = taxonomy.area_of_tag(tag)
        if hit and not hit[1]:
            yield hit[0].name


def _services(tags: set[str], taxonomy: Taxonomy) -> Iterator[str]:
    for tag in tags:
        if service := taxonomy.service_of_tag(tag):
            yield family_name(service.name, taxonomy)
