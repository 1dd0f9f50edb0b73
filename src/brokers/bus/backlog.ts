import type { Message } from '../../log/envelope';
import { createMatcher } from './pattern';

export interface Waiting {
  readonly message: Message;
  readonly attempt: number;
  /** How long it waited after the attempt before. */
  readonly waitedMs: number;
  /** The dead-letter queue from which it was sent back. */
  readonly redrivenFrom: string | undefined;
  /** `seq` of what put it there. */
  readonly cause: number;
}

/** Messages that the same patterns of the queue match, so that whoever may take one may take any of them. */
interface Line {
  waiting: { readonly place: number; readonly entry: Waiting }[];
  head: number;
}

/** Places left free at the head of a line before it is moved up. */
const freeMax = 1_024;

/**
 * What waits in a queue whose listeners do not all take the same events: one order for all, and a line for each set of
 * patterns that match, so that what nobody takes now does not have to be passed over again and again.
 */
export class Backlog {
  readonly #patterns = new Map<string, (eventName: string) => boolean>();
  readonly #lines = new Map<string, Line>();
  readonly #lineOf = new Map<string, Line>();
  #depth = 0;
  #first = 0;
  #next = 0;

  get depth(): number {
    return this.#depth;
  }

  /** Whether some listener of the queue has asked for events of this name, even if it is gone. */
  wants(eventName: string): boolean {
    for (const matches of this.#patterns.values()) if (matches(eventName)) return true;
    return false;
  }

  addPattern(pattern: string): void {
    if (this.#patterns.has(pattern)) return;
    this.#patterns.set(pattern, createMatcher(pattern));
    const all = [...this.#lines.values()].flatMap(({ waiting, head }) => waiting.slice(head));
    this.#lines.clear();
    this.#lineOf.clear();
    for (const { place, entry } of all.sort((one, other) => one.place - other.place))
      this.#line(entry.message.type).waiting.push({ place, entry });
  }

  add(entry: Waiting): void {
    this.#line(entry.message.type).waiting.push({ place: this.#next++, entry });
    this.#depth++;
  }

  /** Before everything that waits. */
  addFirst(entry: Waiting): void {
    const line = this.#line(entry.message.type);
    const placed = { place: --this.#first, entry };
    if (line.head > 0) line.waiting[--line.head] = placed;
    else line.waiting.unshift(placed);
    this.#depth++;
  }

  /** Takes off the first message for whose event name `takerOf` finds somebody. */
  takeFor<T>(
    takerOf: (eventName: string) => T | undefined,
  ): { readonly entry: Waiting; readonly taker: T } | undefined {
    let best: { line: Line; place: number; entry: Waiting; taker: T } | undefined;
    for (const line of this.#lines.values()) {
      const first = line.waiting[line.head];
      if (first === undefined || (best && best.place < first.place)) continue;
      const taker = takerOf(first.entry.message.type);
      if (taker !== undefined) best = { line, ...first, taker };
    }
    if (best === undefined) return undefined;
    this.#shift(best.line);
    return best;
  }

  #line(eventName: string): Line {
    let line = this.#lineOf.get(eventName);
    if (line === undefined) {
      const matching = [...this.#patterns].filter(([, matches]) => matches(eventName)).map(([pattern]) => pattern);
      const key = matching.join('\n');
      line = this.#lines.get(key) ?? { waiting: [], head: 0 };
      this.#lines.set(key, line);
      this.#lineOf.set(eventName, line);
    }
    return line;
  }

  #shift(line: Line): void {
    line.head++;
    this.#depth--;
    if (line.head <= freeMax || line.head * 2 <= line.waiting.length) return;
    line.waiting = line.waiting.slice(line.head);
    line.head = 0;
  }
}
