import { faultName, isApart, meant } from '../log/entry-fault';
import type { Entry, EntryOf, Fault, LinkSettings } from '../log/entry';
import type { FaultSpan } from './fault-spans';

/** What a fault has done up to some entry. Which of it is of interest follows from the fault's kind; what is not counted is 0. */
export interface FaultEffect {
  /** Sent over the links concerned while it lasted: messages, requests and answers. */
  readonly sent: number;
  readonly lost: number;
  /** Arrived a second time. */
  readonly twice: number;
  /** Arrived late because of it, or later still; `waiting` are still on their way, or held. */
  readonly late: number;
  readonly waiting: number;
  /** The longest way of all that was sent meanwhile. */
  readonly longestMs: number;
  /** Calls whose request or answer was sent meanwhile, and that were given up. */
  readonly unanswered: number;
  /** Crashes, or payloads that it broke. */
  readonly struck: number;
  /** Deliveries and requests that were under way in a process that it crashed. */
  readonly interrupted: number;
  readonly restarts: number;
  /** Deliveries that ended meanwhile in the processes concerned, and how long one took on average; `beforeMs` until then. */
  readonly handled: number;
  readonly handledMs: number;
  readonly beforeMs: number | undefined;
  /** Messages with a wrong time. */
  readonly stamped: number;
  /** Messages that a stopped broker did not take or keep, and connections that it ended. */
  readonly dropped: number;
  readonly disconnected: number;
  /** Connections of which a broker that is low on something reads nothing. */
  readonly blocked: number;
}

type Counted = Exclude<keyof FaultEffect, 'waiting' | 'longestMs' | 'handledMs' | 'beforeMs'>;
const keys = [
  'sent',
  'lost',
  'twice',
  'late',
  'unanswered',
  'struck',
  'interrupted',
  'restarts',
  'handled',
  'stamped',
  'dropped',
  'disconnected',
  'blocked',
] as const satisfies readonly Counted[];

interface Mark {
  readonly seq: number;
  readonly key: Counted | 'arrived';
  readonly count: number;
  /** Of an arrival its way, of a delivery how long it was handled. */
  readonly ms: number;
}

interface Sending {
  readonly sentMs: number;
  readonly link: string;
  /** While the fault lasted. */
  readonly meanwhile: boolean;
}

/** A stream sends again what was lost after so long: less late than this is nothing on a connection. */
const resendMs = 200;

/**
 * What one fault has done, as far as the log tells: asked at any of its entries. Built by appending all entries of the log in order.
 *
 * A link's loss is that of the fault while it lasts, since the fault's settings stand in the place of the link's own. What two faults do
 * to one link at once counts for both.
 */
export class FaultEffects {
  readonly #span: FaultSpan;
  readonly #marks: Mark[] = [];
  readonly #sendings = new Map<string, Sending>();
  /** The shortest way seen on each link: what is longer by more than the fault's delay was late. */
  readonly #leastMs = new Map<string, number>();
  readonly #crashes = new Set<number>();
  #before = { count: 0, ms: 0 };

  constructor(span: FaultSpan) {
    this.#span = span;
  }

  append(entry: Entry): void {
    const { fault } = this.#span;
    switch (fault.type) {
      case 'link':
      case 'partition':
        return this.#appendToLink(entry, fault);
      case 'crash':
        return this.#appendToCrash(entry, fault);
      case 'slow':
        return this.#appendToSlow(entry, fault.process);
      case 'skew':
        if (entry.type === 'message.published' && entry.process !== undefined && meant(fault.process, entry.process))
          this.#mark(entry, 'stamped');
        return;
      case 'outage':
        if (entry.type === 'message.dropped' && entry.broker === fault.broker && entry.reason === 'broker-stopped')
          this.#mark(entry, 'dropped');
        if (entry.type === 'connection.closed' && entry.broker === fault.broker) this.#mark(entry, 'disconnected');
        return;
      case 'alarm':
        if (entry.type === 'connection.blocked' && entry.broker === fault.broker) this.#mark(entry, 'blocked');
        return;
      case 'poison':
        if (entry.type === 'fault.struck' && this.#isOwn(entry)) this.#mark(entry, 'struck');
        return;
    }
  }

  /** Up to `position`: entries below it. */
  at(position: number): FaultEffect {
    const counts = Object.fromEntries(keys.map((key) => [key, 0])) as Record<Counted, number>;
    let [arrived, longestMs, handledMs] = [0, 0, 0];
    for (const { seq, key, count, ms } of this.#marks) {
      if (seq >= position) break;
      if (key === 'arrived') arrived += count;
      else counts[key] += count;
      if (key === 'arrived') longestMs = Math.max(longestMs, ms);
      if (key === 'handled') handledMs += ms;
    }
    return {
      ...counts,
      waiting: Math.max(0, counts.sent - arrived - counts.lost - counts.unanswered),
      longestMs,
      handledMs: counts.handled === 0 ? 0 : handledMs / counts.handled,
      beforeMs: this.#before.count === 0 ? undefined : this.#before.ms / this.#before.count,
    };
  }

  #appendToLink(entry: Entry, fault: Extract<Fault, { readonly type: 'link' | 'partition' }>): void {
    const link: Partial<LinkSettings> = fault.type === 'link' ? fault.link : { cut: true };
    const isOver = (from: string | undefined, to: string | undefined): boolean =>
      from !== undefined &&
      to !== undefined &&
      (fault.type === 'link' ? meant(fault.from, from) && meant(fault.to, to) : isApart(fault.groups, from, to));
    switch (entry.type) {
      case 'message.published':
        if (isOver(entry.process, entry.broker)) this.#sent(entry, `publish ${entry.message.id}`, entry.process!);
        return;
      case 'message.routed':
        return this.#arrived(entry, `publish ${entry.message}`, link);
      case 'message.dispatched':
        if (isOver(entry.broker, entry.process)) this.#sent(entry, `deliver ${entry.delivery}`, entry.process);
        return;
      case 'delivery.started':
        return this.#arrived(entry, `deliver ${entry.delivery}`, link);
      case 'http.requested':
        if (isOver(entry.process, entry.to)) this.#sent(entry, `request ${entry.request}`, entry.process!);
        return;
      case 'http.received':
        return this.#arrived(entry, `request ${entry.request}`, link);
      case 'http.answered':
        if (isOver(entry.process, entry.to)) this.#sent(entry, `answer ${entry.request}`, entry.process);
        return;
      case 'http.completed':
        return this.#arrived(entry, `answer ${entry.request}`, link);
      case 'http.failed':
        this.#gaveUp(entry, `request ${entry.request}`);
        this.#gaveUp(entry, `answer ${entry.request}`);
        return;
      case 'message.lost':
        if ((link.cut ?? link.loss) !== undefined && isOver(entry.from, entry.to)) this.#mark(entry, 'lost');
        return;
      case 'message.duplicated':
        if (link.duplicated !== undefined && isOver(entry.from, entry.to)) this.#mark(entry, 'twice');
        return;
      default:
        return;
    }
  }

