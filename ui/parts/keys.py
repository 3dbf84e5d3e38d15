"""What a browser must do itself: keys, the page's language, and one clean step back.

`/` goes to the search box (or to the search page), arrows go from title to title. A custom
component of Streamlit, because the script on the server never sees a key.

Leaving a page whose box stands in the address, Streamlit first drops the box's value from
the address of the page that is being left, as a step of its own in the browser's history;
Back would then lead to a search without its words. That step is left out here.
"""

import streamlit as st

_SCRIPT = """
const TITLES = '[data-testid="stMain"] [data-testid="stPageLink-NavLink"]';

function isTyping(target) {
  return target.closest('input, textarea, select, [contenteditable="true"], [role="combobox"]');
}

function toSearch(event, page) {
  const box = document.querySelector('[data-testid="stMain"] input[type="search"]');
  event.preventDefault();
  if (box) { box.focus(); box.select(); return; }
  const link = [...document.querySelectorAll('[data-testid="stSidebarNavLink"]')]
    .find((a) => a.pathname.endsWith(page));
  if (link) link.click();
}

function step(event, by) {
  const titles = [...document.querySelectorAll(TITLES)].filter((a) => a.offsetParent);
  const at = titles.indexOf(document.activeElement);
  const inBox = event.target.matches('input[type="search"]');
  if (at < 0 && !inBox) return;
  const next = titles[at + by];
  if (!next) return;
  event.preventDefault();
  next.focus();
  next.scrollIntoView({ block: 'nearest' });
}

function leave(event) {
  const link = event.target.closest('a[href]');
  const here = link && link.origin === location.origin && !event.ctrlKey && !event.metaKey;
  window.reinventKbLeaving = here && link.pathname !== location.pathname ? link.pathname : null;
}

function keepStepsClean() {
  if (history.reinventKb) return;
  history.reinventKb = true;
  const push = history.pushState.bind(history);
  history.pushState = (state, title, url) => {
    const path = new URL(url, location.href).pathname;
    const leaving = window.reinventKbLeaving;
    if (leaving && path === location.pathname && path !== leaving) return;
    window.reinventKbLeaving = null;
    push(state, title, url);
  };
  document.addEventListener('click', leave, true);
}

export default function ({ data }) {
  document.documentElement.lang = data.lang;
  keepStepsClean();
  const onKey = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === '/' && !isTyping(event.target)) toSearch(event, '/search');
    if (event.key === 'ArrowDown') step(event, 1);
    if (event.key === 'ArrowUp' && !event.target.matches('input')) step(event, -1);
  };
  // One listener however often the page is drawn.
  if (window.reinventKbKeys) document.removeEventListener('keydown', window.reinventKbKeys);
  window.reinventKbKeys = onKey;
  document.addEventListener('keydown', onKey);
}
"""

_KEYS = st.components.v2.component("reinvent_kb_keys", js=_SCRIPT)


def draw_keys(lang: str) -> None:
    """Put the keys on the page; nothing is seen of it."""
    _KEYS(key="keys", data={"lang": lang}, height=1)
