// The address is the page's state; a step inside the app is one that Back takes back.

const MAIN = '[data-testid="stMain"]';

function entryAddress(id, carried) {
  return `entry?${new URLSearchParams({ ...carried, id })}`;
}

// Streamlit runs the page of an address when a person steps back to it; a step ahead is told
// to it the same way. The place on the page is kept with the step, for the way back.
function visit(address) {
  const main = document.querySelector(MAIN);
  history.replaceState({ ...history.state, reinventKbTop: main?.scrollTop ?? 0 }, '');
  history.pushState({}, '', address);
  tellStreamlit();
  if (main) main.scrollTop = 0;
}

function tellStreamlit() {
  window.dispatchEvent(new PopStateEvent('popstate', { state: history.state }));
}

function follow(event) {
  const plain = !event.button && !event.ctrlKey && !event.metaKey && !event.shiftKey;
  if (!plain || event.altKey || event.defaultPrevented) return;
  event.preventDefault();
  visit(event.currentTarget.href);
}

// Back on a page, a person is where they left it.
function returnToPlace() {
  const { reinventKbTop: top, ...state } = history.state ?? {};
  if (!top) return;
  history.replaceState(state, '');
  requestAnimationFrame(() => document.querySelector(MAIN)?.scrollTo({ top }));
}
