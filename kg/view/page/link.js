// The panel of a link: the techniques two papers share, the weightiest first, each with the words of both.
kg.link = (() => {
  const { model, state, evidence } = kg;
  const { make, button, bar } = kg.dom;

  /** Whether something is above an entity, at any height. */
  const isAbove = (over, entity, seen = new Set()) =>
    model.broaderOf(entity).some((next) => next === over || (!seen.has(next) && isAbove(over, next, seen.add(next))));

  /** The statement by which a paper has an entity: its own, or of something that is a kind of it. */
  const basis = (paper, entity) => {
    const facts = model.factsOf(paper);
    return facts.find((fact) => fact.entity === entity) || facts.find((fact) => isAbove(entity, fact.entity));
  };

  const side = (paper, entity) => {
    const fact = basis(paper, entity);
    const quoted = fact && evidence.best(fact);
    const named = fact?.entity === entity ? "it" : model.nodes[fact?.entity]?.label;
    return quoted && make("div", { class: "source" }, make("span", { class: "mute" }, `${kg.text.short(model.nodes[paper].label)} ${kg.text.role(fact.role).toLowerCase()} ${named}`), quoted);
  };

  const because = ({ a, b, shared }) => {
    const heaviest = Math.max(0.001, ...shared.map(({ weight }) => weight));
    return shared.map(({ entity, weight }) =>
      make(
        "div", { class: "because" },
        make("div", { class: "head" }, evidence.chip(entity), bar(weight / heaviest), make("span", { class: "number", title: `weight ${weight.toFixed(3)}` }, `${weight.toFixed(2)} \u00b7 ${kg.text.count(model.nodes[entity].n, "paper")}`)),
        side(a, entity), side(b, entity),
      ));
  };

  const panel = (number) => {
    const known = model.links[number];
    const title = (id) => button({}, () => state.choose(id), model.nodes[id].label);
    return {
      kicker: ["Link", make("span", { class: "number" }, `weight ${known.weight.toFixed(2)}`)],
      title: ["Why these two are linked"],
      body: [
        make("div", { class: "lead pair" }, title(known.a), make("span", { class: "and" }, "and"), title(known.b)),
        make("p", { class: "byline" }, `They share ${kg.text.count(known.shared.length, "technique")}. The weight tells how near the two papers are in techniques and words; the rarer a technique is, the larger its part.`),
        because(known),
      ],
    };
  };

  return { panel };
})();
