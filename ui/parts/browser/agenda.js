// The chosen updates of a study session: moved by dragging or by buttons, commented in place.

class Agenda {
  constructor(parent) {
    this.box = boxIn(parent, 'kb-agenda');
    this.drafts = new Map(); // what is being written and the script has not told back yet
  }

  take(said, tell) {
    this.said = said;
    this.act = (deed, id, more = {}) => tell(deed, { id, ...more });
    for (const { card, comment } of said.items) {
      if (this.drafts.get(card.id)?.trim() === comment) this.drafts.delete(card.id);
    }
    const cards = new Cards(said, null);
    redraw(this.box, [make('ol', {}, said.items.map((item, at) => this.item(cards, item, at + 1)))]);
  }

  item(cards, item, place) {
    const { words } = this.said;
    const { id } = item.card;
    const node = make('li', { class: 'kb-card', 'data-item': id },
      make('div', { class: 'kb-item' },
        make('span', {
          class: 'kb-handle', draggable: 'true', title: words.drag, 'aria-hidden': 'true',
          dragstart: (event) => this.lift(event, node), dragend: () => this.letGo(),
        }, '⠿'),
        make('strong', {}, `${place}.`),
        cards.marks(item.card)),
      cards.title(item.card),
      this.comment(id, item.comment),
      this.tools(item, place));
    node.addEventListener('dragover', (event) => this.hover(event, node));
    node.addEventListener('drop', (event) => this.put(event, place));
    return node;
  }

  comment(id, kept) {
    const { words } = this.said;
    const area = make('textarea', {
      rows: 2, maxlength: this.said.most, 'aria-label': words.comment, 'data-part': `comment-${id}`,
      placeholder: words.comment_placeholder,
      input: () => this.drafts.set(id, area.value),
      change: () => this.act('comment', id, { text: area.value }),
      keydown: (event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          this.act('comment', id, { text: area.value });
        }
      },
    });
    area.value = this.drafts.get(id) ?? kept;
    return area;
  }

  tools({ card: { id }, pinned, covered, first, last }, place) {
    const { words } = this.said;
    const button = (name, act, disabled = false) => make('button', {
      type: 'button', class: 'kb-plain', disabled, click: act, 'data-part': `${name}-${id}`,
    }, words[name]);
    const tick = make('input', {
      type: 'checkbox', 'data-part': `cover-${id}`,
      change: (event) => this.act('cover', id, { on: event.target.checked }),
    });
    tick.checked = covered;
    return make('div', { class: 'kb-tools' },
      button('up', () => this.act('move', id, { place: place - 1 }), first),
      button('down', () => this.act('move', id, { place: place + 1 }), last),
      button(pinned ? 'unpin' : 'pin', () => this.act('pin', id, { on: !pinned })),
      button('drop', () => this.act('drop', id)),
      make('label', {}, tick, words.covered));
  }

  lift(event, node) {
    this.lifted = node.dataset.item;
    event.dataTransfer.effectAllowed = 'move';
    event.dataTransfer.setData('text/plain', '');
    event.dataTransfer.setDragImage(node, 16, 16);
    node.classList.add('kb-lifted');
  }

  hover(event, node) {
    if (!this.lifted) return;
    event.preventDefault();
    this.box.querySelector('.kb-target')?.classList.remove('kb-target');
    node.classList.add('kb-target');
  }

  put(event, place) {
    event.preventDefault();
    if (this.lifted) this.act('move', this.lifted, { place });
    this.letGo();
  }

  letGo() {
    this.lifted = null;
    for (const node of this.box.querySelectorAll('.kb-target, .kb-lifted')) {
      node.classList.remove('kb-target', 'kb-lifted');
    }
  }
}

export default function ({ data, parentElement, setTriggerValue }) {
  const agenda = parentElement.reinventKbAgenda ?? new Agenda(parentElement);
  parentElement.reinventKbAgenda = agenda;
  agenda.take(values(data), setTriggerValue);
}
