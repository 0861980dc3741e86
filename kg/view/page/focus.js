// What stands out while the rest is dimmed: the selected thing with its neighbours, a topic, or what the list is narrowed to.
kg.focus = (() => {
  const { model } = kg;

  const around = (id, { view }) => {
    const paper = model.isPaper(id);
    if (view === "papers" || view === "timeline") return paper ? model.linksOf(id).map((link) => (link.a === id ? link.b : link.a)) : model.papersOf(id);
    if (view === "both") return paper ? model.entitiesOf(id) : model.papersOf(id);
    if (paper) return model.entitiesOf(id);
    return [...model.companionsOf(id).map((other) => other.id), ...model.broaderOf(id), ...model.narrowerOf(id)];
  };

  const ofLink = (number) => {
    const { a, b, shared } = model.links[number];
    return [a, b, ...shared.map(({ entity }) => entity)];
  };

  const MOST_OWN = 12;
  /** The strongest links of a selected paper: drawn where weaker ones are left out for the others' company, not where the reader did. */
  const linksOfOwn = (id, state, { ids }) => {
    if (state.minWeight > kg.state.start.minWeight) return [];
    const hidden = new Set(state.hidden);
    const found = model.linksOf(id).filter((link) => ids.has(link.a) && ids.has(link.b) && kg.visible.weightOf(link, hidden) >= 0.0005);
    return found.slice(0, MOST_OWN).map((link) => ({ a: link.a, b: link.b, type: "link", weight: link.weight, link: link.id }));
  };

  /** Words of the list's filter that a node must hold, all of them. */
  const matches = (node, words) => {
    const text = kg.search.textOf(node.id);
    return words.every((word) => text.includes(word));
  };

  /** The steps of the path that is shown. */
  const ofPath = ({ path }, visible) => {
    const steps = path.to === null ? [] : kg.path.between(path.from, path.to) || [];
    const nodes = path.to === null ? [path.from] : [path.from, path.to, ...steps.flatMap(({ from, to }) => [from, to])];
    const seen = (id) => visible.ids.has(id);
    // What is not drawn in this view, such as techniques among papers alone, is passed over.
    const stations = steps.length ? [path.from, ...steps.map(({ to }) => to)].filter(seen) : [];
    const lines = stations.slice(1).map((to, at) => {
      const step = steps.find((one) => one.from === stations[at] && one.to === to);
      const { fact, link } = step || {};
      return { a: fact ? fact.paper : stations[at], b: fact ? fact.entity : to, type: fact ? fact.role : "link", weight: link?.weight ?? 0, link: link?.id };
    });
    return { ids: new Set(nodes.filter(seen)), centre: [path.from, path.to].filter((id) => id !== null && seen(id)), lines };
  };

  /** The nodes of the list and the tables: the visible ones that hold the words of the filter, and of the topic in focus. */
  const listed = (state) => {
    const words = kg.text.plain(state.filter).split(" ").filter(Boolean);
    const topical = (id) => (model.isPaper(id) ? model.nodes[id].topic === state.topic : model.papersOf(id).some((paper) => model.nodes[paper].topic === state.topic));
    return kg.visible.of(state).nodes.filter((node) => (!words.length || matches(node, words)) && (state.topic === null || topical(node.id)));
  };

  /**
   * The nodes in focus among the visible ones: `ids` (null when nothing is dimmed), `centre` (those selected) and
   * `lines` (those drawn strong).
   */
  const of = (state, visible) => {
    const words = kg.text.plain(state.filter).split(" ").filter(Boolean);
    let centre = [];
    let ids = null;
    let own = [];
    if (state.path) return ofPath(state, visible);
    if (state.chosen?.node !== undefined) {
      centre = [state.chosen.node];
      ids = [state.chosen.node, ...around(state.chosen.node, state)];
      if (state.view !== "both" && centre.every(model.isPaper)) {
        if (visible.ids.has(centre[0]) && ["papers", "timeline"].includes(state.view)) own = linksOfOwn(centre[0], state, visible);
        // A neighbour whose line is filtered out would stand out for no reason that can be seen.
        const joined = new Set([...visible.lines, ...own].filter(({ a, b }) => a === centre[0] || b === centre[0]).flatMap(({ a, b }) => [a, b]));
        ids = ids.filter((id) => id === centre[0] || joined.has(id));
      }
    } else if (state.chosen) {
      centre = [model.links[state.chosen.link].a, model.links[state.chosen.link].b];
      ids = ofLink(state.chosen.link);
    } else if (words.length) ids = visible.nodes.filter((node) => matches(node, words)).map((node) => node.id);
    else if (state.topic !== null) {
      const { papers } = model.topics[state.topic];
      ids = state.view === "papers" || state.view === "timeline" ? papers : [...papers, ...papers.flatMap((paper) => model.entitiesOf(paper))];
    }
    if (ids === null) return { ids: null, centre: [], lines: [] };
    const focused = new Set(ids.filter((id) => visible.ids.has(id)));
    if (!focused.size && state.chosen) return { ids: null, centre: [], lines: [] }; // nothing of it is drawn: no reason to dim the rest
    const middle = new Set(centre.filter((id) => visible.ids.has(id)));
    const inside = ({ a, b }) => focused.has(a) && focused.has(b);
    const strong = state.chosen && middle.size ? ({ a, b }) => inside({ a, b }) && (middle.has(a) || middle.has(b)) : inside;
    const lines = visible.lines.filter(strong);
    const drawn = new Set(lines.map(({ link }) => link));
    lines.push(...own.filter(({ link }) => !drawn.has(link)));
    if (state.chosen?.link !== undefined && middle.size === 2 && !lines.some(({ link }) => link === state.chosen.link)) {
      // A link that is asked for is drawn even where it is too weak for the others' company.
      const { a, b, weight } = model.links[state.chosen.link];
      lines.push({ a, b, weight, type: "link" });
    }
    return { ids: focused, centre: [...middle], lines };
  };

  /** Why what is selected is not in the drawing, where it could be: "years", "undated" or "filters"; null if it is, or never is. */
  const absent = (state) => {
    const id = state.chosen?.node;
    const drawn = { papers: [true], timeline: [true], both: [true, false], techniques: [false] }[state.view];
    if (id === undefined || !drawn?.includes(model.isPaper(id)) || kg.visible.of(state).ids.has(id)) return null;
    const { year } = model.nodes[id];
    if (state.view === "timeline" && !year) return "undated";
    return model.isPaper(id) && state.years && !(year >= state.years[0] && year <= state.years[1]) ? "years" : "filters";
  };

  return { of, listed, absent };
})();
