// Finding papers and entities by any of their names.
kg.search = (() => {
  const { model } = kg;
  const { plain } = kg.text;

  /** Every name of every node, in normal form; the first is the label. Made when first asked for. */
  let index = null;
  const names = () => {
    index ??= model.nodes.map((node) => {
      const about = model.about(node.id);
      const others = model.isPaper(node.id) ? [about.doi, about.arxiv, ...(about.authors || [])] : about.aliases || [];
      return [node.label, ...others].filter(Boolean).map((name) => ({ name, text: plain(name) }));
    });
    return index;
  };

  const allText = new Map();
  /** All names of a node as one text in normal form. */
  const textOf = (id) => {
    if (!allText.has(id)) allText.set(id, names()[id].map(({ text }) => text).join(" \n "));
    return allText.get(id);
  };

  /** How well a name answers a query: 0 best, null not at all. Plurals count as their singular. */
  const rank = (text, query, words) => {
    if (text === query || `${text}s` === query) return 0;
    if (text.startsWith(query)) return 1;
    if (` ${text}`.includes(` ${query}`)) return 2;
    const starts = ` ${text}`;
    if (words.every((word) => starts.includes(` ${word}`))) return 3;
    return words.every((word) => text.includes(word)) ? 4 : null;
  };

  /** A paper whose title begins with the words comes before everything: "ADEM-VL" is the paper before the method. */
  const leads = (node, text, query) => model.isPaper(node.id) && (text === query || text.startsWith(`${query} `) || text.startsWith(`${query}:`) || (query.length > 2 && text.startsWith(query)));

  const weight = (node) => (model.isPaper(node.id) ? model.linksOf[node.id].length : node.n);

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
        const value = rated === null ? null : !place && leads(node, text, wanted) ? -1 : rated + (place && rated ? 0.5 : 0);
        if (value !== null && (!best || value < best.value)) best = { value, name: place ? name : "" };
      });
      if (best) found.push({ node, name: best.name, value: best.value });
    }
    found.sort((one, two) => one.value - two.value || weight(two.node) - weight(one.node) || one.node.id - two.node.id);
    return found.slice(0, most);
  };

  return { find, textOf };
})();
