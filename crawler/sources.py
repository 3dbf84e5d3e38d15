"""The sources: what is collected, from where, in whose name; data that a person can edit.

`sources.toml` beside this file lists what the program knows; `<folder>/sources.toml` of a
knowledge base is laid over it, key by key, and may add, switch off or remove sources.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass, fields
from difflib import get_close_matches
from fnmatch import fnmatchcase
from importlib.resources import files
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from crawler.origin import source_name
from index.address import is_web_address
from index.errors import ConfigError

KINDS = ("feed", "directory", "archive", "page")
CADENCES = {"hourly": 1, "daily": 24, "weekly": 24 * 7, "monthly": 24 * 30, "rarely": 24 * 365}
"""How often something new is to be expected, in hours."""
_DIRECTORY = "/api/dirs/"
_HATENA = re.compile(r"\.(hatenablog\.com|hatenablog\.jp|hateblo\.jp|hatenadiary\.\w+)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One thing that is collected.

    `name` is what a person calls it. `channel` is the name that its entries bear as their
    source; "" where each entry's own address says. `lang` is set where the content may not
    tell. `cadence` is how often news is to be
    expected. `history` names the source that can fill this one's holes. `order` and
    `year_tags` belong to AWS's directory API. Raises ConfigError for a value out of its set.
    """

    name: str
    url: str
    kind: str = "feed"
    title: str = ""
    lang: str = ""
    channel: str = ""
    entry_kind: str = ""
    enabled: bool = True
    cadence: str = "daily"
    obey_robots: bool = True
    history: str = ""
    order: str = ""
    year_tags: tuple[str, ...] = ()
    pages: int = 0
    folder: str = ""

    def __post_init__(self) -> None:
        if not is_web_address(self.url):
            raise ConfigError(f"not an absolute http(s) address: {self.url!r}", key=self.name)
        for key, value, known in (
            ("kind", self.kind, KINDS),
            ("cadence", self.cadence, tuple(CADENCES)),
        ):
            if value not in known:
                text = f"{value!r} is none of {', '.join(known)}"
                raise ConfigError(text, key=f"{self.name}.{key}")

    @property
    def host(self) -> str:
        """The host that is asked, with its port where one is named."""
        return urlsplit(self.url).netloc.lower()

    @property
    def entry_source(self) -> str | None:
        """The source that its entries bear, or None where each one's address says."""
        return self.channel or None

    @property
    def is_history(self) -> bool:
        """True for what holds a past and is asked on demand, not on every round."""
        return self.kind in ("directory", "archive")


Tables = Mapping[str, Mapping[str, Any]]


def read_sources(folder: Path | None = None) -> tuple[Source, ...]:
    """The packaged sources with the folder's own laid over them, in the order of the files.

    Raises ConfigError naming the file and the key that is wrong.
    """
    tables = {name: dict(table) for name, table in packaged().items()}
    if folder is not None:
        for name, table in overlay(folder).items():
            tables.setdefault(name, {}).update(table)
    return tuple(_source(name, t) for name, t in tables.items() if not t.get("removed"))


def packaged() -> Tables:
    """The tables that come with the program."""
    text = (files("crawler") / "sources.toml").read_text(encoding="utf-8")
    return _tables(text, "crawler/sources.toml")


def overlay(folder: Path) -> Tables:
    """The folder's own tables; empty where it has none."""
    path = folder / "sources.toml"
    try:
        return _tables(path.read_text(encoding="utf-8"), str(path))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"cannot be read: {error}", key=str(path)) from error


def choose(sources: Iterable[Source], names: Iterable[str]) -> tuple[Source, ...]:
    """The sources that the names mean: a name, a title, a channel, a pattern, or a beginning
    up to a hyphen (`whats-new` means `whats-new-en` and `whats-new-ja`).

    Raises ConfigError with the nearest name for one that means nothing.
    """
    known = tuple(sources)
    chosen: dict[str, Source] = {}
    for name in names:
        found = [s for s in known if _means(name, s)]
        if not found:
            raise ConfigError(_nearest(name, known), key=name)
        chosen |= {s.name: s for s in found}
    return tuple(chosen.values())


