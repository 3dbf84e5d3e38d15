"""What a person says of an entry, checked against what the taxonomy knows."""

from collections.abc import Callable
from datetime import date

from index.errors import ConfigError
from index.fact import STAGES, FactKind
from index.taxonomy import Taxonomy

NONE = "none"
"""What a person writes for "there is none of this kind"."""


def read_correction(text: str, taxonomy: Taxonomy) -> tuple[FactKind, str]:
    """(kind, canonical value) of "kind=value"; the value is "" for "kind=none".

    Raises ConfigError for a kind or value that does not exist, with those that do.
    """
    kind_name, sign, said = text.partition("=")
    kinds = ", ".join(FactKind)
    if not sign or not said.strip():
        raise ConfigError(f"{text!r} is not of the form kind=value; kinds are {kinds}")
    try:
        kind = FactKind(kind_name.strip().lower())
    except ValueError as error:
        raise ConfigError(f"unknown kind {kind_name!r}; kinds are {kinds}") from error
    said = said.strip()
    if said.lower() == NONE and kind is not FactKind.AREA:
        return kind, ""
    return kind, _READERS.get(kind, _as_said)(said, taxonomy)


def _area(said: str, taxonomy: Taxonomy) -> str:
    if area := taxonomy.area(said):
        return area.name
    names = ", ".join(area.name for area in taxonomy.areas)
    raise ConfigError(f"unknown area {said!r}; areas are {names}")


def _service(said: str, taxonomy: Taxonomy) -> str:
    if service := taxonomy.service(said):
        return service.name
    raise ConfigError(f"unknown service {said!r}; a [[service]] in taxonomy.toml makes it known")


def _stage(said: str, taxonomy: Taxonomy) -> str:
    if said.lower() in STAGES:
        return said.lower()
    raise ConfigError(f"unknown stage {said!r}; stages are {', '.join(STAGES)}, {NONE}")


def _change(said: str, taxonomy: Taxonomy) -> str:
    known = {rule.value for rule in taxonomy.rules if rule.fact == FactKind.CHANGE} | {"region"}
    if said.lower() in known:
        return said.lower()
    raise ConfigError(f"unknown change {said!r}; changes are {', '.join(sorted(known))}")


def _region(said: str, taxonomy: Taxonomy) -> str:
    if said.lower() == "all":
        return "all"
    if region := taxonomy.region(said):
        return region.code
    raise ConfigError(f"unknown region {said!r}; write its code, as ap-northeast-1")


def _deadline(said: str, taxonomy: Taxonomy) -> str:
    try:
        return date.fromisoformat(said).isoformat()
    except ValueError as error:
        raise ConfigError(f"{said!r} is no date; write it as 2026-04-30") from error


def _as_said(said: str, taxonomy: Taxonomy) -> str:
    return said


_READERS: dict[FactKind, Callable[[str, Taxonomy], str]] = {
    FactKind.AREA: _area,
    FactKind.SERVICE: _service,
    FactKind.MENTIONED: _service,
    FactKind.STAGE: _stage,
    FactKind.CHANGE: _change,
    FactKind.REGION: _region,
    FactKind.DEADLINE: _deadline,
}
