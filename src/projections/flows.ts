import type { Entry, EntryOf } from '../log/entry';
import type { ComparisonSpec } from '../scenario/scenario';
import { Column } from './column';

/** One request of the client to one side, and all that came of it. Instants are those of the log; a `seq` says from which entry on. */
export interface Flow {
  readonly side: number;
  /** From 0, by side: the flows of the same number are a pair. */
  readonly number: number;
  readonly request: string;
  readonly method: string;
  readonly seq: number;
  readonly atMs: number;
  answer: FlowAnswer | undefined;
  readonly steps: FlowStep[];
}

export interface FlowAnswer {
  readonly seq: number;
  readonly atMs: number;
  /** Absent when there was none. */
  readonly status: number | undefined;
  /** Of a call that got no answer, as in `http.failed`. */
  readonly code: string | undefined;
  readonly ok: boolean;
}

/** One service at work for a flow: it was called, or a message was delivered to it. */
export interface FlowStep {
  readonly kind: 'call' | 'delivery';
  readonly service: string;
  /** The service that called it. */
  readonly by?: string;
  readonly seq: number;
  /** When the call was sent, or the delivery began. */
  readonly atMs: number;
  end: { readonly seq: number; readonly atMs: number; readonly ok: boolean } | undefined;
}

/** What one side is made of, as far as the log has shown it by an entry. */
export interface SideFacts {
  /** Who addressed whom, with the entry that showed it first: `rest-orders → rest-email`, `orders → rabbitmq orders`. */
  readonly knows: Map<string, Knowing>;
  /** Processes, queues and brokers by kind and name, with the entry that showed them first. */
  readonly parts: Map<string, number>;
}

export interface Knowing {
  readonly from: string;
  readonly to: string;
  readonly kind: 'service' | 'broker';
  readonly seq: number;
}

/**
 * The flows of a comparison: which request of the client an entry belongs to follows from the causes in the log, across processes,
 * calls and messages. Built by appending entries in order; what is asked at a position looks at nothing after it.
 */
export class Flows {
  readonly flows: readonly [Flow[], Flow[]] = [[], []];
  readonly facts: readonly [SideFacts, SideFacts] = [newFacts(), newFacts()];
  readonly #spec: ComparisonSpec;
  /** By service. */
  readonly #sides = new Map<string, number>();
  readonly #services = new Map<string, string>();
  readonly #all: Flow[] = [];
  /** By `seq`: the number of the flow in `#all` plus one. */
  readonly #flowOf = Column.int32();
  readonly #messages = new Map<string, { readonly flow: number; readonly publisher: string | undefined }>();
  readonly #requests = new Map<string, { readonly flow: number; readonly step: FlowStep | undefined }>();
  readonly #deliveries = new Map<string, FlowStep>();
  /** Steps by the process that is at them; those that are over may still be among them. */
  readonly #openIn = new Map<string, Set<FlowStep>>();
  #length = 0;

  constructor(spec: ComparisonSpec) {
    this.#spec = spec;
    for (const [at, { entry, parts }] of spec.sides.entries())
      for (const service of [entry, ...Object.values(parts)]) this.#sides.set(service, at);
  }

  /** How many entries were taken in. */
  get length(): number {
    return this.#length;
  }

  /** Which side a process stands on; undefined for the client, for brokers and for whoever is not compared. */
  sideOf(process: string | undefined): number | undefined {
    return process === undefined ? undefined : this.#sides.get(this.#serviceOf(process));
  }

  append(entry: Entry): void {
    this.#length += 1;
    const flow = entry.cause === undefined ? 0 : this.#flowOf.at(entry.cause);
    this.#flowOf.push(flow);
    switch (entry.type) {
      case 'process.started':
        this.#services.set(entry.process, entry.service);
        return this.#started(entry);
      case 'process.crashed':
      case 'process.exited':
        return this.#processEnded(entry);
      case 'http.requested':
        return this.#requested(entry, flow);
      case 'http.received':
        this.#flowOf.set(entry.seq, this.#requests.get(entry.request)?.flow ?? flow);
        return;
      case 'http.answered':
        return this.#end(this.#requests.get(entry.request)?.step, entry, entry.status < 400);
      case 'http.completed':
        return this.#answered(entry, { status: entry.status, code: undefined, ok: entry.status < 400 });
      case 'http.failed':
        return this.#answered(entry, { status: undefined, code: entry.code, ok: false });
      default:
        this.#message(entry, flow);
    }
  }

