// The drawing: vis-network given fixed places, our own layers around it, and what a click or the view port does.
kg.canvas = (() => {
  const { model, state, paint } = kg;
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const holder = kg.dom.byId("canvas");
  const CAPTION = 26; // height kept free for the line of text at the top
  const nodes = new vis.DataSet();
  const edges = new vis.DataSet();
  let network = null;
  let visible = null;
  let focus = { ids: null, centre: [], lines: [] };

  const drawn = (id) => network.body.nodes[id];

  /** Bring a data set to hold exactly these items: nothing is taken out and put back that stays. */
  const bring = (set, items) => {
    const wanted = new Set(items.map((item) => item.id));
    set.remove(set.getIds().filter((id) => !wanted.has(id)));
    set.update(items);
  };

  // vis-network draws in the middle of a change too; our layers wait until nodes and lines fit together again.
  let changing = false;

  const show = (now, fresh) => {
    changing = true;
    if (fresh) {
      edges.clear();
      nodes.clear();
    }
    bring(nodes, visible.nodes.map((node) => paint.node(node, now)));
    bring(edges, visible.lines.map(paint.line));
    focus = kg.focus.of(now, visible);
    changing = false;
  };

  const under = (pen) => {
    const { view, colour } = state.get();
    if (changing) return;
    if (view === "papers" && colour === "topic") paint.regions(pen, visible);
    if (view === "timeline") paint.axis(pen, network.getScale());
  };

  const headings = () => {
    const { view, colour } = state.get();
    if (view !== "papers" || colour !== "topic" || focus.ids) return [];
    return model.topics.map((topic) => {
      const inside = topic.papers.filter((id) => visible.ids.has(id)).map((id) => model.nodes[id]);
      if (!inside.length) return null;
      const mean = (axis) => inside.reduce((sum, node) => sum + node[axis], 0) / inside.length;
      const at = network.canvasToDOM({ x: mean("x"), y: mean("y") });
      return { text: topic.name, x: at.x, y: at.y - 12, colour: kg.theme.topic(topic.id) };
    }).filter(Boolean);
  };

  const over = (pen) => {
    if (changing) return;
    const { clientWidth: width, clientHeight: height } = holder;
    if (focus.ids) {
      const start = network.DOMtoCanvas({ x: 0, y: 0 });
      const end = network.DOMtoCanvas({ x: width, y: height });
      paint.highlight(pen, focus, drawn, { left: start.x, top: start.y, width: end.x - start.x, height: end.y - start.y });
    }
    const scale = network.getScale();
    const ratio = pen.canvas.width / width;
    pen.save();
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    const place = (node) => {
      const { x, y, options } = drawn(node.id);
      return { ...network.canvasToDOM({ x, y }), r: options.size * scale };
    };
    kg.labels.draw(pen, { nodes: visible.nodes, focus, place, names: headings(), width, height });
    pen.restore();
    if (!document.body.dataset.ready) document.body.dataset.ready = "1";
  };

  const move = (to) => network.moveTo({ ...to, animation: calm.matches ? false : { duration: 350, easingFunction: "easeInOutQuad" } });

  /** Show all of some nodes, with room for their labels. */
  const fit = (ids = visible.nodes.map((node) => node.id), { animate = true, closest = 1.1 } = {}) => {
    const spots = ids.map(drawn).filter(Boolean);
    if (!spots.length) return;
    const [left, right] = [Math.min(...spots.map((n) => n.x)), Math.max(...spots.map((n) => n.x))];
    const [top, bottom] = [Math.min(...spots.map((n) => n.y)), Math.max(...spots.map((n) => n.y))];
    const room = (length) => length - Math.min(110, 0.22 * length);
    const scale = Math.max(0.05, Math.min(closest, room(holder.clientWidth) / (right - left + 1), (room(holder.clientHeight) - CAPTION) / (bottom - top + 1)));
    const to = { position: { x: (left + right) / 2, y: (top + bottom) / 2 - CAPTION / 2 / scale }, scale };
    if (animate) move(to);
    else network.moveTo({ ...to, animation: false });
  };

  /** Far away, nodes grow, so that they can be seen and hit. */
  const adjust = () => {
    if (paint.grow(0.6 / network.getScale())) show(state.get(), false);
  };
  let resting = 0;
  const adjustSoon = () => {
    clearTimeout(resting);
    resting = setTimeout(adjust, 120);
  };

  /** Show everything at once. */
  const fitAll = () => {
    fit(undefined, { animate: false });
    adjust();
  };

  const zoom = (factor) => move({ scale: Math.min(4, Math.max(0.05, network.getScale() * factor)) });
  const pan = (dx, dy) => {
    const { x, y } = network.getViewPosition();
    const scale = network.getScale();
    network.moveTo({ position: { x: x + dx / scale, y: y + dy / scale }, animation: false });
  };

  /** Bring what is in focus into sight, unless it is. */
  const attend = () => {
    if (!focus.ids?.size) return;
    // What only this paper names stands close around it: go near enough to tell it apart.
    if (state.get().view === "both" && focus.centre.some(model.isPaper)) return fit([...focus.ids], { closest: 0.9 });
    const inSight = [...(focus.centre.length ? focus.centre : focus.ids)].every((id) => {
      const at = network.canvasToDOM(drawn(id));
      return at.x > 40 && at.y > 40 && at.x < holder.clientWidth - 40 && at.y < holder.clientHeight - 50;
    });
    if (!inSight) fit([...focus.ids], { closest: 0.9 });
  };

  const clicked = ({ nodes: hit, edges: lines }) => {
    if (hit.length) return state.choose(hit[0]);
    const line = lines.length && visible.lines.find((known) => known.id === lines[0]);
    if (line && line.link !== undefined) return state.chooseLink(line.link);
    if (line && model.roles.includes(line.type)) return state.choose(line.a);
    return state.set({ chosen: null, path: null });
  };

  const redrawFor = ["view", "hidden", "minWeight", "minPapers", "years", "chosen", "path", "colour", "topic", "filter"];

  let drawnView = null;
  const changed = (now, before) => {
    if (!redrawFor.some((key) => now[key] !== before[key]) || now.view === "table") return;
    const was = visible;
    visible = kg.visible.of(now);
    const fresh = now.view !== drawnView;
    drawnView = now.view;
    if (visible !== was || now.colour !== before.colour) show(now, fresh);
    focus = kg.focus.of(now, visible);
    if (fresh) fitAll();
    if (fresh && focus.centre.length) attend();
    else if (!fresh && ((now.chosen !== before.chosen && now.chosen) || (now.path !== before.path && now.path))) attend();
    else if (!fresh && now.topic !== before.topic && now.topic !== null) fit([...focus.ids], { closest: 0.8 });
    network.redraw();
  };

  const start = () => {
    network = new vis.Network(holder, { nodes, edges }, model.settings);
    visible = kg.visible.of(state.get());
    show(state.get(), true);
    drawnView = state.get().view;
    network.on("beforeDrawing", under);
    network.on("afterDrawing", over);
    network.on("click", clicked);
    network.on("zoom", adjustSoon);
    network.on("animationFinished", adjustSoon);
    fitAll();
    network.redraw();
    state.listen(changed);
    kg.theme.listen(() => { show(state.get(), false); network.redraw(); });
    // The drawing is fitted again when its frame changes much, as when a telephone is turned.
    let width = holder.clientWidth;
    new ResizeObserver(() => {
      if (Math.abs(holder.clientWidth - width) > 60) requestAnimationFrame(fitAll);
      width = holder.clientWidth;
    }).observe(holder);
  };

  /** What is drawn, for the export: nodes with their place on the screen, lines, focus, headings. */
  const scene = () => {
    const scale = network.getScale();
    const place = (node) => {
      const { x, y, options } = drawn(node.id);
      return { ...network.canvasToDOM({ x, y }), r: options.size * scale };
    };
    return { visible, focus, place, names: headings(), width: holder.clientWidth, height: holder.clientHeight };
  };

  return {
    scene,
    /** The picture as it is on the screen. */
    picture: () => holder.querySelector("canvas"),
    start, fit, zoom, pan, holder,
    /** Where a node is within the frame. */
    where: (id) => network.canvasToDOM(drawn(id)),
    /** The number of the node at a place of the frame, or undefined. */
    nodeAt: (x, y) => network.getNodeAt({ x, y }),
    onMove: (listener) => ["dragStart", "zoom"].forEach((event) => network.on(event, listener)),
  };
})();
