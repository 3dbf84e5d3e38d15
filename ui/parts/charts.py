"""The app's charts, in the colours of the areas; Altair specifications only."""

from collections.abc import Sequence
from typing import Any

import altair as alt

from index.digest import Count
from ui.parts.palette import ACCENT, AREA_COLOURS, MUTED
from ui.parts.weeks import WeekCount

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
