"""What the program knows of AWS: its areas, services and regions, and how people name them."""

import re
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from index.errors import ConfigError
from index.taxonomy.names import Names
from index.taxonomy.reading import (
    Table,
    read_area,
    read_region,
    read_rule,
    read_service,
    read_tables,
)
from index.taxonomy.values import (
    VENDORS,
    Area,
    Mention,
    Place,
    Region,
    Rule,
    Service,
    slug,
    without_vendor,
)

FOLDER = Path(__file__).parent
_KINDS = ("area", "service", "region")
_IGNORED_TAG = re.compile(r"\d{4}|launch-announcement|reinvent-\d{4}.*|aws-govcloud-us|aws-region")


class Taxonomy:
    """Areas, services and regions by name, tag and mention. Does not change once loaded."""

    def __init__(
        self,
        areas: tuple[Area, ...],
        services: tuple[Service, ...],
        regions: tuple[Region, ...],
        rules: tuple[Rule, ...],
        ruled: frozenset[str] = frozenset(),
    ) -> None:
        self.areas = areas
        self.services = services
        self.regions = regions
        self.rules = rules
        self.ruled = ruled  # services whose area a person's overlay has set
        self._names = Names(services)
        # One entry's few texts are asked for again and again while its facts are read.
        self._find_services = lru_cache(maxsize=16)(self._names.find)
        self._area: dict[str, Area] = {}
        self._tag_area: dict[str, tuple[Area, bool]] = {}
        self._channel: dict[str, Area] = {}
        self._track: dict[str, Area] = {}
        for area in areas:
            for name in filter(None, (area.name, area.japanese, *area.names)):
                self._area.setdefault(_key(name), area)
                if name.isascii():
                    self._tag_area.setdefault(slug(name), (area, False))
            self._tag_area |= dict.fromkeys(area.tags, (area, False))
            self._tag_area |= dict.fromkeys(area.loose, (area, True))
            self._channel |= dict.fromkeys(area.channels, area)
            self._track |= dict.fromkeys(area.tracks, area)
        self._service: dict[str, Service] = {}
        self._tag_service: dict[str, Service] = {}
        for service in services:
            self._register(service)
        self._find_regions = lru_cache(maxsize=16)(_Places(regions).find)

    @classmethod
    def load(cls, overlay: Path | None = None) -> "Taxonomy":
        """The taxonomy that comes with the program, a person's overlay file laid over it.

        An overlay that does not exist changes nothing. Raises ConfigError with file and line.
        """
        if overlay is None or not overlay.exists():
            return _shipped()
        return _overlaid(_shipped(), overlay)

    def area(self, name: str) -> Area | None:
        """The area of this name, in any of its spellings."""
        return self._area.get(_key(name))

    def service(self, name: str) -> Service | None:
        """The service of this name or alias, whatever its case; a tag will do."""
        found = self._service.get(_key(name))
        return found or self._tag_service.get(slug(_bare_tag(name)))

    def region(self, name: str) -> Region | None:
        """The region of this code or name."""
        key = _key(name)
        for region in self.regions:
            if key in map(_key, (region.code, region.name, region.japanese, *region.places)):
                return region
        return None

    def services_in(self, text: str) -> tuple[Mention, ...]:
        """The services that the text names, in its order, the longest name at each place."""
        return self._find_services(text)

    def regions_in(self, text: str) -> tuple[Place, ...]:
        """The regions that the text names, in its order."""
        return self._find_regions(text)

    def area_of_tag(self, tag: str) -> tuple[Area, bool] | None:
        """(area, loose) of one of AWS's category tags; None for products, years and types."""
        key = slug(_bare_tag(tag))
        return None if _IGNORED_TAG.fullmatch(key) else self._tag_area.get(key)

    def service_of_tag(self, tag: str) -> Service | None:
        """The service of one of AWS's product tags, in any of the forms they are published.

        None for the tags of categories. A tag that goes on after a known one
        ("amazon-sagemaker-mlops") is that service's.
        """
        key = slug(_bare_tag(tag))
        if _IGNORED_TAG.fullmatch(key) or key in self._tag_area:
            return None  # "amazon-machine-learning" is how AWS files all of machine learning
        while key:
            if found := self._tag_service.get(key):
                return found
            key = key.rpartition("-")[0] if key.startswith(("amazon-", "aws-")) else ""
        return None

    def knows_tag(self, tag: str) -> bool:
        """True for a tag that says an area or a service, or that is known to say neither."""
        ignored = _IGNORED_TAG.fullmatch(slug(_bare_tag(tag)))
        return bool(ignored or self.area_of_tag(tag) or self.service_of_tag(tag))

    def area_of_channel(self, channel: str) -> Area | None:
        """The area of an AWS blog by the slug in its address ("machine-learning")."""
        return self._channel.get(channel)

    def area_of_code(self, code: str) -> Area | None:
        """The area of a re:Invent session by its code ("DOP309")."""
        return self._track.get(code.rstrip("0123456789"))

    def family(self, service: Service) -> tuple[Service, ...]:
        """The service and those that it is a part of, itself first."""
        found = [service]
        while found[-1].part_of:
            found.append(self._service[_key(found[-1].part_of)])
        return tuple(found)

    def _register(self, service: Service) -> None:
        bare = without_vendor(service.name)
        for name in (service.name, *service.aliases):
            self._service.setdefault(_key(name), service)
        self._service[_key(service.name)] = service
        for tag in service.tags:
            self._tag_service[tag] = service
        for name in filter(str.isascii, service.aliases):  # tags are English
            base = slug(without_vendor(name))
            for tag in (slug(name), base, *(f"{v.lower()}-{base}" for v in VENDORS)):
                if tag and (tag != base or base != slug(bare) or service.bare != "no"):
                    self._tag_service.setdefault(tag, service)


