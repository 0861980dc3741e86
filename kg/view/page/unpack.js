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
  const signed = (text) => plain(text).map(sign);

  /** Whole numbers written as differences. */
  const steps = (text) => {
    let sum = 0;
    return signed(text).map((step) => (sum += step));
  };

  return { plain, signed, steps, sign };
})();
