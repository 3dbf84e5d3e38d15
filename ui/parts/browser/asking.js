// A search page's side of the wire: every key asks the server for a new answer, and the address
// says what was asked. Whoever extends it has `said` (the script's values), `box` and `input`,
// and draws what it is given: `show(answer)`; `shown` is the address that it shows.

class Asking {
  // The part of the address that a search is made of, in one order.
  asked(search = location.search) {
    const given = new URLSearchParams(search);
    const found = new URLSearchParams();
    for (const name of this.said.names) {
      for (const value of given.getAll(name)) if (value) found.append(name, value);
    }
    return found.toString();
  }

  chosen(name) {
    return new URLSearchParams(location.search).getAll(name);
  }

  // Another search: a step that Back takes back, or (while typing) the same step.
  change(changes, { step = true } = {}) {
    const params = new URLSearchParams(location.search);
    for (const [name, values] of Object.entries({ page: [], ...changes })) {
      params.delete(name);
      for (const value of values) if (value) params.append(name, value);
    }
    const address = `${location.pathname}${params.size ? `?${params}` : ''}`;
    if (step) history.pushState({}, '', address);
    else history.replaceState(history.state, '', address);
    this.ask();
  }

  stepped() {
    if (!location.pathname.endsWith('/search') || this.asked() === this.shown) return;
    this.input.value = this.chosen('q').at(-1) ?? '';
    this.ask();
  }

  // One question is under way at most; what was typed meanwhile is asked when it comes back.
  async ask() {
    if (this.asking) return;
    this.asking = true;
    try {
      while (this.asked() !== this.shown && this.box.isConnected) {
        const asked = this.asked();
        const answer = await this.fetched(asked);
        if (!answer) { tellStreamlit(); return; }
        if (asked === this.asked()) this.show({ ...answer, asked });
      }
    } finally {
      this.asking = false;
    }
  }

  async fetched(asked) {
    const root = location.pathname.replace(/[^/]*$/, '');
    try {
      const reply = await fetch(`${root}kb/find?${asked}`, {
        headers: { 'X-Kb-Pass': this.said.pass, 'X-Kb-Shown': this.said.shown },
      });
      return reply.ok ? await reply.json() : null;
    } catch {
      return null; // the script answers instead, as soon as the server is there again
    }
  }
}
