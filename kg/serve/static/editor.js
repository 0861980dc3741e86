// The query editor: YASGUI on this server's endpoint, with the named questions beside it. Nothing else is asked of anybody.
(() => {
  const { base, mount, examples, prefixes, classes, properties } = JSON.parse(document.getElementById("settings").textContent);
  const endpoint = `${location.origin}/sparql`;

  // What YASGUI would ask of prefix.cc and of Linked Open Vocabularies is known here.
  const completions = { prefixes, class: classes, property: properties };
  for (const [name, known] of Object.entries(completions)) {
    const completer = Yasqe.Autocompleters[name];
    if (!completer) continue;
    completer.persistenceId = null;
    completer.bulk = true;
    completer.get = () => Promise.resolve(known);
  }

  /** The query with the prefixes that it uses and does not declare: the server knows them, the editor would complain. */
  const declared = (query) => {
    const missing = prefixes.filter((known) => {
      const prefix = known.split(":")[0];
      return new RegExp(`(^|[^\\w:<?/])${prefix}:\\w`).test(query) && !new RegExp(`prefix\\s+${prefix}:`, "i").test(query);
    });
    return missing.map((known) => `PREFIX ${known}\n`).join("") + query;
  };

  const yasgui = new Yasgui(document.getElementById("editor"), {
    persistenceId: "kg",
    requestConfig: { endpoint: () => endpoint, method: "POST" },
    populateFromUrl: (tab) => { // a link to a query: it becomes a tab and is asked
      tab.yasqe.value = declared(tab.yasqe.value);
      tab.requestConfig = { ...Yasqe.defaults.requestConfig, endpoint, method: "POST", args: [], headers: {} };
      return tab;
    },
    endpointCatalogueOptions: { getData: () => [{ endpoint }], keys: [] },
    yasqe: { ...Yasqe.defaults, prefixCcApi: null, value: examples.length ? examples[0].query : "SELECT * { ?s ?p ?o } LIMIT 10" },
  });

  const ask = (query, name) => {
    const tab = yasgui.getTab();
    tab.setQuery(declared(query));
    if (name) tab.setName(name);
    tab.query().catch(() => {}); // the answer's pane says what is wrong
  };

  const list = document.getElementById("questions");
  for (const { name, title, query } of examples) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = title;
    button.dataset.question = name;
    button.addEventListener("click", () => ask(query, name));
    list.append(document.createElement("li"));
    list.lastChild.append(button);
  }

  // IRIs of this graph lead to their pages here, wherever their host is.
  const lead = (event) => {
    const link = event.target.closest && event.target.closest("a[href]");
    const href = link && link.getAttribute("href");
    if (href && href.startsWith(base)) link.setAttribute("href", mount + href.slice(base.length));
  };
  for (const kind of ["pointerdown", "focusin", "click"]) document.addEventListener(kind, lead, true);

  document.body.dataset.ready = "1";
})();
