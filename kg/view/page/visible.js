// Which nodes and lines are drawn, given what the reader has chosen.
kg.visible = (() => {
  const { model } = kg;

  /** What a link weighs when only the classes that are switched on count. */
  const weightOf = (link, hidden) =>
    link.shared.reduce((sum, { entity, weight }) => (hidden.has(model.nodes[entity].group) ? sum - weight : sum), link.weight);

  const links = ({ minWeight }, hidden) => {
    if (!model.kinds.some((kind) => hidden.has(kind))) return model.links.filter((link) => link.weight >= minWeight);
    return model.links.filter((link) => weightOf(link, hidden) >= Math.max(minWeight, 0.0005));
  };

  /** Entities that pass class and number of papers; those of the selected paper, and a selected one, always pass the number. */
  const entities = ({ minPapers, chosen }, hidden) => {
    const wanted = new Set();
    if (chosen?.node !== undefined) {
      if (model.isPaper(chosen.node)) model.entitiesOf(chosen.node).forEach((id) => wanted.add(id));
      else wanted.add(chosen.node);
    }
    return model.entities.filter((node) => !hidden.has(node.group) && (node.n >= minPapers || wanted.has(node.id)));
  };

  const lineOf = {
    link: (link) => ({ id: `l${link.id}`, a: link.a, b: link.b, type: "link", weight: link.weight, link: link.id }),
    fact: (fact) => ({ id: `f${fact.paper}-${fact.entity}`, a: fact.paper, b: fact.entity, type: fact.role }),
    pair: (pair) => ({ id: `t${pair.a}-${pair.b}`, a: pair.a, b: pair.b, type: "together", weight: pair.weight }),
    broader: (child, parent) => ({ id: `b${child}-${parent}`, a: child, b: parent, type: "broader" }),
  };

  const VIEWS = {
    papers: (state, hidden) => ({
      nodes: hidden.has("Paper") ? [] : model.papers,
      lines: hidden.has("Paper") ? [] : links(state, hidden).map(lineOf.link),
    }),
    both: (state, hidden) => {
      const papers = hidden.has("Paper") ? [] : model.papers;
      const shown = entities(state, hidden);
      const ids = new Set(shown.map((node) => node.id));
      const facts = papers.flatMap((paper) => model.factsOf[paper.id].filter((fact) => ids.has(fact.entity) && !hidden.has(fact.role)));
      return { nodes: [...papers, ...shown], lines: facts.map(lineOf.fact) };
    },
    techniques: (state, hidden) => {
      const shown = entities(state, hidden);
      const ids = new Set(shown.map((node) => node.id));
      const pairs = model.together.filter((pair) => ids.has(pair.a) && ids.has(pair.b)).map(lineOf.pair);
      const broader = shown.flatMap((node) => model.broaderOf[node.id].filter((up) => ids.has(up)).map((up) => lineOf.broader(node.id, up)));
      return { nodes: shown, lines: [...pairs, ...broader] };
    },
  };

  const KEYS = ["view", "hidden", "minWeight", "minPapers", "chosen"];
  let last = null;
  let result = null;

  /** The nodes and lines to draw, with `ids`, the numbers of the nodes; the same object while nothing relevant changes. */
  const of = (state) => {
    if (!last || KEYS.some((key) => state[key] !== last[key])) {
      const { nodes, lines } = VIEWS[state.view](state, new Set(state.hidden));
      result = { nodes, lines, ids: new Set(nodes.map((node) => node.id)) };
      last = state;
    }
    return result;
  };

  return { of, weightOf };
})();
