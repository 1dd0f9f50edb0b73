import type { Line } from '../broker';

/**
 * What is sent, until all is done that has arrived together. Redis writes to whoever came last first: who publishes has the reply
 * before anybody hears of it, and of those who hear, or have waited, the last one is the first. Source: networking.c,
 * `putClientInPendingWriteQueue`.
 */
export class Outbox {
  readonly #writings = new Map<Line, (() => void)[]>();

  put(line: Line, write: () => void): void {
    const writings = this.#writings.get(line);
    if (writings) writings.push(write);
    else this.#writings.set(line, [write]);
  }

  flush(): void {
    if (this.#writings.size === 0) return;
    const writings = [...this.#writings.values()].reverse();
    this.#writings.clear();
    for (const each of writings) for (const write of each) write();
  }
}
