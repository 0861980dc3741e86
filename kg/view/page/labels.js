// Names on the drawing: the most important first, each only where it covers no other.
kg.labels = (() => {
  const { model } = kg;
  const CELL = 48;
  const MOST = 160;
  const FIRST = 24;
  const MOST_HEADINGS = 24;

  /** Rectangles that are taken, looked up by cell. */
  const ground = () => {
    const cells = new Map();
    const each = ([left, top, right, bottom], action) => {
      for (let x = Math.floor(left / CELL); x <= Math.floor(right / CELL); x++)
        for (let y = Math.floor(top / CELL); y <= Math.floor(bottom / CELL); y++) if (action(`${x},${y}`)) return true;
      return false;
    };
    const meets = (one, two) => one[0] < two[2] && two[0] < one[2] && one[1] < two[3] && two[1] < one[3];
    return {
      free: (box) => !each(box, (cell) => (cells.get(cell) || []).some((other) => meets(box, other))),
      take: (box) => each(box, (cell) => { cells.set(cell, [...(cells.get(cell) || []), box]); }),
    };
  };

  const widths = new Map();
  let font = "";
  /** Set the font of a pen; canvases are slow to tell which one they have. */
  const setFont = (pen, weight, size) => {
    font = `${weight} ${size}px ${kg.theme.font()}`;
    pen.font = font;
  };
  const widthOf = (pen, text) => {
    if (!widths.has(font)) widths.set(font, new Map());
    const known = widths.get(font);
    if (!known.has(text)) known.set(text, pen.measureText(text).width);
    return known.get(text);
  };

  const texts = new Map();
  const linesOf = (node) => {
    if (!texts.has(node.id)) texts.set(node.id, kg.text.lines(kg.text.short(node.label, model.isPaper(node.id) ? 40 : 32)));
    return texts.get(node.id);
  };

  let written = []; // what the last drawing wrote, and from where it was seen

  const write = (pen, lines, x, top, height, ink) => {
    pen.lineWidth = 3.5;
    pen.lineJoin = "round";
    pen.strokeStyle = kg.theme.colour("ground");
    pen.fillStyle = ink;
    lines.forEach((line, number) => pen.strokeText(line, x, top + number * height));
    lines.forEach((line, number) => pen.fillText(line, x, top + number * height));
  };

  /** Write a label with its top at a place, if no other text is there (nor a node, where `discs` are given). */
  const label = (pen, taken, discs, lines, x, top, { size, weight = 400, ink, always = false }) => {
    setFont(pen, weight, size);
    const height = size * 1.2;
    const half = Math.max(...lines.map((line) => widthOf(pen, line))) / 2;
    const box = [x - half - 3, top - 2, x + half + 3, top + height * lines.length + 1];
    if (!always && !(taken.free(box) && (!discs || discs.free(box)))) return false;
    taken.take(box);
    write(pen, lines, x, top, height, ink);
    written.push({ lines, x, top, height, ink, size, weight });
    return true;
  };

  /** Two lines at most; names of two parts break between them. */
  const headingLines = (text) => (text.includes(" \u00b7 ") ? text.split(" \u00b7 ") : kg.text.lines(text));

  /** Write the name of a node under it, or else over it or beside it. */
  const name = (pen, taken, discs, node, { x, y, r }, width, style) => {
    const lines = linesOf(node);
    setFont(pen, 400, style.size);
    const half = Math.max(...lines.map((line) => widthOf(pen, line))) / 2;
    const tall = style.size * 1.2 * lines.length;
    const places = [[x, y + r + 3], [x + r + half + 5, y - tall / 2], [x - r - half - 5, y - tall / 2], [x, y - r - tall - 3]];
    const seen = places.filter(([at]) => at - half > 2 && at + half < width - 2);
    return seen.some(([at, top]) => label(pen, taken, discs, lines, at, top, style));
  };

  const STEPS = [-120, -84, -60, -36, -18, 0, 18, 36, 60, 84, 120];

  /** Write headings first, each near its place where it covers the fewest nodes and no other heading. */
  const headings = (pen, taken, names, inSight, { width, height }) => {
    const others = ground();
    const small = width < 480;
    const size = small ? 12 : 13.5;
    const near = inSight.length > 600 ? [] : inSight; // in a crowd every place covers somebody
    for (const { text, x, y, colour } of names.slice(0, MOST_HEADINGS)) {
      const lines = headingLines(text).slice(0, small ? 1 : 2);
      setFont(pen, 700, size);
      const half = Math.max(...lines.map((line) => widthOf(pen, line))) / 2 + 6;
      const tall = 18 * lines.length;
      const cost = ([cx, cy]) =>
        near.filter((node) => Math.abs(node.x - cx) < half + node.r && node.y > cy - node.r - 2 && node.y < cy + tall + node.r).length * 60 + Math.hypot(cx - x, cy - y);
      const places = STEPS.flatMap((dx) => STEPS.map((dy) => [x + dx, y + dy])).filter(([cx, cy]) => cx - half > 0 && cx + half < width && cy > 40 && cy + tall < height && others.free([cx - half, cy - 4, cx + half, cy + tall + 4]));
      if (!places.length) continue;
      const rated = places.map((at) => ({ at, cost: cost(at) }));
      const [cx, cy] = rated.reduce((best, one) => (one.cost < best.cost ? one : best)).at;
      others.take([cx - half, cy - 4, cx + half, cy + tall + 4]);
      label(pen, taken, null, lines, cx, cy, { size, weight: 700, ink: colour, always: true });
    }
  };

  const CROWD = 600;
  /** What is named first: large nodes; in a crowd techniques before papers, which are told apart by them. */
  const importance = (node, crowded) => (model.isPaper(node.id) ? node.size : node.size * (crowded ? 3 : 1.1));

  /**
   * Write the names of nodes on a canvas that is in screen pixels. `place(node)` gives x, y and radius on the screen;
   * `names` are headings over areas: { text, x, y, colour }.
   */
  const draw = (pen, { nodes, focus, place, names, width, height }) => {
    pen.textAlign = "center";
    pen.textBaseline = "top";
    written = [];
    const taken = ground();
    const discs = ground();
    const ink = kg.theme.colour("ink");
    const first = new Set(focus.centre);
    const shown = focus.ids ? nodes.filter((node) => focus.ids.has(node.id)) : nodes;
    const inSight = shown.map((node) => ({ node, ...place(node) })).filter(({ x, y }) => x > -60 && y > -30 && x < width + 60 && y < height + 30);
    const cores = ground();
    const square = ({ x, y, r }, share) => [x - r * share, y - r * share, x + r * share, y + r * share];
    for (const spot of inSight.length > 1500 ? [] : inSight.filter(({ r }) => r > 3)) {
      discs.take(square(spot, 0.7));
      cores.take(square(spot, 0.4));
    }
    inSight.filter(({ node }) => first.has(node.id)).forEach((spot) => taken.take(square(spot, 1)));
    for (const { node, x, y, r } of inSight.filter(({ node }) => first.has(node.id)))
      label(pen, taken, null, linesOf(node), x, y + r + 8, { size: 13, weight: 650, ink, always: true });
    headings(pen, taken, names, inSight, { width, height });
    const crowded = inSight.length > CROWD;
    const rest = inSight.filter(({ node }) => !first.has(node.id)).sort((one, two) => importance(two.node, crowded) - importance(one.node, crowded));
    let count = 0;
    rest.slice(0, 600).forEach(({ node, ...at }, rank) => {
      if (count >= MOST) return;
      const style = { size: 11.5, ink };
      // The few most important may lie over the edge of a node rather than go without a name.
      if (name(pen, taken, discs, node, at, width, style) || (rank < FIRST && name(pen, taken, cores, node, at, width, style))) count++;
    });
  };

  /** Write what was written last once more, moved along with the view: placing it anew takes longer than a frame. */
  const again = (pen, { scale, dx, dy }) => {
    pen.textAlign = "center";
    pen.textBaseline = "top";
    for (const { lines, x, top, height, ink, size, weight } of written) {
      setFont(pen, weight, size);
      write(pen, lines, x * scale + dx, top * scale + dy, height, ink);
    }
  };

  return { draw, again };
})();
