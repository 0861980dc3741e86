// The tabs of the side panel. On a wide window the details have a column of their own and need no tab.
kg.tabs = (() => {
  const { state } = kg;
  const { byId } = kg.dom;
  const wide = matchMedia("(min-width: 1180px)");
  const NAMES = ["explore", "list", "details"];
  let side = "explore"; // the last tab that was not the details

  const apply = ({ tab }) => {
    if (tab !== "details") side = tab;
    const shown = wide.matches ? side : tab;
    for (const name of NAMES) {
      const on = name === shown;
      byId(`tab-${name}`).setAttribute("aria-selected", String(on));
      byId(`tab-${name}`).tabIndex = on ? 0 : -1;
      byId(`pane-${name}`).hidden = !on && !(wide.matches && name === "details");
    }
  };

  const start = () => {
    for (const name of NAMES) byId(`tab-${name}`).addEventListener("click", () => state.set({ tab: name }));
    byId("panel").addEventListener("keydown", (event) => {
      const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!by) return;
      const usable = NAMES.filter((name) => name !== "details" || !wide.matches);
      const at = usable.indexOf(wide.matches ? side : state.get().tab);
      const next = usable[(at + by + usable.length) % usable.length];
      state.set({ tab: next });
      byId(`tab-${next}`).focus();
    });
    state.listen(apply);
    wide.addEventListener("change", () => state.set({})); // tells everybody that looks at the panels
    apply(state.get());
  };

  return { start };
})();
