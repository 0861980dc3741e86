// The drawing as a file of its own: PNG from what is on the screen, SVG drawn again shape by shape.
kg.picture = (() => {
  const { model, theme, paint } = kg;

  const escape = (text) => text.replace(/[&<>"]/g, (one) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[one]).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, "\ufffd");
  const round = (number) => Math.round(number * 10) / 10;
  const tag = (name, attributes, text) => {
    const given = Object.entries(attributes).filter(([, value]) => value !== undefined).map(([key, value]) => ` ${key}="${escape(String(value))}"`).join("");
    return text === undefined ? `<${name}${given}/>` : `<${name}${given}>${text}</${name}>`;
  };

  /** A pen that writes what it is told into SVG instead of a canvas; it knows what the labels use. */
  const pen = (parts) => {
    const measure = document.createElement("canvas").getContext("2d");
    let font = ""; // as it was given: a canvas says "bold" for 700 and nothing for 400
    const made = {
      lineWidth: 1, strokeStyle: "", fillStyle: "",
      set font(value) { measure.font = font = value; },
      get font() { return font; },
      measureText: (words) => measure.measureText(words),
      strokeText: (words, x, y) => text(words, x, y, { fill: "none", stroke: made.strokeStyle, "stroke-width": made.lineWidth, "stroke-linejoin": "round" }),
      fillText: (words, x, y) => text(words, x, y, { fill: made.fillStyle }),
    };
    const text = (words, x, y, attributes) => {
      const [, weight, size] = /^(\d+) ([\d.]+)px/.exec(font);
      const down = made.textBaseline === "bottom" ? -0.2 : 0.8; // of its size, from where a canvas hangs a text to its line
      parts.push(tag("text", { x: round(x), y: round(y + Number(size) * down), "font-size": size, "font-weight": weight, ...attributes }, escape(words)));
    };
    return made;
  };

  const OUTLINES = {
    Paper: (x, y, r) => tag("circle", { cx: round(x), cy: round(y), r: round(r) }),
    Method: (x, y, r) => `M${x} ${y - r}L${x + r} ${y}L${x} ${y + r}L${x - r} ${y}z`,
    Dataset: (x, y, r) => `M${x - r} ${y - r}h${2 * r}v${2 * r}h${-2 * r}z`,
    Task: (x, y, r) => `M${x} ${y - r}L${x + r} ${y + r * 0.8}H${x - r}z`,
    Metric: (x, y, r) => `M${x} ${y + r}L${x + r} ${y - r * 0.8}H${x - r}z`,
    Concept: (x, y, r) => `M${x - r / 2} ${y - r * 0.87}h${r}l${r / 2} ${r * 0.87}l${-r / 2} ${r * 0.87}h${-r}l${-r / 2} ${-r * 0.87}z`,
  };

  const shape = (node, { x, y, r }, state, dim) => {
    const look = { fill: paint.fill(node, state), stroke: theme.colour("ground"), opacity: dim ? 0.14 : undefined };
    const [cx, cy, cr] = [x, y, r].map(round);
    const inside = tag("title", {}, escape(node.label));
    if (node.group === "Paper") return tag("circle", { cx, cy, r: cr, ...look }, inside);
    return tag("path", { d: OUTLINES[node.group](cx, cy, cr).replace(/-?\d+\.\d+/g, (number) => String(round(Number(number)))), ...look }, inside);
  };

  const line = (known, place, dim) => {
    const [a, b] = [place(model.nodes[known.a]), place(model.nodes[known.b])];
    const ofKind = model.roles.includes(known.type);
    const stroke = ofKind ? theme.colour(`kind-${model.nodes[known.b].group}`) : theme.colour(known.type === "broader" ? "accent" : "edge");
    const scale = a.r / Math.max(1, model.nodes[known.a].size);
    return tag("line", { x1: round(a.x), y1: round(a.y), x2: round(b.x), y2: round(b.y), stroke, "stroke-width": round(Math.max(0.4, paint.widthOf(known) * Math.min(1, scale))), "stroke-dasharray": known.type === "broader" ? "5 4" : undefined, "stroke-opacity": dim ? 0.1 : paint.opacityOf(known) });
  };

  /** The view as SVG text. */
  const svg = (state) => {
    const { visible, focus, place, names, width, height } = kg.canvas.scene();
    const inSight = ({ x, y }) => x > -20 && y > -20 && x < width + 20 && y < height + 20;
    const shown = visible.nodes.filter((node) => inSight(place(node)));
    const ids = new Set(shown.map(({ id }) => id));
    const strong = new Set(focus.lines.map(({ a, b }) => `${a}-${b}`));
    const labels = [];
    const writer = pen(labels);
    const reserved = state.view === "timeline" ? paint.axis(writer, kg.canvas.toScreen) : [];
    kg.labels.draw(writer, { nodes: shown, focus, place, names, reserved, width, height });
    const outside = (id) => Boolean(focus.ids) && !focus.ids.has(id);
    const drawn = new Set(visible.lines.map(({ a, b }) => `${a}-${b}`));
    const all = [...visible.lines, ...focus.lines.filter(({ a, b }) => !drawn.has(`${a}-${b}`))];
    const lines = all.filter(({ a, b }) => ids.has(a) || ids.has(b)).map((known) => line(known, place, Boolean(focus.ids) && !strong.has(`${known.a}-${known.b}`)));
    const body = [
      tag("title", {}, escape(document.title)),
      tag("rect", { width, height, fill: theme.colour("ground") }),
      tag("g", {}, lines.join("")),
      tag("g", { "stroke-width": 1 }, shown.map((node) => shape(node, place(node), state, outside(node.id))).join("")),
      tag("g", { "font-family": theme.font().replaceAll('"', "'"), "text-anchor": "middle" }, labels.join("")),
    ];
    return `<?xml version="1.0" encoding="UTF-8"?>\n${tag("svg", { xmlns: "http://www.w3.org/2000/svg", viewBox: `0 0 ${width} ${height}`, width, height }, body.join("\n"))}\n`;
  };

  /** The view as a PNG blob, on the ground of the theme. */
  const png = () => {
    const drawn = kg.canvas.picture();
    const copy = document.createElement("canvas");
    [copy.width, copy.height] = [drawn.width, drawn.height];
    const ink = copy.getContext("2d");
    ink.fillStyle = theme.colour("ground");
    ink.fillRect(0, 0, copy.width, copy.height);
    ink.drawImage(drawn, 0, 0);
    return new Promise((done) => copy.toBlob(done, "image/png"));
  };

  return { svg, png };
})();
