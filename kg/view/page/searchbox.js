// The search box at the top: Enter goes to the first (or marked) suggestion, Escape clears.
kg.searchbox = (() => {
  const { byId } = kg.dom;
  const box = byId("search");

  const start = () => {
    kg.combobox.attach(box, byId("suggestions"), (id) => {
      box.value = "";
      kg.state.choose(id, { filter: "" });
      byId("pane-details").focus({ preventScroll: true });
    });
  };

  return { start, focus: () => { box.focus(); box.select(); } };
})();
