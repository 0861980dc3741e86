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
  const byKey = new Map(nodes.map((node) => [node.key, node.id]));
  const none = Object.freeze([]);

  /** What only a paper or only an entity has; missing fields are empty. */
  const about = (id) => (isPaper(id) ? details.papers[id] : details.entities[id - papers.length]);

  const links = [];
  const together = [];
  const linksOf = nodes.map(() => []);
  const companionsOf = nodes.map(() => []);
  const narrowerOf = nodes.map(() => []);
  const factsOf = nodes.map(() => []);
  edges.forEach((edge, number) => {
    const { from: a, to: b, type, weight } = edge;
    if (type === "link") {
      const link = { id: links.length, a, b, weight, shared: details.shared[number].map(([entity, part]) => ({ entity, weight: part })) };
      links.push(link);
      linksOf[a].push(link);
      linksOf[b].push(link);
    } else if (type === "together") {
      together.push({ a, b, weight });
      companionsOf[a].push({ id: b, weight });
      companionsOf[b].push({ id: a, weight });
    } else if (type === "broader") narrowerOf[b].push(a);
  });
  papers.forEach((paper) => {
    const { facts = none, sentences = none } = about(paper.id);
    for (const [entity, role, confidence, mentions] of facts) {
      const fact = {
        paper: paper.id, entity, role: details.roles[role], confidence,
        mentions: mentions.map(([start, end, sentence, as]) => ({ start, end, sentence: sentences[sentence], role: details.roles[as] })),
      };
      factsOf[paper.id].push(fact);
      factsOf[entity].push(fact);
    }
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
    nodes, papers, entities, links, together, topics, settings, spread: details.spread, kinds: details.kinds, roles: details.roles,
    isPaper, about, textOf, narrowerOf, factsOf, linksOf, companionsOf,
    find: (key) => byKey.get(key),
    linkBetween: (a, b) => linksOf[a].find((link) => link.a === b || link.b === b),
    broaderOf: (id) => about(id).broader || none,
    papersOf: (id) => factsOf[id].map((fact) => fact.paper),
    entitiesOf: (id) => factsOf[id].map((fact) => fact.entity),
  };
})();
