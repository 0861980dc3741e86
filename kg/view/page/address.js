// View, selection and topic in the part of the address after "#", so that a link leads to exactly what is seen.
kg.address = (() => {
  const { model, state } = kg;
  const BETWEEN = "~";
  const VIEWS = ["papers", "both", "techniques"];
  let written = null;

  const nameOf = (chosen) => {
    if (!chosen) return "";
    if (chosen.node !== undefined) return model.nodes[chosen.node].key;
    const { a, b } = model.links[chosen.link];
    return model.nodes[a].key + BETWEEN + model.nodes[b].key;
  };

  const chosenBy = (name) => {
    if (!name) return null;
    const node = model.find(name);
    if (node !== undefined) return { node };
    const [a, b] = name.split(BETWEEN).map((key) => model.find(key));
    const link = a !== undefined && b !== undefined && model.linkBetween(a, b);
    return link ? { link: link.id } : null;
  };

  const write = ({ view, chosen, topic }) => {
    const parts = new URLSearchParams();
    if (view !== "papers") parts.set("view", view);
    if (topic !== null) parts.set("topic", topic + 1);
    if (chosen) parts.set("select", nameOf(chosen));
    const hash = parts.toString().replaceAll("%2F", "/").replaceAll("%7E", BETWEEN);
    if (hash === written) return;
    const first = written === null;
    written = hash;
    try {
      history[first ? "replaceState" : "pushState"](null, "", hash ? `#${hash}` : location.pathname + location.search);
    } catch { /* documents without an address of their own, such as an srcdoc frame, have no history to write */ }
  };

  const read = () => {
    const parts = new URLSearchParams(location.hash.slice(1));
    const topic = Number(parts.get("topic")) - 1;
    const chosen = chosenBy(parts.get("select"));
    return {
      view: VIEWS.includes(parts.get("view")) ? parts.get("view") : "papers",
      topic: model.topics[topic] ? topic : null,
      chosen,
      tab: chosen ? "details" : state.get().tab,
    };
  };

  const start = () => {
    if (location.hash.includes("=")) state.set(read());
    write(state.get());
    state.listen(write);
    const follow = () => {
      const hash = location.hash.slice(1);
      if (hash === written || (hash && !hash.includes("="))) return; // the latter leads to a part of the page
      written = hash;
      state.set(read());
    };
    addEventListener("popstate", follow);
    addEventListener("hashchange", follow);
  };

  return { start };
})();
