// Keeping and sharing: the menu that copies links, citations and queries, and saves pictures and lists of papers.
kg.keep = (() => {
  const { model, state } = kg;
  const { byId, make, button } = kg.dom;
  const menu = byId("keep-menu");
  const opener = byId("keep");

  /** A paper as `kg.cite` takes it. */
  const record = (id) => {
    const about = model.about(id);
    return { ...about, year: model.nodes[id].year || undefined, key: model.nodes[id].key, title: model.nodes[id].label, shared: model.factsOf(id).filter(({ role }) => role !== "mentions").map(({ entity }) => model.nodes[entity].label) };
  };

  /** The papers that an export is about, and what they are called. */
  const selection = (now) => {
    const { chosen, path } = now;
    if (path && path.to !== null) {
      const steps = kg.path.between(path.from, path.to) || [];
      return { ids: [path.from, ...steps.map(({ to }) => to)].filter(model.isPaper), name: "on this path" };
    }
    if (chosen?.link !== undefined) return { ids: [model.links[chosen.link].a, model.links[chosen.link].b], name: "of this link" };
    if (chosen && model.isPaper(chosen.node)) return { ids: [chosen.node], name: "selected" };
    if (chosen) return { ids: [...new Set(model.papersOf(chosen.node))], name: `with ${model.nodes[chosen.node].label}` };
    const papers = kg.focus.listed({ ...now, view: "papers" }).map(({ id }) => id);
    return { ids: papers, name: papers.length === model.papers.length ? "in all" : "shown" };
  };

  const row = (id) => {
    const { authors = [], year, venue, doi, arxiv, topicName } = { ...record(id), topicName: model.nodes[id].topic < 0 ? "" : model.topics[model.nodes[id].topic].name };
    const by = (...roles) => model.factsOf(id).filter(({ role }) => roles.includes(role)).map(({ entity }) => model.nodes[entity].label).join("; ");
    return [model.nodes[id].key, model.nodes[id].label, authors.join("; "), year, venue, doi, arxiv, topicName, by("proposes", "introduces"), by("uses"), by("comparesWith"), by("evaluatesOn"), by("addresses"), by("reports")];
  };
  const PAPER_HEAD = ["id", "title", "authors", "year", "venue", "doi", "arxiv", "topic", "proposes", "uses", "compares with", "evaluates on", "addresses", "reports"];
  const ENTITY_HEAD = ["id", "name", "class", "papers", "aliases"];
  const entityRow = (id) => [model.nodes[id].key, model.nodes[id].label, model.nodes[id].group, model.nodes[id].n, (model.about(id).aliases || []).join("; ")];
  const csv = (ids) => kg.cite.csv(ids.length && !model.isPaper(ids[0]) ? [ENTITY_HEAD, ...ids.map(entityRow)] : [PAPER_HEAD, ...ids.map(row)]);

  const TEXTS = {
    csv: { type: "text/csv", make: (ids) => `\ufeff${csv(ids)}` }, // spreadsheets take a file without this mark for another encoding
    bib: { type: "application/x-bibtex", make: (ids) => kg.cite.bibtex(ids.map(record)) },
    ris: { type: "application/x-research-info-systems", make: (ids) => kg.cite.ris(ids.map(record)) },
  };

  const download = (blob, name) => {
    const address = URL.createObjectURL(blob);
    const link = make("a", { href: address, download: name });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
  };

  const save = (format, ids) => download(new Blob([TEXTS[format].make(ids)], { type: `${TEXTS[format].type};charset=utf-8` }), `kg-papers.${format}`);
  const saveSvg = () => download(new Blob([kg.picture.svg(state.get())], { type: "image/svg+xml" }), `kg-${state.get().view}.svg`);
  const savePng = async () => download(await kg.picture.png(), `kg-${state.get().view}.png`);

  /** The query for what is selected, else for what is drawn. */
  const query = (now) => {
    const iri = (id) => kg.sparql.iri(model.base, model.nodes[id].key);
    const { chosen, hidden } = now;
    if (chosen?.link !== undefined) return kg.sparql.link(iri(model.links[chosen.link].a), iri(model.links[chosen.link].b));
    if (chosen) return model.isPaper(chosen.node) ? kg.sparql.paper(iri(chosen.node)) : kg.sparql.entity(iri(chosen.node));
    const entities = now.view === "techniques" || now.view === "both" || (now.view === "table" && now.table === "techniques");
    if (entities) return kg.sparql.techniques({ kinds: model.kinds.filter((kind) => !hidden.includes(kind)), minPapers: now.minPapers });
    return kg.sparql.papers({ minWeight: now.minWeight, range: now.years });
  };

  let fading = 0;
  const say = (words) => {
    const toast = byId("toast");
    toast.textContent = words;
    toast.hidden = false;
    clearTimeout(fading);
    fading = setTimeout(() => { toast.hidden = true; }, 3500);
  };

  /** Where a page may not use the clipboard, an old way that needs no permission. */
  const copyByHand = (text) => {
    const box = make("textarea", { class: "unseen", "aria-hidden": "true" });
    box.value = text;
    document.body.append(box);
    box.select();
    const done = document.execCommand("copy");
    box.remove();
    return done;
  };

  const copy = async (text, what) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      if (!copyByHand(text)) return say("Could not copy: this browser does not allow it.");
    }
    return say(`Copied: ${what}`);
  };

  const close = (focus = false) => {
    menu.hidden = true;
    opener.setAttribute("aria-expanded", "false");
    if (focus) opener.focus();
  };

  const items = (now) => {
    const { ids, name } = selection(now);
    const many = `${kg.text.count(ids.length, "paper")} ${name}`;
    const item = (id, text, action) => button({ role: "menuitem", id: `keep-${id}`, class: "row item" }, () => { close(true); action(); }, text);
    const group = (text, ...children) => make("div", { role: "group", "aria-label": text }, make("p", { class: "mute", "aria-hidden": "true" }, text), children);
    const one = ids.length > 1 ? `${ids.length} citations` : "Citation";
    return [
      group("Copy", item("link", "Link to this view", () => copy(location.href, "link to this view")),
        ids.length > 0 && ids.length <= 50 && item("citation", one, () => copy(ids.map((id) => kg.cite.text(record(id))).join("\n"), one.toLowerCase())),
        item("sparql", "SPARQL for what is shown", () => copy(query(state.get()), "SPARQL query"))),
      now.view !== "table" && group("Save the drawing", item("png", "PNG", savePng), item("svg", "SVG", saveSvg)),
      ids.length > 0 && group(`Save ${many}`, item("csv", "CSV", () => save("csv", ids)), item("bib", "BibTeX", () => save("bib", ids)), item("ris", "RIS", () => save("ris", ids))),
    ];
  };

  const walk = (event) => {
    const rows = [...menu.querySelectorAll('[role="menuitem"]')];
    const at = rows.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (event.key === "Escape") { event.stopPropagation(); close(true); }
    if (to === undefined) return;
    event.preventDefault();
    rows[(to + rows.length) % rows.length].focus();
  };

  const open = () => {
    menu.replaceChildren(...items(state.get()).filter(Boolean));
    menu.hidden = false;
    opener.setAttribute("aria-expanded", "true");
    menu.querySelector('[role="menuitem"]').focus();
  };

  const start = () => {
    opener.addEventListener("click", () => (menu.hidden ? open() : close()));
    menu.addEventListener("keydown", walk);
    document.addEventListener("pointerdown", (event) => { if (!menu.hidden && !menu.contains(event.target) && !opener.contains(event.target)) close(); });
  };

  return { start, save, record, query, selection };
})();
