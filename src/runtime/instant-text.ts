/** ISO texts of instants, of which many in a row fall into the same second. */
export class InstantText {
  #secondMs = NaN;
  /** Up to the point before the milliseconds. */
  #second = '';

  /** `ms`: whole milliseconds since 1970. */
  of(ms: number): string {
    const within = ((ms % 1_000) + 1_000) % 1_000;
    const secondMs = ms - within;
    if (secondMs !== this.#secondMs) {
      this.#secondMs = secondMs;
      this.#second = new Date(secondMs).toISOString().slice(0, -'000Z'.length);
    }
    return `${this.#second}${within < 10 ? '00' : within < 100 ? '0' : ''}${within}Z`;
  }
}
