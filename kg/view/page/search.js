// Finding papers and entities by any of their names.
kg.search = (() => {
  const { model } = kg;
  const { plain } = kg.text;

  /** Every name of every node, in normal form after a space; the first is the label. Made in idle moments, or when asked for. */
  const index = [];
  const add = (node) => {
    const about = model.about(node.id);
    const others = model.isPaper(node.id) ? [about.doi, about.arxiv, ...(about.authors || [])] : about.aliases || [];
    index.push([node.label, ...others].filter(Boolean).map((name) => ({ name, text: ` ${plain(name)}` })));
  };
  const names = () => {
    while (index.length < model.nodes.length) add(model.nodes[index.length]);
    return index;
  };
  const prepare = (idle) => {
    while (index.length < model.nodes.length && idle.timeRemaining() > 2) add(model.nodes[index.length]);
    if (index.length < model.nodes.length) requestIdleCallback(prepare);
  };

  const allText = new Map();
  /** All names of a node as one text in normal form. */
  const textOf = (id) => {
    if (!allText.has(id)) allText.set(id, names()[id].map(({ text }) => text).join(" \n "));
    return allText.get(id);
  };

  /** How well a name answers a query: 0 best, null not at all. Plurals count as their singular. */
  const rank = (text, query, words) => {
    const whole = text.length - 1;
    if (text.startsWith(query, 1)) return whole === query.length ? 0 : 1;
    if (query.length === whole + 1 && query.endsWith("s") && query.startsWith(text.slice(1))) return 0;
    if (!words.every((word) => text.includes(word))) return null;
    if (text.includes(` ${query}`)) return 2;
    return words.every((word) => text.includes(` ${word}`)) ? 3 : 4;
  };

  /** A paper whose title begins with the words comes before everything: "ADEM-VL" is the paper before the method. */
  const leads = (node, text, query) => model.isPaper(node.id) && text.startsWith(query, 1) && (query.length > 2 || /^[ :]?$/.test(text.charAt(query.length + 1)));

  const weight = (node) => (model.isPaper(node.id) ? model.linkCount(node.id) : node.n);

  /** The best answers to a query: { node, name }, `name` being the other name that was found, if not the label. */
  const find = (query, most = 10) => {
    const wanted = plain(query);
    if (!wanted) return [];
    const words = wanted.split(" ");
    const found = [];
    for (const node of model.nodes) {
      let best = null;
      names()[node.id].forEach(({ name, text }, place) => {
        const rated = rank(text, wanted, words);
        // An exact other name ranks with exact labels; else labels come before other names.
        // What one paper names stands behind papers whose title holds the words.
        const alone = rated && !model.isPaper(node.id) && node.n < 2 ? 1.2 : 0;
        const value = rated === null ? null : !place && leads(node, text, wanted) ? -1 : rated + alone + (place && rated ? 0.5 : 0);
        if (value !== null && (!best || value < best.value)) best = { value, name: place ? name : "" };
      });
      if (best) found.push({ node, name: best.name, value: best.value });
    }
    found.sort((one, two) => one.value - two.value || weight(two.node) - weight(one.node) || one.node.id - two.node.id);
    return found.slice(0, most);
  };

  return {
    find, textOf,
    start: () => { if (window.requestIdleCallback) requestIdleCallback(prepare); }, // not in Safari: there the first search waits
  };
})();
