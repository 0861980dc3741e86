// The legend: what shapes, colours and sizes mean; its rows switch classes and roles, its sliders thin the drawing out.
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
    const hint = now.view === "papers" ? (kind) => `Count links through ${PLURALS[kind].toLowerCase()}` : (kind) => `Show ${PLURALS[kind].toLowerCase()}`;
    const papers = now.view !== "techniques" && toggle("Paper", PLURALS.Paper, shape("Paper"), model.papers.length, now, "Show papers");
    return [papers, ...kinds.map(([kind, number]) => toggle(kind, PLURALS[kind], shape(kind), number, now, hint(kind)))];
  };

  const roles = (now) => {
    if (now.view !== "both") return null;
    const counts = new Map();
    model.papers.forEach((paper) => model.factsOf[paper.id].forEach(({ role }) => counts.set(role, (counts.get(role) || 0) + 1)));
    const rows = model.roles.filter((role) => counts.has(role)).map((role) => toggle(role, VERBS[role], make("span"), counts.get(role), now, `Draw lines that say \u201c${VERBS[role]}\u201d`));
    return make("details", { class: "choice-of", open: openRoles, on: { toggle: (event) => { openRoles = event.target.open; } } }, make("summary", {}, "What a paper does with it"), rows);
  };
  let openRoles = false;

  /** A slider; `shown` says in words what the value means. */
  const slider = (id, text, { min, max, step, value }, shown, change) => {
    const output = make("output", { for: id }, shown(value));
    const input = make("input", { id, type: "range", min, max, step, value, on: { input: () => { change(Number(input.value)); output.textContent = shown(Number(input.value)); } } });
    return make("div", { class: "slider" }, make("label", { for: id }, text), output, input);
  };

  const sliders = (now) => {
    if (now.view === "papers" && model.links.length) {
      const max = Math.max(...model.links.map((link) => link.weight));
      const drawn = () => `${kg.text.number(kg.visible.of(state.get()).lines.length)} of ${kg.text.number(model.links.length)}`;
      return slider("min-weight", "Links at least this strong", { min: 0, max, step: max / 200, value: now.minWeight }, drawn, (minWeight) => state.set({ minWeight }));
    }
    if (now.view === "papers" || !model.entities.length) return null;
    const max = Math.max(2, Math.min(10, ...[Math.max(...model.entities.map((node) => node.n))]));
    return slider("min-papers", "In at least", { min: 1, max, step: 1, value: now.minPapers }, (value) => kg.text.count(value, "paper"), (minPapers) => state.set({ minPapers }));
  };

  const colours = (now) => {
    if (now.view === "techniques" || !model.topics.length) return null;
    const radio = (value, text) =>
      make("label", {}, make("input", { type: "radio", name: "colour", value, checked: now.colour === value, on: { change: () => state.set({ colour: value }) } }), text);
    return make("div", { class: "choice", role: "radiogroup", "aria-label": "Colour papers by" }, make("span", { class: "mute" }, "Papers by"), radio("topic", "topic"), radio("class", "class"));
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
    papers: [[sizes, "larger: more strongly linked"], [() => line(4), "thicker: what they share is rarer, or more"]],
    both: [[sizes, "larger technique: in more papers"], [() => line(1.5, "none", "var(--kind-Method)"), "the paper names it; click for the words"]],
    techniques: [[sizes, "larger: in more papers"], [() => line(3), "used together; thicker: more often"], [() => line(1.5, "5 4", "var(--accent)"), "a kind of"]],
  };
  const meaning = (now) => make("div", { class: "key" }, MEANINGS[now.view].map(([picture, text]) => [picture(), make("span", {}, text)]));

  const render = (now) => {
    const head = make("h2", {}, "Legend", !state.isReset() && button({ id: "reset" }, state.reset, "Reset"));
    const note = now.view === "papers" && make("p", { class: "mute" }, "Switch a class off to leave it out of the links.");
    byId("legend").replaceChildren(make("div", { class: "block" }, head, classes(now), note, roles(now), sliders(now), colours(now), meaning(now)));
  };

  const start = () => {
    state.listen((now, before) => {
      const sliding = document.activeElement?.type === "range" && now.view === before.view && now.hidden === before.hidden;
      if (sliding && ["minWeight", "minPapers"].some((key) => now[key] !== before[key])) return;
      if (!["view", "hidden", "minWeight", "minPapers", "colour", "topic", "filter"].some((key) => now[key] !== before[key])) return;
      const held = document.activeElement?.dataset?.toggle;
      render(now);
      if (held) byId("legend").querySelector(`[data-toggle="${held}"]`)?.focus();
    });
    render(state.get());
  };

  return { start };
})();
