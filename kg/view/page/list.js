// The list beside the drawing: the same nodes, to be read, ordered, narrowed and walked with the arrow keys.
kg.list = (() => {
  const { model, state } = kg;
  const { byAlphabet } = kg.text;
  const { byId, make, button, shape } = kg.dom;
  const holder = byId("list");
  const filter = byId("filter");
  const order = byId("order");
  const PAGE = 200;
  let most = PAGE;

  const byName = (one, two) => byAlphabet(one.label, two.label) || one.id - two.id;
  const weight = (node) => (model.isPaper(node.id) ? model.linkCount(node.id) : node.n);
  const ORDERS = {
    important: ["Most linked", (one, two) => weight(two) - weight(one) || byName(one, two)],
    name: ["Name", byName],
    year: ["Newest", (one, two) => two.year - one.year || byName(one, two)],
  };
  const hasYears = kg.years.range !== null;

  const line = (node) => {
    if (!model.isPaper(node.id)) return node.group;
    const { authors = [] } = model.about(node.id);
    const who = authors.length > 2 ? `${authors[0]} and others` : authors.join(" and ");
    return [who, node.year].filter(Boolean).join(" \u00b7 ");
  };

  const row = (node, now) =>
    make("li", {}, button(
      { class: "row", "data-id": node.id, "aria-current": String(now.chosen?.node === node.id), title: node.label },
      () => state.choose(node.id),
      shape(node.group, model.isPaper(node.id) && now.colour === "topic" ? kg.theme.topicStyle(node.topic) : undefined),
      make("span", {}, make("span", { class: "title" }, node.label), make("small", {}, line(node))),
      make("span", { class: "number", title: model.isPaper(node.id) ? "linked papers" : "papers" }, kg.text.number(weight(node))),
    ));

  const nothing = (now) => {
    const advice = now.filter ? "Try fewer letters, or search all names with the box at the top." : "Switch classes back on, or lower the number of papers.";
    const what = now.filter ? `Nothing in this view goes by \u201c${now.filter}\u201d. ` : "Nothing is left to list. ";
    return make("li", { class: "hint" }, make("p", {}, what + advice), button({ class: "button" }, state.reset, "Reset filters"));
  };

  const render = (now) => {
    const nodes = kg.focus.listed(now).sort(ORDERS[now.order][1]);
    const rows = nodes.slice(0, most).map((node) => row(node, now));
    if (nodes.length > most) rows.push(make("li", { class: "hint" }, button({ class: "button" }, () => { most += 1000; render(state.get()); }, `Show ${kg.text.number(nodes.length - most)} more`)));
    holder.replaceChildren(...(nodes.length ? rows : [nothing(now)]));
    if (filter.value !== now.filter) filter.value = now.filter;
  };

  /** Mark the row of what is selected without drawing the list again. */
  const mark = (now) => {
    holder.querySelector('[aria-current="true"]')?.setAttribute("aria-current", "false");
    const current = now.chosen?.node !== undefined && holder.querySelector(`[data-id="${now.chosen.node}"]`);
    if (!current) return;
    current.setAttribute("aria-current", "true");
    if (!holder.contains(document.activeElement)) current.scrollIntoView({ block: "nearest" });
  };

  const walk = (event) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const rows = [...holder.querySelectorAll(".row")];
    const at = rows.indexOf(document.activeElement);
    if (!by || at < 0 || !rows[at + by]) return;
    event.preventDefault();
    rows[at + by].focus();
  };

  const start = () => {
    const names = Object.keys(ORDERS).filter((name) => name !== "year" || hasYears);
    order.replaceChildren(...names.map((name) => make("option", { value: name }, ORDERS[name][0])));
    order.addEventListener("change", () => state.set({ order: order.value }));
    filter.addEventListener("input", () => { most = PAGE; state.set({ filter: filter.value, chosen: null }); });
    filter.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown") { event.preventDefault(); holder.querySelector(".row")?.focus(); }
    });
    holder.addEventListener("keydown", walk);
    let [seen, drawn] = [null, null];
    const changed = (now) => {
      const { nodes } = kg.visible.of(now);
      byId("listed").textContent = kg.text.number(kg.focus.listed(now).length);
      if (byId("pane-list").hidden) return; // drawn once somebody looks
      const state = [nodes.length, now.filter, now.order, now.topic, now.colour].join("|");
      if (state !== seen || nodes !== drawn) render(now);
      [seen, drawn] = [state, nodes];
      mark(now);
    };
    state.listen(changed);
    changed(state.get());
  };

  return { start };
})();
