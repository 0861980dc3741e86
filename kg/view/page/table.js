// Tables of the papers and of the techniques, sorted by any column, for people who would rather read.
kg.table = (() => {
  const { model, state } = kg;
  const { byAlphabet } = kg.text;
  const { byId, make, button, shape } = kg.dom;
  const holder = byId("table");
  const PAGE = 100;
  const FEW = 3;
  let most = PAGE;

  const names = (id, roles) => model.factsOf(id).filter(({ role }) => roles.includes(role)).map(({ entity }) => model.nodes[entity].label).join(", ");
  const countOf = (id, roles) => model.factsOf(id).filter(({ role }) => roles.includes(role)).length;
  const first = (id, roles) => {
    const fact = model.factsOf(id).find(({ role }) => roles.includes(role));
    return fact ? kg.text.short(model.nodes[fact.paper].label) : "";
  };
  const authors = (id) => {
    const { authors: all = [] } = model.about(id);
    return all.length > 2 ? `${all[0]} and others` : all.join(" and ");
  };
  const BRINGS = ["proposes", "introduces"];
  // Columns: name, value to show and sort by, and whether they hold numbers (which fall at the first click).
  const columns = () => ({
    papers: [
      { id: "title", name: "Paper", value: (node) => node.label, main: true },
      kg.years.range && { id: "year", name: "Year", value: (node) => node.year, number: true, plain: true },
      model.papers.some(({ id }) => model.about(id).authors) && { id: "authors", name: "Authors", value: (node) => authors(node.id) },
      { id: "brings", name: "Proposes", value: (node) => names(node.id, BRINGS), list: true },
      model.topics.length && { id: "topic", name: "Topic", value: (node) => (node.topic < 0 ? "" : model.topics[node.topic].name) },
      { id: "techniques", name: "Techniques", value: (node) => model.factCount(node.id), number: true },
      { id: "links", name: "Links", value: (node) => model.linkCount(node.id), number: true, usual: true },
    ].filter(Boolean),
    techniques: [
      { id: "name", name: "Technique", value: (node) => node.label, main: true },
      { id: "class", name: "Class", value: (node) => node.group },
      { id: "by", name: "Introduced in", value: (node) => first(node.id, BRINGS) },
      { id: "used", name: "Used", value: (node) => countOf(node.id, ["uses", "evaluatesOn", "addresses", "reports", "about"]), number: true },
      { id: "compared", name: "Compared", value: (node) => countOf(node.id, ["comparesWith"]), number: true },
      { id: "papers", name: "Papers", value: (node) => node.n, number: true, usual: true },
    ],
  });
  let made = null;
  const columnsOf = (table) => (made ??= columns())[table];

  const sorting = (now) => {
    const all = columnsOf(now.table);
    const name = (now.sort || "").replace("-", "");
    const column = all.find(({ id }) => id === name);
    return column ? { column, falling: now.sort.startsWith("-") } : { column: all.find(({ usual }) => usual), falling: true };
  };

  const sorted = (now) => {
    const { column, falling } = sorting(now);
    const rows = kg.focus.listed(now).map((node) => ({ node, value: column.value(node) }));
    const empty = (value) => value === "" || (column.plain && value === 0);
    const order = (one, two) => (column.number ? one - two : byAlphabet(one, two));
    rows.sort((one, two) => empty(one.value) - empty(two.value) || (falling ? -1 : 1) * order(one.value, two.value) || byAlphabet(one.node.label, two.node.label) || one.node.id - two.node.id);
    return rows.map(({ node }) => node);
  };

  const header = (now) => {
    const { column: by, falling } = sorting(now);
    return columnsOf(now.table).map((column) => {
      const on = column === by;
      const next = on ? !falling : Boolean(column.number);
      return make("th", { scope: "col", "data-name": column.name, class: column.number ? "number" : undefined, "aria-sort": on ? (falling ? "descending" : "ascending") : "none" },
        button({ "data-sort": column.id }, () => state.set({ sort: (next ? "-" : "") + column.id }), column.name, make("span", { class: "arrow", "aria-hidden": "true" }, on ? (falling ? "\u2193" : "\u2191") : "")));
    });
  };

  /** The first of several names. */
  const few = (text) => {
    const all = text.split(", ");
    return all.length > FEW ? `${all.slice(0, FEW).join(", ")} and ${all.length - FEW} more` : text;
  };

  const shown = (column, node) => {
    const value = column.value(node);
    if (column.main) return button({ class: "title" }, () => state.choose(node.id), shape(node.group, model.isPaper(node.id) && state.get().colour === "topic" ? kg.theme.topicStyle(node.topic) : undefined), make("span", {}, value));
    if (column.list) return few(value);
    if (column.number) return column.plain ? value || "" : kg.text.number(value);
    return value;
  };

  const row = (node, now) =>
    make("tr", { "data-id": node.id, "aria-current": now.chosen?.node === node.id ? "true" : undefined }, columnsOf(now.table).map((column) => make(column.main ? "th" : "td", { scope: column.main ? "row" : undefined, class: column.number ? "number" : undefined, "data-name": column.name }, shown(column, node))));

  const choice = (now) =>
    make("div", { class: "views", role: "group", "aria-label": "Table of" }, ["papers", "techniques"].map((name) => button({ "data-table": name, "aria-pressed": String(now.table === name) }, () => { most = PAGE; state.set({ table: name, sort: null }); }, name === "papers" ? "Papers" : "Techniques")));

  const render = (now) => {
    const nodes = sorted(now);
    const focused = holder.contains(document.activeElement) ? document.activeElement.dataset.sort : null;
    const what = now.table === "papers" ? ["paper"] : ["technique"];
    const note = now.table === "techniques" && now.minPapers > 1 ? `, those in at least ${now.minPapers} papers` : "";
    const head = make("div", { class: "tablehead" }, choice(now), make("p", { class: "mute" }, kg.text.count(nodes.length, ...what) + note), button({ class: "button", id: "table-csv" }, () => kg.keep.save("csv", nodes.map(({ id }) => id)), "CSV"));
    const body = make("tbody", {}, nodes.slice(0, most).map((node) => row(node, now)));
    const table = make("table", { class: "sortable" }, make("caption", { class: "unseen" }, now.table === "papers" ? "Papers" : "Techniques"), make("thead", {}, make("tr", {}, header(now))), body);
    const more = nodes.length > most && button({ class: "button more" }, () => { most += 500; render(state.get()); }, `Show ${kg.text.number(nodes.length - most)} more`);
    const nothing = make("p", { class: "hint" }, "Nothing passes the filters. ", button({ class: "button" }, state.reset, "Reset filters"));
    holder.replaceChildren(head, nodes.length ? table : nothing, more || "");
    if (focused) holder.querySelector(`[data-sort="${focused}"]`)?.focus();
  };

  const mark = (now) => {
    holder.querySelector('tr[aria-current="true"]')?.removeAttribute("aria-current");
    if (now.chosen?.node !== undefined) holder.querySelector(`tr[data-id="${now.chosen.node}"]`)?.setAttribute("aria-current", "true");
  };

  const FOR = ["view", "table", "sort", "hidden", "minPapers", "years", "topic", "filter", "colour"];
  const changed = (now, before) => {
    const on = now.view === "table";
    holder.hidden = !on;
    document.body.classList.toggle("reading", on);
    document.body.classList.toggle("alone", on && !now.chosen && !now.path); // a wide table, until something is selected
    if (!on) return;
    if (!before || FOR.some((name) => now[name] !== before[name])) render(now);
    else mark(now);
  };

  const start = () => {
    state.listen(changed);
    changed(state.get(), null);
  };

  return { start, sorted };
})();
