// Numbers written as short text by kg/view/pack.py: base 44, the last digit of a number in characters of its own.
kg.unpack = (() => {
  const ALPHABET = Array.from({ length: 94 }, (_, at) => String.fromCharCode(33 + at)).filter((one) => !"\"&'<>\\".includes(one));
  const BASE = ALPHABET.length / 2;
  const VALUES = new Int8Array(128);
  ALPHABET.forEach((one, value) => { VALUES[one.charCodeAt(0)] = value; });

  /** Whole numbers, none below zero. */
  const plain = (text) => {
    const found = [];
    let number = 0;
    for (let at = 0; at < text.length; at++) {
      const value = VALUES[text.charCodeAt(at)];
      if (value >= BASE) number = (number + value - BASE) * BASE;
      else {
        found.push(number + value);
        number = 0;
      }
    }
    return found;
  };

  const sign = (number) => (number % 2 ? -(number + 1) / 2 : number / 2);

  /** Whole numbers of either sign. */
  const signed = (text) => {
    const found = plain(text);
    for (let at = 0; at < found.length; at++) found[at] = sign(found[at]);
    return found;
  };

  /** Whole numbers written as differences. */
  const steps = (text) => {
    const found = signed(text);
    for (let at = 1; at < found.length; at++) found[at] += found[at - 1];
    return found;
  };

  const CODES = { x: signed, y: signed, tx: signed, ty: signed, topic: signed, size: plain, n: plain, group: plain, year: plain, from: steps, to: steps, type: plain, weight: plain };

  /** A table of columns, each read when it is asked for: `column(name)` gives its values, zeros where it was left out. */
  const table = (columns) => ({
    length: columns.length,
    column: (name) => {
      const packed = columns[name];
      if (packed === undefined) return new Array(columns.length).fill(0);
      return CODES[name] ? CODES[name](packed) : packed;
    },
    /** A column that only some rows have. */
    sparse: (name) => columns[name] || {},
  });

  return { plain, signed, steps, sign, table };
})();