  #sent(entry: Entry, what: string, link: string): void {
    const meanwhile = this.#isMeanwhile(entry);
    this.#sendings.set(what, { sentMs: entry.atMs, link, meanwhile });
    if (meanwhile) this.#mark(entry, 'sent');
  }

  #arrived(entry: Entry, what: string, link: Partial<LinkSettings>): void {
    const sending = this.#sendings.get(what);
    if (sending === undefined) return;
    this.#sendings.delete(what);
    const ms = entry.atMs - sending.sentMs;
    const leastMs = Math.min(ms, this.#leastMs.get(sending.link) ?? Infinity);
    this.#leastMs.set(sending.link, leastMs);
    if (!sending.meanwhile) return;
    this.#marks.push({ seq: entry.seq, key: 'arrived', count: 1, ms });
    if (ms - leastMs >= lateMs(link)) this.#marks.push({ seq: entry.seq, key: 'late', count: 1, ms });
  }

  /** Nobody waits for it any more, wherever it is. */
  #gaveUp({ seq }: Entry, what: string): void {
    if (this.#sendings.get(what)?.meanwhile === true) this.#marks.push({ seq, key: 'unanswered', count: 1, ms: 0 });
    this.#sendings.delete(what);
  }

  #appendToCrash(entry: Entry, { process }: Extract<Fault, { readonly type: 'crash' }>): void {
    if (entry.type === 'fault.struck' && this.#isOwn(entry)) {
      this.#mark(entry, 'struck');
      this.#crashes.add(entry.seq);
    }
    if (entry.cause === undefined || !this.#crashes.has(entry.cause)) return;
    if (entry.type === 'process.crashed' && meant(process, entry.process))
      this.#marks.push({ seq: entry.seq, key: 'interrupted', count: entry.interrupted, ms: 0 });
    if (entry.type === 'process.started') this.#marks.push({ seq: entry.seq, key: 'restarts', count: 1, ms: 0 });
  }

  #appendToSlow(entry: Entry, process: string): void {
    if (entry.type !== 'delivery.succeeded' && entry.type !== 'delivery.failed') return;
    if (!meant(process, entry.process)) return;
    if (this.#isMeanwhile(entry)) this.#mark(entry, 'handled', entry.tookMs);
    else if (entry.seq < this.#span.seq)
      this.#before = { count: this.#before.count + 1, ms: this.#before.ms + entry.tookMs };
  }

  #mark(entry: Entry, key: Counted, ms = 0): void {
    if (this.#isMeanwhile(entry)) this.#marks.push({ seq: entry.seq, key, count: 1, ms });
  }

  #isMeanwhile({ seq }: Entry): boolean {
    const { seq: fromSeq, endSeq = Infinity } = this.#span;
    return seq > fromSeq && seq < endSeq;
  }

  #isOwn({ name }: EntryOf<'fault.struck'>): boolean {
    return name === faultName(this.#span.fault);
  }
}

/** From how much longer a way on it was late because of the fault. */
function lateMs({ delayed, reordered, delayedMs = 1_000, loss, cut }: Partial<LinkSettings>): number {
  if (delayed !== undefined || reordered !== undefined) return delayedMs;
  return loss !== undefined || cut === true ? resendMs : Infinity;
}
