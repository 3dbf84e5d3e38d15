// Elements from plain values. Text is only ever set as text, links lead to http(s) or this app.

function make(tag, options = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === 'class') node.className = value;
    else if (typeof value === 'function') node.addEventListener(name, value);
    else node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children.flat().filter((child) => child !== undefined && child !== null));
  return node;
}

// Pieces of a text: every second one is marked.
function runs(pieces) {
  return pieces.map((piece, at) => (at % 2 ? make('mark', {}, piece) : piece));
}

function outward(link) {
  if (!/^https?:\/\//i.test(link.href ?? '')) return link.text;
  return make('a', { href: link.href, target: '_blank', rel: 'noopener noreferrer' }, link.text);
}

// What a person is at keeps the focus when it is drawn anew: parts are known by `data-part`.
function redraw(parent, children) {
  const now = document.activeElement;
  const held = parent.contains(now) && now.dataset.part;
  const { selectionStart, selectionEnd } = now ?? {};
  parent.replaceChildren(...children.flat().filter(Boolean));
  const again = held && parent.querySelector(`[data-part="${CSS.escape(held)}"]`);
  if (again) again.focus({ preventScroll: true });
  if (again && again.matches('textarea, input[type="text"]')) {
    again.setSelectionRange(selectionStart, selectionEnd);
  }
}

// A component draws in a box of its own, beside whatever Streamlit keeps in the parent.
function boxIn(parent, name) {
  let box = parent.querySelector(`:scope > .${name}`);
  if (!box) parent.append((box = make('div', { class: name })));
  return box;
}

function values(data) {
  return JSON.parse(new TextDecoder().decode(data));
}
