// What the reader has chosen, in one place. Parts change it with `set` and redraw when they are told of a change.
kg.state = (() => {
  const { model } = kg;
  kg.views = ["papers", "both", "techniques", ...(kg.years.range ? ["timeline"] : []), "table"];

  /** The weight above which about three links a paper are drawn: more is a ball of wool. */
  const enough = () => {
    const weights = Float64Array.from(model.links, (link) => link.weight).sort();
    const most = Math.min(1500, 3 * model.papers.length);
    if (weights.length <= most) return 0;
    const least = weights[weights.length - 1 - most];
    // Where many links weigh the same, those above them are enough.
    const above = weights.findIndex((weight) => weight > least);
    const all = weights.length - weights.findIndex((weight) => weight === least);
    return all > 1.3 * most && above >= 0 && weights.length - above > most / 3 ? weights[above] : least;
  };

  /** In how many papers a technique must be to be drawn at first: two, or more where those were more than `most`. */
  const common = (most) => {
    const MANY = 1000; // what more papers name is drawn anyway
    const counts = new Array(MANY + 2).fill(0);
    for (const { n } of model.entities) counts[Math.min(n, MANY)]++;
    for (let n = MANY; n >= 0; n--) counts[n] += counts[n + 1];
    const drawn = (least) => counts[Math.min(least, MANY)];
    if (!drawn(2)) return 1;
    let least = 2;
    while (least < MANY && drawn(least) > most && drawn(least + 1) > 20) least++;
    return least;
  };

  const START = Object.freeze({
    view: "papers", // papers, both, techniques, timeline, table
    table: "papers", // which table: papers, techniques
    sort: null, // column the table is sorted by, with "-" before it for falling order
    chosen: null, // { node: id } or { link: number }
    path: null, // { from, to }: nodes, or null where the end is still to be chosen
    hidden: Object.freeze([]), // classes, roles and topics ("topic:1", "topic:none") that are switched off
    years: null, // [first, last] year of the papers that are shown, null for all
    minWeight: enough(), // weakest link that is drawn
    minPapers: common(Math.min(320, Math.max(110, 1.3 * model.papers.length))), // techniques of fewer papers are not drawn
    topic: null, // topic in focus
    colour: model.topics.length ? "topic" : "class", // papers are coloured by topic or by class
    filter: "", // words the list is narrowed to
    order: "important",
    tab: "explore",
  });
  /** What is seen first here: on a small screen fewer techniques. */
  const FIRST = matchMedia("(max-width: 719px)").matches ? Object.freeze({ ...START, minPapers: Math.max(START.minPapers, common(40)) }) : START;
  let current = FIRST;
  const listeners = [];

  /** Change some choices; listeners get the new and the old state. */
  const set = (change) => {
    const before = current;
    current = Object.freeze({ ...current, ...change });
    listeners.forEach((listener) => listener(current, before));
  };

  const choose = (id, change = {}) => {
    if (current.path && current.path.to === null && id !== null && id !== current.path.from) return set({ ...change, path: { ...current.path, to: id }, chosen: null, tab: "details" });
    return set({ ...change, path: null, chosen: id === null ? null : { node: id }, tab: id === null ? current.tab : "details" });
  };
  const chooseLink = (number) => set({ path: null, chosen: { link: number }, tab: "details" });
  const findPath = (from, to = null) => set({ path: { from, to }, chosen: null, tab: "details" });
  const toggle = (name) =>
    set({ hidden: current.hidden.includes(name) ? current.hidden.filter((other) => other !== name) : [...current.hidden, name] });

  /** Back to everything, keeping the view and what is selected. */
  const FILTERS = ["minWeight", "minPapers", "years", "topic", "colour", "filter"];
  const reset = () => set({ hidden: FIRST.hidden, ...Object.fromEntries(FILTERS.map((name) => [name, FIRST[name]])) });
  const isReset = () => FILTERS.every((name) => current[name] === FIRST[name]) && !current.hidden.length;

  return { get: () => current, set, start: START, first: FIRST, choose, chooseLink, findPath, toggle, reset, isReset, listen: (listener) => listeners.push(listener) };
})();
