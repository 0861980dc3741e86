// The graph as Python wrote it: nodes, links and topics, which is all the first drawing needs. Read once, never changed.
kg.model = (() => {
  const read = (id) => JSON.parse(kg.dom.byId(id).textContent);
  const settings = read("graph-settings");
  const outline = read("graph-outline");
  const groups = ["Paper", ...outline.kinds];
  const slug = (label) => label.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
  const keys = [];

  /** A paper (with `topic`, `year`) or an entity (with `n`, its papers, and `tx`, `ty`, its place among entities). */
  class Node {
    constructor(id, group, label, size, x, y) {
      this.id = id;
      this.group = group;
      this.label = label;
      this.size = size;
      this.x = x;
      this.y = y;
      this.topic = -1;
      this.year = 0;
      this.n = 0;
      this.tx = 0;
      this.ty = 0;
    }
    /** The name that addresses call it by. */
    get key() { return (keys[this.id] ??= `${this.group.toLowerCase()}/${slug(this.label)}`); }
  }

  /** The nodes of a table; `more` are columns that only they have. */
  const nodesOf = (id, first, more) => {
    const table = kg.unpack.table(read(id));
    const [group, label, size, x, y] = ["group", "label", "size", "x", "y"].map(table.column);
    const made = Array.from({ length: table.length }, (_, at) => new Node(first + at, groups[group[at]], label[at], size[at], x[at], y[at]));
    for (const name of more) {
      const column = table.column(name);
      for (let at = 0; at < made.length; at++) made[at][name] = column[at];
    }
    for (const [at, key] of Object.entries(table.sparse("key"))) keys[first + Number(at)] = key;
    return made;
  };

  const papers = nodesOf("graph-papers", 0, ["topic", "year"]);
  const entities = nodesOf("graph-entities", papers.length, ["n", "tx", "ty"]);
  const nodes = [...papers, ...entities];
  let byKey = null;

  /** A line between two papers; what they share is read with the rest (see relations.js). */
  class Link {
    constructor(id, a, b, weight) {
      this.id = id;
      this.a = a;
      this.b = b;
      this.weight = weight;
    }
    get shared() { return kg.model.sharedOf(this.id); }
  }
  const table = kg.unpack.table(read("graph-links"));
  const [from, to, weight] = ["from", "to", "weight"].map(table.column);
  const links = Array.from({ length: table.length }, (_, at) => new Link(at, from[at], to[at], weight[at] / 1000));

  const topics = outline.topics.map((topic, id) => ({
    id, size: topic.size, terms: topic.terms, papers: [],
    name: topic.terms.slice(0, 2).map((term) => nodes[term].label).join(" \u00b7 ") || `Topic ${id + 1}`,
  }));
  for (const { id, topic } of papers) if (topic >= 0) topics[topic].papers.push(id);

  /** The number of the node that a key names, or undefined. */
  const find = (key) => {
    byKey ??= new Map(nodes.map((node) => [node.key, node.id]));
    return byKey.get(key);
  };

  return {
    nodes, papers, entities, links, topics, settings, find, read,
    place: outline.place, base: outline.base, spread: outline.spread, kinds: outline.kinds, roles: outline.roles, types: outline.types,
    isPaper: (id) => id < papers.length,
  };
})();
