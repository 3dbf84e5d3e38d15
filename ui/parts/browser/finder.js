// The search page: its box, filters and hits. What an answer holds stands in
// ui/parts/answering.py, how it is asked for in asking.js.

const FEW = 24; // values of a facet that are shown at once

class Finder extends Asking {
  constructor(parent) {
    super();
    this.box = boxIn(parent, 'kb-finder');
    this.parts = {};
    for (const name of ['row', 'completions', 'facets', 'chips', 'head', 'found', 'pages']) {
      this.parts[name] = make('div', { class: `kb-${name}` });
    }
    this.box.append(...Object.values(this.parts));
    this.open = null;
    this.onStep = () => this.stepped();
    this.onPress = (event) => {
      if (this.open && !event.target.closest('.kb-drawer')) this.unfold(null);
    };
    window.addEventListener('popstate', this.onStep);
    document.addEventListener('pointerdown', this.onPress);
  }

  leave() {
    window.removeEventListener('popstate', this.onStep);
    document.removeEventListener('pointerdown', this.onPress);
  }

  // What the script says: it counts as long as the address has not moved on.
  take(said, tell) {
    this.said = said;
    this.tell = tell;
    if (!this.input) this.drawBox();
    const { asked, ...answer } = said.answer;
    if (this.asked(asked) === this.asked()) this.show({ ...answer, asked: this.asked(asked) });
    else if (this.answer) this.drawFound();
    this.drawSaved();
    this.ask();
  }

  show(answer) {
    this.shown = answer.asked;
    const drawn = JSON.stringify([answer, this.said.chosen]);
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    this.answer = answer;
    this.drawCompletions();
    this.drawFacets();
    this.drawChips();
    this.drawHead();
    this.drawFound();
    this.drawPages();
  }

  drawBox() {
    const { words } = this.said;
    this.input = make('input', {
      type: 'search', 'aria-label': words.box, placeholder: words.placeholder, maxlength: 300,
      autocomplete: 'off', spellcheck: 'false',
      input: (event) => { if (!event.isComposing) this.typed(); },
      compositionend: () => this.typed(),
    });
    this.input.value = this.chosen('q').at(-1) ?? '';
    this.saved = make('div', { class: 'kb-drawer' });
    this.parts.row.append(this.input, this.saved);
  }

  typed() {
    this.change({ q: [this.input.value] }, { step: false });
  }

  put(text) {
    this.input.value = text;
    this.change({ q: [text] });
    this.input.focus();
  }

  drawCompletions() {
    redraw(this.parts.completions, this.answer.completions.map((text) => make(
      'button', { type: 'button', click: () => this.put(text), 'data-part': `to-${text}` }, text)));
  }

  drawFacets() {
    const { words } = this.said;
    redraw(this.parts.facets, [
      ...this.answer.facets.map((facet) => this.drawer(
        facet.name, facet.label, this.chosen(facet.name).length, () => this.choices(facet))),
      this.drawer('dates', words.dates, 0, () => this.dates()),
      make('select', {
        'aria-label': words.sort, 'data-part': 'sort',
        change: (event) => this.change({ sort: [event.target.value] }),
      }, this.said.sorts.map(([value, label]) => make('option', {
        value, selected: value === (this.chosen('sort').at(-1) ?? ''),
      }, label))),
    ]);
  }

  // A button and, while it is open, what lies behind it.
  drawer(name, label, count, fill) {
    const isOpen = this.open === name;
    const press = () => this.unfold(isOpen ? null : name);
    return make('div', { class: 'kb-drawer' },
      make('button', {
        type: 'button', 'aria-expanded': `${isOpen}`, 'data-part': `drawer-${name}`, click: press,
      }, label, count ? ` (${count})` : '', make('span', { 'aria-hidden': 'true' }, ' ▾')),
      isOpen ? make('div', {
        class: 'kb-panel', role: 'group', 'aria-label': label,
        keydown: (event) => { if (event.key === 'Escape') this.unfold(null, name); },
      }, fill()) : null);
  }

  unfold(name, leaving) {
    this.open = name;
    this.drawFacets();
    this.drawSaved();
    if (leaving) this.box.querySelector(`[data-part="drawer-${leaving}"]`)?.focus();
  }

  choices(facet) {
    const list = make('div', { class: 'kb-values' });
    const draw = (wanted) => {
      const found = facet.values.filter(([, label]) => label.toLowerCase().includes(wanted));
      redraw(list, found.slice(0, FEW * 2).map((value) => this.choice(facet.name, value)));
    };
    draw('');
    if (facet.values.length <= FEW) return [list];
    return [make('input', {
      type: 'text', class: 'kb-narrow', placeholder: this.said.words.narrow,
      'aria-label': this.said.words.narrow, 'data-part': `narrow-${facet.name}`,
      input: (event) => draw(event.target.value.trim().toLowerCase()),
    }), list];
  }

  choice(name, [value, label, count]) {
    const chosen = this.chosen(name);
    const on = chosen.includes(value);
    const next = on ? chosen.filter((other) => other !== value) : [...chosen, value];
    return make('button', {
      type: 'button', 'aria-pressed': `${on}`, 'data-part': `value-${name}-${value}`,
      click: () => this.change({ [name]: next }),
    }, label, ' ', make('span', { class: 'kb-quiet' }, `${count}`));
  }

