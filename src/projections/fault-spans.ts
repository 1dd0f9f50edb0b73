import type { Entry, Fault } from '../log/entry';

/** How long a fault lasted, or lasts. */
export interface FaultSpan {
  readonly fault: Fault;
  /** The entry with which it began. */
  readonly seq: number;
  readonly fromMs: number;
  /** `undefined`: under way at the end of the log. */
  readonly toMs: number | undefined;
}

/**
 * When which faults were under way, over the whole computed log. Built by appending entries in order.
 *
 * An outage lasts as long as its broker is stopped, whether by a fault or by hand: it is one and the same.
 */
export class FaultSpans {
  readonly #spans: FaultSpan[] = [];
  readonly #openFaults = new Map<string, number>();
  readonly #stopped = new Map<string, number>();

  /** In order of beginning. */
  get spans(): readonly FaultSpan[] {
    return this.#spans;
  }

  append(entry: Entry): void {
    switch (entry.type) {
      case 'fault.began':
        if (entry.fault.type !== 'outage') this.#begin(this.#openFaults, entry.name, entry, entry.fault);
        return;
      case 'fault.ended':
        return this.#end(this.#openFaults, entry.name, entry.atMs);
      case 'broker.stopped':
        return this.#begin(this.#stopped, entry.broker, entry, { type: 'outage', broker: entry.broker });
      case 'broker.started':
        return this.#end(this.#stopped, entry.broker, entry.atMs);
      default:
        return;
    }
  }

  #begin(open: Map<string, number>, name: string, { seq, atMs }: Entry, fault: Fault): void {
    open.set(name, this.#spans.length);
    this.#spans.push({ fault, seq, fromMs: atMs, toMs: undefined });
  }

  #end(open: Map<string, number>, name: string, atMs: number): void {
    const index = open.get(name);
    const span = index === undefined ? undefined : this.#spans[index];
    if (index === undefined || span === undefined) return;
    open.delete(name);
    this.#spans[index] = { ...span, toMs: atMs };
  }
}
