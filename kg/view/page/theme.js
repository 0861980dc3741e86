// Light and dark: as the system says, until somebody chooses. The canvas asks here for the colours of the style sheet.
kg.theme = (() => {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const listeners = [];
  let seen = new Map();

  const kept = {
    // Storage is refused in some frames and private windows: then the choice lasts as long as the page.
    read: () => { try { return localStorage.getItem("kg-theme"); } catch { return null; } },
    write: (value) => { try { localStorage.setItem("kg-theme", value); } catch { /* see above */ } },
  };
  let chosen = kept.read();

  let printing = false; // paper is light
  const current = () => printing ? "light" : (chosen === "light" || chosen === "dark" ? chosen : system.matches ? "dark" : "light");

  const ICONS = {
    light: "M12 3v2m0 14v2M3 12h2m14 0h2M5.6 5.6 7 7m10 10 1.4 1.4M18.4 5.6 17 7M7 17l-1.4 1.4M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8z",
    dark: "M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5z",
  };

  const apply = () => {
    document.documentElement.dataset.theme = current();
    seen = new Map();
    const other = current() === "dark" ? "light" : "dark";
    const button = kg.dom.byId("theme");
    const path = kg.dom.svg("path", { d: ICONS[other], fill: "none", stroke: "currentColor", "stroke-width": 1.8, "stroke-linecap": "round", "stroke-linejoin": "round" });
    button.replaceChildren(kg.dom.svg("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, path));
    button.setAttribute("aria-label", `Switch to ${other} colours`);
    button.title = `Switch to ${other} colours`;
    listeners.forEach((listener) => listener());
  };

  /** The value of a colour by its name in theme.css, without the dashes. */
  const colour = (name) => {
    if (!seen.has(name)) seen.set(name, getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim());
    return seen.get(name);
  };

  /** A colour between two others, `share` of the second. */
  const between = (one, two, share) => {
    const parts = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
    const [a, b] = [parts(one), parts(two)];
    return `#${a.map((value, at) => Math.round(value + share * (b[at] - value)).toString(16).padStart(2, "0")).join("")}`;
  };

  const COLOURS = 10;
  const topicName = (topic) => (topic < 0 ? "topic-none" : `topic-${topic % COLOURS}`);

  return {
    colour,
    /** The colour of a topic for the canvas, and as a style for elements. */
    topic: (topic) => colour(topicName(topic)),
    /** The same, dark or light enough to be read as words on the ground. */
    topicInk: (topic) => between(colour(topicName(topic)), colour("ink"), 0.42),
    topicStyle: (topic) => `var(--${topicName(topic)})`,
    font: () => colour("font"),
    listen: (listener) => listeners.push(listener),
    start: () => {
      apply();
      system.addEventListener("change", apply);
      for (const event of ["beforeprint", "afterprint"]) addEventListener(event, () => { printing = event === "beforeprint"; apply(); });
      kg.dom.byId("theme").addEventListener("click", () => {
        chosen = current() === "dark" ? "light" : "dark";
        kept.write(chosen);
        apply();
      });
    },
  };
})();
