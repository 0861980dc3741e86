// Years: the range the papers span, how many fall in each, and where each paper stands on the timeline.
kg.years = (() => {
  const { model } = kg;
  const GAP = 74;
  const TALLEST = 0.85; // height of the whole as a share of its width, where its papers allow
  const STRETCH = 1.6;
  const TALL = 15; // papers of a year on top of one another before a second column begins

  const counts = new Map();
  for (const { year } of model.papers) {
    if (year) counts.set(year, (counts.get(year) || 0) + 1);
  }
  const known = [...counts.keys()].sort((one, two) => one - two);
  const range = known.length ? [known[0], known[known.length - 1]] : null;
  const dated = [...counts.values()].reduce((sum, count) => sum + count, 0);

  /** How tall a column may grow: about as tall as the whole is wide. */
  const tall = () => Math.max(TALL, Math.round(Math.sqrt(dated / 1.6)));

  let made = null;
  const places = () => {
    if (made) return made;
    made = { spots: new Map(), columns: [] };
    let x = 0;
    const most = tall();
    for (const year of known) {
      const inside = model.papers.filter((node) => node.year === year).sort((one, two) => one.topic - two.topic || two.size - one.size || one.id - two.id);
      const wide = Math.ceil(inside.length / most);
      const rows = Math.ceil(inside.length / wide);
      inside.forEach((node, at) => {
        const [column, row] = [Math.floor(at / rows), at % rows];
        // Neighbouring columns are shifted by half a step, so that names stand between names.
        made.spots.set(node.id, { x: x + column * GAP, y: (row - (rows - 1) / 2) * GAP + (column % 2 ? GAP / 2 : 0) });
      });
      made.columns.push({ year, x: x + ((wide - 1) * GAP) / 2, wide: wide * GAP, count: inside.length });
      x += wide * GAP + 1.7 * GAP;
    }
    // Rows as far apart as the width allows for: names stand between them.
    const highest = Math.max(...[...made.spots.values()].map(({ y }) => y));
    const stretch = Math.min(STRETCH, Math.max(1, (TALLEST * x) / (2 * highest + GAP)));
    made.spots.forEach((spot) => { spot.y *= stretch; });
    const middle = x / 2;
    made.spots.forEach((spot) => { spot.x -= middle; });
    made.columns.forEach((column) => { column.x -= middle; });
    made.top = Math.min(0, ...[...made.spots.values()].map(({ y }) => y)) - GAP;
    return made;
  };

  return { range, counts, dated, of: (id) => places().spots.get(id), columns: () => places().columns, top: () => places().top };
})();
