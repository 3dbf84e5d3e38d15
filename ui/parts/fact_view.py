"""What is known of an entry, each fact with its evidence, and the way to correct it."""

from collections.abc import Iterable

import streamlit as st

from index.fact import STAGES, Fact, FactKind
from index.stored import Stored
from ui.parts.drawers import lazy
from ui.parts.escape import escape
from ui.parts.opened import Visit

CORRECTABLE = (FactKind.AREA, FactKind.SERVICE, FactKind.STAGE, FactKind.REGION)


def draw_facts(seen: Visit, stored: Stored) -> None:
    """What is known, each with what it rests on."""
    st.subheader(seen.say("facts"), anchor=False)
    lines = [_fact(seen, fact) for fact in stored.facts]
    st.markdown("\n".join(lines) if lines else f":gray[{seen.say('facts_none')}]")
    _draw_correction(seen, stored)


def _fact(seen: Visit, fact: Fact) -> str:
    name = seen.say(f"fact_{fact.kind}")
    how = seen.say(f"evidence_{fact.evidence}")
    words = seen.say("quoted", words=fact.words[:80]) if fact.words else ""
    doubt = f" :orange-badge[{escape(seen.say('fact_doubt'))}]" if fact.weak else ""
    short = fact.detail and len(fact.detail) < 40
    detail = f" ({seen.name_of('detail', fact.detail)})" if short else ""
    value = escape(fact_value(seen, fact.kind, fact.value) + detail)
    return f"- {escape(name)}: **{value}**{doubt}  \n  :gray[{escape(how + words)}]"


def fact_value(seen: Visit, kind: FactKind, value: str) -> str:
    """A fact's value as people say it."""
    if kind is FactKind.STAGE and value in STAGES:
        return seen.say(value)
    if kind is FactKind.REGION and (region := seen.library.taxonomy.region(value)):
        return f"{region.japanese if seen.lang == 'ja' else region.name} ({value})"
    return seen.name_of("change", value) if kind is FactKind.CHANGE else value


def _draw_correction(seen: Visit, stored: Stored) -> None:
    popover = lazy(seen.say("correct"), "correct", "edit")
    if not popover.open:
        return
    with popover:
        st.caption(seen.say("correct_help"))
        kind = FactKind(
            st.selectbox(
                seen.say("correct_what"),
                [str(k) for k in CORRECTABLE],
                format_func=lambda value: seen.say(f"fact_{value}"),
                key="correct-kind",
            )
        )
        options = list(dict.fromkeys([*stored.facts.values(kind), *choices(seen, kind)]))
        values = st.multiselect(
            seen.say(f"fact_{kind}"),
            options,
            default=list(stored.facts.values(kind)),
            format_func=lambda value: fact_value(seen, kind, value),
            max_selections=1 if kind in (FactKind.AREA, FactKind.STAGE) else None,
            key=f"correct-{stored.id}-{kind}",
        )
        with st.container(horizontal=True):
            st.button(
                seen.say("correct_save"), key="correct-save", type="primary", on_click=_correct,
                args=(seen, stored.id, kind, tuple(values)), disabled=not values,
            )  # fmt: skip
            st.button(
                seen.say("correct_undo"),
                key="correct-undo",
                on_click=_correct,
                args=(seen, stored.id, kind, ()),
            )


def choices(seen: Visit, kind: FactKind) -> Iterable[str]:
    """The values that a fact of the kind may take."""
    taxonomy = seen.library.taxonomy
    if kind is FactKind.AREA:
        return [area.name for area in taxonomy.areas]
    if kind is FactKind.SERVICE:
        return [service.name for service in taxonomy.services]
    if kind is FactKind.REGION:
        return [region.code for region in taxonomy.regions]
    return list(STAGES)


def _correct(seen: Visit, entry_id: str, kind: FactKind, values: tuple[str, ...]) -> None:
    seen.library.correct(entry_id, kind, values)
    st.toast(seen.say("correct_done" if values else "correct_undone"), icon=":material/check:")
