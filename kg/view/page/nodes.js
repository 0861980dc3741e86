// The nodes as vis-network holds them: brought to what is to be drawn with as little work as can be.
kg.nodes = (() => {
  const set = new vis.DataSet();
  let network = null;

  /** A copy of an object, of its class and defaults, with some fields of its own. */
  const like = (object, more) => Object.assign(Object.create(Object.getPrototypeOf(object)), object, more);

  /**
   * vis-network works out fonts, labels and shape anew for every node, most of the time it needs to take nodes in; names
   * are ours to write. Here the first node of a class is made that way, and the others are like it.
   */
  const share = ({ nodesHandler: handler }) => {
    const make = handler.create.bind(handler);
    const first = new Map();
    handler.create = (item) => {
      const { id, group, x, y, size, color, borderWidth } = item;
      if (!first.has(group)) first.set(group, make(item));
      const model = first.get(group);
      const options = like(model.options, { id, x, y, size, borderWidth, color: like(model.options.color, color) });
      const shape = like(model.shape, { options, width: undefined, boundingBox: { top: 0, left: 0, right: 0, bottom: 0 } });
      return like(model, { id, x, y, options, shape, baseSize: size, edges: [], selected: false, hover: false });
    };
  };

  const drawn = (id) => network.body.nodes[id];

  /** Give a node that is there another look. */
  const dress = ({ id, size, color, borderWidth }) => {
    const node = drawn(id);
    Object.assign(node.options.color, color);
    Object.assign(node.options, { size, borderWidth });
    node.shape.refreshNeeded = true; // its reach for clicks is measured anew
  };

  /** Hold exactly these items. What stays is neither taken out nor moved, unless everything is fresh. */
  const bring = (items, fresh) => {
    if (fresh) set.clear();
    const wanted = new Set(items.map(({ id }) => id));
    set.remove(set.getIds().filter((id) => !wanted.has(id)));
    const here = new Set(set.getIds());
    items.forEach((item) => { if (here.has(item.id)) dress(item); });
    set.add(items.filter(({ id }) => !here.has(id)));
  };

  const start = (holder) => {
    network = new vis.Network(holder, { nodes: set, edges: new vis.DataSet() }, kg.model.settings);
    share(network);
    return network;
  };

  return { start, bring, dress, drawn };
})();
