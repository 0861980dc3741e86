// Papers as citations: BibTeX, RIS, CSV and plain text. Plain values in, text out.
// A paper here is { key, title, abstract, authors, year, venue, doi, arxiv, url, shared: [names] }.
kg.cite = (() => {
  const wordOf = (text) => (text || "").normalize("NFKD").replace(/[^A-Za-z0-9 ]/g, "").trim().split(/\s+/);
  const LITTLE = new Set("a an the of for in on and with via to by from is are how what when why".split(" "));

  /** The family name of an author given as "Family, Given" or "Given Family". */
  const family = (author) => (author.includes(",") ? author.split(",")[0] : wordOf(author).pop() || author).trim();

  /** A key such as lovelace2024fox. */
  const citeKey = ({ authors = [], year, title }) => {
    const who = authors.length ? wordOf(family(authors[0])).join("") : "";
    const word = wordOf(title).find((one) => one && !LITTLE.has(one.toLowerCase())) || "paper";
    return `${who}${year || ""}${word}`.toLowerCase();
  };

  const letters = (number) => (number < 26 ? String.fromCharCode(97 + number) : letters(Math.floor(number / 26) - 1) + letters(number % 26));

  /** Keys that are all different: the second of the same gets "a". */
  const keys = (papers) => {
    const seen = new Map();
    return papers.map((paper) => {
      const key = citeKey(paper);
      const times = seen.get(key) || 0;
      seen.set(key, times + 1);
      return times ? key + letters(times - 1) : key;
    });
  };

  const TEX = { "\\": "\\textbackslash{}", "{": "\\{", "}": "\\}", "&": "\\&", "%": "\\%", $: "\\$", "#": "\\#", _: "\\_", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}" };
  const tex = (text) => text.replace(/[\\{}&%$#_~^]/g, (one) => TEX[one]);

  const bibtex = (papers) => {
    const names = keys(papers);
    return papers.map((paper, at) => {
      const { authors = [], title, year, venue, doi, arxiv, url, abstract } = paper;
      const fields = { title: title && `{${tex(title)}}`, author: authors.map(tex).join(" and "), year, journal: venue && tex(venue), doi, eprint: arxiv, archiveprefix: arxiv && "arXiv", url, abstract: abstract && tex(abstract) };
      const lines = Object.entries(fields).filter(([, value]) => value).map(([name, value]) => `  ${name} = {${value}},`);
      return `@${venue ? "article" : "misc"}{${names[at]},\n${lines.join("\n")}\n}\n`;
    }).join("\n");
  };

  const ris = (papers) =>
    papers.map(({ authors = [], title, year, venue, doi, arxiv, url, abstract, shared = [] }) => {
      const line = (tag, value) => (value ? [`${tag}  - ${String(value).replace(/\s+/g, " ")}`] : []);
      const address = url || (arxiv && `https://arxiv.org/abs/${arxiv}`);
      return [...line("TY", venue ? "JOUR" : "GEN"), ...line("TI", title), ...authors.flatMap((author) => line("AU", author)), ...line("PY", year), ...line("JO", venue), ...line("DO", doi), ...line("UR", address), ...line("AB", abstract), ...shared.flatMap((name) => line("KW", name)), "ER  - ", ""].join("\r\n");
    }).join("\r\n");

  /** A cell of CSV. What a spreadsheet would run as a formula is kept text by an apostrophe. */
  const cell = (value) => {
    const text = String(value ?? "");
    const safe = /^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const csv = (rows) => rows.map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";

  /** One paper as people cite it. */
  const text = ({ authors = [], year, title, venue, doi, arxiv, url }) => {
    const who = authors.length > 6 ? `${authors.slice(0, 6).join(", ")} et al.` : authors.join(", ");
    const where = doi ? `https://doi.org/${doi}` : arxiv ? `https://arxiv.org/abs/${arxiv}` : url;
    const ended = (part) => (/[.?!]$/.test(part) ? part : `${part}.`);
    return [who && ended(who), year && `(${year}).`, ended(title), venue && ended(venue), where].filter(Boolean).join(" ");
  };

  return { bibtex, ris, csv, text, citeKey };
})();
