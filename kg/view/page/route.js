// The cheapest way between two nodes of a net: Dijkstra's method with a heap. Knows nothing of papers.
kg.route = (() => {
  /** A heap of [cost, node], the cheapest first; of equal costs the lower node. */
  const heap = () => {
    const items = [];
    const before = (one, two) => one[0] < two[0] || (one[0] === two[0] && one[1] < two[1]);
    const swap = (a, b) => { [items[a], items[b]] = [items[b], items[a]]; };
    const up = (at) => {
      for (let above = (at - 1) >> 1; at > 0 && before(items[at], items[above]); at = above, above = (at - 1) >> 1) swap(at, above);
    };
    const down = () => {
      for (let at = 0; ; ) {
        let least = at;
        for (const child of [2 * at + 1, 2 * at + 2]) if (child < items.length && before(items[child], items[least])) least = child;
        if (least === at) return;
        swap(at, least);
        at = least;
      }
    };
    return {
      size: () => items.length,
      push: (item) => { items.push(item); up(items.length - 1); },
      pop: () => {
        const [first] = items;
        const last = items.pop();
        if (items.length) { items[0] = last; down(); }
        return first;
      },
    };
  };

  /**
   * The steps of the cheapest way, each as `neighbours` gave it with `from` added; null where there is none.
   * `neighbours(node)` gives { to, cost, ... }.
   */
  const cheapest = (start, end, neighbours) => {
    const costs = new Map([[start, 0]]);
    const steps = new Map();
    const done = new Set();
    const open = heap();
    open.push([0, start]);
    while (open.size()) {
      const [cost, node] = open.pop();
      if (node === end) break;
      if (done.has(node)) continue;
      done.add(node);
      for (const step of neighbours(node)) {
        const sum = cost + step.cost;
        if (sum >= (costs.get(step.to) ?? Infinity)) continue;
        costs.set(step.to, sum);
        steps.set(step.to, { ...step, from: node });
        open.push([sum, step.to]);
      }
    }
    if (start !== end && !steps.has(end)) return null;
    const way = [];
    for (let at = end; at !== start; at = steps.get(at).from) way.unshift(steps.get(at));
    return way;
  };

  return { cheapest };
})();
