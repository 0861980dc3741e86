// The path between two papers or entities: found by the strength of its steps, shown as a chain with the reason of each.
kg.path = (() => {
  const { model, state } = kg;
  const { make, button, shape } = kg.dom;

  /** A link costs the less the heavier it is; a statement the more, the more papers name its entity: as `kg path` has it. */
  const costOf = (fact) => (1 + Math.log2(Math.max(1, model.nodes[fact.entity].n))) / Math.max(fact.confidence / 100, 0.01);
  const neighbours = (id) => [
    ...model.linksOf(id).map((link) => ({ to: link.a === id ? link.b : link.a, cost: 0.3 / Math.max(link.weight, 0.01), link })),
    ...model.factsOf(id).map((fact) => ({ to: model.isPaper(id) ? fact.entity : fact.paper, cost: costOf(fact), fact })),
  ];

  const known = new Map();
  /** The steps from one node to another, or null. */
  const between = (from, to) => {
    const name = `${from}-${to}`;
    if (!known.has(name)) known.set(name, kg.route.cheapest(from, to, neighbours));
    return known.get(name);
  };

  const reason = ({ link, fact }) => {
    const { evidence } = kg;
    if (link) {
      return [
        make("p", { class: "because-of" }, "both have ", make("span", { class: "chips" }, link.shared.slice(0, 4).map(({ entity }) => evidence.chip(entity))), link.shared.length > 4 && ` and ${link.shared.length - 4} more`),
        button({ class: "quiet" }, () => state.chooseLink(link.id), "The words of both"),
      ];
    }
    return [make("p", { class: "because-of" }, `${kg.text.short(model.nodes[fact.paper].label)} ${kg.text.role(fact.role).toLowerCase()} ${model.nodes[fact.entity].label}`), evidence.best(fact)];
  };

  const node = (id) => button({ class: "row station", "data-id": id }, () => state.choose(id), shape(model.nodes[id].group), make("span", { class: "title" }, model.nodes[id].label), make("small", {}, model.nodes[id].group));

  const chain = (from, steps) =>
    make("ol", { class: "chain" }, make("li", {}, node(from)), steps.map((step) => make("li", {}, make("div", { class: "reason" }, reason(step)), node(step.to))));

  const ends = ({ from, to }) => {
    const field = (name, id) => kg.combobox.make({ label: name, value: id === null ? "" : model.nodes[id].label, choose: (chosen) => state.findPath(name === "From" ? chosen : from, name === "From" ? to : chosen) });
    return make("div", { class: "ends" }, field("From", from), field("To", to));
  };

  const found = ({ from, to }) => {
    if (to === null) return make("p", { class: "lead" }, "Choose where the path ends: type a name, or click anything in the drawing, the list or the tables.");
    const steps = between(from, to);
    if (!steps) return make("p", { class: "lead" }, "Nothing connects these two: they share no technique with anything in between. Try a paper or technique that is better linked.");
    if (!steps.length) return make("p", { class: "lead" }, "Both ends are the same. Choose another end.");
    return [make("p", { class: "byline" }, `${kg.text.count(steps.length, "step")}; the strongest way there is, not the shortest.`), chain(from, steps)];
  };

  const panel = (path) => ({
    kicker: ["Path"],
    title: ["How these two hang together"],
    body: [ends(path), found(path)],
  });

  return { between, panel };
})();
