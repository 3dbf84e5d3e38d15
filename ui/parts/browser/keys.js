// Keys and one clean step back; see ui/parts/keys.py.

const TITLES = `${MAIN} .kb-title, ${MAIN} [data-testid="stPageLink-NavLink"]`;

function isTyping(target) {
  return target.closest('input, textarea, select, [contenteditable="true"], [role="combobox"]');
}

function toSearch(event, page) {
  const box = document.querySelector(`${MAIN} input[type="search"]`);
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

// Streamlit sends a component's word a moment after it was said, with the page of then; who
// leaves in that moment would be called back. So a step that comes too soon is taken again.
const MOMENT = 250; // milliseconds
function tooSoon(event, again) {
  const left = (window.reinventKbTold ?? -MOMENT) + MOMENT - performance.now();
  if (left <= 0) return false;
  event.preventDefault();
  event.stopImmediatePropagation();
  setTimeout(again, left);
  return true;
}

function press(link) {
  const drawnAnew = () => [...document.querySelectorAll('a[href]')].find((a) => a.href === link.href);
  (link.isConnected ? link : drawnAnew())?.click();
}

function leave(event) {
  const link = event.target.closest('a[href]');
  const here = link && link.origin === location.origin && !event.ctrlKey && !event.metaKey;
  if (here && tooSoon(event, () => press(link))) return;
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
  window.addEventListener('popstate', (event) => tooSoon(event, tellStreamlit), true);
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