  dates() {
    return this.said.dates.map(([name, label]) => make('label', {}, label, make('input', {
      type: 'date', value: this.chosen(name).at(-1) ?? '', min: '2000-01-01', max: '2100-12-31',
      'data-part': name, change: (event) => this.change({ [name]: [event.target.value] }),
    })));
  }

  drawChips() {
    const { words } = this.said;
    const { chips } = this.answer;
    const off = (name, value) => this.change({
      [name]: this.chosen(name).filter((other) => other !== value),
    });
    redraw(this.parts.chips, [
      ...chips.map(([name, value, label]) => make('button', {
        type: 'button', title: words.chip_off, click: () => off(name, value),
        'data-part': `chip-${name}-${value}`,
      }, make('span', { 'aria-hidden': 'true' }, '× '), label)),
      chips.length ? make('button', {
        type: 'button', class: 'kb-plain', 'data-part': 'chips-off',
        click: () => this.change(Object.fromEntries(chips.map(([name]) => [name, []]))),
      }, words.chips_off) : null,
    ]);
  }

  drawHead() {
    const { words } = this.said;
    const { total, warning, notice, corrected } = this.answer;
    const why = this.chosen('why').length > 0;
    redraw(this.parts.head, [
      warning ? make('p', { class: 'kb-warning', role: 'alert' }, warning) : null,
      total ? make('strong', { role: 'status' }, total) : null,
      make('button', {
        type: 'button', class: 'kb-plain', 'aria-pressed': `${why}`, title: words.why_help,
        'data-part': 'why',
        click: () => this.change({ why: why ? [] : ['1'], page: this.chosen('page') }),
      }, words.why),
      notice ? make('p', { class: 'kb-notice' }, notice) : null,
      corrected ? make('p', {}, make('button', {
        type: 'button', class: 'kb-plain', click: () => this.put(corrected.text),
      }, corrected.label)) : null,
    ]);
  }

  drawFound() {
    const cards = new Cards(this.said, (id) => this.tell('choose', id));
    const { cards: found, warning } = this.answer;
    redraw(this.parts.found, found.length || warning
      ? found.map((card) => cards.draw(card))
      : [make('p', { class: 'kb-notice' }, this.said.words.nothing)]);
    if (!this.placed) returnToPlace();
    this.placed = true;
  }

  drawPages() {
    const { page, pages } = this.answer;
    if (pages < 2) { this.parts.pages.replaceChildren(); return; }
    const near = [1, page - 1, page, page + 1, pages].filter((n) => n >= 1 && n <= pages);
    const turn = (n) => {
      this.change({ page: n > 1 ? [`${n}`] : [] });
      document.querySelector(MAIN)?.scrollTo({ top: 0 });
    };
    redraw(this.parts.pages, [...new Set(near)].flatMap((n, at, all) => [
      at && n - all[at - 1] > 1 ? make('span', {}, '…') : null,
      make('button', {
        type: 'button', click: () => turn(n), 'data-part': `page-${n}`,
        'aria-current': n === page ? 'page' : null,
        'aria-label': this.said.words.page.replace('{page}', n),
      }, `${n}`),
    ]));
  }

  drawSaved() {
    const { words, saved } = this.said;
    const fresh = saved.reduce((sum, search) => sum + search.new, 0);
    const drawn = this.drawer('saved', `${words.saved}${fresh ? ` (+${fresh})` : ''}`, 0, () => [
      saved.length ? make('ul', {}, saved.map((search) => this.savedSearch(search)))
        : make('p', { class: 'kb-quiet' }, words.saved_none),
      this.saving(),
    ]);
    redraw(this.saved, [...drawn.childNodes]);
  }

  savedSearch(search) {
    const look = () => {
      this.unfold(null);
      history.pushState({}, '', `${location.pathname}?${new URLSearchParams(
        [...Object.entries(this.said.carried), ...new URLSearchParams(search.address)])}`);
      this.input.value = this.chosen('q').at(-1) ?? '';
      this.ask();
      this.tell('look', search.name);
    };
    return make('li', {},
      make('button', { type: 'button', class: 'kb-plain', click: look,
        'data-part': `saved-${search.name}` }, search.name,
      search.new ? make('span', { class: 'kb-pill kb-orange' }, ` +${search.new}`) : null),
      make('button', {
        type: 'button', class: 'kb-plain', title: search.forget, 'aria-label': search.forget,
        'data-part': `forget-${search.name}`, click: () => this.tell('forget', search.name),
      }, '×'));
  }

  saving() {
    const name = make('input', {
      type: 'text', maxlength: 80, value: this.input.value.slice(0, 60), 'data-part': 'save-name',
      'aria-label': this.said.words.saved_name, placeholder: this.said.words.saved_name,
    });
    const save = (event) => {
      event.preventDefault();
      this.tell('save', { name: name.value, address: this.asked() });
    };
    return make('form', { submit: save }, name,
      make('button', { type: 'submit', 'data-part': 'save' }, this.said.words.saved_save));
  }
}

export default function ({ data, parentElement, setTriggerValue }) {
  const finder = parentElement.reinventKbFinder ?? new Finder(parentElement);
  parentElement.reinventKbFinder = finder;
  finder.take(values(data), setTriggerValue);
  return () => finder.leave();
}
