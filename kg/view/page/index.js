// The index of a graph on several pages: colours as the system has them or as chosen on a page; papers and techniques by name.
kg.index = (() => {
  const { byId, make } = kg.dom;
  const { plain } = kg.text;
  const MOST = 12;

  let chosen = null;
  try { chosen = localStorage.getItem("kg-theme"); } catch { /* refused in some frames and private windows */ }
  document.documentElement.dataset.theme = chosen || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");

  const pages = [...document.querySelectorAll(".index > ol a")].map((link) => ({ file: link.getAttribute("href"), name: link.querySelector("b").textContent }));
  let names = null;
  const read = () => {
    names ??= JSON.parse(byId("index-names").textContent).map(([label, key, page, papers]) => ({ label, key, page, papers, text: ` ${plain(label)}` }));
    return names;
  };

  /** How well a name answers: the lower the better, null not at all. */
  const rank = ({ text }, words, query) => {
    if (!words.every((word) => text.includes(word))) return null;
    return text.startsWith(query, 1) ? 0 : words.every((word) => text.includes(` ${word}`)) ? 1 : 2;
  };

  const find = (typed) => {
    const query = plain(typed);
    const words = query.split(" ").filter(Boolean);
    if (!words.length) return [];
    const rated = read().map((name, at) => ({ name, at, value: rank(name, words, query) })).filter(({ value }) => value !== null);
    return rated.sort((one, two) => one.value - two.value || (two.name.papers || 0) - (one.name.papers || 0) || one.at - two.at).slice(0, MOST).map(({ name }) => name);
  };

  const row = ({ label, key, page, papers }) =>
    make("li", {}, make("a", { href: `${pages[page].file}#select=${encodeURIComponent(key)}` }, make("b", {}, label), make("span", { class: "number" }, papers ? kg.text.count(papers, "paper") : ""), make("small", {}, pages[page].name)));

  const box = byId("search");
  box?.addEventListener("input", () => {
    const found = find(box.value);
    const nothing = make("li", { class: "mute" }, "Nothing goes by that name. Try fewer letters.");
    byId("found").hidden = !box.value.trim();
    byId("found").replaceChildren(...(found.length ? found.map(row) : [nothing]));
  });
  box?.addEventListener("keydown", (event) => { if (event.key === "Enter") byId("found").querySelector("a")?.click(); });
  document.body.dataset.ready = "1";
  return { find };
})();