  #started({ process, seq }: EntryOf<'process.started'>): void {
    const side = this.sideOf(process);
    if (side !== undefined) this.#part(side, `process ${process}`, seq);
  }

  #message(entry: Entry, flow: number): void {
    switch (entry.type) {
      case 'message.published': {
        if (flow !== 0) this.#messages.set(entry.message.id, { flow, publisher: entry.process });
        const side = this.sideOf(entry.process);
        if (side !== undefined) this.#part(side, `broker ${entry.broker}`, entry.seq);
        return;
      }
      case 'message.routed': {
        const known = this.#messages.get(entry.message);
        const side = this.sideOf(known?.publisher);
        if (side === undefined || known?.publisher === undefined) return;
        this.#know(side, this.#serviceOf(known.publisher), entry.exchange ?? entry.broker, 'broker', entry.seq);
        return;
      }
      case 'message.enqueued': {
        const side = this.sideOf(this.#messages.get(entry.message)?.publisher);
        if (side !== undefined && entry.queue !== entry.broker) this.#part(side, `queue ${entry.queue}`, entry.seq);
        return;
      }
      case 'delivery.started':
        return this.#delivered(entry);
      case 'delivery.succeeded':
        return this.#end(this.#deliveries.get(entry.delivery), entry, true);
      case 'delivery.failed':
      case 'message.requeued':
        return this.#end(this.#deliveries.get(entry.delivery), entry, false);
      default:
        return;
    }
  }

  #requested(entry: EntryOf<'http.requested'>, number: number): void {
    const to = entry.to ?? entry.meant;
    if (to === undefined || entry.process === undefined) return;
    const service = this.#serviceOf(to);
    const from = this.#serviceOf(entry.process);
    if (from === this.#spec.client) return this.#begin(entry, service);
    const flow = this.#all[number - 1];
    const side = this.sideOf(entry.process);
    if (side !== undefined) this.#know(side, from, service, 'service', entry.seq);
    if (flow === undefined) return;
    const step = this.#step(
      flow,
      { kind: 'call', service, by: from, seq: entry.seq, atMs: entry.atMs, end: undefined },
      to,
    );
    this.#requests.set(entry.request, { flow: number, step });
  }

  #begin(entry: EntryOf<'http.requested'>, service: string): void {
    const side = this.#spec.sides.findIndex(({ entry }) => entry === service);
    if (side === -1) return;
    const flows = this.flows[side as 0 | 1];
    const { request, method, seq, atMs } = entry;
    const flow: Flow = { side, number: flows.length, request, method, seq, atMs, answer: undefined, steps: [] };
    flows.push(flow);
    this.#all.push(flow);
    this.#flowOf.set(seq, this.#all.length);
    this.#requests.set(request, { flow: this.#all.length, step: undefined });
  }

  #delivered({ message, process, delivery, seq, atMs, replayed }: EntryOf<'delivery.started'>): void {
    const number = this.#messages.get(message)?.flow;
    const flow = this.#all[(number ?? 0) - 1];
    if (number === undefined || flow === undefined || replayed) return;
    // A message that comes again belongs to its flow, whatever had it sent again.
    this.#flowOf.set(seq, number);
    const step: FlowStep = { kind: 'delivery', service: this.#serviceOf(process), seq, atMs, end: undefined };
    this.#deliveries.set(delivery, this.#step(flow, step, process));
  }

  #step(flow: Flow, step: FlowStep, process: string): FlowStep {
    flow.steps.push(step);
    const open = this.#openIn.get(process) ?? new Set();
    this.#openIn.set(process, open.add(step));
    return step;
  }

  #end(step: FlowStep | undefined, { seq, atMs }: Entry, ok: boolean): void {
    if (step !== undefined) step.end ??= { seq, atMs, ok };
  }

  #answered(
    entry: EntryOf<'http.completed'> | EntryOf<'http.failed'>,
    answer: Pick<FlowAnswer, 'status' | 'code' | 'ok'>,
  ): void {
    const known = this.#requests.get(entry.request);
    const { seq, atMs } = entry;
    if (known?.step !== undefined) return this.#end(known.step, entry, answer.ok);
    const flow = this.#all[(known?.flow ?? 0) - 1];
    if (flow !== undefined) flow.answer ??= { seq, atMs, ...answer };
  }

  /** What was under way in it is over without a word of its own. */
  #processEnded(entry: EntryOf<'process.crashed'> | EntryOf<'process.exited'>): void {
    for (const step of this.#openIn.get(entry.process) ?? []) this.#end(step, entry, false);
    this.#openIn.delete(entry.process);
  }

  #know(side: number, from: string, to: string, kind: Knowing['kind'], seq: number): void {
    const { knows } = this.facts[side as 0 | 1];
    const key = `${from} → ${to}`;
    if (!knows.has(key)) knows.set(key, { from, to, kind, seq });
  }

  #part(side: number, name: string, seq: number): void {
    const { parts } = this.facts[side as 0 | 1];
    if (!parts.has(name)) parts.set(name, seq);
  }

  #serviceOf(process: string): string {
    return this.#services.get(process) ?? process;
  }
}

function newFacts(): SideFacts {
  return { knows: new Map(), parts: new Map() };
}
