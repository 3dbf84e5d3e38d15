"""Settings: `<folder>/config.toml`, every key optional; an unknown one names its nearest.

Where a setting can come from, the first that speaks wins: a flag, the environment, the
file, the default. Secrets come from the environment only.
"""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

from platformdirs import user_data_path

from index.errors import ConfigError

ENVIRONMENT = "REINVENT_KB_DATA"
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Interface:
    """What a person sees: `language` (ja | en) and the `timezone` of dates on screens."""

    language: str = "ja"
    timezone: str = "Asia/Tokyo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """What matters to this group: services to watch, weights in place of the learned ones,
    what is pinned to the top or hidden (services, areas or ids), how many stand on top."""

    watch: tuple[str, ...] = ()
    pin: tuple[str, ...] = ()
    hide: tuple[str, ...] = ()
    weights: Mapping[str, float] = field(default_factory=dict)
    style: str = "note"
    top: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """Where `week --send smtp` goes; the password is REINVENT_KB_SMTP_PASSWORD."""

    host: str = ""
    port: int = 587
    user: str = ""
    sender: str = ""
    to: tuple[str, ...] = ()
    starttls: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """An optional language model that rewrites summaries; off unless `enabled`. The prices are
    those of a million tokens."""

    enabled: bool = False
    id: str = "amazon.nova-lite-v1:0"
    region: str = "us-east-1"
    timeout: float = 20.0
    budget_usd: float = 0.5
    input_usd: float = 0.06
    output_usd: float = 0.24


@dataclass(frozen=True, slots=True, kw_only=True)
class Collect:
    """How the crawler introduces itself and how hard it asks."""

    contact: str = ""
    seconds_per_request: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """All settings of a knowledge base; each section is documented in docs/configuration.md."""

    interface: Interface = field(default_factory=Interface)
    digest: Digest = field(default_factory=Digest)
    mail: Mail = field(default_factory=Mail)
    model: Model = field(default_factory=Model)
    collect: Collect = field(default_factory=Collect)


def read_config(folder: Path) -> Config:
    """The folder's settings; the defaults where there is no file.

    Raises ConfigError naming the key (and its nearest known one) or the line that is wrong.
    """
    path = folder / "config.toml"
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Config()
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"cannot be read: {error}", key=str(path)) from error
    return _filled(Config(), found, str(path))


def data_folder(flag: Path | None = None) -> Path:
    """The knowledge base's folder: flag, environment, the checkout's data/, the platform's."""
    if flag is not None:
        return flag
    if named := os.environ.get(ENVIRONMENT):
        return Path(named)
    checkout = Path(__file__).parents[1]
    if (checkout / "pyproject.toml").is_file():
        return checkout / "data"
    return user_data_path("reinvent-kb", appauthor=False)


def _filled(base: T, found: Mapping[str, Any], where: str) -> T:
    assert is_dataclass(base) and not isinstance(base, type)
    known = {f.name: getattr(base, f.name) for f in fields(base)}
    changes: dict[str, Any] = {}
    for key, value in found.items():
        if key not in known:
            raise ConfigError(_unknown(key, known), key=f"{where}: {key}")
        changes[key] = _value(known[key], value, f"{where}: {key}")
    return replace(base, **changes)


def _value(default: object, value: Any, where: str) -> Any:
    if is_dataclass(default) and isinstance(value, Mapping):
        return _filled(default, value, where)
    if isinstance(default, tuple) and isinstance(value, list):
        return tuple(str(v) for v in value)
    if isinstance(default, float) and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if isinstance(default, Mapping) and isinstance(value, Mapping):
        return {str(k): float(v) for k, v in value.items() if _is_number(v, f"{where}.{k}")}
    if type(value) is not type(default):
        raise ConfigError(f"expected {type(default).__name__}, found {value!r}", key=where)
    return value


def _is_number(value: object, where: str) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ConfigError(f"expected a number, found {value!r}", key=where)
    return True


def _unknown(key: str, known: Mapping[str, object]) -> str:
    near = get_close_matches(key, known, n=1, cutoff=0)
    return f"is no setting; did you mean {near[0]!r}?" if near else "is no setting"
