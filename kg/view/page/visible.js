// Which nodes and lines are drawn, given what the reader has chosen.
kg.visible = (() => {
  const { model } = kg;
  const MOST_LINES = matchMedia("(max-width: 719px)").matches ? 300 : 900; // statements drawn at once

  /** Whether a paper passes the filters: years, and topics that are switched off. */
  const paperPasses = ({ years, hidden }) => {
    const off = new Set(hidden);
    return (id) => {
      const { topic, year } = model.nodes[id];
      if (off.has(`topic:${topic < 0 ? "none" : topic + 1}`)) return false;
      return !years || (year >= years[0] && year <= years[1]);
    };
  };

  const roles = new Map();
  /** What a paper does with an entity. */
  const roleOf = (paper, entity) => {
    if (!roles.has(paper)) roles.set(paper, new Map(model.factsOf(paper).map((fact) => [fact.entity, fact.role])));
    return roles.get(paper).get(entity);
  };

  /** What a link weighs when only the classes and roles that are switched on count. */
  const weightOf = (link, hidden) => {
    const counts = ({ entity }) => !hidden.has(model.nodes[entity].group) && !hidden.has(roleOf(link.a, entity)) && !hidden.has(roleOf(link.b, entity));
    return link.shared.reduce((sum, part) => (counts(part) ? sum : sum - part.weight), link.weight);
  };

  const links = (state, hidden, passes) => {
    const plain = ![...model.kinds, ...model.roles].some((name) => hidden.has(name));
    const least = plain ? state.minWeight : Math.max(state.minWeight, 0.0005);
    return model.links.filter((link) => passes(link.a) && passes(link.b) && (plain ? link.weight : weightOf(link, hidden)) >= least);
  };

  /** Entities that pass class and number of papers, and that a paper names which passes, in a role that does; those of the selected paper, and a selected one, always pass the number. */
  const entities = ({ minPapers, chosen, years, hidden: names }, hidden, passes) => {
    const wanted = new Set();
    if (chosen?.node !== undefined) {
      if (model.isPaper(chosen.node)) model.entitiesOf(chosen.node).forEach((id) => wanted.add(id));
      else wanted.add(chosen.node);
    }
    const whole = !years && !names.some((name) => name.startsWith("topic:") || model.roles.includes(name));
    const named = (node) => whole || model.factsOf(node.id).some((fact) => passes(fact.paper) && !hidden.has(fact.role));
    return model.entities.filter((node) => !hidden.has(node.group) && (wanted.has(node.id) || (node.n >= minPapers && named(node))));
  };

  const lineOf = {
    link: (link) => ({ a: link.a, b: link.b, type: "link", weight: link.weight, link: link.id }),
    fact: (fact) => ({ a: fact.paper, b: fact.entity, type: fact.role }),
    pair: (pair) => ({ a: pair.a, b: pair.b, type: "together", weight: pair.weight }),
    broader: (child, parent) => ({ a: child, b: parent, type: "broader" }),
  };

  const WEAK = ["about", "mentions"];
  /** At most so many statements: those of the selection, then what papers do with the rarest techniques, which tells most. */
  const telling = (facts, { chosen }) => {
    if (facts.length <= MOST_LINES) return facts;
    const rank = ({ paper, entity, role }) => (paper === chosen?.node || entity === chosen?.node ? 0 : model.nodes[entity].n + (WEAK.includes(role) ? 1e6 : 0));
    return facts.map((fact) => [rank(fact), fact]).sort(([one], [two]) => one - two).slice(0, MOST_LINES).map(([, fact]) => fact);
  };

  const papersOf = (hidden, passes) => (hidden.has("Paper") ? [] : model.papers.filter((node) => passes(node.id)));

  const VIEWS = {
    papers: (state, hidden, passes) => ({ nodes: papersOf(hidden, passes), lines: hidden.has("Paper") ? [] : links(state, hidden, passes).map(lineOf.link) }),
    timeline: (state, hidden, passes) => {
      const { nodes, lines } = VIEWS.papers(state, hidden, (id) => model.nodes[id].year && passes(id));
      return { nodes, lines };
    },
    both: (state, hidden, passes) => {
      const papers = papersOf(hidden, passes);
      const shown = entities(state, hidden, passes);
      const ids = new Set(shown.map((node) => node.id));
      const facts = papers.flatMap((paper) => model.factsOf(paper.id).filter((fact) => ids.has(fact.entity) && !hidden.has(fact.role)));
      return { nodes: [...papers, ...shown], lines: telling(facts, state).map(lineOf.fact) };
    },
    techniques: (state, hidden, passes) => {
      const shown = entities(state, hidden, passes);
      const ids = new Set(shown.map((node) => node.id));
      const pairs = model.together().filter((pair) => ids.has(pair.a) && ids.has(pair.b)).map(lineOf.pair);
      const broader = shown.flatMap((node) => model.broaderOf(node.id).filter((up) => ids.has(up)).map((up) => lineOf.broader(node.id, up)));
      return { nodes: shown, lines: [...pairs, ...broader] };
    },
    table: (state, hidden, passes) => ({ nodes: state.table === "papers" ? papersOf(hidden, passes) : entities(state, hidden, passes), lines: [] }),
  };

  const KEYS = ["view", "table", "hidden", "minWeight", "minPapers", "years", "chosen"];
  let last = null;
  let result = null;

  /** The nodes and lines to draw, with `ids`, the numbers of the nodes; the same object while nothing relevant changes. */
  const of = (state) => {
    if (!last || KEYS.some((key) => state[key] !== last[key])) {
      const { nodes, lines } = VIEWS[state.view](state, new Set(state.hidden), paperPasses(state));
      result = { nodes, lines, ids: new Set(nodes.map((node) => node.id)) };
      last = state;
    }
    return result;
  };

  return { of, weightOf, paperPasses };
})();
