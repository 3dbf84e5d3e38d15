"""A period in at most five lines, each made of counted facts or of a title as published."""

from index.digest import Digest, DigestItem
from index.wording import say


def five_lines(digest: Digest) -> tuple[str, ...]:
    """How much, where, what above all, how far, and what to mind; () for an empty digest."""
    if digest.empty:
        return ()
    lines = (_total(digest), _areas(digest), _top(digest), _stages(digest), _mind(digest))
    return tuple(line for line in lines if line)


def _total(digest: Digest) -> str:
    if not digest.launches:
        return say(digest.lang, "line_posts", label=digest.period.label, total=digest.total)
    former, change = digest.overall.former, ""
    if former is not None:
        difference = round(digest.total - former, 1)
        sign = "+" if difference > 0 else "−" if difference < 0 else "±"
        change = say(
            digest.lang,
            "line_change",
            former=f"{former:g}",
            sign=sign,
            difference=f"{abs(difference):g}",
        )
    return say(
        digest.lang, "line_total", label=digest.period.label, total=digest.total, change=change
    )


def _areas(digest: Digest) -> str:
    if not digest.counts or not digest.total:
        return ""
    most = digest.counts[:2]
    named = [say(digest.lang, "line_count", name=c.name, count=c.count) for c in most]
    share = round(100 * sum(c.count for c in most) / digest.total)
    return say(digest.lang, "line_areas", areas=_joined(digest, named), share=share)


def _top(digest: Digest) -> str:
    if not digest.top:
        return ""
    first = digest.top[0]
    return say(digest.lang, "line_top", title=first.title, reason=first.reasons[0])


def _stages(digest: Digest) -> str:
    named = [
        say(digest.lang, "line_count", name=say(digest.lang, c.name), count=c.count)
        for c in digest.stages
    ]
    return say(digest.lang, "line_stages", stages=_joined(digest, named)) if named else ""


def _mind(digest: Digest) -> str:
    if digest.deadlines:
        nearest = digest.deadlines[0]
        return say(digest.lang, "line_deadline", day=nearest.day.isoformat(), title=nearest.title)
    tokyo = [item for item in digest.items if item.tokyo == "yes"]
    if tokyo:
        return say(digest.lang, "line_tokyo", titles=_joined(digest, _titles(tokyo)))
    beside = {c.id for item in digest.items for c in item.companions}
    beside |= {item.id for item in digest.apart}
    return say(digest.lang, "line_beside", count=len(beside)) if beside else ""


def _titles(items: list[DigestItem]) -> list[str]:
    return [item.title for item in items[:2]]


def _joined(digest: Digest, parts: list[str]) -> str:
    return say(digest.lang, "and").join(parts)
