// Lines between nodes: drawn in as few strokes as there are looks, and found under the pointer.
kg.lines = (() => {
  const { model, paint, theme } = kg;
  const FINEST = 0.4; // pixels of the screen
  const STEP = 0.5; // widths are rounded to this, so that lines of about one width go in one stroke

  /** What a line looks like; lines that belong to an entity take the colour of its class. */
  const lookOf = (line) => {
    const ofKind = model.roles.includes(line.type);
    const colour = line.type === "broader" ? "accent" : ofKind ? `kind-${model.nodes[line.b].group}` : "edge";
    return { colour, width: Math.max(0.5, STEP * Math.round(paint.widthOf(line) / STEP)), opacity: Math.round(20 * paint.opacityOf(line)) / 20, dashed: line.type === "broader" };
  };

  let made = null; // the lines of one drawing, sorted by look
  const strokes = (lines, spotOf) => {
    if (made?.lines === lines) return made.strokes;
    const looks = new Map();
    for (const line of lines) {
      const look = lookOf(line);
      const name = `${look.colour} ${look.width} ${look.opacity}`;
      if (!looks.has(name)) looks.set(name, { ...look, path: new Path2D() });
      const [a, b] = [spotOf(line.a), spotOf(line.b)];
      const { path } = looks.get(name);
      path.moveTo(a.x, a.y);
      path.lineTo(b.x, b.y);
    }
    made = { lines, strokes: [...looks.values()].sort((one, two) => one.width - two.width) };
    return made.strokes;
  };

  /** Draw lines between the places of their ends; far away none is finer than the eye can see. `faint` fades all. */
  const draw = (pen, lines, spotOf, { scale, faint }) => {
    pen.lineCap = "butt";
    for (const { colour, width, opacity, dashed, path } of strokes(lines, spotOf)) {
      pen.strokeStyle = theme.colour(colour);
      pen.globalAlpha = opacity * faint;
      pen.lineWidth = Math.max(width, FINEST / scale);
      pen.setLineDash(dashed ? [5, 4] : []);
      pen.stroke(path);
    }
    pen.globalAlpha = 1;
    pen.setLineDash([]);
  };

  const distance = (at, a, b) => {
    const [dx, dy] = [b.x - a.x, b.y - a.y];
    const along = Math.max(0, Math.min(1, ((at.x - a.x) * dx + (at.y - a.y) * dy) / (dx * dx + dy * dy || 1)));
    return Math.hypot(at.x - a.x - along * dx, at.y - a.y - along * dy);
  };

  /** The line nearest to a place, if one is within reach. */
  const nearest = (at, lines, spotOf, reach) => {
    let best = null;
    let least = Infinity;
    for (const line of lines) {
      const far = distance(at, spotOf(line.a), spotOf(line.b)) - paint.widthOf(line) / 2;
      if (far < Math.min(least, reach)) [best, least] = [line, far];
    }
    return best;
  };

  return { draw, nearest };
})();
