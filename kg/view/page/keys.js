// Keys that work anywhere on the page, and those of the drawing.
kg.keys = (() => {
  const { state, canvas } = kg;
  const VIEWS = Object.fromEntries(kg.views.map((view, at) => [at + 1, view]));
  const MOVES = { ArrowLeft: [-60, 0], ArrowRight: [60, 0], ArrowUp: [0, -60], ArrowDown: [0, 60] };

  const typing = (target) => /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName) && !/^(radio|range|checkbox)$/.test(target.type);

  const escape = () => {
    const { chosen, path, filter, topic } = state.get();
    if (path) state.set({ path: null });
    else if (chosen) state.set({ chosen: null });
    else if (filter) state.set({ filter: "" });
    else if (topic !== null) state.set({ topic: null });
  };

  const anywhere = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") return escape();
    if (typing(event.target)) return;
    if (event.key === "/") {
      event.preventDefault();
      kg.searchbox.focus();
    } else if (VIEWS[event.key]) state.set({ view: VIEWS[event.key] });
  };

  const onCanvas = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (MOVES[event.key]) canvas.pan(...MOVES[event.key]);
    else if (event.key === "+" || event.key === "=") canvas.zoom(1.3);
    else if (event.key === "-") canvas.zoom(1 / 1.3);
    else if (event.key === "0") canvas.fit();
    else return;
    event.preventDefault();
  };

  const start = () => {
    document.addEventListener("keydown", anywhere);
    canvas.holder.addEventListener("keydown", onCanvas);
    const zooms = { in: () => canvas.zoom(1.4), out: () => canvas.zoom(1 / 1.4), fit: () => canvas.fit() };
    document.querySelectorAll("[data-zoom]").forEach((button) => button.addEventListener("click", zooms[button.dataset.zoom]));
  };

  return { start };
})();
