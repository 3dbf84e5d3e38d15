"""A timeline: the stories of a feature or a service, oldest first, and how each preview ended."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from index.timeline.moment import Moment
from index.timeline.subject import Subject
from index.timeline.succession import Succession, successions


@dataclass(frozen=True, slots=True)
class Timeline:
    """`moments` oldest first; `ends` says of each preview how it went on."""

    subject: Subject
    moments: tuple[Moment, ...] = ()
    ends: tuple[Succession, ...] = ()


def build_timeline(subject: Subject, moments: Iterable[Moment]) -> Timeline:
    """The moments in order of time, each preview tied to what became of it."""
    ordered = tuple(sorted(moments, key=lambda m: (m.when, m.id)))
    return Timeline(subject, ordered, successions(ordered))


def timeline_to_dict(timeline: Timeline) -> dict[str, Any]:
    """The JSON of `timeline --json`."""
    return {
        "subject": timeline.subject.name,
        "service": timeline.subject.service or None,
        "formerly": [{"name": n, "until": u} for n, u in timeline.subject.formerly],
        "moments": [moment_to_dict(moment) for moment in timeline.moments],
        "previews": [succession_to_dict(end) for end in timeline.ends],
    }


def succession_to_dict(end: Succession) -> dict[str, Any]:
    """A preview and what became of it; `ga` and `months` are null while nothing is known."""
    return {
        "preview": moment_to_dict(end.preview),
        "ga": moment_to_dict(end.ga) if end.ga else None,
        "months": end.months,
        "sure": end.sure,
    }


def moment_to_dict(moment: Moment) -> dict[str, Any]:
    """One moment of `timeline --json`."""
    return {
        "id": moment.id,
        "story": moment.story,
        "published": moment.when.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "title": moment.title,
        "url": moment.url,
        "lang": moment.lang,
        "kind": moment.kind,
        "stage": moment.stage or None,
        "changes": list(moment.changes),
        "services": list(moment.services),
        "regions": list(moment.regions),
        "copies": moment.copies,
    }
