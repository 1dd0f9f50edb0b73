/** The two halves of a double's bits, which the algorithms of `math-*.ts` reckon with. */
const double = new Float64Array(1);
const words = new Int32Array(double.buffer);
// Where the high word lies: last on little-endian machines, which is every one that runs a browser or Node.
double[0] = 1;
const highIndex = words[1] === 0 ? 0 : 1;
const lowIndex = 1 - highIndex;

/** Sign, exponent and the first 20 bits of the fraction, as a signed integer. */
export function highWord(x: number): number {
  double[0] = x;
  return words[highIndex]!;
}

export function lowWord(x: number): number {
  double[0] = x;
  return words[lowIndex]!;
}

export function fromWords(high: number, low: number): number {
  words[highIndex] = high;
  words[lowIndex] = low;
  return double[0]!;
}

export function withHighWord(x: number, high: number): number {
  double[0] = x;
  words[highIndex] = high;
  return double[0];
}

export function withLowWord(x: number, low: number): number {
  double[0] = x;
  words[lowIndex] = low;
  return double[0];
}

const two1023 = fromWords(0x7fe00000, 0);
// 2^-1022 · 2^53, so that the second of two steps is the only one that rounds.
const tiny = fromWords(0x00100000, 0) * 9007199254740992;

/** x · 2^n, rounded once. */
export function scaled(x: number, n: number): number {
  let y = x;
  let exponent = n;
  if (exponent > 1023) {
    y *= two1023;
    exponent -= 1023;
    if (exponent > 1023) {
      y *= two1023;
      exponent = Math.min(exponent - 1023, 1023);
    }
  } else if (exponent < -1022) {
    y *= tiny;
    exponent += 1022 - 53;
    if (exponent < -1022) {
      y *= tiny;
      exponent = Math.max(exponent + 1022 - 53, -1022);
    }
  }
  return y * fromWords((0x3ff + exponent) << 20, 0);
}

/** a·b − fl(a·b), exactly (Dekker). */
export function productError(a: number, b: number, product: number): number {
  const split = (x: number) => {
    const scaled = 134217729 * x;
    const high = scaled - (scaled - x);
    return [high, x - high] as const;
  };
  const [aHigh, aLow] = split(a);
  const [bHigh, bLow] = split(b);
  return aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
}
