"""A digest as JSON for machines: the shape that docs/design.md fixes."""

import json
from datetime import datetime
from typing import Any

from index.digest import AreaGroup, Count, Deadline, Digest, DigestItem, Reference


def json_digest(digest: Digest) -> str:
    """The digest as one JSON object, indented, ending in a line end."""
    period = digest.period
    found = {
        "week": period.label,
        "start": _stamp(period.start),
        "end": _stamp(period.end),
        "lang": digest.lang,
        "total": digest.total,
        "former": digest.overall.former,
        "lines": digest.lines,
        "top": [_item(item) for item in digest.top],
        "areas": [_area(g, c) for g, c in zip(digest.areas, digest.counts, strict=True)],
        "stages": {c.name: c.count for c in digest.stages},
        "deadlines": [_deadline(d) for d in digest.deadlines],
        "apart": [_item(item) for item in digest.apart],
    }
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def _area(group: AreaGroup, count: Count) -> dict[str, Any]:
    folded = [
        {"service": f.service, "regions": f.regions, "items": [i.id for i in f.items]}
        for f in group.folded
    ]
    return {
        "area": group.area,
        "count": count.count,
        "former": count.former,
        "items": [_item(item) for item in group.items],
        "folded": folded,
    }


def _item(item: DigestItem) -> dict[str, Any]:
    return {
        "id": item.id,
        "kind": item.kind,
        "title": item.title,
        "summary": "\n".join(item.summary),
        "lines": item.summary,
        "url": item.url,
        "source": item.source,
        "stage": item.stage or None,
        "published": _stamp(item.published),
        "area": item.area,
        "label": item.label or None,
        "services": item.services,
        "changes": item.changes,
        "regions": item.regions,
        "tokyo": item.tokyo or None,
        "osaka": item.osaka or None,
        "price": item.price or None,
        "lang": item.lang,
        "foreign": item.foreign,
        "story": item.story,
        "copies": [_reference(r) for r in item.copies],
        "companions": [_reference(r) for r in item.companions],
        "score": item.score,
        "reasons": item.reasons,
        "watched": item.watched,
        "pinned": item.pinned,
    }


def _reference(reference: Reference) -> dict[str, Any]:
    return {
        "id": reference.id,
        "kind": reference.kind,
        "title": reference.title,
        "url": reference.url,
        "lang": reference.lang,
        "source": reference.source,
        "published": _stamp(reference.published),
    }


def _deadline(deadline: Deadline) -> dict[str, Any]:
    return {
        "day": deadline.day.isoformat(),
        "what": deadline.what,
        "title": deadline.title,
        "words": deadline.words,
        "url": deadline.url,
        "id": deadline.entry,
    }


def _stamp(when: datetime) -> str:
    return when.strftime("%Y-%m-%dT%H:%M:%SZ")
