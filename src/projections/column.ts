type Numbers = Float64Array | Int32Array | Uint16Array | Uint8Array;

/**
 * A growing list of numbers in a typed array: what the indexes over a long log are made of, since a million small
 * objects would cost ten times the memory.
 */
export class Column {
  #data: Numbers;
  #length = 0;

  private constructor(data: Numbers) {
    this.#data = data;
  }

  static float64(): Column {
    return new Column(new Float64Array(64));
  }

  static int32(): Column {
    return new Column(new Int32Array(64));
  }

  static uint16(): Column {
    return new Column(new Uint16Array(64));
  }

  static uint8(): Column {
    return new Column(new Uint8Array(64));
  }

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    this.#reserve(this.#length + 1);
    this.#data[this.#length++] = value;
  }

  /** 0 outside of what was written. */
  at(index: number): number {
    return index < this.#length ? (this.#data[index] ?? 0) : 0;
  }

  /** Writing beyond the end fills the gap with zeros. */
  set(index: number, value: number): void {
    if (index >= this.#length) {
      this.#reserve(index + 1);
      this.#length = index + 1;
    }
    this.#data[index] = value;
  }

  /** A copy of a part. */
  slice(from: number, to: number): Numbers {
    return this.#data.slice(from, Math.min(to, this.#length));
  }

  /** Index of the first value at or above `value`; the column must be ascending. */
  firstAtLeast(value: number): number {
    return this.#bisect((at) => at >= value);
  }

  /** Index of the first value above `value`; the column must be ascending. */
  firstAbove(value: number): number {
    return this.#bisect((at) => at > value);
  }

  /** `firstAtLeast` for a caller that walks upwards: steps of 1, 2, 4 … from where it stands, then halves. */
  firstAtLeastFrom(value: number, from: number): number {
    const data = this.#data;
    let low = from;
    let step = 1;
    while (low < this.#length && (data[low] as number) < value) {
      low += step;
      step *= 2;
    }
    let high = Math.min(low, this.#length);
    low = Math.max(from, low - step / 2);
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((data[middle] as number) >= value) high = middle;
      else low = middle + 1;
    }
    return high;
  }

  #bisect(isRight: (value: number) => boolean): number {
    let low = 0;
    let high = this.#length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (isRight(this.#data[middle] as number)) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  #reserve(length: number): void {
    if (length <= this.#data.length) return;
    const Typed = this.#data.constructor as new (length: number) => Numbers;
    const grown = new Typed(Math.max(length, this.#data.length * 2));
    grown.set(this.#data);
    this.#data = grown;
  }
}

/** Texts that repeat, as small numbers. */
export class Names {
  readonly #names: string[] = [];
  readonly #numbers = new Map<string, number>();

  numberOf(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    const number = this.#names.push(name) - 1;
    this.#numbers.set(name, number);
    return number;
  }

  name(number: number): string {
    return this.#names[number] ?? '';
  }
}

/** An index cannot grow further than this by one foreign id: a log may come from a stranger. */
const idNumberMax = 4_000_000;

/** 12 for `m_12` or `d_12`: ids count from 1. 0 for an id of any other form, which no index knows. */
export function idNumber(id: string): number {
  const number = Number(id.slice(2));
  return id[1] === '_' && Number.isInteger(number) && number > 0 && number <= idNumberMax ? number : 0;
}
