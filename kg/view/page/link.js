// The panel of a link: the techniques two papers share, the rarest first, each with the words of both.
kg.link = (() => {
  const { model, state, evidence } = kg;
  const { make, button, bar } = kg.dom;

  const side = (paper, entity) => {
    const fact = model.factsOf(paper).find((known) => known.entity === entity);
    const quoted = fact && evidence.best(fact);
    return quoted && make("div", { class: "source" }, make("span", { class: "mute" }, `${kg.text.short(model.nodes[paper].label)} ${kg.text.role(fact.role).toLowerCase()} it`), quoted);
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
        make("p", { class: "byline" }, `They share ${kg.text.count(known.shared.length, "technique")}. The rarer a technique is among all papers, the more it counts.`),
        because(known),
      ],
    };
  };

  return { panel };
})();