def new_sources(url: str, *, name: str = "", **fields_: Any) -> tuple[Source, ...]:
    """The sources that an address makes: a feed, or a Hatena blog's feed and archive.

    Raises ConfigError when it is no absolute http(s) address.
    """
    if not is_web_address(url):
        raise ConfigError(
            f"not an absolute http(s) address: {url!r}; give one like https://…/feed", key="url"
        )
    parts = urlsplit(url)
    host = source_name(url) or parts.netloc
    own = name or host
    if fields_.get("kind") == "directory" or _DIRECTORY in parts.path:
        return (_directory(own, url, fields_),)
    blog = _HATENA.search(parts.hostname or "")
    if not blog or fields_.get("kind", "feed") != "feed":
        return (Source(name=own, url=url, **fields_),)
    site = f"{parts.scheme}://{parts.netloc}"
    fields_ = {"lang": "ja", "channel": host, **fields_, "kind": "feed"}
    fed = url if re.search(r"/(rss|feed)", parts.path) else f"{site}/rss"
    archive = f"{own}-archive"
    return (
        Source(name=own, url=fed, history=archive, **fields_),
        Source(name=archive, url=f"{site}/archive", **{**fields_, "kind": "archive"}),
    )


def free_name(url: str, title: str, taken: Iterable[str]) -> str:
    """A name for a new source: its host where that is free, else its title or path, else the
    host with a number."""
    names = set(taken)
    host = source_name(url) or urlsplit(url).netloc
    path = _slug(urlsplit(url).path)
    for name in (host, _slug(title), f"{host}-{path}"):
        if len(name) > 2 and name not in names and not name.endswith("-"):
            return name
    return next(name for n in count(2) if (name := f"{host}-{n}") not in names)


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def _directory(name: str, url: str, given: dict[str, Any]) -> Source:
    """A directory of AWS's API, asked by the order and the year tags that it is known by."""
    query = dict(parse_qsl(urlsplit(url).query))
    directory = query.get("item.directoryId", "whats-new-v2")
    dated = "createdDate" if directory == "blog-posts" else "postDateTime"
    lang = query.get("item.locale", "en")[:2]
    tags: tuple[str, ...] = (f"{directory}#year#{{year}}",)
    if directory == "whats-new-v2":
        tags += ("GLOBAL#local-tags-whats-new-v2-year#{year}",)
    own = f"whats-new-{lang}" if directory.startswith("whats-new") else ""
    defaults = {"lang": lang, "channel": own, "order": f"item.additionalFields.{dated}"}
    return Source(
        **{**defaults, "name": name, "url": url, "year_tags": tags, **given, "kind": "directory"}
    )


def _means(name: str, source: Source) -> bool:
    wanted = name.casefold()
    names = (source.name.casefold(), source.title.casefold(), source.channel.casefold())
    if wanted in names:
        return True
    if any(sign in wanted for sign in "*?"):
        return fnmatchcase(names[0], wanted)
    return names[0].startswith(wanted + "-")


def _nearest(name: str, sources: Iterable[Source]) -> str:
    near = get_close_matches(name, [s.name for s in sources], n=1, cutoff=0.4)
    hint = f"did you mean {near[0]!r}? " if near else ""
    return f"no such source; {hint}`reinvent-kb sources` lists them"


def _tables(text: str, where: str) -> Tables:
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"cannot be read: {error}", key=where) from error
    for name, table in found.items():
        if not isinstance(table, dict):
            raise ConfigError(
                "expected a table of a source such as [my-blog]", key=f"{where}: {name}"
            )
    return found


def _source(name: str, table: Mapping[str, Any]) -> Source:
    known = {f.name: f for f in fields(Source)}
    given: dict[str, Any] = {}
    for key, value in table.items():
        if key == "removed":
            continue
        if key not in known or key == "name":
            near = get_close_matches(key, known, n=1, cutoff=0)
            raise ConfigError(
                f"is no key of a source; did you mean {near[0]!r}?", key=f"{name}.{key}"
            )
        given[key] = _checked(value, known[key].default, f"{name}.{key}")
    if "url" not in given:
        raise ConfigError("a source needs a url", key=name)
    return Source(name=name, **given)


def _checked(value: Any, default: Any, key: str) -> Any:
    if isinstance(default, tuple) and isinstance(value, list):
        return tuple(str(v) for v in value)
    wanted = str if default is MISSING else type(default)
    if type(value) is not wanted:
        raise ConfigError(f"expected {wanted.__name__}, found {value!r}", key=key)
    return value
