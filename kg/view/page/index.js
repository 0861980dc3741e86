// The index follows the colours of the system, or those chosen on a page.
"use strict";
let chosen = null;
try { chosen = localStorage.getItem("kg-theme"); } catch { /* refused in some frames and private windows */ }
document.documentElement.dataset.theme = chosen || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
document.body.dataset.ready = "1";
