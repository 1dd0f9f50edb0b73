import { faultName } from '../log/entry-fault';
import type { Entry, Fault } from '../log/entry';

/** How long a fault lasted, or lasts. */
export interface FaultSpan {
  readonly fault: Fault;
  /** The entry with which it began. */
  readonly seq: number;
  readonly fromMs: number;
  /** `undefined`: under way at the end of the log. */
  readonly toMs: number | undefined;
  /** The entry with which it ended. */
  readonly endSeq?: number;
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
        return this.#end(this.#openFaults, entry.name, entry);
      case 'broker.stopped':
        return this.#begin(this.#stopped, entry.broker, entry, { type: 'outage', broker: entry.broker });
      case 'broker.started':
        return this.#end(this.#stopped, entry.broker, entry);
      default:
        return;
    }
  }

  #begin(open: Map<string, number>, name: string, { seq, atMs }: Entry, fault: Fault): void {
    open.set(name, this.#spans.length);
    this.#spans.push({ fault, seq, fromMs: atMs, toMs: undefined });
  }

  #end(open: Map<string, number>, name: string, { seq, atMs }: Entry): void {
    const index = open.get(name);
    const span = index === undefined ? undefined : this.#spans[index];
    if (index === undefined || span === undefined) return;
    open.delete(name);
    this.#spans[index] = { ...span, toMs: atMs, endSeq: seq };
  }
}

/** The span of a fault that was to begin at that instant; an outage waits until its broker is there. */
export function spanFrom(spans: readonly FaultSpan[], fault: Fault, fromMs: number): FaultSpan | undefined {
  return spans.find((span) => span.fromMs >= fromMs && isSame(span.fault, fault));
}

const ofFaults: ReadonlySet<Entry['type']> = new Set([
  'fault.began',
  'fault.struck',
  'fault.ended',
  'broker.stopped',
  'broker.started',
]);

/** Whether there is a span that it tells of. */
export function tellsOfFault({ type }: Entry): boolean {
  return ofFaults.has(type);
}

/** The span that an entry tells of: that something began to be wrong, struck, or was over. */
export function spanOfEntry(spans: readonly FaultSpan[], entry: Entry): FaultSpan | undefined {
  switch (entry.type) {
    case 'fault.began':
      return spanFrom(spans, entry.fault, entry.atMs);
    case 'fault.struck':
    case 'fault.ended':
      return spans.findLast((span) => span.seq < entry.seq && faultName(span.fault) === entry.name);
    case 'broker.stopped':
    case 'broker.started':
      return spans.findLast(
        ({ seq, fault }) => seq <= entry.seq && isSame(fault, { type: 'outage', broker: entry.broker }),
      );
    default:
      return undefined;
  }
}

function isSame(one: Fault, other: Fault): boolean {
  if (one.type === 'outage' && other.type === 'outage') return one.broker === other.broker;
  return faultName(one) === faultName(other);
}
