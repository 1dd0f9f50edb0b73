/** Real time, and turns in which to use it. */
export interface RealTime {
  /** Real milliseconds. */
  nowMs(): number;
  /** Calls back soon, about once per frame. Returns what cancels it. */
  onFrame(callback: () => void): () => void;
}

/** Tells, frame by frame, how much real time has passed. */
export class Ticker {
  readonly #time: RealTime;
  readonly #onTick: (elapsedMs: number) => void;
  #cancel: (() => void) | undefined;
  #lastMs = 0;

  constructor(time: RealTime, onTick: (elapsedMs: number) => void) {
    this.#time = time;
    this.#onTick = onTick;
  }

  get running(): boolean {
    return this.#cancel !== undefined;
  }

  start(): void {
    this.stop();
    this.#lastMs = this.#time.nowMs();
    this.#next();
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #next(): void {
    this.#cancel = this.#time.onFrame(() => {
      const nowMs = this.#time.nowMs();
      const elapsedMs = Math.max(0, nowMs - this.#lastMs);
      this.#lastMs = nowMs;
      this.#next();
      this.#onTick(elapsedMs);
    });
  }
}
