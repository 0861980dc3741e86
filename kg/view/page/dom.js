// Elements. Text from the graph only ever becomes text: nothing here takes HTML.
kg.dom = (() => {
  const SVG = "http://www.w3.org/2000/svg";
  const byId = (id) => document.getElementById(id);

  const give = (element, attributes) => {
    for (const [name, value] of Object.entries(attributes)) {
      if (value === undefined || value === null || value === false) continue;
      if (name === "on") for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
      else if (name === "colour") element.style.setProperty("--colour", value);
      else element.setAttribute(name, value === true ? "" : value);
    }
    return element;
  };

  /** An element with attributes and children; a child is an element, a text or nothing. */
  const make = (tag, attributes = {}, ...children) => {
    const element = give(document.createElement(tag), attributes);
    element.append(...children.flat(4).filter((child) => child !== undefined && child !== null && child !== false && child !== ""));
    return element;
  };

  /** A button that does something. */
  const button = (attributes, action, ...children) =>
    make("button", { type: "button", ...attributes, on: { click: action } }, ...children);

  const svg = (tag, attributes, ...children) => {
    const element = give(document.createElementNS(SVG, tag), attributes);
    element.append(...children);
    return element;
  };

  const OUTLINES = {
    Method: "M0-6.5 6.5 0 0 6.5-6.5 0z",
    Dataset: "M-5-5h10v10h-10z",
    Task: "M0-5.8 6 4.8-6 4.8z",
    Metric: "M0 5.8 6-4.8-6-4.8z",
    Concept: "M-3-5.2h6l3 5.2-3 5.2h-6l-3-5.2z",
  };

  /** The shape that stands for a class, in its colour. */
  const shape = (kind, colour = `var(--kind-${kind})`) => {
    const drawn = kind === "Paper" ? svg("circle", { r: 5.5 }) : svg("path", { d: OUTLINES[kind] });
    drawn.style.fill = colour;
    return svg("svg", { class: "shape", viewBox: "-7 -7 14 14", "aria-hidden": "true" }, drawn);
  };

  /** A small bar of a share from 0 to 1. */
  const bar = (share) => {
    const filled = svg("rect", { width: Math.max(3, 100 * Math.min(1, share)), height: 10 });
    filled.style.fill = "var(--accent)";
    return make("span", { class: "bar-of", "aria-hidden": "true" }, svg("svg", { viewBox: "0 0 100 10", preserveAspectRatio: "none" }, filled));
  };

  /** A link to another site, or its text alone where the address is not one of the web. */
  const link = (address, text = address) => {
    const safe = /^https?:\/\//i.test(address);
    return safe ? make("a", { href: address, rel: "noopener noreferrer", target: "_blank" }, text) : make("span", {}, text);
  };

  return { byId, make, button, svg, shape, bar, link };
})();
