// Cards, headings and folded lists, as ui/parts/blocks.py says them.

class Cards {
  // `choose` is told the id of an entry to take into the study session, or out of it.
  constructor({ chosen, words, carried }, choose) {
    this.chosen = new Set(chosen);
    this.words = words;
    this.carried = carried;
    this.choose = choose;
  }

  draw(block) {
    if (block.block === 'heading') return this.heading(block);
    if (block.block === 'lines') return this.lines(block);
    return this.card(block);
  }

  heading({ text, count }) {
    const number = count === undefined ? [] : [' ', make('span', { class: 'kb-quiet' }, `${count}`)];
    return make('h3', { class: 'kb-heading' }, text, number);
  }

  lines({ label, lines, open }) {
    const items = lines.map((line) => make('li', {}, line.flatMap((link) => [outward(link), ' '])));
    const list = make('ul', {}, items);
    if (!label) return list;
    return make('details', { class: 'kb-fold', open }, make('summary', {}, label), list);
  }

  card(card) {
    return make(
      'article', { class: card.plain ? 'kb-row' : 'kb-card', 'data-entry': card.id },
      card.marks?.length || card.quiet ? this.marks(card) : null,
      this.title(card),
      card.other ? make('p', { class: 'kb-quiet' }, card.other) : null,
      card.lines?.length ? make('p', {}, card.lines.flatMap((line, at) =>
        [at ? make('br') : null, ...runs(line)])) : null,
      card.why ? make('p', { class: 'kb-small' }, card.why) : null,
      (card.inside ?? []).map((inner) => this.card(inner)),
      card.foot || card.choose ? this.foot(card) : null,
    );
  }

  marks({ marks = [], quiet }) {
    const drawn = marks.map((mark) => {
      const node = make('span', { class: `kb-pill ${mark.tone ? `kb-${mark.tone}` : ''}` }, mark.text);
      if (mark.ground) node.style.backgroundColor = `#${mark.ground}`;
      return node;
    });
    return make('p', { class: 'kb-marks' }, drawn.flatMap((mark) => [mark, ' ']),
      quiet ? make('span', { class: 'kb-quiet' }, quiet) : null);
  }

  title({ id, title, to }) {
    const href = to ?? entryAddress(id, this.carried);
    return make('p', { class: 'kb-titles' },
      make('a', { class: 'kb-title', href, click: follow, 'data-part': `title-${id}` }, runs(title)));
  }

  foot({ id, foot = [], choose }) {
    const told = foot.flatMap((part, at) => [at ? ' · ' : null, ...part.flatMap((link, place) =>
      [place > 1 ? ', ' : null, outward(link)])]);
    return make('div', { class: 'kb-foot' }, make('span', { class: 'kb-small' }, told),
      choose ? this.button(id) : null);
  }

  button(id) {
    const on = this.chosen.has(id);
    const press = (event) => {
      // At once here; the script answers a moment later with what is kept.
      if (on) this.chosen.delete(id); else this.chosen.add(id);
      event.currentTarget.replaceWith(this.button(id));
      this.choose(id);
    };
    return make(
      'button',
      { class: 'kb-choose', type: 'button', 'aria-pressed': `${on}`, click: press,
        'data-part': `choose-${id}` },
      make('span', { 'aria-hidden': 'true' }, on ? '✓ ' : '+ '),
      on ? this.words.added : this.words.add,
    );
  }
}
