// How nodes and lines look, and the layers over and under what vis-network draws.
kg.paint = (() => {
  const { model, theme } = kg;

  const fill = (node, { colour }) => {
    if (node.group === "Paper" && colour === "topic") return theme.topic(node.topic);
    return theme.colour(`kind-${node.group}`);
  };

  let growth = 1;

  /** Draw nodes larger by about this factor; returns whether that changes anything. */
  const grow = (factor) => {
    const before = growth;
    growth = Math.round(4 * Math.min(2, Math.max(1, factor))) / 4;
    return growth !== before;
  };

  /** A node as vis-network wants it: among techniques, entities have a place of their own. */
  const node = (known, state) => {
    const among = state.view === "techniques";
    const apart = state.view === "both" && known.group === "Paper" ? model.spread : 1;
    const background = fill(known, state.view === "both" ? { colour: "class" } : state);
    const ringed = known.group === "Paper" && state.view === "both" && state.colour === "topic";
    return {
      id: known.id, group: known.group, x: among ? known.tx : known.x * apart, y: among ? known.ty : known.y * apart,
      size: growth * (state.view === "both" && known.group === "Paper" ? Math.min(known.size, 13) : known.size),
      borderWidth: ringed ? 2.5 : 1, // in pixels of the screen, whatever the zoom
      color: { background, border: ringed ? theme.topic(known.topic) : theme.colour("ground") },
    };
  };

  const heaviest = Math.max(0.001, ...model.links.map((link) => link.weight));

  const widthOf = (line) => {
    if (line.type === "link") return 0.8 + 6 * (line.weight / heaviest);
    if (line.type === "together") return 0.5 + 0.6 * Math.min(6, line.weight);
    return line.type === "mentions" ? 0.5 : 1;
  };

  const opacityOf = (line) => {
    if (line.type === "link") return 0.3 + 0.4 * Math.min(1, line.weight / heaviest);
    return line.type === "together" ? 0.3 : line.type === "broader" ? 0.75 : line.type === "mentions" ? 0.3 : 0.5;
  };

  /** A line as vis-network wants it. Lines that belong to an entity take the colour of its class. */
  const line = (known) => {
    const ofKind = model.roles.includes(known.type);
    const color = known.type === "broader" ? theme.colour("accent") : ofKind ? theme.colour(`kind-${model.nodes[known.b].group}`) : theme.colour("edge");
    return {
      id: known.id, from: known.a, to: known.b, width: widthOf(known), dashes: known.type === "broader" ? [5, 4] : false,
      color: { color, opacity: opacityOf(known), inherit: false },
    };
  };

  const REACH = 92;
  /** A soft ground under each topic, so that it reads as a region of the map. */
  const regions = (pen, visible) => {
    for (const topic of model.topics) {
      const inside = topic.papers.filter((id) => visible.ids.has(id));
      pen.beginPath();
      for (const id of inside) {
        const { x, y } = model.nodes[id];
        pen.moveTo(x + REACH, y);
        pen.arc(x, y, REACH, 0, 2 * Math.PI);
      }
      pen.globalAlpha = 0.085;
      pen.fillStyle = theme.topic(topic.id);
      pen.fill("nonzero");
    }
    pen.globalAlpha = 1;
  };

  /** Dim everything, then draw again what is in focus: much cheaper than changing the colour of every node. */
  const highlight = (pen, focus, drawn, area) => {
    pen.globalAlpha = 0.86;
    pen.fillStyle = theme.colour("ground");
    pen.fillRect(area.left, area.top, area.width, area.height);
    for (const known of focus.lines) {
      const a = drawn(known.a);
      const b = drawn(known.b);
      const ofKind = model.roles.includes(known.type);
      pen.globalAlpha = focus.centre.length ? 0.75 : 0.4;
      pen.strokeStyle = ofKind ? theme.colour(`kind-${model.nodes[known.b].group}`) : theme.colour("accent");
      pen.lineWidth = widthOf(known) + 0.6;
      pen.beginPath();
      pen.moveTo(a.x, a.y);
      pen.lineTo(b.x, b.y);
      pen.stroke();
    }
    pen.globalAlpha = 1;
    for (const id of focus.ids) drawn(id).draw(pen);
    pen.strokeStyle = theme.colour("ink");
    for (const id of focus.centre) {
      const { x, y, options } = drawn(id);
      pen.lineWidth = 2.5;
      pen.beginPath();
      pen.arc(x, y, options.size + 6, 0, 2 * Math.PI);
      pen.stroke();
    }
  };

  return { grow, node, line, regions, highlight };
})();
