// The legend: what shapes, colours and sizes mean. Its rows are the filters: classes, roles, years, strength of links.
kg.legend = (() => {
  const { model, state } = kg;
  const { byId, make, button, shape, svg } = kg.dom;
  const PLURALS = { Paper: "Papers", Method: "Methods", Dataset: "Datasets", Task: "Tasks", Metric: "Metrics", Concept: "Concepts" };
  const VERBS = {
    proposes: "proposes", uses: "uses", comparesWith: "compares with", introduces: "introduces", evaluatesOn: "evaluates on",
    addresses: "addresses", reports: "reports", about: "is about", mentions: "only mentions",
  };

  const toggle = (name, text, picture, number, now, hint) =>
    button(
      { class: "row toggle", "aria-pressed": String(!now.hidden.includes(name)), "data-toggle": name, title: hint },
      () => state.toggle(name),
      picture, make("span", { class: "name" }, text), make("span", { class: "number" }, kg.text.number(number)),
    );

  const classes = (now) => {
    const kinds = model.kinds.map((kind) => [kind, model.entities.filter((node) => node.group === kind).length]).filter(([, number]) => number);
    const hint = now.view === "papers" || now.view === "timeline" ? (kind) => `Count links through ${PLURALS[kind].toLowerCase()}` : (kind) => `Show ${PLURALS[kind].toLowerCase()}`;
    const papers = now.view !== "techniques" && toggle("Paper", PLURALS.Paper, shape("Paper"), model.papers.length, now, "Show papers");
    return [papers, ...kinds.map(([kind, number]) => toggle(kind, PLURALS[kind], shape(kind), number, now, hint(kind)))];
  };

  const roles = (now) => {
    const roleCounts = model.roleCounts();
    const links = now.view === "papers" || now.view === "timeline";
    const hint = (role) => (links ? `Count links through what a paper ${VERBS[role]}` : `Show what a paper ${VERBS[role]}`);
    const rows = model.roles.filter((role) => roleCounts.has(role)).map((role) => toggle(role, VERBS[role], make("span"), roleCounts.get(role), now, hint(role)));
    return rows.length > 0 && make("details", { class: "choice-of", id: "roles", open: openRoles || model.roles.some((role) => now.hidden.includes(role)), on: { toggle: (event) => { openRoles = event.target.open; } } }, make("summary", {}, "What a paper does with it"), rows);
  };
  let openRoles = false;

  /** A slider; `shown` says in words what the value means. */
  const slider = (id, text, { min, max, step, value }, shown, change) => {
    const output = make("output", { for: id }, shown(value));
    const input = make("input", { id, type: "range", min, max, step, value, on: { input: () => { change(Number(input.value)); output.textContent = shown(Number(input.value)); } } });
    return make("div", { class: "slider" }, make("label", { for: id }, text), output, input);
  };

  const heaviest = model.links.reduce((most, { weight }) => Math.max(most, weight), 0);
  const widest = model.entities.reduce((most, { n }) => Math.max(most, n), 2);

  const sliders = (now) => {
    if (now.view === "papers" || now.view === "timeline") {
      if (!model.links.length) return null;
      const drawn = () => `${kg.text.number(kg.visible.of(state.get()).lines.length)} of ${kg.text.number(model.links.length)}`;
      return slider("min-weight", "Links at least this strong", { min: 0, max: heaviest, step: heaviest / 200, value: now.minWeight }, drawn, (minWeight) => state.set({ minWeight }));
    }
    if (!model.entities.length || (now.view === "table" && now.table === "papers")) return null;
    const shown = (value) => kg.text.count(value, "paper");
    return slider("min-papers", "Techniques in at least", { min: 1, max: Math.min(Math.max(10, now.minPapers + 5), widest), step: 1, value: now.minPapers }, shown, (minPapers) => state.set({ minPapers }));
  };

  /** From which year to which, over a bar for the papers of each year. */
  const years = (now) => {
    const { range, counts, dated } = kg.years;
    if (!range || range[0] === range[1]) return null;
    const [from, to] = now.years || range;
    const all = Array.from({ length: range[1] - range[0] + 1 }, (_, at) => range[0] + at);
    const most = Math.max(...counts.values());
    const bars = all.map((year, at) => {
      const height = (26 * (counts.get(year) || 0)) / most;
      const drawn = svg("rect", { x: at + 0.12, y: 26 - height, width: 0.76, height });
      drawn.style.fill = year >= from && year <= to ? "var(--accent)" : "var(--line)";
      return drawn;
    });
    const change = (first, last) => {
      const [low, high] = [Math.min(first, last), Math.max(first, last)];
      state.set({ years: low === range[0] && high === range[1] ? null : [low, high] });
    };
    const option = (year, chosen) => make("option", { value: year, selected: year === chosen }, `${year} (${kg.text.number(counts.get(year) || 0)})`);
    const field = (id, text, chosen, on) => {
      const select = make("select", { id, "aria-label": `${text} year`, on: { change: () => on(Number(select.value)) } }, all.map((year) => option(year, chosen)));
      return select;
    };
    const inside = all.filter((year) => year >= from && year <= to).reduce((sum, year) => sum + (counts.get(year) || 0), 0);
    const note = `${kg.text.number(inside)} of ${kg.text.count(model.papers.length, "paper")}`;
    return make("div", { class: "years" },
      make("p", { class: "label" }, "Years", make("output", { class: "number", id: "years-count" }, now.years ? note : kg.text.count(dated, "paper"))),
      svg("svg", { viewBox: `0 0 ${all.length} 26`, preserveAspectRatio: "none", "aria-hidden": "true", class: "histogram" }, ...bars),
      make("div", { class: "span" }, field("year-from", "First", from, (year) => change(year, to)), make("span", { class: "mute" }, "to"), field("year-to", "Last", to, (year) => change(from, year))));
  };

  const colours = (now) => {
    if (now.view === "techniques" || !model.topics.length) return null;
    const radio = (value, text) =>
      make("label", {}, make("input", { type: "radio", name: "colour", value, checked: now.colour === value, on: { change: () => state.set({ colour: value }) } }), text);
    return make("div", { class: "choice", role: "radiogroup", "aria-label": "Colour papers by" }, make("span", { class: "mute" }, "Colour papers by"), radio("topic", "topic"), radio("class", "class"));
  };

  const line = (width, dashes = "none", colour = "var(--edge)") => {
    const drawn = svg("path", { d: "M1 9H33", "stroke-width": width, "stroke-dasharray": dashes });
    drawn.style.stroke = colour;
    return svg("svg", { viewBox: "0 0 34 18", "aria-hidden": "true" }, drawn);
  };
  const sizes = () => {
    const dots = [[6, 3], [25, 7.5]].map(([cx, r]) => svg("circle", { cx, cy: 9, r }));
    dots.forEach((dot) => { dot.style.fill = "var(--muted)"; });
    return svg("svg", { viewBox: "0 0 34 18", "aria-hidden": "true" }, ...dots);
  };

  const MEANINGS = {
    papers: [[sizes, "larger: more strongly linked"], [() => line(4), "thicker: nearer in techniques and words"]],
    both: [[sizes, "larger technique: in more papers"], [() => line(1.5, "none", "var(--kind-Method)"), "the paper names it; click for the words"]],
    timeline: [[sizes, "larger: more strongly linked"], [() => line(4), "thicker: nearer in techniques and words"]],
    table: [],
    techniques: [[sizes, "larger: in more papers"], [() => line(3), "used together; thicker: more often"], [() => line(1.5, "5 4", "var(--accent)"), "a kind of"]],
  };
  const meaning = (now) => make("div", { class: "key" }, MEANINGS[now.view].map(([picture, text]) => [picture(), make("span", {}, text)]));

  const render = (now) => {
    const head = make("h2", {}, "Legend and filters", !state.isReset() && button({ id: "reset" }, state.reset, "Reset"));
    const note = (now.view === "papers" || now.view === "timeline") && make("p", { class: "mute" }, "Switch a class or role off to leave it out of the links.");
    byId("legend").replaceChildren(make("div", { class: "block" }, head, classes(now), meaning(now), note, roles(now), years(now), sliders(now), colours(now)));
  };

  const start = () => {
    state.listen((now, before) => {
      const sliding = document.activeElement?.type === "range" && now.view === before.view && now.hidden === before.hidden;
      if (sliding && ["minWeight", "minPapers"].some((key) => now[key] !== before[key])) return;
      if (!["view", "table", "hidden", "minWeight", "minPapers", "years", "colour", "topic", "filter"].some((key) => now[key] !== before[key])) return;
      const { activeElement: active } = document;
      const held = byId("legend").contains(active) && (active.dataset.toggle ? `[data-toggle="${active.dataset.toggle}"]` : active.id && `#${active.id}`);
      render(now);
      if (held) byId("legend").querySelector(held)?.focus();
    });
    render(state.get());
  };

  return { start };
})();
