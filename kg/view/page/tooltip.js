// The name of what the pointer is over, and why a line is there; vis-network's own looks at every node at every move.
kg.tooltip = (() => {
  const { model, canvas } = kg;
  const box = kg.dom.byId("tooltip");
  let waiting = false;

  const line = (id) => {
    const node = model.nodes[id];
    if (!model.isPaper(id)) return `${node.group}, in ${kg.text.count(node.n, "paper")}`;
    return [node.year, kg.text.count(model.linkCount(id), "linked paper"), node.topic >= 0 && model.topics[node.topic].name].filter(Boolean).join(" \u00b7 ");
  };

  const MOST = 4;
  /** What a line stands for, and what a click on it does. */
  const ofLine = (known) => {
    if (known?.link !== undefined) {
      const names = model.links[known.link].shared.map(({ entity }) => model.nodes[entity].label);
      const more = names.length > MOST ? ` and ${names.length - MOST} more` : "";
      return [`Both have ${names.slice(0, MOST).join(", ")}${more}`, "Click for the words of both"];
    }
    if (!known || !model.roles.includes(known.type)) return null;
    const [paper, entity] = [model.nodes[known.a].label, model.nodes[known.b].label];
    return [`${kg.text.short(paper, 60)} ${kg.text.role(known.type).toLowerCase()} ${entity}`, "Click for the paper"];
  };

  const hide = () => { box.hidden = true; canvas.holder.style.cursor = ""; };

  const look = (x, y) => {
    waiting = false;
    const id = canvas.nodeAt(x, y);
    const words = id === undefined ? ofLine(canvas.lineAt(x, y)) : [model.nodes[id].label, line(id)];
    if (!words) return hide();
    canvas.holder.style.cursor = "pointer";
    box.replaceChildren(words[0], kg.dom.make("small", {}, words[1]));
    box.hidden = false;
    const left = Math.min(x + 14, canvas.holder.clientWidth - box.offsetWidth - 8);
    const top = y + 18 + box.offsetHeight > canvas.holder.clientHeight ? y - box.offsetHeight - 10 : y + 18;
    box.style.left = `${Math.max(8, left)}px`;
    box.style.top = `${Math.max(8, top)}px`;
  };

  const start = () => {
    canvas.holder.addEventListener("pointermove", (event) => {
      if (event.pointerType !== "mouse" || event.buttons || waiting) return;
      waiting = true;
      const { left, top } = canvas.holder.getBoundingClientRect();
      requestAnimationFrame(() => look(event.clientX - left, event.clientY - top));
    });
    canvas.holder.addEventListener("pointerleave", hide);
    canvas.onMove(hide);
  };

  return { start };
})();
