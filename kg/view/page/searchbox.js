// The search box: suggestions while typing, Enter goes to the first (or marked) one, Escape clears.
kg.searchbox = (() => {
  const { model, state } = kg;
  const { byId, make, shape } = kg.dom;
  const box = byId("search");
  const list = byId("suggestions");
  let found = [];
  let marked = -1;

  const describe = ({ node, name }) => {
    const { year } = model.about(node.id);
    if (name) return make("small", {}, name);
    return make("small", {}, model.isPaper(node.id) ? year || "" : kg.text.count(node.n, "paper"));
  };

  const option = (answer, number) =>
    make(
      "li",
      {
        role: "option", id: `suggestion-${number}`, "aria-selected": String(number === marked),
        // The box keeps the focus: a press that took it would close the list before the click.
        on: { mousedown: (event) => event.preventDefault(), click: () => go(number) },
      },
      shape(answer.node.group), make("span", {}, answer.node.label), describe(answer),
    );

  const close = () => {
    list.hidden = true;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  };

  const show = () => {
    if (!box.value.trim()) return close();
    const hint = make("li", { class: "hint" }, "Nothing goes by that name. Try fewer letters, another name, or an abbreviation.");
    list.replaceChildren(...(found.length ? found.map(option) : [hint]));
    list.hidden = false;
    box.setAttribute("aria-expanded", String(found.length > 0));
    if (marked >= 0) {
      box.setAttribute("aria-activedescendant", `suggestion-${marked}`);
      list.children[marked].scrollIntoView({ block: "nearest" });
    } else box.removeAttribute("aria-activedescendant");
  };

  const go = (number) => {
    const answer = found[number];
    if (!answer) return;
    box.value = "";
    close();
    box.blur();
    state.choose(answer.node.id, { filter: "" });
    byId("pane-details").focus({ preventScroll: true });
  };

  const typed = () => {
    found = kg.search.find(box.value);
    marked = -1;
    show();
  };

  const step = (by) => {
    if (!found.length) return;
    marked = (marked + by + found.length + (marked < 0 && by < 0 ? 1 : 0)) % found.length;
    show();
  };

  const KEYS = {
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    Enter: () => go(Math.max(0, marked)),
    Escape: () => {
      if (!box.value) box.blur();
      box.value = "";
      close();
    },
  };

  const start = () => {
    box.addEventListener("input", typed);
    box.addEventListener("focus", () => { if (box.value) typed(); });
    box.addEventListener("blur", close);
    box.addEventListener("keydown", (event) => {
      if (!KEYS[event.key] || event.isComposing) return;
      event.preventDefault();
      event.stopPropagation();
      KEYS[event.key]();
    });
  };

  return { start, focus: () => { box.focus(); box.select(); } };
})();