_WORD = "(?!リージョン)[A-Za-z0-9ァ-ヺー]"


class _Places:
    """Regions found by their code or by a name of theirs."""

    def __init__(self, regions: tuple[Region, ...]) -> None:
        self._regions: dict[str, Region] = {}
        by_letter: dict[str, list[str]] = {}
        names = [(n, r) for r in regions for n in (r.code, r.name, r.japanese, *r.places)]
        for name, region in sorted(names, key=lambda pair: len(pair[0]), reverse=True):
            self._regions.setdefault(_flat(name), region)
            rest = re.sub(r"(?:\\?[\s-])+", r"[\\s\\-]*", re.escape(name[1:]))
            by_letter.setdefault(re.escape(name[0]), []).append(rest)
        inner = "|".join(f"{letter}(?:{'|'.join(rest)})" for letter, rest in by_letter.items())
        # No look-behind in front: so the engine skips to letters that begin a name.
        self._pattern = re.compile(rf"(?:{inner})(?!{_WORD})")

    def find(self, text: str) -> tuple[Place, ...]:
        flat = text.replace("（", "(").replace("）", ")")
        found = []
        for match in self._pattern.finditer(flat):
            region = self._regions.get(_flat(match[0]))
            start, end = match.span()
            if region is not None and not re.match(_WORD, flat[start - 1 : start] or " "):
                found.append(Place(region, text[start:end], start, end))
        return tuple(found)


def _flat(name: str) -> str:
    return re.sub(r"[\s\-]+", "", name.replace("（", "(").replace("）", ")"))


def _key(name: str) -> str:
    return re.sub(r"\s+", " ", name).strip().casefold()


def _bare_tag(tag: str) -> str:
    """A tag without its namespace and quotes: 'general:products/amazon-ec2' → amazon-ec2."""
    tag = tag.strip().strip("'\"").strip()
    return tag.rsplit("/", 1)[-1] if ":" in tag else tag


