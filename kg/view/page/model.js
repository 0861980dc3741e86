// The graph as Python wrote it, with the look-ups that the other parts need. Read once, never changed.
kg.model = (() => {
  const read = (id) => JSON.parse(kg.dom.byId(id).textContent);
  const details = read("graph-details");
  const settings = read("graph-settings");
  const { plain, signed, steps, sign } = kg.unpack;
  const CODES = { x: signed, y: signed, tx: signed, ty: signed, topic: signed, size: plain, n: plain, group: plain, from: steps, to: steps, type: plain, weight: plain };

  /** The rows of a table of columns, as kg/view/pack.py writes it. */
  const rows = (table) => {
    const columns = Object.entries(table).filter(([name]) => name !== "length").map(([name, column]) => [name, CODES[name] ? CODES[name](column) : column]);
    return Array.from({ length: table.length }, (_, at) => {
      const row = {};
      for (const [name, column] of columns) if (column[at] !== undefined) row[name] = column[at];
      return row;
    });
  };
  const groups = ["Paper", ...details.kinds];
  const nodes = rows(read("graph-nodes"));
  nodes.forEach((node, id) => { node.id = id; node.group = groups[node.group]; });
  const edges = rows(read("graph-edges"));

  const papers = nodes.filter((node) => node.group === "Paper");
  const entities = nodes.filter((node) => node.group !== "Paper");
  const isPaper = (id) => id < papers.length;
  const slug = (label) => label.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
  nodes.forEach((node) => { node.key ??= `${node.group.toLowerCase()}/${slug(node.label)}`; });
  const byKey = new Map(nodes.map((node) => [node.key, node.id]));

  /** What only a paper or only an entity has; missing fields are empty. */
  const NOTHING = Object.freeze({});
  const about = (id) => (isPaper(id) ? details.papers[id] : details.entities[id - papers.length] || NOTHING);

  const pairs = (numbers) => {
    let start = 0;
    return Array.from({ length: numbers.length / 2 }, (_, at) => [(start += numbers[2 * at]), numbers[2 * at + 1]]);
  };
  const sentences = new Map();
  const sentencesOf = (paper) => {
    if (!sentences.has(paper)) sentences.set(paper, pairs(plain(about(paper).sentences || "")));
    return sentences.get(paper);
  };

  /** The shortest sentence of a paper that holds a span of its abstract; the whole title, for a span of that. */
  const sentenceOf = (paper, field, start, end) => {
    if (field === 0) return [0, 0, nodes[paper].label.length];
    const around = sentencesOf(paper).filter(([from, length]) => from <= start && end <= from + length);
    const [from, length] = around.length ? around.reduce((best, one) => (one[1] < best[1] ? one : best)) : [start, end - start];
    return [1, from, from + length];
  };

  /** What a paper says of each of its entities, in the order of its lines: confidence and mentions. Read when asked for. */
  const kept = new Map();
  const evidenceOf = (paper) => {
    if (kept.has(paper)) return kept.get(paper);
    const numbers = plain(about(paper).facts || "");
    const found = [];
    let start = 0;
    for (let at = 0; at < numbers.length; ) {
      const [confidence, count] = [numbers[at++], numbers[at++]];
      const mentions = [];
      for (let n = 0; n < count; n++) {
        const [what, step, length] = [numbers[at++], sign(numbers[at++]), numbers[at++]];
        start += step;
        const field = what % 2 ? 0 : 1;
        mentions.push({ start, end: start + length, field, role: what > 1 ? details.roles[(what >> 1) - 1] : undefined, sentence: sentenceOf(paper, field, start, start + length) });
      }
      found.push({ confidence, mentions });
    }
    kept.set(paper, found);
    return found;
  };

  /** A statement: what a paper does with an entity. Its words are read when they are asked for. */
  class Fact {
    constructor(paper, entity, role, place) { Object.assign(this, { paper, entity, role, place }); }
    get confidence() { return evidenceOf(this.paper)[this.place].confidence; }
    get mentions() { return evidenceOf(this.paper)[this.place].mentions.map((mention) => ({ ...mention, role: mention.role || this.role })); }
  }

  const links = [];
  const together = [];
  const [linksOf, companionsOf, broaderOf, narrowerOf, factsOf] = [0, 0, 0, 0, 0].map(() => nodes.map(() => []));

  const shared = plain(details.shared);
  let sharedAt = 0;
  const take = {
    link: ({ from: a, to: b, weight: thousandths }) => {
      const id = links.length;
      const count = shared[sharedAt++];
      const parts = Array.from({ length: count }, () => ({ entity: shared[sharedAt++], weight: shared[sharedAt++] / 1000 }));
      const link = { id, a, b, weight: thousandths / 1000, shared: parts };
      links.push(link);
      linksOf[a].push(link);
      linksOf[b].push(link);
    },
    together: ({ from: a, to: b, weight: thousandths }) => {
      const weight = thousandths / 1000;
      together.push({ a, b, weight });
      companionsOf[a].push({ id: b, weight });
      companionsOf[b].push({ id: a, weight });
    },
    broader: ({ from, to }) => { broaderOf[from].push(to); narrowerOf[to].push(from); },
    fact: ({ from: paper, to: entity }, role) => {
      const fact = new Fact(paper, entity, role, factsOf[paper].length);
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
    nodes, papers, entities, links, together, topics, settings, base: details.base, spread: details.spread, sentenceOf, kinds: details.kinds, roles: details.roles,
    isPaper, about, textOf, broaderOf, narrowerOf, factsOf, linksOf, companionsOf,
    find: (key) => byKey.get(key),
    linkBetween: (a, b) => linksOf[a].find((link) => link.a === b || link.b === b),
    papersOf: (id) => factsOf[id].map((fact) => fact.paper),
    entitiesOf: (id) => factsOf[id].map((fact) => fact.entity),
  };
})();
