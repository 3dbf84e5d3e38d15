// A list of cards: the first of them at once, the rest when somebody asks.

const PATIENCE = 2000; // milliseconds in which another view arrives, if one is coming
const AT_ONCE = 8; // cards of the first frame: as many as a screen shows

export default function ({ data, parentElement, setTriggerValue }) {
  const box = boxIn(parentElement, 'kb-list');
  let here = location.href;
  const said = values(data);
  const cards = new Cards(said, (id) => setTriggerValue('choose', id));
  // A longer list stays long when it is drawn anew, until other things stand in it.
  let shown = box.dataset.name === said.name ? Number(box.dataset.shown) : said.first;
  box.dataset.name = said.name;
  box.reinventKbSaid = said;

  const draw = (most) => {
    box.dataset.shown = shown;
    const end = cut(said.blocks, most);
    const more = end.left && most === shown ? [moreButton(end.left)] : [];
    redraw(box, [...said.blocks.slice(0, end.at).map((block) => cards.draw(block)), ...more]);
  };
  const moreButton = (left) => make('button', {
    class: 'kb-more', type: 'button', 'data-part': 'more',
    click: () => { shown += said.first; draw(shown); },
  }, said.words.more.replace('{count}', Math.min(left, said.first)));

  const tell = () => {
    if (!said.waited || box.dataset.told || box.reinventKbSaid !== said) return;
    if (!box.isConnected || window.reinventKbLeaving) return;
    if (location.href !== here) {
      // Who is on the way to another view would be called back by a word to this one.
      here = location.href;
      setTimeout(tell, PATIENCE);
      return;
    }
    box.dataset.told = 'yes';
    window.reinventKbTold = performance.now();
    setTriggerValue('drawn', true);
  };

  if (box.dataset.placed) { draw(shown); requestAnimationFrame(() => setTimeout(tell)); return; }
  box.dataset.placed = 'yes';
  draw(Math.min(AT_ONCE, shown));
  // After the frame in which the first of the list are seen: the rest, then what waits for it.
  requestAnimationFrame(() => setTimeout(() => {
    if (box.reinventKbSaid === said && shown > AT_ONCE) draw(shown);
    returnToPlace();
    tell();
  }));
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
