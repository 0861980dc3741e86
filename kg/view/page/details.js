// The details panel: shows the sheet of what is selected.
kg.details = (() => {
  const { model, state } = kg;
  const { byId, make, button } = kg.dom;
  const pane = byId("pane-details");

  const panelOf = ({ chosen, path, topic }) => {
    if (path) return kg.path.panel(path);
    if (!chosen) return topic === null ? kg.welcome.panel() : kg.topic.panel(topic);
    if (chosen.link !== undefined) return kg.link.panel(chosen.link);
    return model.isPaper(chosen.node) ? kg.paper.panel(chosen.node) : kg.entity.panel(chosen.node);
  };

  const ABSENT = {
    undated: ["It has no year, so it is not on the timeline.", "Show it among all papers", () => state.set({ view: "papers" })],
    years: ["Its year is filtered out of the drawing.", "Show all years", () => state.set({ years: null })],
    filters: ["It is filtered out of the drawing.", "Reset filters", state.reset],
  };
  /** A note where the drawing cannot show what is selected, and the way to have it shown. */
  const note = (now) => {
    const why = kg.focus.absent(now);
    return why && make("p", { class: "note" }, `${ABSENT[why][0]} `, button({ class: "quiet" }, ABSENT[why][2], ABSENT[why][1]));
  };

  const render = (now) => {
    const { kicker, title, body } = panelOf(now);
    const selected = now.chosen || now.path;
    const letGo = () => state.set(selected ? { chosen: null, path: null } : { topic: null });
    const close = (selected || now.topic !== null) && button({ class: "close", "aria-label": selected ? "Let go of the selection" : "Show all topics", title: "Let go (Esc)" }, letGo, "\u00d7");
    pane.replaceChildren(make("article", { class: "sheet" }, make("div", { class: "kicker" }, kicker, close), make("h2", {}, title), note(now), body));
    pane.scrollTop = 0;
  };

  /** Renew the note alone: the reader may be far down in the panel. */
  const renote = (now) => {
    pane.querySelector(".note")?.remove();
    const made = note(now);
    if (made) pane.querySelector("h2").after(made);
  };

  const start = () => {
    state.listen((now, before) => {
      if (now.chosen !== before.chosen || now.path !== before.path || (now.topic !== before.topic && !now.chosen && !now.path)) render(now);
      else if (now.chosen) renote(now);
    });
    render(state.get());
  };

  return { start };
})();
