// The drawing: vis-network given fixed places, our own layers around it, and what a click or the view port does.
kg.canvas = (() => {
  const { model, state, paint, lines } = kg;
  const { drawn } = kg.nodes;
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const holder = kg.dom.byId("canvas");
  const CAPTION = 26; // height kept free for the line of text at the top
  let network = null;
  let visible = null;
  let focus = { ids: null, centre: [], lines: [] };

  let changing = false;

  const show = (now, fresh) => {
    changing = true;
    kg.nodes.bring(visible.nodes.map((node) => paint.node(node, now)), fresh);
    focus = kg.focus.of(now, visible);
    changing = false;
  };

  // While the view moves, names are moved along, many nodes drawn without borders and many lines not at all; when it rests,
  // all is drawn anew.
  const LARGE = 200;
  const MANY_LINES = 600;
  let seen = null; // scale and place of the view when names were placed last
  let moving = 0;
  const rest = () => {
    moving = 0;
    network.redraw();
  };
  const moved = () => {
    clearTimeout(moving);
    moving = setTimeout(rest, 160);
  };
  const toScreen = (spot) => network.canvasToDOM(spot);
  const sight = () => ({ scale: network.getScale(), ...network.canvasToDOM({ x: 0, y: 0 }) });

  /** What is in sight, in the units of the drawing. */
  const area = () => {
    const { x: left, y: top } = network.DOMtoCanvas({ x: 0, y: 0 });
    const scale = network.getScale();
    return { left, top, width: holder.clientWidth / scale, height: holder.clientHeight / scale };
  };

  const under = (pen) => {
    const { view, colour } = state.get();
    if (view === "papers" && colour === "topic") kg.regions.draw(pen, visible, area());
    if (view === "timeline") paint.columns(pen);
    if (!moving || visible.lines.length < MANY_LINES) lines.draw(pen, visible.lines, drawn, { scale: network.getScale(), faint: view === "timeline" ? 0.5 : 1 });
  };

  const headings = () => {
    const { view, colour } = state.get();
    if (view !== "papers" || colour !== "topic" || focus.ids) return [];
    return model.topics.map((topic) => {
      const inside = topic.papers.filter((id) => visible.ids.has(id)).map((id) => model.nodes[id]);
      if (!inside.length) return null;
      const mean = (axis) => inside.reduce((sum, node) => sum + node[axis], 0) / inside.length;
      const at = network.canvasToDOM({ x: mean("x"), y: mean("y") });
      return { text: topic.name, x: at.x, y: at.y - 12, colour: kg.theme.topicInk(topic.id) };
    }).filter(Boolean);
  };

  const over = (pen) => {
    const { clientWidth: width, clientHeight: height } = holder;
    if (focus.ids) paint.highlight(pen, focus, drawn, area(), network.getScale());
    const ratio = pen.canvas.width / width;
    pen.save();
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    const reserved = state.get().view === "timeline" ? paint.axis(pen, toScreen) : [];
    const now = sight();
    const factor = seen ? now.scale / seen.scale : 1;
    if (moving && seen) kg.labels.again(pen, { scale: factor, dx: now.x - seen.x * factor, dy: now.y - seen.y * factor });
    else {
      kg.labels.draw(pen, { nodes: visible.nodes, focus, place: spots(), names: headings(), reserved, width, height });
      seen = now;
    }
    pen.restore();
    document.body.dataset.drawn ||= Math.round(performance.now()); // milliseconds since the page was asked for
  };

  /** A function from a node to its place and radius on the screen. */
  const spots = () => {
    const { scale, x: left, y: top } = sight();
    return (node) => {
      const { x, y, options } = drawn(node.id);
      return { x: left + x * scale, y: top + y * scale, r: options.size * scale };
    };
  };

  /** Zoom a little at once, as a wheel does. */
  const nudge = (factor) => {
    moved();
    network.moveTo({ scale: within(network.getScale() * factor), animation: false });
  };
  const within = (scale) => Math.min(4, Math.max(0.02, scale));
  const move = (to) => {
    network.moveTo({ ...to, animation: calm.matches ? false : { duration: 350, easingFunction: "easeInOutQuad" } });
    if (calm.matches) adjustSoon(); // else told by the end of the motion
  };

  /** The place and scale of the view that shows some spots, with room for their labels. */
  const viewOf = (spots, closest = 1.1) => {
    const edge = (axis, most) => spots.reduce((found, spot) => most(found, spot[axis]), spots[0][axis]);
    const [left, right, top, bottom] = [edge("x", Math.min), edge("x", Math.max), edge("y", Math.min), edge("y", Math.max)];
    const room = (length) => length - Math.min(110, 0.22 * length);
    const scale = Math.max(0.02, Math.min(closest, room(holder.clientWidth) / (right - left + 1), (room(holder.clientHeight) - CAPTION) / (bottom - top + 1)));
    return { position: { x: (left + right) / 2, y: (top + bottom) / 2 - CAPTION / 2 / scale }, scale };
  };

  /** Show all of some nodes. */
  const fit = (ids = visible.nodes.map((node) => node.id), { animate = true, closest = 1.1 } = {}) => {
    const found = ids.map(drawn).filter(Boolean);
    if (!found.length) return;
    const to = viewOf(found, closest);
    if (animate) move(to);
    else network.moveTo({ ...to, animation: false });
  };

  /** How large nodes will be once all of them are shown. */
  const growFor = (now) => {
    if (visible.nodes.length) paint.grow(0.6 / viewOf(visible.nodes.map((node) => paint.place(node, now.view))).scale);
  };

  /** Far away, nodes grow, so that they can be seen and hit. */
  const adjust = () => {
    if (!paint.grow(0.6 / network.getScale())) return;
    const now = state.get();
    visible.nodes.forEach((node) => kg.nodes.dress({ ...paint.node(node, now) }));
    network.redraw();
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

  const zoom = (factor) => move({ scale: within(network.getScale() * factor) });
  const pan = (dx, dy) => {
    const { x, y } = network.getViewPosition();
    const scale = network.getScale();
    moved();
    network.moveTo({ position: { x: x + dx / scale, y: y + dy / scale }, animation: false });
  };

  /** Three quarters of some nodes: those nearest to the one in the middle. */
  const nearer = (ids) => {
    const middle = drawn(focus.centre[0]);
    const far = (id) => Math.hypot(drawn(id).x - middle.x, drawn(id).y - middle.y);
    return ids.sort((one, two) => far(one) - far(two)).slice(0, Math.max(6, Math.ceil(0.75 * ids.length)));
  };

  /** Bring what is in focus into sight, unless it is. */
  const attend = ({ animate = true } = {}) => {
    if (!focus.ids?.size) return;
    // What only this paper names stands close around it: go near enough to tell it apart.
    if (state.get().view === "both" && focus.centre.some(model.isPaper)) return fit(nearer([...focus.ids]), { animate, closest: 1.2 });
    const inSight = [...(focus.centre.length ? focus.centre : focus.ids)].every((id) => {
      const at = network.canvasToDOM(drawn(id));
      return at.x > 40 && at.y > 40 && at.x < holder.clientWidth - 40 && at.y < holder.clientHeight - 50;
    });
    const spots = [...focus.ids].map(drawn);
    const tiny = network.getScale() < 0.4 && viewOf(spots, 0.9).scale > 1.8 * network.getScale();
    if (!inSight || tiny) fit([...focus.ids], { animate, closest: 0.9 });
  };

  /** The line at a place of the frame: one of those that stand out, where some do. */
  const lineAt = (x, y) => lines.nearest(network.DOMtoCanvas({ x, y }), focus.ids ? focus.lines : visible.lines, drawn, 5 / network.getScale());

  const clicked = ({ nodes: hit, pointer }) => {
    if (hit.length) return state.choose(hit[0]);
    const line = lineAt(pointer.DOM.x, pointer.DOM.y);
    if (line?.link !== undefined) return state.chooseLink(line.link);
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
    if (fresh) growFor(now);
    if (visible !== was || now.colour !== before.colour) show(now, fresh);
    focus = kg.focus.of(now, visible);
    if (fresh) fitAll();
    if (fresh && (focus.centre.length || now.topic !== null)) begin(now);
    else if (!fresh && ((now.chosen !== before.chosen && now.chosen) || (now.path !== before.path && now.path))) attend();
    else if (!fresh && now.hidden !== before.hidden && state.isReset()) fit(); // all is back: show all
    else if (!fresh && now.topic !== before.topic) fit(now.topic === null ? undefined : [...focus.ids]);
    network.redraw();
  };

  /** Where a view begins: at what is selected, or at the topic in focus. */
  const begin = (now) => {
    if (focus.centre.length) attend({ animate: false });
    else if (now.topic !== null) fit([...focus.ids], { animate: false });
    adjust();
  };

  const refit = () => {
    fitAll();
    if (focus.ids) begin(state.get());
  };

  /** While the view moves, nodes of one colour are drawn in one stroke; nothing is drawn twice or in the middle of a change. */
  const drawSparingly = ({ renderer }) => {
    const redraw = renderer._redraw.bind(renderer);
    renderer._redraw = (hidden) => {
      const late = hidden === false && !renderer.redrawRequested; // the frame that was asked for came, but others drew since
      if (!changing && !late) redraw(hidden);
    };
    const oneByOne = renderer._drawNodes.bind(renderer);
    renderer._drawNodes = (pen, all) => {
      if (!moving || visible.nodes.length < LARGE) return oneByOne(pen, all);
      paint.crowd(pen, visible.nodes, drawn, network.getScale());
      return { drawExternalLabels: () => {} };
    };
  };

  const start = () => {
    const now = state.get();
    visible = kg.visible.of(now);
    drawnView = now.view;
    network = kg.nodes.start(holder);
    drawSparingly(network);
    growFor(now);
    show(now, true);
    for (const event of ["dragging", "zoom"]) network.on(event, moved);
    network.on("beforeDrawing", under);
    network.on("afterDrawing", over);
    network.on("click", clicked);
    network.on("zoom", adjustSoon);
    network.on("animationFinished", adjustSoon);
    refit();
    network.redraw();
    state.listen(changed);
    kg.theme.listen(() => { show(state.get(), false); network.redraw(); });
    // The drawing is fitted again when its frame changes much, as when a telephone is turned.
    let width = holder.clientWidth;
    new ResizeObserver(() => {
      if (Math.abs(holder.clientWidth - width) > 60) requestAnimationFrame(refit);
      width = holder.clientWidth;
    }).observe(holder);
  };

  return {
    toScreen, start, fit, zoom, nudge, pan, holder, lineAt,
    /** What is drawn, for the export: nodes with their place on the screen, lines, focus, headings. */
    scene: () => ({ visible, focus, place: spots(), names: headings(), width: holder.clientWidth, height: holder.clientHeight }),
    /** The picture as it is on the screen. */
    picture: () => holder.querySelector("canvas"),
    /** Where a node is within the frame. */
    where: (id) => network.canvasToDOM(drawn(id)),
    /** The number of the node at a place of the frame, or undefined. */
    nodeAt: (x, y) => network.getNodeAt({ x, y }),
    onMove: (listener) => ["dragStart", "zoom"].forEach((event) => network.on(event, listener)),
  };
})();