@lru_cache(maxsize=1)
def _shipped() -> Taxonomy:
    areas = tuple(read_area(t) for t in read_tables(FOLDER / "areas.toml", ("area",))[1])
    regions = tuple(read_region(t) for t in read_tables(FOLDER / "regions.toml", ("region",))[1])
    rules = tuple(read_rule(t) for t in read_tables(FOLDER / "rules.toml", ("rule",))[1])
    known = {area.name for area in areas}
    services: dict[str, Service] = {}
    tables: list[Table] = []
    for file in sorted((FOLDER / "services").glob("*.toml")):
        head, found = read_tables(file, ("service",))
        for table in found:
            service = read_service(table, str(head.get("area", "")))
            _check(service, table, known, services.keys())
            services[service.name] = service
            tables.append(table)
    _check_names(services, tables)
    return Taxonomy(areas, tuple(services.values()), regions, rules)


def _check(service: Service, table: Table, areas: set[str], seen: object) -> None:
    if service.area not in areas:
        raise table.wrong("area", f"{service.name}: unknown area {service.area!r}")
    if service.name in seen:  # type: ignore[operator]
        raise table.wrong("name", f"{service.name} stands here a second time")


def _check_names(services: dict[str, Service], tables: list[Table]) -> None:
    """No name may belong to two services; a part must be a part of something known."""
    owner: dict[str, str] = {}
    for service, table in zip(services.values(), tables, strict=True):
        for name in service.aliases:
            if owner.setdefault(_key(name), service.name) != service.name:
                other = owner[_key(name)]
                raise table.wrong("name", f"{service.name}: {name!r} is a name of {other} too")
    for service, table in zip(services.values(), tables, strict=True):
        if service.part_of and service.part_of not in services:
            raise table.wrong("part_of", f"unknown service {service.part_of!r}")


def _overlaid(base: Taxonomy, file: Path) -> Taxonomy:
    """The base with a person's `[[service]]` and `[[area]]` tables merged in by name."""
    head, tables = read_tables(file, _KINDS)
    if head:
        raise ConfigError(f"unknown key {next(iter(head))!r}", key=str(file))
    areas = {a.name: a for a in base.areas}
    for table in (t for t in tables if t.kind == "area"):
        area = read_area(table)
        old = areas.get(area.name)
        areas[area.name] = _joined(old, area) if old else area
    regions = {r.code: r for r in base.regions}
    regions |= {r.code: r for r in (read_region(t) for t in tables if t.kind == "region")}
    services = {s.name: s for s in base.services}
    ruled = set(base.ruled)
    own = [t for t in tables if t.kind == "service"]
    for table in own:
        given = read_service(table)
        old_service = base.service(given.name)
        if not given.area and old_service is None:
            raise table.wrong("area", f"{given.name} is new here and needs its area")
        if given.area and given.area not in areas:
            raise table.wrong("area", f"unknown area {given.area!r}; known: {', '.join(areas)}")
        name = old_service.name if old_service else given.name
        services[name] = _merged(old_service, given, table) if old_service else given
        if given.area:
            ruled.add(name)
    for table in own:
        part_of = table.values.get("part_of")
        if part_of and part_of not in services:
            raise table.wrong("part_of", f"unknown service {part_of!r}")
    return Taxonomy(
        tuple(areas.values()),
        tuple(services.values()),
        tuple(regions.values()),
        base.rules,
        frozenset(ruled),
    )


def _joined(old: Area, new: Area) -> Area:
    return replace(
        old,
        japanese=new.japanese or old.japanese,
        names=old.names + new.names,
        tags=old.tags + new.tags,
        loose=old.loose + new.loose,
        channels=old.channels + new.channels,
        tracks=old.tracks + new.tracks,
    )


def _merged(old: Service, new: Service, table: Table) -> Service:
    return replace(
        old,
        area=new.area or old.area,
        bare=new.bare if "bare" in table.values else old.bare,
        also=old.also + new.also,
        with_vendor=old.with_vendor + new.with_vendor,
        japanese=old.japanese + new.japanese,
        former=old.former + new.former,
        tags=old.tags + new.tags,
        part_of=new.part_of or old.part_of,
    )
