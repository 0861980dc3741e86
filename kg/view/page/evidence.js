// Words of a paper shown as evidence: texts with their mentions marked, quoted sentences, chips that lead to a node.
kg.evidence = (() => {
  const { model, state } = kg;
  const { make, button, shape } = kg.dom;
  const colourOf = (id) => `var(--kind-${model.nodes[id].group})`;

  /** A chip that selects a node. */
  const chip = (id, note = "") =>
    button({ class: "chip", colour: colourOf(id), title: model.nodes[id].label }, () => state.choose(id), shape(model.nodes[id].group), make("span", { class: "name" }, model.nodes[id].label), note && make("small", {}, note));

  /**
   * A part of a text with spans marked. `spans` are { start, end, node } or { start, end, value: true }; of two that
   * overlap, the one that begins first, then the longer, is marked.
   */
  const marked = (text, from, to, spans) => {
    const inside = spans.filter(({ start, end }) => start >= from && end <= to && end > start).sort((one, two) => one.start - two.start || two.end - one.end);
    const parts = [];
    let at = from;
    for (const { start, end, node } of inside) {
      if (start < at) continue;
      parts.push(text.slice(at, start));
      const words = text.slice(start, end);
      parts.push(node === undefined
        ? make("mark", { class: "hit value", "data-at": start }, words)
        : make("mark", { class: "hit", colour: colourOf(node), "data-node": node, title: `${model.nodes[node].group}: ${model.nodes[node].label}`, on: { click: () => state.choose(node) } }, words));
      at = end;
    }
    parts.push(text.slice(at, to));
    return parts;
  };

  /** Every mention in one field of a paper (0 title, 1 abstract), as spans for `marked`. */
  const spansOf = (paper, field) =>
    model.factsOf(paper).flatMap((fact) => fact.mentions.filter((mention) => mention.field === field).map(({ start, end }) => ({ start, end, node: fact.entity })));

  /** One mention as a quotation: its sentence, with its words marked. */
  const quote = (fact, mention, note = "") => {
    const [field, start, end] = mention.sentence;
    const span = { start: mention.start, end: mention.end, node: fact.entity };
    // A sentence is never shorter than what it is quoted for.
    const words = marked(model.textOf(fact.paper, field), Math.min(start, span.start), Math.max(end, span.end), [span]);
    const foot = [field === 0 ? "from the title" : "", note].filter(Boolean).join(" \u00b7 ");
    return make("blockquote", { class: "quote" }, words, foot && make("footer", {}, foot));
  };

  /** The best words for a fact, as a quotation; nothing when the fact carries no words. */
  const best = (fact) => {
    const mention = fact.mentions.find(({ role }) => role === fact.role) || fact.mentions[0];
    return mention ? quote(fact, mention) : null;
  };

  /** What can be done with a node besides reading. */
  const actions = (id) => make("div", { class: "actions" }, button({ class: "button", id: "path-from" }, () => state.findPath(id), "Path from here\u2026"));

  return { actions, chip, marked, spansOf, quote, best, colourOf };
})();
