// Names on the drawing: the most important first, each only where it covers no other.
kg.labels = (() => {
  const { model } = kg;
  const CELL = 48;
  const MOST = 160;
  const FIRST = 24;
  const FOREMOST = 14;
  const AMPLE = 520_000; // square pixels of a frame that has room for these; a smaller one has for fewer
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
      /** How much one would cover of the others, in square pixels. */
      covered: (box) => {
        const found = new Set();
        each(box, (cell) => { (cells.get(cell) || []).filter((other) => meets(box, other)).forEach((other) => found.add(other)); });
        const shared = (other, from, to) => Math.min(box[to], other[to]) - Math.max(box[from], other[from]);
        return [...found].reduce((sum, other) => sum + shared(other, 0, 2) * shared(other, 1, 3), 0);
      },
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

  /** Where a name may stand at a node: under it, beside it, over it, or at a corner. */
  const around = ({ x, y, r }, half, tall, gap) => {
    const [aside, edge] = [r + half + gap + 2, 0.7 * (r + gap)];
    return [
      [x, y + r + gap], [x + aside, y - tall / 2], [x - aside, y - tall / 2], [x, y - r - tall - gap],
      ...[1, -1].flatMap((way) => [[x + way * (edge + half), y + edge], [x + way * (edge + half), y - edge - tall]]),
    ];
  };

  /** Write the name of a node under it, or else over it or beside it. */
  const name = (pen, taken, discs, node, { x, y, r }, width, style) => {
    const lines = linesOf(node);
    setFont(pen, 400, style.size);
    const half = Math.max(...lines.map((line) => widthOf(pen, line))) / 2;
    const tall = style.size * 1.2 * lines.length;
    const seen = around({ x, y, r }, half, tall, 3).filter(([at]) => at - half > 2 && at + half < width - 2);
    return seen.some(([at, top]) => label(pen, taken, discs, lines, at, top, style));
  };

  /** Write the name of what is selected: over as little of nodes as can be and no other name, else under it, but never beyond the frame. */
  const selected = (pen, taken, discs, node, { x, y, r }, width, ink) => {
    const style = { size: 13, weight: 650, ink };
    const lines = linesOf(node);
    setFont(pen, style.weight, style.size);
    const half = Math.max(...lines.map((line) => widthOf(pen, line))) / 2;
    const tall = style.size * 1.2 * lines.length;
    const within = (at) => Math.max(half + 4, Math.min(width - half - 4, at));
    const places = around({ x, y, r }, half, tall, 9).map(([at, top], number) => [number % 3 ? at : within(at), top]); // under and over it
    const further = around({ x, y, r }, half, tall, 30);
    const seen = [...places, ...further].filter(([at]) => at === within(at));
    const rated = seen.map(([at, top], number) => ({ at, top, cost: discs.covered([at - half, top, at + half, top + tall]) + (number < places.length ? 0 : 40) }));
    rated.sort((one, two) => one.cost - two.cost); // of equals the first stays first
    if (!rated.some(({ at, top }) => label(pen, taken, null, lines, at, top, style))) label(pen, taken, null, lines, ...places[0], { ...style, always: true });
  };

  const STEPS = [-156, -120, -84, -60, -36, -18, 0, 18, 36, 60, 84, 120, 156];

  /** Where the buttons for zooming stand. */
  const corner = (width, height) => [width - 56, height - (width < 480 ? 56 : 136), width, height];

  /** Write headings first, each near its place where it covers the fewest nodes and no other heading. */
  const headings = (pen, taken, names, inSight, { width, height }) => {
    const others = ground();
    const small = width < 480;
    const size = small ? 12 : 13.5;
    const reach = Math.min(1, Math.max(0.4, Math.min(width, height) / 700)); // on a small frame areas are small, and headings stay with them
    const steps = STEPS.map((step) => step * reach);
    others.take(corner(width, height));
    const near = inSight.length > 600 ? [] : inSight; // in a crowd every place covers somebody
    for (const { text, x, y, colour } of names.slice(0, MOST_HEADINGS)) {
      const lines = headingLines(text).slice(0, small ? 1 : 2);
      setFont(pen, 700, size);
      const half = Math.max(...lines.map((line) => widthOf(pen, line))) / 2 + 6;
      const tall = 18 * lines.length;
      const cost = ([cx, cy]) =>
        near.filter((node) => Math.abs(node.x - cx) < half + node.r && node.y > cy - node.r - 2 && node.y < cy + tall + node.r).length * 100 * reach + (1.1 / reach) * Math.hypot(cx - x, cy - y);
      const places = steps.flatMap((dx) => steps.map((dy) => [x + dx, y + dy])).filter(([cx, cy]) => cx - half > 0 && cx + half < width && cy > 40 && cy + tall < height && others.free([cx - half, cy - 4, cx + half, cy + tall + 4]));
      if (!places.length) continue;
      const rated = places.map((at) => ({ at, cost: cost(at) }));
      const [cx, cy] = rated.reduce((best, one) => (one.cost < best.cost ? one : best)).at;
      others.take([cx - half, cy - 4, cx + half, cy + tall + 4]);
      label(pen, taken, null, lines, cx, cy, { size, weight: 700, ink: colour, always: true });
    }
  };

  const CROWD = 600;
  const THRONG = 1500; // so many nodes leave no place free
  /** What is named first: large nodes; in a crowd techniques before papers, which are told apart by them. */
  const importance = (node, crowded) => (model.isPaper(node.id) ? node.size : node.size * (crowded ? 3 : 1.1));

  /**
   * Write the names of nodes on a canvas that is in screen pixels. `place(node)` gives x, y and radius on the screen;
   * `names` are headings over areas: { text, x, y, colour }; `reserved` are rectangles that other words take.
   */
  const draw = (pen, { nodes, focus, place, names, reserved = [], width, height }) => {
    pen.textAlign = "center";
    pen.textBaseline = "top";
    written = [];
    const taken = ground();
    const discs = ground();
    const ink = kg.theme.colour("ink");
    reserved.forEach(taken.take);
    taken.take(corner(width, height));
    taken.take(width < 480 ? [0, 0, width, 38] : [0, 0, Math.min(width, 640), 32]); // the line at the top that says what this is
    const first = new Set(focus.centre);
    const shown = focus.ids ? nodes.filter((node) => focus.ids.has(node.id)) : nodes;
    const inSight = shown.map((node) => ({ node, ...place(node) })).filter(({ x, y }) => x > -60 && y > -30 && x < width + 60 && y < height + 30);
    const cores = ground();
    const square = ({ x, y, r }, share) => [x - r * share, y - r * share, x + r * share, y + r * share];
    for (const spot of inSight.length > THRONG ? [] : inSight.filter(({ r }) => r > 2)) {
      discs.take(square(spot, 0.7));
      cores.take(square(spot, 0.4));
    }
    inSight.filter(({ node }) => first.has(node.id)).forEach((spot) => taken.take(square(spot, 1)));
    for (const { node, ...at } of inSight.filter(({ node }) => first.has(node.id))) selected(pen, taken, discs, node, at, width, ink);
    headings(pen, taken, names, inSight, { width, height });
    const crowded = inSight.length > CROWD;
    const rest = inSight.filter(({ node }) => !first.has(node.id)).sort((one, two) => importance(two.node, crowded) - importance(one.node, crowded));
    const frame = Math.min(1, (width * height) / AMPLE);
    const foremost = Math.min(FOREMOST * frame, Math.round(rest.length / 6));
    const large = ground(); // what is named first hides nothing of its like
    rest.slice(0, foremost).forEach((spot) => large.take(square(spot, 0.8)));
    const most = MOST * Math.max(0.2, frame) * (inSight.length > THRONG ? 0.5 : 1);
    let count = 0;
    rest.slice(0, 600).forEach(({ node, ...at }, rank) => {
      if (count >= most) return;
      const style = { size: 11.5, ink };
      // The few most important may lie over the edge of a node, and the foremost techniques over lesser nodes, rather
      // than go without a name.
      const others = [discs, ...(rank < FIRST * frame ? [cores] : []), ...(rank < foremost && !model.isPaper(node.id) ? [large] : [])];
      if (others.some((kept) => name(pen, taken, kept, node, at, width, style))) count++;
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
