// A list of cards: the first of them at once, the rest when somebody asks.

export default function ({ data, parentElement, setTriggerValue }) {
  const box = boxIn(parentElement, 'kb-list');
  const said = values(data);
  const cards = new Cards(said, (id) => setTriggerValue('choose', id));
  // A longer list stays long when it is drawn anew, until other things stand in it.
  const name = said.name;
  let shown = box.dataset.name === name ? Number(box.dataset.shown) : said.first;
  const draw = () => {
    box.dataset.name = name;
    box.dataset.shown = shown;
    const more = cut(said.blocks, shown);
    redraw(box, [
      ...said.blocks.slice(0, more.at).map((block) => cards.draw(block)),
      more.left ? make('button', {
        class: 'kb-more', type: 'button', 'data-part': 'more',
        click: () => { shown += said.first; draw(); },
      }, said.words.more.replace('{count}', Math.min(more.left, said.first))) : null,
    ]);
  };
  draw();
  if (box.dataset.placed) return;
  box.dataset.placed = 'yes';
  returnToPlace();
  // After the frame in which the list is seen.
  if (said.waited) requestAnimationFrame(() => setTimeout(() => setTriggerValue('drawn', true)));
}

// Where so many cards end, and how many are left.
function cut(blocks, most) {
  const isCard = (block) => block.block === 'card';
  let seen = 0;
  let at = blocks.length;
  blocks.some((block, place) => {
    if (isCard(block) && (seen += 1) > most) at = place;
    return at < blocks.length;
  });
  if (at < blocks.length && blocks[at - 1]?.block === 'heading') at -= 1;
  return { at, left: blocks.slice(at).filter(isCard).length };
}
