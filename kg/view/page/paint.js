// How nodes and lines look, and the layers over and under what vis-network draws.
kg.paint = (() => {
  const { model, theme } = kg;

  const CROWD = 1500; // beyond so many papers, borders cost more than they show

  /** The colour of a node. Among techniques a paper has that of its class, and a ring in that of its topic: not in a crowd. */
  const fill = (node, { view, colour }) => {
    if (node.group === "Paper" && colour === "topic" && (view !== "both" || model.papers.length > CROWD)) return theme.topic(node.topic);
    return theme.colour(`kind-${node.group}`);
  };

  let growth = 1;

  /** Draw nodes larger by about this factor; returns whether that changes anything. */
  const grow = (factor) => {
    const before = growth;
    growth = Math.round(4 * Math.min(2, Math.max(1, factor))) / 4;
    return growth !== before;
  };

  const sizeOf = (known, { view }) => growth * (view === "both" && known.group === "Paper" ? Math.min(known.size, model.papers.length > CROWD ? 10 : 13) : known.size);

  /** Where a node stands in a view: among techniques and on the timeline, nodes have places of their own. */
  const place = (known, view) => {
    if (view === "techniques") return { x: known.tx, y: known.ty };
    if (view === "timeline") return kg.years.of(known.id) || known;
    const apart = view === "both" && known.group === "Paper" ? model.spread : 1;
    return { x: known.x * apart, y: known.y * apart };
  };

  /** A node as vis-network wants it: among techniques, entities have a place of their own. */
  const node = (known, state) => {
    const { x, y } = place(known, state.view);
    const background = fill(known, state);
    const ringed = model.papers.length <= CROWD && known.group === "Paper" && state.view === "both" && state.colour === "topic";
    return {
      id: known.id, group: known.group, x, y,
      size: sizeOf(known, state),
      borderWidth: ringed ? 2.5 : model.papers.length > CROWD ? 0 : 1, // in pixels of the screen, whatever the zoom
      color: { background, border: ringed ? theme.topic(known.topic) : theme.colour("ground") },
    };
  };

  const weights = model.links.map((link) => link.weight);
  const mean = weights.reduce((sum, weight) => sum + weight, 0) / Math.max(1, weights.length);
  // Where all links weigh about the same, none of them is a beam.
  const heaviest = weights.reduce((most, weight) => Math.max(most, weight), Math.max(0.001, 2 * mean));

  const widthOf = (line) => {
    if (line.type === "link") return 0.8 + 6 * (line.weight / heaviest);
    if (line.type === "together") return 0.5 + 0.6 * Math.min(6, line.weight);
    return line.type === "mentions" ? 0.5 : 1;
  };

  const opacityOf = (line) => {
    if (line.type === "link") return 0.3 + 0.4 * Math.min(1, line.weight / heaviest);
    return line.type === "together" ? 0.3 : line.type === "broader" ? 0.75 : line.type === "mentions" ? 0.3 : 0.5;
  };

  const TRACES = {
    Paper: (pen, x, y, r) => { pen.moveTo(x + r, y); pen.arc(x, y, r, 0, 2 * Math.PI); },
    Method: (pen, x, y, r) => { pen.moveTo(x, y - r); pen.lineTo(x + r, y); pen.lineTo(x, y + r); pen.lineTo(x - r, y); },
    Dataset: (pen, x, y, r) => pen.rect(x - r, y - r, 2 * r, 2 * r),
    Task: (pen, x, y, r) => { pen.moveTo(x, y - r); pen.lineTo(x + r, y + r * 0.8); pen.lineTo(x - r, y + r * 0.8); },
    Metric: (pen, x, y, r) => { pen.moveTo(x, y + r); pen.lineTo(x + r, y - r * 0.8); pen.lineTo(x - r, y - r * 0.8); },
    Concept: (pen, x, y, r) => { pen.moveTo(x - r, y); pen.lineTo(x - r / 2, y - r * 0.87); pen.lineTo(x + r / 2, y - r * 0.87); pen.lineTo(x + r, y); pen.lineTo(x + r / 2, y + r * 0.87); pen.lineTo(x - r / 2, y + r * 0.87); },
  };
  const DOT = 2.5; // pixels of radius on the screen, below which a disc and a square look alike

  /** All nodes at once, those of one colour in one stroke of the pen: for while the view moves. */
  const crowd = (pen, nodes, drawn, scale) => {
    const groups = new Map();
    for (const known of nodes) {
      const spot = drawn(known.id);
      const { background } = spot.options.color;
      if (!groups.has(background)) groups.set(background, []);
      groups.get(background).push([known.group, spot]);
    }
    for (const [colour, spots] of groups) {
      pen.fillStyle = colour;
      pen.beginPath();
      for (const [group, { x, y, options: { size } }] of spots) {
        if (group === "Paper" && size * scale < DOT) pen.fillRect(x - 0.9 * size, y - 0.9 * size, 1.8 * size, 1.8 * size);
        else TRACES[group](pen, x, y, size);
      }
      pen.fill("nonzero");
    }
  };

  /** A column for each year. */
  const columns = (pen) => {
    const top = kg.years.top();
    pen.fillStyle = theme.colour("raised");
    pen.globalAlpha = 0.75;
    for (const { x, wide } of kg.years.columns()) pen.fillRect(x - wide / 2 - 20, top + 8, wide + 40, -2 * top - 16);
    pen.globalAlpha = 1;
  };
  /** The years, on a canvas in screen pixels; where columns are narrow not all have room. Returns the places they take. */
  const axis = (pen, toScreen) => {
    const top = kg.years.top();
    const taken = [];
    pen.textAlign = "center";
    pen.textBaseline = "bottom";
    pen.font = `650 14px ${theme.font()}`;
    pen.fillStyle = theme.colour("muted");
    for (const column of kg.years.columns()) {
      const { x, y } = toScreen({ x: column.x, y: top });
      if (taken.length && x - 18 < taken[taken.length - 1][2]) continue;
      pen.fillText(String(column.year), x, y);
      taken.push([x - 20, y - 18, x + 20, y]);
    }
    if (taken.length > 1) taken.push([taken[0][0], taken[0][1], taken[taken.length - 1][2], taken[0][3]]); // nothing stands between years
    return taken;
  };

  const LEAST = 4; // pixels of radius on the screen that what is in focus has at least

  /** A node that stands out, however far away. */
  const stand = (pen, { group }, spot, scale) => {
    const { size, color } = spot.options;
    if (size * scale >= LEAST) return spot.draw(pen);
    pen.fillStyle = color.background;
    pen.beginPath();
    TRACES[group](pen, spot.x, spot.y, LEAST / scale);
    return pen.fill();
  };

  /** Dim everything, then draw again what is in focus: much cheaper than changing the colour of every node. */
  const highlight = (pen, focus, drawn, area, scale) => {
    pen.globalAlpha = 0.86;
    pen.fillStyle = theme.colour("ground");
    pen.fillRect(area.left, area.top, area.width, area.height);
    for (const known of focus.lines) {
      const a = drawn(known.a);
      const b = drawn(known.b);
      const ofKind = model.roles.includes(known.type);
      pen.globalAlpha = focus.centre.length ? 0.75 : 0.4;
      pen.strokeStyle = ofKind ? theme.colour(`kind-${model.nodes[known.b].group}`) : theme.colour("accent");
      pen.lineWidth = Math.max(widthOf(known) + 0.6, 1.2 / scale);
      pen.beginPath();
      pen.moveTo(a.x, a.y);
      pen.lineTo(b.x, b.y);
      pen.stroke();
    }
    pen.globalAlpha = 1;
    for (const id of focus.ids) stand(pen, model.nodes[id], drawn(id), scale);
    pen.strokeStyle = theme.colour("ink");
    for (const id of focus.centre) {
      const { x, y, options } = drawn(id);
      pen.lineWidth = Math.max(2.5, 2 / scale);
      pen.beginPath();
      pen.arc(x, y, Math.max(options.size, LEAST / scale) + Math.max(6, 4 / scale), 0, 2 * Math.PI);
      pen.stroke();
    }
  };

  return { grow, node, fill, place, widthOf, opacityOf, crowd, columns, axis, highlight };
})();
