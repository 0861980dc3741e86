// Starts the parts in order; the caption, the view buttons and the note over an empty drawing live here.
kg.main = (() => {
  const { model, state } = kg;
  const { byId, make, button } = kg.dom;

  const summary = () => {
    const topics = model.topics.length ? `, ${kg.text.count(model.topics.length, "topic")}` : "";
    byId("summary").textContent = `${kg.text.count(model.papers.length, "paper")}, ${kg.text.count(model.entities.length, "technique")}${topics}`;
  };

  const CAPTIONS = {
    papers: ({ colour }) => !model.links.length ? "Every dot is a paper. No two of them share a technique, so there are no lines." : `Every dot is a paper. Lines join papers that share techniques${colour === "topic" && model.topics.length ? "; colours are topics" : ""}.`,
    both: ({ minPapers }) => `Papers (dots) among the techniques they name${minPapers > 1 ? `, those in at least ${minPapers} papers` : ""}. Select a paper to see all of its own.`,
    timeline: () => {
      const without = model.papers.length - kg.years.dated;
      return `Papers by year, lines where they share techniques${without ? `; ${kg.text.count(without, "paper")} without a year ${without === 1 ? "is" : "are"} left out` : ""}.`;
    },
    table: () => "",
    techniques: () => "Methods, datasets, tasks, metrics and concepts; lines join those that papers use together.",
  };

  /** What brings something back, of what the reader has narrowed. */
  const ways = (now) => {
    const papers = ["papers", "timeline"].includes(now.view) || (now.view === "table" && now.table === "papers");
    const found = [
      now.hidden.includes("Paper") && papers ? "switch papers back on" : now.hidden.length > 0 && "switch a class, role or topic back on",
      now.years && "widen the years",
      !papers && now.minPapers > 1 && "lower the number of papers",
    ].filter(Boolean).join(", or ");
    return found && ` ${found[0].toUpperCase()}${found.slice(1)}.`;
  };

  const nothing = (now) => {
    const box = byId("nothing");
    box.hidden = kg.visible.of(now).nodes.length > 0 || (now.view === "table" && model.nodes.length > 0);
    if (box.hidden) return;
    const empty = !model.nodes.length;
    box.replaceChildren(
      make("p", {}, empty ? "This graph holds no papers yet. Build it from a file that holds some, and open the page again." : `Everything is filtered out.${ways(now)}`),
      empty ? "" : button({ class: "button" }, state.reset, "Reset filters"),
    );
  };

  const views = (now) => {
    for (const known of byId("views").children) known.setAttribute("aria-pressed", String(known.dataset.view === now.view));
    byId("caption").textContent = model.papers.length ? CAPTIONS[now.view](now) : "";
    nothing(now);
  };

  /** Everything but the drawing; some of it needs all of the data. */
  const rest = () => {
    if (!document.body.dataset.drawn) {
      kg.address.start(); // the address may ask for what stands at the end of the page
      kg.canvas.start();
    } else kg.address.start();
    summary();
    for (const known of byId("views").children) {
      known.hidden = !kg.views.includes(known.dataset.view);
      known.title += ` (${kg.views.indexOf(known.dataset.view) + 1})`;
      known.addEventListener("click", () => state.set({ view: known.dataset.view }));
    }
    state.listen(views);
    views(state.get());
    for (const part of ["tooltip", "search", "searchbox", "tabs", "list", "table", "topics", "legend", "details", "keep", "keys"]) kg[part].start();
    document.body.dataset.ready = "1";
    document.body.dataset.usable = Math.round(performance.now());
  };

  const start = () => {
    kg.theme.start();
    if (!location.hash.includes("=")) kg.canvas.start();
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", rest);
    else rest();
  };

  return { start };
})();
kg.main.start();
