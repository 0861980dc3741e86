// The panel of an entity: what it is, its names, and every paper that names it, by role, with the words.
kg.entity = (() => {
  const { model, state, evidence } = kg;
  const { make, button, shape, link } = kg.dom;
  const FIRST = 12;

  const chips = (title, ids, note) =>
    ids.length > 0 && [make("h3", {}, title), make("div", { class: "chips" }, ids.map((id) => evidence.chip(id, note?.(id))))];

  const source = (fact) => {
    const { label, year } = model.nodes[fact.paper];
    return make("div", { class: "source" }, button({}, () => state.choose(fact.paper), label), year > 0 && make("small", {}, year), evidence.best(fact));
  };

  const byRole = (id) =>
    model.roles.map((role) => {
      const facts = model.factsOf(id).filter((known) => known.role === role).sort((one, two) => two.confidence - one.confidence || one.paper - two.paper);
      if (!facts.length) return null;
      const rest = make("div", { hidden: true });
      const show = (event) => { rest.append(...facts.slice(FIRST).map(source)); rest.hidden = false; event.target.remove(); };
      const more = facts.length > FIRST && button({ class: "quiet more" }, show, `Show ${facts.length - FIRST} more`);
      return [make("h3", {}, kg.text.role(role, true), make("span", { class: "number" }, facts.length)), facts.slice(0, FIRST).map(source), rest, more];
    });

  /** Names that differ by more than case, hyphens and a plural. */
  const distinct = (label, names) => {
    const form = (name) => kg.text.plain(name).replace(/s$/, "");
    const seen = new Set([form(label)]);
    return names.filter((name) => !seen.has(form(name)) && seen.add(form(name)));
  };

  const panel = (id) => {
    const node = model.nodes[id];
    const { aliases = [], definition, matches = [], total } = model.about(id);
    const inAll = total ? ` here, ${kg.text.number(total)} on all pages` : "";
    const others = distinct(node.label, aliases);
    const companions = model.companionsOf(id).slice(0, 10);
    return {
      kicker: [shape(node.group), `${node.group}, in ${kg.text.count(node.n, "paper")}${inAll}`],
      title: [node.label],
      body: [
        definition && make("p", { class: "lead" }, definition),
        others.length > 0 && make("p", { class: "byline" }, `Also called ${others.join(", ")}`),
        matches.length > 0 && make("div", { class: "links" }, matches.map((address) => link(address, address.replace(/^https?:\/\/(www\.)?/, "")))),
        kg.evidence.actions(id),
        chips("A kind of", model.broaderOf(id)),
        chips("Kinds of it", model.narrowerOf(id)),
        chips("Often used with", companions.map((other) => other.id), (other) => companions.find(({ id: same }) => same === other).weight),
        byRole(id),
      ],
    };
  };

  return { panel };
})();
