const endings: readonly string[] = Array.from({ length: 1_000 }, (_, number) => String(number).padStart(3, '0'));

/** Names in order: `d_1`, `d_2`, … Most are put together of two texts that are there already. */
export class Ids {
  readonly #prefix: string;
  #next = 1;
  /** What stands before the last three digits; empty up to 999. */
  #thousands = '';

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  next(): string {
    const number = this.#next++;
    if (number < 1_000) return this.#prefix + String(number);
    const ending = number % 1_000;
    if (ending === 0) this.#thousands = this.#prefix + String(number / 1_000);
    return this.#thousands + (endings[ending] ?? '');
  }
}
