"""The page's state in its address: a shared link opens the same view, and Back works.

The address is the truth. Before a widget is drawn it takes its value from there; when a
person changes it, the value is written back, and the run that follows reads it.
"""

from collections.abc import Callable, Sequence

import streamlit as st

# These names stand in the address (?lang=English), so they are the same in both languages.
LANGUAGE_NAMES = {"ja": "日本語", "en": "English", "both": "JA+EN"}

DRAWN = "_drawn"
"""True in the session once the page's list stands: what is slow to draw comes after it."""


def to(**found: str) -> dict[str, str]:
    """What a link inside the app says, the visit's languages carried along."""
    carried = {
        n: LANGUAGE_NAMES[st.session_state[n]] for n in ("lang", "texts") if n in st.query_params
    }
    return carried | found


def values(name: str) -> list[str]:
    """What the address says under this name, in its order."""
    return list(st.query_params.get_all(name))


def all_values() -> dict[str, list[str]]:
    """Everything that the address says."""
    return {name: values(name) for name in st.query_params}


def value(name: str, default: str = "") -> str:
    """The last value of the name in the address."""
    return str(st.query_params.get(name, default))


def write(name: str, found: Sequence[str], *, drop: Sequence[str] = ()) -> None:
    """Set the values of a name in the address, none removes it; `drop` removes others too."""
    if found:
        st.query_params[name] = list(found)
    for gone in (*drop, *(() if found else (name,))):
        if gone in st.query_params:
            del st.query_params[gone]


def pick_several(
    name: str,
    label: str,
    options: Sequence[str],
    told: Callable[[str], str],
    *,
    drop: Sequence[str] = (),
) -> list[str]:
    """Pills of which any may be chosen; those of the address that are no option are left out."""
    key = f"pick-{name}"
    st.session_state[key] = [v for v in values(name) if v in options]
    if not options:
        return []

    def changed() -> None:
        write(name, st.session_state[key], drop=drop)

    return list(
        st.pills(
            label,
            options,
            selection_mode="multi",
            format_func=told,
            key=key,
            on_change=changed,
        )
    )


def pick_of_many(
    name: str,
    label: str,
    options: Sequence[str],
    told: Callable[[str], str],
    *,
    drop: Sequence[str] = (),
) -> list[str]:
    """Like `pick_several`, as a list to type in: for more options than pills can show."""
    key = f"pick-{name}"
    st.session_state[key] = [v for v in values(name) if v in options]

    def changed() -> None:
        write(name, st.session_state[key], drop=drop)

    return list(st.multiselect(label, options, format_func=told, key=key, on_change=changed))


def turn_to(page: str) -> None:
    """Note which page is shown now; call it once a run, before the page."""
    before = st.session_state.get("_turned", ("", ""))[1]
    st.session_state["_turned"] = (before, page)
    if before != page:
        st.session_state[DRAWN] = False


def settle(name: str) -> None:
    """Bring the browser's address up to date with this name.

    A link from a page to itself with other values changes what the script reads, yet not
    the browser's address; writing the value again does. A link from another page does so by
    itself, and writing would leave a false step in the browser's history.
    """
    before, now = st.session_state.get("_turned", ("", ""))
    found = values(name)
    known = st.session_state.get("_settled")
    st.session_state["_settled"] = found
    # Written without need it could undo a step back that the browser has just taken.
    if before == now and found and found != known:
        st.query_params[name] = found
