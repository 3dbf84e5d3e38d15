"""The taxonomy's files brought together: those that come with the program, and a person's own."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from index.errors import ConfigError
from index.taxonomy.reading import (
    Table,
    read_area,
    read_region,
    read_rule,
    read_service,
    read_tables,
)
from index.taxonomy.values import Area, Region, Rule, Service, name_key

FOLDER = Path(__file__).parent
_KINDS = ("area", "service", "region", "rule")


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """All tables, checked. `ruled` are the services whose area a person's file has set."""

    areas: tuple[Area, ...]
    services: tuple[Service, ...]
    regions: tuple[Region, ...]
    rules: tuple[Rule, ...]
    ruled: frozenset[str] = frozenset()


@lru_cache(maxsize=1)
def shipped() -> Contents:
    """The files of this folder. Raises ConfigError with file and line."""
    areas = _areas(read_tables(FOLDER / "areas.toml", ("area",))[1])
    regions = tuple(read_region(t) for t in read_tables(FOLDER / "regions.toml", ("region",))[1])
    rules = tuple(read_rule(t) for t in read_tables(FOLDER / "rules.toml", ("rule",))[1])
    known = {area.name for area in areas}
    services: dict[str, Service] = {}
    tables: list[Table] = []
    for file in sorted((FOLDER / "services").glob("*.toml")):
        head, found = read_tables(file, ("service",))
        for table in found:
            service = read_service(table, str(head.get("area", "")))
            if service.area not in known:
                raise table.wrong("area", f"{service.name}: unknown area {service.area!r}")
            if service.name in services:
                raise table.wrong("name", f"{service.name} stands here a second time")
            services[service.name] = service
            tables.append(table)
    for service, table in zip(services.values(), tables, strict=True):
        _check_family(service, services, table)
    _check_names(services.values(), tables)
    return Contents(areas=areas, services=tuple(services.values()), regions=regions, rules=rules)


def laid_over(base: Contents, file: Path) -> Contents:
    """The base with a person's tables merged in by name: theirs win, rules come first.

    Raises ConfigError with file and line.
    """
    head, tables = read_tables(file, _KINDS)
    if head:
        raise ConfigError(f"unknown key {next(iter(head))!r}", key=str(file))
    areas = {a.name: a for a in base.areas}
    for area in _areas([t for t in tables if t.kind == "area"], base.areas):
        old = areas.get(area.name)
        areas[area.name] = _joined(old, area) if old else area
    regions = {r.code: r for r in base.regions}
    regions |= {r.code: r for r in (read_region(t) for t in tables if t.kind == "region")}
    services, ruled = _own_services(base, [t for t in tables if t.kind == "service"], tuple(areas))
    return Contents(
        areas=tuple(areas.values()),
        services=services,
        regions=tuple(regions.values()),
        rules=(*(read_rule(t) for t in tables if t.kind == "rule"), *base.rules),
        ruled=base.ruled | ruled,
    )


def _own_services(
    base: Contents, tables: list[Table], areas: tuple[str, ...]
) -> tuple[tuple[Service, ...], frozenset[str]]:
    """(all services, the names of those whose area the person's tables set)."""
    services = {s.name: s for s in base.services}
    owner = {name_key(a): s.name for s in base.services for a in s.aliases}
    owner |= {name_key(s.name): s.name for s in base.services}
    ruled, told = set(), []
    for table in tables:
        given = read_service(table)
        name = owner.get(name_key(given.name), given.name)
        old = services.get(name)
        if not given.area and old is None:
            raise table.wrong("area", f"{given.name} is new here and needs its area")
        if given.area and given.area not in areas:
            raise table.wrong("area", f"unknown area {given.area!r}; known: {', '.join(areas)}")
        services[name] = _merged(old, given, table) if old else given
        told.append((services[name], given, table))
        if given.area:
            ruled.add(name)
    for service, given, table in told:
        _check_family(service, services, table)
        services = {n: s if n == service.name else _without(s, given) for n, s in services.items()}
    return tuple(services.values()), frozenset(ruled)


def _areas(tables: Iterable[Table], before: Iterable[Area] = ()) -> tuple[Area, ...]:
    """The areas of these tables; one stands under those here and those before."""
    found = [(table, read_area(table)) for table in tables]
    known = {area.name for area in (*before, *(area for _, area in found))}
    for table, area in found:
        for former in area.stood_under:
            if former.name not in known:
                raise table.wrong("stood_under", f"unknown area {former.name!r}")
    return tuple(area for _, area in found)


def _check_names(services: Iterable[Service], tables: list[Table]) -> None:
    """No name may belong to two services."""
    owner: dict[str, str] = {}
    for service, table in zip(services, tables, strict=True):
        for name in service.aliases:
            if owner.setdefault(name_key(name), service.name) != service.name:
                other = owner[name_key(name)]
                raise table.wrong("name", f"{service.name}: {name!r} is a name of {other} too")


def _check_family(service: Service, services: dict[str, Service], table: Table) -> None:
    """A part is a part of something known, and never of itself."""
    seen, whole = {service.name}, service.part_of
    while whole:
        if whole not in services:
            raise table.wrong("part_of", f"unknown service {whole!r}")
        if whole in seen:
            raise table.wrong("part_of", f"{service.name} would be a part of itself")
        seen.add(whole)
        whole = services[whole].part_of


def _without(service: Service, given: Service) -> Service:
    """The service without the names that a person gave to another one."""
    taken = {name_key(n) for n in (*given.also, *given.with_vendor, *given.japanese)}
    if not taken or not taken & set(map(name_key, service.aliases)):
        return service
    return replace(
        service,
        also=tuple(n for n in service.also if name_key(n) not in taken),
        with_vendor=tuple(n for n in service.with_vendor if name_key(n) not in taken),
        japanese=tuple(n for n in service.japanese if name_key(n) not in taken),
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
        stood_under=old.stood_under + new.stood_under,
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
        helps_others=new.helps_others if "helps_others" in table.values else old.helps_others,
    )
