/** How long a receiver that has nothing to say waits before it acknowledges what came (Linux, TCP_DELACK_MIN). */
const delayedAckMs = 40;

/**
 * Nagle's algorithm, as far as one sees it: a small message waits until the one before is acknowledged, and a receiver that has
 * nothing to answer takes its time with that. So the first of several messages published at once arrives alone, and the others
 * together after it. Recorded in the program `mq-consumer-cancel`.
 */
export class SmallMessages {
  readonly #noDelay: boolean;
  /** When what is under way will have been acknowledged; and what waits for that and leaves with it, all together. */
  #ackedAtMs = 0;
  #nextAckedAtMs: number | undefined;

  constructor(noDelay: boolean) {
    this.#noDelay = noDelay;
  }

  /** When a message that is written now leaves. */
  leavesAtMs(nowMs: number): number {
    if (this.#noDelay) return nowMs;
    if (nowMs >= this.#ackedAtMs && this.#nextAckedAtMs !== undefined) {
      this.#ackedAtMs = this.#nextAckedAtMs;
      this.#nextAckedAtMs = undefined;
    }
    return Math.max(nowMs, this.#ackedAtMs);
  }

  /** What `leavesAtMs` was asked for arrives then. `isAnswered`: the receiver has something to say to it at once. */
  sent(nowMs: number, leavesAtMs: number, arrivesAtMs: number, isAnswered: boolean): void {
    const ackedAtMs = 2 * arrivesAtMs - leavesAtMs + (isAnswered ? 0 : delayedAckMs);
    if (leavesAtMs > nowMs) this.#nextAckedAtMs = Math.max(this.#nextAckedAtMs ?? 0, ackedAtMs);
    else this.#ackedAtMs = ackedAtMs;
  }

  /** Something came back, and the acknowledgement with it. */
  answered(nowMs: number): void {
    this.#ackedAtMs = Math.min(this.#ackedAtMs, nowMs);
    this.#nextAckedAtMs = undefined;
  }
}
