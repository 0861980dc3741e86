// Who is joined to whom, and by which words. The data of this part stands after the scripts and is far larger than the
// rest: it is read when something asks for it first, which is after the first drawing.
(() => {
  const { model } = kg;
  const { plain, sign } = kg.unpack;
  const once = (make) => {
    let made;
    return () => (made ??= make());
  };
  /** A function of a node whose answers are kept. */
  const kept = (make) => {
    const known = [];
    return (id) => (known[id] ??= make(id));
  };

  const details = once(() => model.read("graph-details"));
  const NOTHING = Object.freeze({});
  /** What only a paper or only an entity has; missing fields are empty. */
  const about = (id) => (model.isPaper(id) ? details().papers[id] : details().entities[id - model.papers.length] || NOTHING);

  /** For each node, which lines it ends: places in the columns of `ends`, in order. */
  const index = (...ends) => {
    const starts = new Int32Array(model.nodes.length + 1);
    for (const end of ends) for (const node of end) starts[node + 1]++;
    for (let at = 0; at < model.nodes.length; at++) starts[at + 1] += starts[at];
    const next = starts.slice();
    const lines = new Int32Array(starts[model.nodes.length]);
    for (let at = 0; at < ends[0].length; at++) for (const end of ends) lines[next[end[at]]++] = at;
    return { of: (node) => lines.subarray(starts[node], starts[node + 1]), count: (node) => starts[node + 1] - starts[node], starts, lines };
  };

  const byPaper = once(() => index(model.links.map(({ a }) => a), model.links.map(({ b }) => b)));
  /** The links of a paper, the strongest first. */
  const linksOf = kept((id) => Array.from(byPaper().of(id), (at) => model.links[at]).sort((one, two) => two.weight - one.weight));

  const lines = once(() => {
    const table = kg.unpack.table(model.read("graph-statements"));
    const [from, to, type, weight] = ["from", "to", "type", "weight"].map(table.column);
    const pick = (wanted) => {
      const places = [];
      type.forEach((one, at) => { if (wanted(model.types[one])) places.push(at); });
      return { from: places.map((at) => from[at]), to: places.map((at) => to[at]), type: places.map((at) => type[at]), weight: places.map((at) => weight[at] / 1000) };
    };
    return { facts: pick((name) => model.roles.includes(name)), together: pick((name) => name === "together"), broader: pick((name) => name === "broader") };
  });

  const facts = once(() => {
    const { from: papers, to: entities, type } = lines().facts;
    const [ofPaper, ofEntity] = [index(papers), index(entities)];
    const place = new Int32Array(papers.length); // of a statement among those of its paper
    for (let paper = 0; paper < model.papers.length; paper++) ofPaper.of(paper).forEach((at, number) => { place[at] = number; });
    return { papers, entities, type, ofPaper, ofEntity, place };
  });

  /** A statement: what a paper does with an entity. Its words are read when they are asked for. */
  class Fact {
    constructor(paper, entity, role, place) {
      this.paper = paper;
      this.entity = entity;
      this.role = role;
      this.place = place;
    }
    get confidence() { return evidenceOf(this.paper)[this.place].confidence; }
    get mentions() { return evidenceOf(this.paper)[this.place].mentions.map((mention) => ({ ...mention, role: mention.role || this.role })); }
  }
  /** The statements of a paper, or about an entity. */
  const factsOf = kept((id) => {
    const { papers, entities, type, ofPaper, ofEntity, place } = facts();
    return Array.from((model.isPaper(id) ? ofPaper : ofEntity).of(id), (at) => new Fact(papers[at], entities[at], model.types[type[at]], place[at]));
  });
  const factCount = (id) => (model.isPaper(id) ? facts().ofPaper : facts().ofEntity).count(id);

  /** How many statements there are of each role. */
  const roleCounts = once(() => {
    const counts = new Map();
    for (const type of facts().type) counts.set(model.types[type], (counts.get(model.types[type]) || 0) + 1);
    return counts;
  });

  const together = once(() => {
    const { from, to, weight } = lines().together;
    return from.map((a, at) => ({ a, b: to[at], weight: weight[at] }));
  });
  const byEntity = once(() => index(together().map(({ a }) => a), together().map(({ b }) => b)));
  /** What an entity is used with, most often first. */
  const companionsOf = kept((id) => Array.from(byEntity().of(id), (at) => together()[at]).map(({ a, b, weight }) => ({ id: a === id ? b : a, weight })).sort((one, two) => two.weight - one.weight || one.id - two.id));

  const kin = once(() => ({ up: index(lines().broader.from), down: index(lines().broader.to) }));
  const broaderOf = (id) => Array.from(kin().up.of(id), (at) => lines().broader.to[at]);
  const narrowerOf = (id) => Array.from(kin().down.of(id), (at) => lines().broader.from[at]);

  const shares = once(() => {
    const numbers = plain(details().shared);
    const starts = new Int32Array(model.links.length);
    for (let link = 0, at = 0; link < starts.length; link++) {
      starts[link] = at;
      at += 1 + 2 * numbers[at];
    }
    return { numbers, starts };
  });
  /** What the papers of a link share, the weightiest first. */
  const sharedOf = kept((link) => {
    const { numbers, starts } = shares();
    const start = starts[link];
    return Array.from({ length: numbers[start] }, (_, at) => ({ entity: numbers[start + 1 + 2 * at], weight: numbers[start + 2 + 2 * at] / 1000 }));
  });

  const pairs = (numbers) => {
    let start = 0;
    return Array.from({ length: numbers.length / 2 }, (_, at) => [(start += numbers[2 * at]), numbers[2 * at + 1]]);
  };
  const sentencesOf = kept((paper) => pairs(plain(about(paper).sentences || "")));

  /** The shortest sentence of a paper that holds a span of its abstract; the whole title, for a span of that. */
  const sentenceOf = (paper, field, start, end) => {
    if (field === 0) return [0, 0, model.nodes[paper].label.length];
    const around = sentencesOf(paper).filter(([from, length]) => from <= start && end <= from + length);
    const [from, length] = around.length ? around.reduce((best, one) => (one[1] < best[1] ? one : best)) : [start, end - start];
    return [1, from, from + length];
  };

  /** What a paper says of each of its entities, in the order of its statements: confidence and mentions. */
  const evidenceOf = kept((paper) => {
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
        mentions.push({ start, end: start + length, field, role: what > 1 ? model.roles[(what >> 1) - 1] : undefined, sentence: sentenceOf(paper, field, start, start + length) });
      }
      found.push({ confidence, mentions });
    }
    return found;
  });

  /** The title or abstract that a sentence is of. */
  const textOf = (paper, field) => (field === 0 ? model.nodes[paper].label : about(paper).abstract || "");

  Object.assign(model, {
    about, textOf, sentenceOf, linksOf, factsOf, factCount, roleCounts, together, companionsOf, broaderOf, narrowerOf, sharedOf,
    linkCount: (id) => byPaper().count(id),
    linkBetween: (a, b) => linksOf(a).find((link) => link.a === b || link.b === b),
    papersOf: (id) => factsOf(id).map((fact) => fact.paper),
    entitiesOf: (id) => factsOf(id).map((fact) => fact.entity),
  });
})();
