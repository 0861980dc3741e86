// The panel of a paper: what it says, what it does with which entities, its results, and the papers near it.
kg.paper = (() => {
  const { model, state, evidence } = kg;
  const { make, button, shape, bar, link } = kg.dom;
  const RELATED = 8;
  const OPEN = new Set(["proposes", "introduces"]); // what a paper brings is quoted at once

  const byline = ({ authors = [], venue }, year) => {
    const who = authors.length > 8 ? [...authors.slice(0, 7), `and ${authors.length - 7} others`] : authors;
    const text = [who.join(", "), [venue, year].filter(Boolean).join(", ")].filter(Boolean).join(". ");
    return text && make("p", { class: "byline" }, text);
  };

  const links = ({ doi, arxiv, url, urls = [] }) => {
    const found = [
      doi && link(`https://doi.org/${encodeURI(doi)}`, "DOI"),
      arxiv && link(`https://arxiv.org/abs/${encodeURI(arxiv)}`, "arXiv"),
      ...urls.filter(({ code }) => code).map(({ iri }) => link(iri, `Code: ${iri.replace(/^https?:\/\/(www\.)?/, "")}`)),
      ...urls.filter(({ code }) => !code).map(({ iri }) => link(iri, iri.replace(/^https?:\/\/(www\.)?/, ""))),
      url && !doi && !arxiv && link(url, "Page of the paper"),
    ].filter(Boolean);
    return found.length > 0 && make("div", { class: "links" }, found);
  };

  const resultSpans = ({ results = [] }) => results.filter(({ title }) => !title).map(({ at: [start, length] }) => ({ start, end: start + length }));

  const abstract = (id, about) => {
    if (!about.abstract) return make("p", { class: "lead mute" }, "This record has no abstract: only its title was read.");
    const spans = [...evidence.spansOf(id, 1), ...resultSpans(about)];
    return make("p", { class: "abstract", id: "abstract" }, evidence.marked(about.abstract, 0, about.abstract.length, spans));
  };

  /** Let the words that name an entity, or a value, stand out in the abstract. */
  const flash = (selector, on) => document.querySelectorAll(`#abstract ${selector}`).forEach((mark) => mark.classList.toggle("flash", on));
  const flashing = (selector) => ({ mouseenter: () => flash(selector, true), mouseleave: () => flash(selector, false) });

  const fact = (known) => {
    const node = model.nodes[known.entity];
    const quotes = known.mentions.slice(0, 3).map((mention) => evidence.quote(known, mention));
    return make(
      "details", { class: "fact", open: OPEN.has(known.role), on: flashing(`[data-node="${node.id}"]`) },
      make("summary", {}, shape(node.group), make("span", { class: "name" }, node.label), make("span", { class: "number", title: "papers that name it" }, kg.text.count(node.n, "paper"))),
      make("div", { class: "body" }, quotes, button({ class: "quiet" }, () => state.choose(node.id), `All about ${node.label}`)),
    );
  };

  const roles = (id) =>
    model.roles.map((role) => {
      const facts = model.factsOf(id).filter((known) => known.role === role).sort((one, two) => two.confidence - one.confidence || model.nodes[two.entity].n - model.nodes[one.entity].n);
      return facts.length > 0 && [make("h3", {}, kg.text.role(role), make("span", { class: "number" }, facts.length)), facts.map(fact)];
    });

  const results = ({ results: found = [] }) => {
    if (!found.length) return null;
    const named = (id) => (id === undefined ? make("span", { class: "mute" }, "\u2013") : button({}, () => state.choose(id), model.nodes[id].label));
    const rows = found.map(({ at, value, unit = "", metric, dataset, method }) =>
      make("tr", { on: flashing(`[data-at="${at[0]}"]`) }, make("td", {}, [value, unit].filter(Boolean).join(" ")), make("td", {}, named(metric)), make("td", {}, named(dataset)), make("td", {}, named(method))));
    const head = ["Value", "Metric", "Dataset", "Method"].map((text) => make("th", { scope: "col" }, text));
    return [make("h3", {}, "Results", make("span", { class: "number" }, found.length)), make("table", { class: "results" }, make("thead", {}, make("tr", {}, head)), make("tbody", {}, rows))];
  };

  const related = (id) => {
    const found = model.linksOf(id);
    if (!found.length) return [make("h3", {}, "Related papers"), make("p", { class: "mute" }, "None: it shares no technique with another paper here.")];
    const heaviest = found[0].weight || 1;
    const row = (known) => {
      const other = known.a === id ? known.b : known.a;
      return make(
        "div", { class: "related" },
        button({ class: "title" }, () => state.choose(other), model.nodes[other].label),
        make("div", { class: "why" }, bar(known.weight / heaviest), make("span", { class: "number" }, known.weight.toFixed(2)), button({ class: "quiet" }, () => state.chooseLink(known.id), "Why linked?")),
        make("div", { class: "chips" }, known.shared.slice(0, 4).map(({ entity }) => evidence.chip(entity)), known.shared.length > 4 && make("small", { class: "mute" }, `and ${known.shared.length - 4} more`)),
      );
    };
    const rest = make("div", { hidden: true }, found.slice(RELATED).map(row));
    const more = found.length > RELATED && button({ class: "quiet more" }, (event) => { rest.hidden = false; event.target.remove(); }, `Show ${found.length - RELATED} more`);
    return [make("h3", {}, "Related papers", make("span", { class: "number" }, found.length)), found.slice(0, RELATED).map(row), rest, more];
  };

  /** Related papers that are on other pages, where a graph takes several. */
  const elsewhere = ({ elsewhere: found = [] }) => {
    const row = ({ page, key, title, weight, shared }) =>
      make(
        "div", { class: "related" },
        make("a", { class: "title", href: `${model.place.pages[page]}#select=${encodeURIComponent(key)}` }, title),
        make("div", { class: "why" }, make("span", { class: "number" }, weight.toFixed(2))),
        make("div", { class: "chips" }, shared.map((entity) => evidence.chip(entity))),
      );
    return found.length > 0 && [make("h3", {}, "Related papers on other pages", make("span", { class: "number" }, found.length)), found.map(row)];
  };

  const cites = ({ cites: cited = [] }) =>
    cited.length > 0 && [make("h3", {}, "Cites"), cited.map((id) => make("p", { class: "source" }, button({}, () => state.choose(id), model.nodes[id].label)))];

  const kicker = (node) => [
    shape("Paper"), "Paper",
    node.topic >= 0 && button({ class: "chip", colour: kg.theme.topicStyle(node.topic) }, () => state.set({ topic: node.topic, chosen: null, path: null, view: "papers" }), make("span", { class: "name" }, model.topics[node.topic].name)),
  ];

  /** The line above the title, the title and the rest, for the details panel. */
  const panel = (id) => {
    const node = model.nodes[id];
    const about = model.about(id);
    const title = evidence.marked(node.label, 0, node.label.length, evidence.spansOf(id, 0));
    return { kicker: kicker(node), title, body: [byline(about, node.year), links(about), kg.evidence.actions(id), abstract(id, about), results(about), roles(id), related(id), elsewhere(about), cites(about)] };
  };

  return { panel };
})();
