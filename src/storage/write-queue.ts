/**
 * Changes one after another, in the order in which they were asked for. Writes that wait next to each other are handed
 * over together: a transaction takes as long as the disk takes to confirm it, almost whatever is in it.
 */
export class WriteQueue<Write> {
  readonly #waiting: (Queued<Write> | (() => Promise<void>))[] = [];
  readonly #commit: (batch: readonly Queued<Write>[]) => Promise<void>;
  #working = false;
  #endRest: (() => void) | undefined;

  /** `commit` settles every write of its batch and never rejects. */
  constructor(commit: (batch: readonly Queued<Write>[]) => Promise<void>) {
    this.#commit = commit;
  }

  /** Resolves when the write was committed. */
  write(value: Write): Promise<null> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ value, done: () => resolve(null), fail: reject });
      if (this.#waiting.length >= restEndsAt) this.#endRest?.();
      void this.#work();
    });
  }

  run<T>(task: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#waiting.push(() => task().then(resolve, reject));
      this.#endRest?.();
      void this.#work();
    });
  }

  async #work(): Promise<void> {
    if (this.#working) return;
    this.#working = true;
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
      if (typeof next === 'function') await next();
      else {
        await this.#commit(this.#batchFrom(next));
        if (this.#waiting.length < restEndsAt && this.#waiting.every(isWrite)) await this.#rest();
      }
    }
    this.#working = false;
  }

  /** Whoever writes without pause gets a few large transactions in place of many small ones. */
  #rest(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#endRest?.(), restMsMax);
      this.#endRest = () => {
        clearTimeout(timer);
        this.#endRest = undefined;
        resolve();
      };
    });
  }

  #batchFrom(first: Queued<Write>): readonly Queued<Write>[] {
    const batch = [first];
    for (let next = this.#waiting[0]; typeof next === 'object' && batch.length < batchMax; next = this.#waiting[0]) {
      batch.push(next);
      this.#waiting.shift();
    }
    return batch;
  }
}

export interface Queued<Write> {
  readonly value: Write;
  readonly done: () => void;
  readonly fail: (error: unknown) => void;
}

function isWrite(waiting: unknown): boolean {
  return typeof waiting === 'object';
}

const batchMax = 16;
/** After a transaction so many writes are waited for, and so long. */
const restEndsAt = 8;
const restMsMax = 20;
