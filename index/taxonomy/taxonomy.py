"""What the program knows of AWS: its areas, services and regions, and how people name them."""

import re
from datetime import date
from functools import lru_cache
from pathlib import Path

from index.taxonomy.loading import Contents, laid_over, shipped
from index.taxonomy.names import Names
from index.taxonomy.places import Places
from index.taxonomy.values import (
    VENDORS,
    Area,
    Mention,
    Place,
    Region,
    Rule,
    Service,
    name_key,
    slug,
    without_vendor,
)

_IGNORED_TAG = re.compile(r"\d{4}|launch-announcement|reinvent-\d{4}.*|aws-govcloud-us|aws-region")


class Taxonomy:
    """Areas, services and regions by name, tag and mention. Does not change once loaded."""

    def __init__(self, contents: Contents) -> None:
        self.areas: tuple[Area, ...] = contents.areas
        self.services: tuple[Service, ...] = contents.services
        self.regions: tuple[Region, ...] = contents.regions
        self.rules: tuple[Rule, ...] = contents.rules
        self.ruled = contents.ruled  # services whose area a person's overlay has set
        self._names = Names(self.services)
        # One entry's few texts are asked for again and again while its facts are read.
        self._find_services = lru_cache(maxsize=16)(self._names.find)
        self._area: dict[str, Area] = {}
        self._tag_area: dict[str, tuple[Area, bool]] = {}
        self._channel: dict[str, Area] = {}
        self._track: dict[str, Area] = {}
        for area in self.areas:
            for name in filter(None, (area.name, area.japanese, *area.names)):
                self._area.setdefault(name_key(name), area)
                if name.isascii():
                    self._tag_area.setdefault(slug(name), (area, False))
            self._tag_area |= dict.fromkeys(area.tags, (area, False))
            self._tag_area |= dict.fromkeys(area.loose, (area, True))
            self._channel |= dict.fromkeys(area.channels, area)
            self._track |= dict.fromkeys(area.tracks, area)
        self._service: dict[str, Service] = {}
        self._tag_service: dict[str, Service] = {}
        for service in self.services:
            self._register(service)
        self._parts: dict[str, frozenset[str]] = {}
        for service in self.services:
            for whole in self.family(service)[1:]:
                known = self._parts.get(whole.name, frozenset())
                self._parts[whole.name] = known | {service.area}
        self._find_regions = lru_cache(maxsize=16)(Places(self.regions).find)

    @classmethod
    def load(cls, overlay: Path | None = None) -> "Taxonomy":
        """The taxonomy that comes with the program, a person's overlay file laid over it.

        An overlay that does not exist changes nothing. Raises ConfigError with file and line.
        """
        if overlay is None or not overlay.exists():
            return _without_overlay()
        return cls(laid_over(shipped(), overlay))

    def area(self, name: str) -> Area | None:
        """The area of this name, in any of its spellings."""
        return self._area.get(name_key(name))

    def service(self, name: str) -> Service | None:
        """The service of this name or alias, whatever its case; a tag will do."""
        found = self._service.get(name_key(name))
        return found or self._tag_service.get(slug(_bare_tag(name)))

    def region(self, name: str) -> Region | None:
        """The region of this code or name."""
        key = name_key(name)
        for region in self.regions:
            if key in map(name_key, (region.code, region.name, region.japanese, *region.places)):
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

    def area_meant(self, tagged: Area, service: Service, day: date) -> Area:
        """What a category tag of that day says of this service: the service's own area where
        AWS filed that under the tag's category then, else the tag's."""
        own = self._area[name_key(service.area)]
        stood = any(f.name == tagged.name and day < f.until for f in own.stood_under)
        return own if stood else tagged

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
            found.append(self._service[name_key(found[-1].part_of)])
        return tuple(found)

    def areas_of(self, service: Service) -> frozenset[str]:
        """The areas of the service, of what it is a part of, and of its own parts."""
        parts = self._parts.get(service.name, frozenset())
        return frozenset(s.area for s in self.family(service)) | parts

    def _register(self, service: Service) -> None:
        bare = without_vendor(service.name)
        for name in (service.name, *service.aliases):
            self._service.setdefault(name_key(name), service)
        self._service[name_key(service.name)] = service
        for tag in service.tags:
            self._tag_service[tag] = service
        for name in filter(str.isascii, service.aliases):  # tags are English
            base = slug(without_vendor(name))
            for tag in (slug(name), base, *(f"{v.lower()}-{base}" for v in VENDORS)):
                if tag and (tag != base or base != slug(bare) or service.bare != "no"):
                    self._tag_service.setdefault(tag, service)


_WORD = "(?!リージョン)[A-Za-z0-9ァ-ヺー]"


def _bare_tag(tag: str) -> str:
    """A tag without its namespace and quotes: 'general:products/amazon-ec2' → amazon-ec2."""
    tag = tag.strip().strip("'\"").strip()
    return tag.rsplit("/", 1)[-1] if ":" in tag else tag


@lru_cache(maxsize=1)
def _without_overlay() -> Taxonomy:
    return Taxonomy(shipped())
