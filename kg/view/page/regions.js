// The soft ground under each topic, so that it reads as a region of the map.
kg.regions = (() => {
  const { model, theme } = kg;
  const REACH = 92; // of each paper
  const FEW = 400; // papers whose ground is drawn disc by disc; that of more comes from a small picture of it
  const PICTURE = 480; // pixels along the longer side of the picture

  const discs = (pen, inside) => {
    pen.beginPath();
    for (const { x, y } of inside) {
      pen.moveTo(x + REACH, y);
      pen.arc(x, y, REACH, 0, 2 * Math.PI);
    }
    pen.fill("nonzero");
  };
  const fill = (pen, groups) => {
    for (const [topic, inside] of groups) {
      pen.fillStyle = theme.topic(topic);
      discs(pen, inside);
    }
  };

  /** A picture of all the regions and where it belongs: drawn once, since thousands of discs take longer than a frame. */
  const picture = (groups) => {
    const spots = groups.flatMap(([, inside]) => inside);
    const edge = (axis, most) => spots.reduce((found, node) => most(found, node[axis]), spots[0][axis]);
    const [left, top] = [edge("x", Math.min) - REACH, edge("y", Math.min) - REACH];
    const [width, height] = [edge("x", Math.max) + REACH - left, edge("y", Math.max) + REACH - top];
    const scale = Math.min(1, PICTURE / Math.max(width, height));
    const image = document.createElement("canvas");
    [image.width, image.height] = [Math.ceil(width * scale), Math.ceil(height * scale)];
    const pen = image.getContext("2d");
    pen.setTransform(scale, 0, 0, scale, -left * scale, -top * scale);
    fill(pen, groups);
    return { image, left, top, width, height };
  };

  let of = null;
  let known = null;
  theme.listen(() => { of = null; });

  /** Draw the regions of the papers that are visible, of which `area` is in sight. */
  const draw = (pen, visible, area) => {
    if (of !== visible) {
      const groups = model.topics.map((topic) => [topic.id, topic.papers.filter((id) => visible.ids.has(id)).map((id) => model.nodes[id])]).filter(([, inside]) => inside.length);
      known = { groups, picture: visible.nodes.length > FEW && groups.length ? picture(groups) : null };
      of = visible;
    }
    const inSight = ({ x, y }) => x > area.left - REACH && y > area.top - REACH && x < area.left + area.width + REACH && y < area.top + area.height + REACH;
    const near = known.groups.map(([topic, inside]) => [topic, inside.filter(inSight)]);
    pen.globalAlpha = 0.085;
    if (known.picture && near.reduce((sum, [, inside]) => sum + inside.length, 0) > FEW) {
      const { image, left, top, width, height } = known.picture;
      pen.drawImage(image, left, top, width, height);
    } else fill(pen, near);
    pen.globalAlpha = 1;
  };

  return { draw };
})();
