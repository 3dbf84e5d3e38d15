"""Charts on the page. Altair takes longer over a chart than the rest of a page together, so
each is made once and kept until the knowledge base changes; and pages import ui.parts.charts
(Altair, pandas: half a second) when they draw the first, not when they are read."""

import io
from collections.abc import Callable, Hashable
from typing import Any

import streamlit as st

from ui.parts.opened import Visit


def draw_chart(
    seen: Visit, name: str, about: Hashable, make: Callable[[], Any], **options: Any
) -> Any:
    """The chart of that name about something; `make` is asked when it is not known yet."""
    spec = _made(seen.library.store.stamp(), seen.lang, name, about, make)
    return st.vega_lite_chart(spec, key=name, width="stretch", **options)


@st.cache_resource(max_entries=48, show_spinner=False)
def _made(
    stamp: int, lang: str, name: str, about: Hashable, _make: Callable[[], Any]
) -> dict[str, Any]:
    import pyarrow as pa  # type: ignore[import-untyped]

    spec: dict[str, Any] = _make().to_dict()
    spec.pop("config", None)  # Streamlit's theme stands in its place
    # Rows that are Arrow already pass as they are; others are made so at every run.
    for place, part in enumerate((spec, *spec.get("layer", ()))):
        if rows := part.get("data", {}).get("values"):
            table = pa.Table.from_pylist(rows)
            written = io.BytesIO()
            with pa.ipc.new_stream(written, table.schema) as stream:
                stream.write_table(table)
            spec.setdefault("datasets", {})[f"rows-{place}"] = written.getvalue()
            part["data"] = {"name": f"rows-{place}"}
    return spec
