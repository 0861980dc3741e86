// The panel of a topic in focus: what sets it apart, its best connected papers, the topics beside it.
kg.topic = (() => {
  const { model, state, evidence } = kg;
  const { make, button } = kg.dom;
  const MOST = 12; // papers that are named
  const BESIDE = 4; // topics that are

  /** How strongly each paper of a topic is linked within it, and how strongly it is linked with each other topic. */
  const ties = (id) => {
    const [inside, beside] = [new Map(), new Map()];
    const add = (sums, key, weight) => sums.set(key, (sums.get(key) || 0) + weight);
    for (const { a, b, weight } of model.links) {
      const [one, two] = [model.nodes[a].topic, model.nodes[b].topic];
      if (one === id && two === id) [a, b].forEach((paper) => add(inside, paper, weight));
      else if (one === id && two >= 0) add(beside, two, weight);
      else if (two === id && one >= 0) add(beside, one, weight);
    }
    return { inside, beside };
  };
  const largest = (sums, most) => [...sums].sort((one, two) => two[1] - one[1] || one[0] - two[0]).slice(0, most).map(([key]) => key);

  const chip = ({ id, name, size }) =>
    button({ class: "chip", colour: kg.theme.topicStyle(id), title: name }, () => state.set({ topic: id }), make("span", { class: "swatch small" }), make("span", { class: "name" }, name), make("small", {}, kg.text.number(size)));

  const panel = (id) => {
    const topic = model.topics[id];
    const { inside, beside } = ties(id);
    const papers = largest(inside, MOST);
    const others = largest(beside, BESIDE).map((other) => model.topics[other]);
    const source = (paper) => make("p", { class: "source" }, button({}, () => state.choose(paper), model.nodes[paper].label), model.nodes[paper].year > 0 && make("small", {}, model.nodes[paper].year));
    return {
      kicker: [make("span", { class: "swatch", colour: kg.theme.topicStyle(id) }), `Topic, ${kg.text.count(topic.size, "paper")}`],
      title: [topic.name],
      body: [
        make("p", { class: "lead" }, "Papers that share more with one another than with the rest. The list and the tables hold these alone."),
        topic.terms.length > 0 && [make("h3", {}, "Set apart by"), make("div", { class: "chips" }, topic.terms.map((term) => evidence.chip(term, model.nodes[term].n)))],
        papers.length > 0 && [make("h3", {}, "Best connected papers"), papers.map(source)],
        others.length > 0 && [make("h3", {}, "Beside it"), make("div", { class: "chips" }, others.map(chip))],
      ],
    };
  };

  return { panel };
})();
