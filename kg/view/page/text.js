// Words: normal forms for searching, short titles for labels, numbers as people write them.
kg.text = (() => {
  const ASCII = /^[ -~]*$/;
  /** A text without case, accents and hyphens, with single spaces. */
  const plain = (text) =>
    (ASCII.test(text) ? text : text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "")).toLowerCase().replace(/[-_\u2010-\u2015/]+/g, " ").replace(/\s+/g, " ").trim();

  /** The start of a title that is enough to know the paper by: its name before a colon, else its first words. */
  const short = (title, most = 34) => {
    const name = title.split(/:\s|\s[-\u2013\u2014]\s/)[0];
    if (name.length <= most) return name;
    const cut = name.slice(0, most + 1).replace(/\s+\S*$/, "") || name.slice(0, most);
    return cut.replace(/[\s,;]+(?:a|an|the|of|for|in|on|and|with|via|to|by|from)$/i, "").replace(/[\s,;:?!.\u2013\u2014-]+$/, "") + "\u2026";
  };

  /** A text in at most two lines of about equal length. */
  const lines = (text) => {
    if (text.length < 18) return [text];
    const spaces = [...text.matchAll(/ /g)].map((found) => found.index);
    if (!spaces.length) return [text];
    const middle = spaces.reduce((best, at) => (Math.abs(at - text.length / 2) < Math.abs(best - text.length / 2) ? at : best));
    return [text.slice(0, middle), text.slice(middle + 1)];
  };

  const number = (value) => value.toLocaleString("en-US");
  const count = (value, one, many = one + "s") => `${number(value)} ${value === 1 ? one : many}`;

  /** Roles as a heading over what a paper does with entities, and over the papers that do it to an entity. */
  const ROLES = {
    proposes: ["Proposes", "Proposed in"],
    uses: ["Uses", "Used in"],
    comparesWith: ["Compares with", "Compared with in"],
    introduces: ["Introduces", "Introduced in"],
    evaluatesOn: ["Evaluates on", "Evaluated on in"],
    addresses: ["Addresses", "Addressed in"],
    reports: ["Reports", "Reported in"],
    about: ["Is about", "Central to"],
    mentions: ["Also mentions", "Also mentioned in"],
  };
  const role = (name, ofEntity = false) => ROLES[name][ofEntity ? 1 : 0];

  /** For sorting names; one collator for all is much faster than comparing with a locale each time. */
  const byAlphabet = new Intl.Collator("en").compare;

  return { byAlphabet, plain, short, lines, number, count, role };
})();
