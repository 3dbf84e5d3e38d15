"""What a browser must do itself: keys, the page's language, and one clean step back.

`/` goes to the search box (or to the search page), arrows go from title to title. A custom
component of Streamlit, because the script on the server never sees a key.

Leaving a page whose box stands in the address, Streamlit first drops the box's value from
the address of the page that is being left, as a step of its own in the browser's history;
Back would then lead to a search without its words. That step is left out here. A step that
is taken in the very moment in which the page's list tells the script that it stands waits until
that word is sent: Streamlit would otherwise take the word as a wish for the old page.
"""

from ui.parts.component import component

_KEYS = component("keys", "make", "address", "keys")


def draw_keys(lang: str) -> None:
    """Put the keys on the page; nothing is seen of it."""
    _KEYS(key="keys", data={"lang": lang}, height=1)
