"use strict";
// One object holds the parts of the page. Each script adds one part, and uses those that stand before it.
const kg = {};
