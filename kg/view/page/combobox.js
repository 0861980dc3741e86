// A text field that suggests papers and entities while one types; the search box is one, the ends of a path are others.
kg.combobox = (() => {
  const { model } = kg;
  const { make, shape } = kg.dom;

  const describe = ({ node, name }) => {
    if (name) return make("small", {}, name);
    return make("small", {}, model.isPaper(node.id) ? node.year || "" : kg.text.count(node.n, "paper"));
  };

  /** Give a field its suggestions in a list; `choose` gets the number of the node that is chosen. */
  const attach = (box, list, choose) => {
    let found = [];
    let marked = -1;

    const close = () => {
      list.hidden = true;
      box.setAttribute("aria-expanded", "false");
      box.removeAttribute("aria-activedescendant");
    };

    const go = (number) => {
      const answer = found[number];
      if (!answer) return;
      close();
      box.blur();
      choose(answer.node.id);
    };

    const option = (answer, number) =>
      make(
        "li",
        {
          role: "option", id: `${list.id}-${number}`, "aria-selected": String(number === marked), title: answer.node.label,
          // The box keeps the focus: a press that took it would close the list before the click.
          on: { mousedown: (event) => event.preventDefault(), click: () => go(number) },
        },
        shape(answer.node.group), make("span", {}, answer.node.label), describe(answer),
      );

    const show = () => {
      if (!box.value.trim()) return close();
      const hint = make("li", { class: "hint", role: "option", "aria-disabled": "true", "aria-selected": "false" }, "Nothing goes by that name. Try fewer letters, another name, or an abbreviation.");
      list.replaceChildren(...(found.length ? found.map(option) : [hint]));
      list.hidden = false;
      box.setAttribute("aria-expanded", String(found.length > 0));
      if (marked >= 0) {
        box.setAttribute("aria-activedescendant", `${list.id}-${marked}`);
        list.children[marked].scrollIntoView({ block: "nearest" });
      } else box.removeAttribute("aria-activedescendant");
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
      Enter: () => {
        found = kg.search.find(box.value); // what stands in the box now, whatever was suggested before
        go(Math.min(Math.max(0, marked), found.length - 1));
      },
      Escape: () => {
        if (!box.value) box.blur();
        box.value = "";
        close();
      },
    };

    box.addEventListener("input", typed);
    box.addEventListener("focus", () => { if (box.value && !box.dataset.kept) typed(); });
    box.addEventListener("blur", close);
    box.addEventListener("keydown", (event) => {
      if (!KEYS[event.key] || event.isComposing) return;
      event.preventDefault();
      event.stopPropagation();
      KEYS[event.key]();
    });
    return { close };
  };

  let count = 0;
  /** A labelled field with suggestions. */
  const made = ({ label, value, choose }) => {
    const id = `field-${++count}`;
    const list = make("ul", { id: `${id}-list`, class: "suggestions", role: "listbox", "aria-label": `Suggestions: ${label}`, hidden: true });
    const box = make("input", { id, type: "search", role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": `${id}-list`, autocomplete: "off", spellcheck: "false", placeholder: "Paper or technique", "data-kept": value ? "1" : undefined, "data-end": label });
    box.value = value;
    attach(box, list, choose);
    return make("div", { class: "field" }, make("label", { for: id }, label), box, list);
  };

  return { attach, make: made };
})();
