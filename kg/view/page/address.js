// View, selection, path and filters in the part of the address after "#", so that a link leads to exactly what is seen.
kg.address = (() => {
  const { model, state } = kg;
  const BETWEEN = "~";
  let written = null;

  const keyOf = (id) => model.nodes[id].key;

  const nameOf = (chosen) => {
    if (chosen.node !== undefined) return keyOf(chosen.node);
    const { a, b } = model.links[chosen.link];
    return keyOf(a) + BETWEEN + keyOf(b);
  };

  const two = (name) => (name || "").split(BETWEEN).map((key) => model.find(key));

  const chosenBy = (name) => {
    if (!name) return null;
    const node = model.find(name);
    if (node !== undefined) return { node };
    const [a, b] = two(name);
    const link = a !== undefined && b !== undefined && model.linkBetween(a, b);
    return link ? { link: link.id } : null;
  };

  const pathBy = (name) => {
    const [from, to = null] = two(name);
    return from === undefined ? null : { from, to };
  };

  const yearsBy = (text) => {
    const found = /^(\d+)-(\d+)$/.exec(text || "");
    return found && kg.years.range ? [Number(found[1]), Number(found[2])] : null;
  };

  const weight = (value) => String(Number(value.toFixed(4)));
  const numberBy = (text, otherwise) => (text && Number.isFinite(Number(text)) ? Number(text) : otherwise);
  const oneOf = (text, names) => (names.includes(text) ? text : names[0]);

  /** The number of papers that goes without saying: where techniques are drawn the one that all screens begin with. */
  const usualLeast = (view) => (["papers", "timeline"].includes(view) ? state.first : state.start).minPapers;

  /** The address of a state; what is as at the start is left out. */
  const hashOf = (now) => {
    const parts = new URLSearchParams();
    const give = (name, value, usual) => { if (value !== usual) parts.set(name, value); };
    give("view", now.view, "papers");
    give("table", now.table, "papers");
    give("sort", now.sort || "", "");
    give("topic", now.topic === null ? "" : String(now.topic + 1), "");
    give("hide", now.hidden.join(","), "");
    give("weight", weight(now.minWeight), weight(state.start.minWeight));
    give("least", String(now.minPapers), String(usualLeast(now.view)));
    give("years", now.years ? now.years.join("-") : "", "");
    give("colour", now.colour, state.start.colour);
    give("words", now.filter, "");
    if (now.chosen) parts.set("select", nameOf(now.chosen));
    if (now.path) parts.set("path", keyOf(now.path.from) + (now.path.to === null ? "" : BETWEEN + keyOf(now.path.to)));
    return parts.toString().replaceAll("%2F", "/").replaceAll("%7E", BETWEEN).replaceAll("%2C", ",").replaceAll("%3A", ":");
  };

  const STEPS = ["view", "chosen", "path", "topic", "table"]; // a change of these can be gone back from
  const write = (now, before) => {
    const hash = hashOf(now);
    if (hash === written) return;
    const step = written !== null && before && STEPS.some((name) => now[name] !== before[name]);
    written = hash;
    try {
      history[step ? "pushState" : "replaceState"](null, "", hash ? `#${hash}` : location.pathname + location.search);
    } catch { /* documents without an address of their own, such as an srcdoc frame, have no history to write */ }
  };

  const read = () => {
    const parts = new URLSearchParams(location.hash.slice(1));
    const topic = Number(parts.get("topic")) - 1;
    const chosen = chosenBy(parts.get("select"));
    const path = pathBy(parts.get("path"));
    const view = oneOf(parts.get("view"), kg.views);
    return {
      view,
      table: oneOf(parts.get("table"), ["papers", "techniques"]),
      sort: parts.get("sort"),
      topic: model.topics[topic] ? topic : null,
      hidden: (parts.get("hide") || "").split(",").filter(Boolean),
      minWeight: numberBy(parts.get("weight"), state.start.minWeight),
      minPapers: numberBy(parts.get("least"), usualLeast(view)),
      years: yearsBy(parts.get("years")),
      colour: oneOf(parts.get("colour"), [state.start.colour, "topic", "class"]),
      filter: parts.get("words") || "",
      chosen, path,
      tab: chosen || path ? "details" : state.get().tab,
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

  return { start, hashOf };
})();
