// The details panel: shows the sheet of what is selected.
kg.details = (() => {
  const { model, state } = kg;
  const { byId, make, button } = kg.dom;
  const pane = byId("pane-details");

  const panelOf = ({ chosen, path }) => {
    if (path) return kg.path.panel(path);
    if (!chosen) return kg.welcome.panel();
    if (chosen.link !== undefined) return kg.link.panel(chosen.link);
    return model.isPaper(chosen.node) ? kg.paper.panel(chosen.node) : kg.entity.panel(chosen.node);
  };

  const render = (now) => {
    const { kicker, title, body } = panelOf(now);
    const close = (now.chosen || now.path) && button({ class: "close", "aria-label": "Let go of the selection", title: "Let go (Esc)" }, () => state.set({ chosen: null, path: null }), "\u00d7");
    pane.replaceChildren(make("article", { class: "sheet" }, make("div", { class: "kicker" }, kicker, close), make("h2", {}, title), body));
    pane.scrollTop = 0;
  };

  const start = () => {
    state.listen((now, before) => { if (now.chosen !== before.chosen || now.path !== before.path) render(now); });
    render(state.get());
  };

  return { start };
})();
