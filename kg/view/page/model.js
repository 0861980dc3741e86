// The graph as Python wrote it, with the look-ups that the other parts need. Read once, never changed.
kg.model = (() => {
  const read = (id) => JSON.parse(kg.dom.byId(id).textContent);
  const nodes = read("graph-nodes");
  const edges = read("graph-edges");
  const details = read("graph-details");
  const settings = read("graph-settings");

  const papers = nodes.filter((node) => node.group === "Paper");
  const entities = nodes.filter((node) => node.group !== "Paper");
  const isPaper = (id) => id < papers.length;
  const slug = (label) => label.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
  nodes.forEach((node) => { node.key ??= `${node.group.toLowerCase()}/${slug(node.label)}`; });
  const byKey = new Map(nodes.map((node) => [node.key, node.id]));
  const none = Object.freeze([]);

  /** What only a paper or only an entity has; missing fields are empty. */
  const about = (id) => (isPaper(id) ? details.papers[id] : details.entities[id - papers.length]);

  /** The shortest sentence of a paper that holds a span of its abstract; the whole title, for a span of that. */
  const sentenceOf = (paper, field, start, end) => {
    if (field === 0) return [0, 0, nodes[paper].label.length];
    const around = (about(paper).sentences || none).filter(([from, length]) => from <= start && end <= from + length);
    const [from, length] = around.length ? around.reduce((best, one) => (one[1] < best[1] ? one : best)) : [start, end - start];
    return [1, from, from + length];
  };

  const mentionOf = (paper, factRole, [start, length, field = 1, role]) => ({
    start, end: start + length, field, role: role === undefined ? factRole : details.roles[role], sentence: sentenceOf(paper, field, start, start + length),
  });

  const links = [];
  const together = [];
  const [linksOf, companionsOf, broaderOf, narrowerOf, factsOf] = [0, 0, 0, 0, 0].map(() => nodes.map(() => []));

  const take = {
    link: ({ from: a, to: b, weight }) => {
      const id = links.length;
      const link = { id, a, b, weight, shared: details.shared[id].map(([entity, part]) => ({ entity, weight: part })) };
      links.push(link);
      linksOf[a].push(link);
      linksOf[b].push(link);
    },
    together: ({ from: a, to: b, weight }) => {
      together.push({ a, b, weight });
      companionsOf[a].push({ id: b, weight });
      companionsOf[b].push({ id: a, weight });
    },
    broader: ({ from, to }) => { broaderOf[from].push(to); narrowerOf[to].push(from); },
    fact: ({ from: paper, to: entity }, role) => {
      const [confidence, ...mentions] = about(paper).facts[factsOf[paper].length];
      const fact = { paper, entity, role, confidence, mentions: mentions.map((mention) => mentionOf(paper, role, mention)) };
      factsOf[paper].push(fact);
      factsOf[entity].push(fact);
    },
  };
  edges.forEach((edge) => {
    const type = details.types[edge.type];
    (take[type] || take.fact)(edge, type);
  });
  linksOf.forEach((list) => list.sort((one, two) => two.weight - one.weight));
  companionsOf.forEach((list) => list.sort((one, two) => two.weight - one.weight || one.id - two.id));

  /** The title or abstract that a sentence is of. */
  const textOf = (paper, field) => (field === 0 ? nodes[paper].label : about(paper).abstract || "");

  const topics = details.topics.map((topic, id) => ({
    id, size: topic.size, terms: topic.terms,
    name: topic.terms.slice(0, 2).map((term) => nodes[term].label).join(" \u00b7 ") || `Topic ${id + 1}`,
    papers: papers.filter((paper) => paper.topic === id).map((paper) => paper.id),
  }));

  return {
    nodes, papers, entities, links, together, topics, settings, spread: details.spread, sentenceOf, kinds: details.kinds, roles: details.roles,
    isPaper, about, textOf, broaderOf, narrowerOf, factsOf, linksOf, companionsOf,
    find: (key) => byKey.get(key),
    linkBetween: (a, b) => linksOf[a].find((link) => link.a === b || link.b === b),
    papersOf: (id) => factsOf[id].map((fact) => fact.paper),
    entitiesOf: (id) => factsOf[id].map((fact) => fact.entity),
  };
})();
