const endings: readonly string[] = Array.from({ length: 1_000 }, (_, ms) => `${String(ms).padStart(3, '0')}Z`);

/** ISO texts of instants, of which many in a row fall into the same second. */
export class InstantText {
  #secondMs = Infinity;
  /** Up to the point before the milliseconds. */
  #second = '';

  /** The one asked for last: of several messages at one instant. */
  #lastMs = NaN;
  #last = '';

  /** `ms`: whole milliseconds since 1970. */
  of(ms: number): string {
    if (ms === this.#lastMs) return this.#last;
    let within = ms - this.#secondMs;
    if (!(within >= 0 && within < 1_000)) {
      within = ((ms % 1_000) + 1_000) % 1_000;
      this.#secondMs = ms - within;
      this.#second = new Date(this.#secondMs).toISOString().slice(0, -'000Z'.length);
    }
    this.#lastMs = ms;
    this.#last = this.#second + (endings[within] ?? '');
    return this.#last;
  }
}

/** What a scenario says of when it begins, in milliseconds since 1970. */
export function parseInstant(text: string): number {
  const instant = Date.parse(text);
  return Number.isNaN(instant) ? Date.UTC(2026, 0, 1) : instant;
}
