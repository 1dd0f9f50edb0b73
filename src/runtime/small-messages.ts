/** How long a receiver that has nothing to say waits before it acknowledges what came (Linux, TCP_DELACK_MIN). */
const delayedAckMs = 40;

/**
 * Nagle's algorithm, as far as one sees it: a small message waits until the one before is acknowledged, and a receiver that has
 * nothing to answer takes its time with that. So the first of several messages published at once arrives alone, and the others
 * together after it. Recorded in the program `mq-consumer-cancel`.
 */
export class SmallMessages {
  readonly #noDelay: boolean;
  #ackedAtMs = 0;

  constructor(noDelay: boolean) {
    this.#noDelay = noDelay;
  }

  /** When a message that is written now leaves. */
  leavesAtMs(nowMs: number): number {
    return this.#noDelay ? nowMs : Math.max(nowMs, this.#ackedAtMs);
  }

  sent(leftAtMs: number, arrivesAtMs: number, isAnswered: boolean): void {
    if (leftAtMs < this.#ackedAtMs) return;
    this.#ackedAtMs = 2 * arrivesAtMs - leftAtMs + (isAnswered ? 0 : delayedAckMs);
  }

  /** Something came back, and the acknowledgement with it. */
  answered(nowMs: number): void {
    this.#ackedAtMs = Math.min(this.#ackedAtMs, nowMs);
  }
}
