// The panel while nothing is selected: what this is and where to begin.
kg.welcome = (() => {
  const { model, state, evidence } = kg;
  const { make, button } = kg.dom;

  const stats = () => {
    const facts = [...model.roleCounts().values()].reduce((sum, count) => sum + count, 0);
    const figures = [[model.papers.length, "paper", "papers"], [model.entities.length, "technique or term", "techniques and terms"], [facts, "statement, quoted", "statements, each quoted"], [model.links.length, "link", "links"]];
    return make("div", { class: "stats" }, figures.map(([number, one, many]) => make("div", {}, make("b", {}, kg.text.number(number)), number === 1 ? one : many)));
  };

  const best = (nodes, weight, most) => [...nodes].sort((one, two) => weight(two) - weight(one) || one.id - two.id).slice(0, most).filter((node) => weight(node) > 0);

  const keys = () => {
    const known = [["/", "search by any name"], [kg.views.map((_, at) => at + 1).join(" "), "change the view"], ["Esc", "let go of the selection"], ["\u2190 \u2191 + \u2212 0", "move and zoom the drawing"]];
    return make("div", { class: "keys" }, known.map(([key, text]) => [make("kbd", {}, key), make("span", {}, text)]));
  };

  const panel = () => {
    const shared = best(model.entities.filter((node) => ["Method", "Dataset", "Task"].includes(node.group)), (node) => (node.n > 1 ? node.n : 0), 10);
    const strength = new Float64Array(model.papers.length);
    for (const { a, b, weight } of model.links) {
      strength[a] += weight;
      strength[b] += weight;
    }
    const central = best(model.papers, (node) => strength[node.id], 5);
    return {
      kicker: ["What am I looking at?"],
      title: ["Papers, and the techniques that join them"],
      body: [
        model.place && make("p", { class: "byline" }, "One of several pages of a large graph: ", make("b", {}, model.place.name), ". ", make("a", { href: model.place.index }, "All topics"), " are in the index."),
        make("p", { class: "lead" }, "Each paper was read for the methods, datasets, tasks and metrics it names and for what it does with them. Papers that share techniques are linked, the more strongly the nearer they are in techniques and words. Select anything to see the very words."),
        stats(),
        shared.length > 0 && [make("h3", {}, "Shared most"), make("div", { class: "chips" }, shared.map((node) => evidence.chip(node.id, node.n)))],
        central.length > 0 && [make("h3", {}, "Best connected papers"), central.map((node) => make("p", { class: "source" }, button({}, () => state.choose(node.id), node.label)))],
        make("h3", {}, "Keys"), keys(),
      ],
    };
  };

  return { panel };
})();
