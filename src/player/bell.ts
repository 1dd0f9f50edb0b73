/** Rings for whoever listens. */
export class Bell {
  readonly #listeners = new Set<() => void>();

  /** Returns what ends the listening. */
  readonly on = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  ring(): void {
    for (const listener of this.#listeners) listener();
  }
}
