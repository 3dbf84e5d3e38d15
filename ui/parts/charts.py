"""The app's charts, in the colours of the areas; Altair specifications only."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import altair as alt

from index.digest import Count
from index.timeline import Moment, Timeline
from ui.parts.palette import ACCENT, AREA_COLOURS, STAGE_COLOURS
from ui.parts.source_numbers import YearKept
from ui.parts.weeks import WeekCount
from ui.source_health import SourceHealth

# Stands 3 : 1 off the ground by day and by night.
MUTED = "7C8796"
AREA_SCALE = alt.Scale(
    domain=list(AREA_COLOURS), range=[f"#{colour}" for colour in AREA_COLOURS.values()]
)
_QUIET = alt.Axis(title=None, grid=False, domain=False, ticks=False)


def _data(rows: list[dict[str, Any]]) -> Any:
    return alt.Data(values=rows)  # type: ignore[no-untyped-call]


def area_bars(counts: Sequence[Count], said: dict[str, str]) -> Any:
    """Stories by area, the usual count as a tick; `said` names count, area and usual."""
    rows = [{"area": c.name, "count": c.count, "former": c.former} for c in counts]
    base = alt.Chart(_data(rows)).encode(
        y=alt.Y("area:N", sort=[c.name for c in counts], axis=alt.Axis(
            title=None, domain=False, ticks=False, labelLimit=150)),
        tooltip=[
            alt.Tooltip("area:N", title=said["area"]),
            alt.Tooltip("count:Q", title=said["count"]),
            alt.Tooltip("former:Q", title=said["usual"]),
        ],
    )  # fmt: skip
    bars = base.mark_bar(cornerRadiusEnd=3, height={"band": 0.7}).encode(
        x=alt.X("count:Q", axis=None),
        color=alt.Color("area:N", scale=AREA_SCALE, legend=None),
    )
    numbers = base.mark_text(align="left", dx=4, color=f"#{MUTED}").encode(
        x="count:Q", text="count:Q"
    )
    usual = (
        base.transform_filter("datum.former != null")
        .mark_tick(thickness=2, color=f"#{MUTED}", opacity=0.8)
        .encode(x="former:Q")
    )
    return (bars + usual + numbers).properties(height=alt.Step(22))


def week_bars(weeks: Sequence[WeekCount], shown: set[str], said: dict[str, str]) -> Any:
    """Stories by week; the weeks of `shown` (labels) stand out."""
    rows = [
        {"week": w.monday.isoformat(), "label": w.label, "count": w.count, "now": w.label in shown}
        for w in weeks
    ]
    return (
        alt.Chart(_data(rows))
        .mark_bar(cornerRadiusEnd=2)
        .encode(
            x=alt.X("label:O", axis=alt.Axis(title=None, labels=False, ticks=False, domain=False)),
            y=alt.Y("count:Q", axis=alt.Axis(title=None, tickCount=3, domain=False)),
            color=alt.condition("datum.now", alt.value(f"#{ACCENT}"), alt.value(f"#{MUTED}66")),
            tooltip=[
                alt.Tooltip("label:N", title=said["week"]),
                alt.Tooltip("count:Q", title=said["count"]),
            ],
        )
        .properties(height=120)
    )


def week_calendar(weeks: Sequence[WeekCount], said: dict[str, str]) -> Any:
    """A year a row, a week a cell, the darker the more; a press chooses the week."""
    rows = [
        {"year": int(w.label[:4]), "week": int(w.label[6:]), "label": w.label, "count": w.count}
        for w in weeks
    ]
    return (
        alt.Chart(_data(rows))
        .mark_rect(cornerRadius=2, stroke=f"#{MUTED}", strokeWidth=0.2, cursor="pointer")
        .encode(
            x=alt.X("week:O", axis=alt.Axis(
                title=None, labelAngle=0, values=[1, 14, 27, 40, 52], ticks=False, domain=False)),
            y=alt.Y("year:O", sort="descending", axis=_QUIET),
            color=alt.Color("count:Q", legend=None, scale=alt.Scale(
                type="sqrt", range=[f"#{ACCENT}08", f"#{ACCENT}"])),
            tooltip=[
                alt.Tooltip("label:N", title=said["week"]),
                alt.Tooltip("count:Q", title=said["count"]),
            ],
        )
        .add_params(alt.selection_point(name="week", fields=["label"], toggle=False))
        .properties(height=alt.Step(16))
    )  # fmt: skip


def year_bars(moments: Sequence[Moment], said: dict[str, str]) -> Any:
    """Stories by year, coloured by stage; `said` names the stages, "" included."""
    counts = Counter((m.when.year, m.stage) for m in moments)
    rows = [
        {"year": year, "stage": said[stage], "count": count}
        for (year, stage), count in sorted(counts.items())
    ]
    return (
        alt.Chart(_data(rows))
        .mark_bar(cornerRadiusEnd=2)
        .encode(
            x=alt.X("year:O", axis=alt.Axis(title=None, labelAngle=0, ticks=False, domain=False)),
            y=alt.Y("count:Q", axis=alt.Axis(title=None, tickCount=4, domain=False)),
            color=alt.Color("stage:N", scale=_stages(said), legend=alt.Legend(
                title=None, orient="top", columns=3)),
            tooltip=[
                alt.Tooltip("year:O", title=said["year"]),
                alt.Tooltip("stage:N", title=said["stage"]),
                alt.Tooltip("count:Q", title=said["count"]),
            ],
        )
        .properties(height=200)
    )  # fmt: skip


def stage_timeline(timeline: Timeline, said: dict[str, str]) -> Any:
    """The stories in time, a row a stage; a line leads from a preview to what became of it."""
    rows = [
        {"when": m.when.isoformat(), "stage": said[m.stage], "title": m.title}
        for m in timeline.moments
    ]
    links = [
        {
            "when": end.preview.when.isoformat(),
            "ended": end.ga.when.isoformat(),
            "stage": said["preview"],
            "later": said["ga"],
            "sure": end.sure,
        }
        for end in timeline.ends
        if end.ga
    ]
    order = [said[name] for name in ("preview", "ga", "region", "", "end")]
    y = alt.Y("stage:N", scale=alt.Scale(domain=order), axis=alt.Axis(
        title=None, domain=False, ticks=False, grid=True))  # fmt: skip
    x = alt.X("when:T", axis=alt.Axis(title=None, grid=False, format="%Y-%m", tickCount=6))
    points = (
        alt.Chart(_data(rows))
        .mark_circle(size=90, opacity=0.85)
        .encode(
            x=x,
            y=y,
            color=alt.Color("stage:N", scale=_stages(said), legend=None),
            tooltip=[
                alt.Tooltip("when:T", title=said["date"], format="%Y-%m-%d"),
                alt.Tooltip("title:N", title=said["title"]),
            ],
        )
    )
    lines = (
        alt.Chart(_data(links))
        .mark_rule(color=f"#{MUTED}", strokeWidth=1.4)
        .encode(
            x=x,
            x2="ended:T",
            y=y,
            y2="later:N",
            strokeDash=alt.condition("datum.sure", alt.value([1, 0]), alt.value([3, 3])),
        )
    )
    return ((lines + points) if links else points).properties(height=190)


def _stages(said: dict[str, str]) -> alt.Scale:
    names = ("preview", "ga", "region", "end", "")
    colours = [f"#{STAGE_COLOURS.get(name, MUTED)}" for name in names]
    return alt.Scale(domain=[said[name] for name in names], range=colours)


def year_heat(kept: Sequence[YearKept], said: dict[str, str]) -> Any:
    """A source a row, a year a column, the darker the more entries are kept."""
    rows = [{"source": k.source, "year": k.year, "count": k.count} for k in kept]
    totals: Counter[str] = Counter()
    for k in kept:
        totals[k.source] += k.count
    return (
        alt.Chart(_data(rows))
        .mark_rect(cornerRadius=2)
        .encode(
            x=alt.X("year:O", axis=alt.Axis(title=None, labelAngle=0, ticks=False, domain=False,
                                            labelOverlap=True)),
            y=alt.Y("source:N", sort=[name for name, _ in totals.most_common()], axis=alt.Axis(
                title=None, ticks=False, domain=False, labelLimit=140, labelOverlap=False)),
            color=alt.Color("count:Q", legend=None, scale=alt.Scale(
                type="log", domainMin=1, range=[f"#{ACCENT}22", f"#{ACCENT}"])),
            tooltip=[
                alt.Tooltip("source:N", title=said["source"]),
                alt.Tooltip("year:O", title=said["year"]),
                alt.Tooltip("count:Q", title=said["count"]),
            ],
        )
        .properties(height=alt.Step(18))
    )  # fmt: skip


def coverage_heat(rows: Sequence[SourceHealth], said: dict[str, str]) -> Any:
    """How much of each year a source with a past has given, from pale to full."""
    cells = [
        {"source": row.source.title or row.source.name, "year": c.year, "share": c.share,
         "count": f"{c.received:,} / {c.total:,}"}
        for row in rows for c in row.coverage if c.year is not None
    ]  # fmt: skip
    return (
        alt.Chart(_data(cells))
        .mark_rect(cornerRadius=2)
        .encode(
            x=alt.X("year:O", axis=alt.Axis(title=None, labelAngle=0, ticks=False, domain=False)),
            y=alt.Y("source:N", axis=alt.Axis(
                title=None, ticks=False, domain=False, labelLimit=140)),
            color=alt.Color("share:Q", legend=None, scale=alt.Scale(
                domain=[0, 1], range=[f"#{STAGE_COLOURS['end']}", f"#{STAGE_COLOURS['ga']}"])),
            tooltip=[
                alt.Tooltip("source:N", title=said["source"]),
                alt.Tooltip("year:O", title=said["year"]),
                alt.Tooltip("share:Q", title=said["share"], format=".1%"),
                alt.Tooltip("count:N", title=said["count"]),
            ],
        )
        .properties(height=alt.Step(20))
    )  # fmt: skip
