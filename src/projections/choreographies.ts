import type { Entry, EntryOf } from '../log/entry';
import type { SagaAttempt, SagaInstance } from './sagas';

/** One delivery of a message of a flow. */
interface Handling {
  readonly seq: number;
  readonly message: string;
  /** The event, as all of them with the broker it is on (see `eventOn`). */
  readonly handles: string;
  readonly listener: string;
  readonly process: string;
  readonly attempt: number;
  /** The event that led to what it undoes. */
  readonly compensates: string | undefined;
  readonly startedAtMs: number;
  endedAtMs: number | undefined;
  end: SagaAttempt['end'];
  reason: string | undefined;
  failedSeq: number | undefined;
  readonly emitted: { readonly name: string; readonly atMs: number }[];
}

/** All that one first event has set in motion. */
interface Flow {
  readonly root: EntryOf<'message.published'>;
  readonly handlings: Handling[];
  /** What is still on its way, waits or is handled. */
  readonly open: Set<string>;
  /** Since when nothing of it is open. */
  quiet: { readonly atMs: number; readonly seq: number } | undefined;
  isLost: boolean;
}

/** What is known of a flow once others of its kind have been seen. */
interface Knowledge {
  /** Events that say that a step has failed. */
  readonly failures: ReadonlySet<string>;
  /** Events that somebody can undo. */
  readonly compensable: ReadonlySet<string>;
  /** Listeners that are steps; and of these, who has ever published what can be undone. */
  readonly steps: ReadonlySet<string>;
  readonly undoable: ReadonlySet<string>;
  /** First events of what is a saga. */
  readonly roots: ReadonlySet<string>;
}

/**
 * Sagas without a coordinator, told from the log alone.
 *
 * Rule: the messages of one correlation are one instance. A listener that publishes something on its behalf is a step. A listener that was
 * subscribed with `compensates` undoes the step that published that event; what such a listener waits for by name, handles or publishes says
 * that a step has failed. So does what a step publishes instead of what could be undone, when nothing follows from it. A flow is a saga when its first event has ever led to something that is, or could be, compensated. It has ended when nothing
 * of it is on its way any more, and is stuck when something was lost, or failed for good, on that way.
 */
export class Choreographies {
  /** By subscription. */
  readonly #compensators = new Map<string, string>();
  /** Events that a listener which compensates waits for by their very names: they say that a step has failed, also before one has come. */
  readonly #failures = new Set<string>();
  readonly #flows = new Map<string, Flow>();
  readonly #flowOf = new Map<string, Flow>();
  readonly #nameOf = new Map<string, string>();
  /** By delivery: its subscription. */
  readonly #subscriptions = new Map<string, string>();
  readonly #byDelivery = new Map<string, Handling>();
  readonly #bySeq = new Map<number, Handling>();
  #told: readonly SagaInstance[] | undefined;

  append(entry: Entry): void {
    if (entry.type === 'listener.subscribed' && entry.compensates !== undefined) {
      this.#told = undefined;
      this.#compensators.set(entry.subscription, eventOn(entry.broker, entry.compensates));
      // A pattern says less: such a listener chooses among what it gets.
      if (!/[*#]/.test(entry.pattern)) this.#failures.add(eventOn(entry.broker, entry.pattern));
    }
    switch (entry.type) {
      case 'message.published':
        return this.#publish(entry);
      case 'message.routed':
      case 'message.dropped':
      case 'message.lost':
      case 'message.enqueued':
      case 'message.requeued':
      case 'message.dispatched':
      case 'message.dead-lettered':
      case 'delivery.retry-scheduled':
        return this.#move(entry);
      case 'delivery.started':
        return this.#start(entry);
      case 'delivery.succeeded':
      case 'delivery.failed':
        return this.#end(entry);
      case 'process.crashed':
      case 'process.exited':
        for (const [delivery, handling] of this.#byDelivery)
          if (handling.process === entry.process && handling.end === undefined) {
            handling.end = 'cut';
            handling.endedAtMs = entry.atMs;
            this.#close(this.#flowOf.get(handling.message), `d ${delivery}`, entry);
          }
        return;
      default:
        return;
    }
  }

  /** In order of their starts. */
  get instances(): readonly SagaInstance[] {
    this.#told ??= this.#tell();
    return this.#told;
  }

  #publish(entry: EntryOf<'message.published'>): void {
    const { id, correlationid, type } = entry.message;
    let flow = this.#flows.get(correlationid);
    if (flow === undefined) {
      if (correlationid !== id) return;
      flow = { root: entry, handlings: [], open: new Set(), quiet: undefined, isLost: false };
      this.#flows.set(id, flow);
    }
    this.#flowOf.set(id, flow);
    const name = eventOn(entry.broker, type);
    this.#nameOf.set(id, name);
    this.#bySeq.get(entry.cause ?? -1)?.emitted.push({ name, atMs: entry.atMs });
    this.#open(flow, `m ${id}`);
  }

  #move(
    entry: EntryOf<
      | 'message.routed'
      | 'message.dropped'
      | 'message.lost'
      | 'message.enqueued'
      | 'message.requeued'
      | 'message.dispatched'
      | 'message.dead-lettered'
      | 'delivery.retry-scheduled'
    >,
  ): void {
    const flow = this.#flowOf.get(entry.message);
    if (flow === undefined) return;
    const { message } = entry;
    switch (entry.type) {
      case 'message.enqueued':
      case 'message.requeued':
        this.#open(flow, `q ${message} ${entry.queue}`);
        return;
      case 'delivery.retry-scheduled':
        this.#open(flow, `r ${message} ${entry.listener}`);
        return;
      case 'message.dispatched':
        if (entry.replayed === true) return;
        this.#subscriptions.set(entry.delivery, entry.subscription);
        this.#open(flow, `d ${entry.delivery}`);
        flow.open.delete(`q ${message} ${entry.queue ?? ''}`);
        flow.open.delete(`r ${message} ${entry.listener}`);
        return;
      case 'message.lost':
        flow.isLost = true;
        for (const open of [...flow.open])
          if (open.startsWith('d ') && !this.#byDelivery.has(open.slice(2))) flow.open.delete(open);
        return this.#close(flow, `m ${message}`, entry);
      case 'message.dead-lettered':
      case 'message.routed':
      case 'message.dropped':
        return this.#close(flow, `m ${message}`, entry);
    }
  }

  #start(entry: EntryOf<'delivery.started'>): void {
    const { seq, atMs, delivery, message, listener, process, attempt } = entry;
    const flow = this.#flowOf.get(message);
    if (flow === undefined || entry.replayed === true) return;
    const handling: Handling = {
      seq,
      message,
      handles: this.#nameOf.get(message) ?? '',
      listener,
      process,
      attempt,
      compensates: this.#compensators.get(this.#subscriptions.get(delivery) ?? ''),
      startedAtMs: atMs,
      endedAtMs: undefined,
      end: undefined,
      reason: undefined,
      failedSeq: undefined,
      emitted: [],
    };
    this.#told = undefined;
    this.#subscriptions.delete(delivery);
    this.#byDelivery.set(delivery, handling);
    this.#bySeq.set(seq, handling);
    flow.handlings.push(handling);
  }

  #end(entry: EntryOf<'delivery.succeeded' | 'delivery.failed'>): void {
    const handling = this.#byDelivery.get(entry.delivery);
    if (handling === undefined) return;
    this.#byDelivery.delete(entry.delivery);
    handling.endedAtMs = entry.atMs;
    handling.end = entry.type === 'delivery.failed' ? 'failed' : 'done';
    if (entry.type === 'delivery.failed') {
      handling.reason = entry.failure.message;
      handling.failedSeq = entry.seq;
    }
    this.#close(this.#flowOf.get(handling.message), `d ${entry.delivery}`, entry);
  }

  #open(flow: Flow, what: string): void {
    this.#told = undefined;
    flow.open.add(what);
    flow.quiet = undefined;
  }

  #close(flow: Flow | undefined, what: string, { atMs, seq }: Entry): void {
    if (flow === undefined) return;
    this.#told = undefined;
    flow.open.delete(what);
    if (flow.open.size === 0) flow.quiet = { atMs, seq };
  }

  #tell(): readonly SagaInstance[] {
    if (this.#compensators.size === 0) return [];
    const flows = [...this.#flows.values()];
    const known = knowledgeOf(flows, new Set(this.#compensators.values()), this.#failures);
    return flows.filter(({ root }) => known.roots.has(rootOf(root))).map((flow) => instanceOf(flow, known));
  }
}

/** The same name on another broker is another event. */
function eventOn(broker: string, type: string): string {
  return `${broker}\n${type}`;
}

function typeOf(event: string): string {
  return event.slice(event.indexOf('\n') + 1);
}

function rootOf({ broker, message }: Flow['root']): string {
  return eventOn(broker, message.type);
}

function knowledgeOf(
  flows: readonly Flow[],
  compensable: ReadonlySet<string>,
  waitedFor: ReadonlySet<string>,
): Knowledge {
  const handlings = flows.flatMap((flow) => flow.handlings);
  const failures = new Set(waitedFor);
  const steps = new Set<string>();
  const undoable = new Set<string>();
  for (const { compensates, handles, emitted, listener } of handlings) {
    if (emitted.some(({ name }) => compensable.has(name))) undoable.add(listener);
    if (compensates !== undefined) for (const type of [handles, ...emitted.map(({ name }) => name)]) failures.add(type);
    if (compensates !== undefined || emitted.length > 0) steps.add(listener);
  }
  const roots = new Set<string>();
  for (const { root, handlings: own } of flows)
    if (own.some(({ emitted }) => emitted.some(({ name }) => compensable.has(name) || failures.has(name))))
      roots.add(rootOf(root));
  return { failures, compensable, steps, undoable, roots };
}

function instanceOf({ root, handlings, quiet, isLost }: Flow, known: Knowledge): SagaInstance {
  const steps = handlings.filter(({ listener, end }) => known.steps.has(listener) || end === 'failed' || end === 'cut');
  const failedBy = (handling: Handling) => failureOf(handling, steps, known);
  const attempts = steps.map((handling): SagaAttempt => {
    const failure = failedBy(handling);
    const isRefused = failure !== undefined && handling.end === 'done';
    return {
      seq: handling.seq,
      step: undoneBy(handling, steps) ?? handling.listener,
      undoes: handling.compensates !== undefined,
      attempt: handling.attempt,
      startedAtMs: handling.startedAtMs,
      endedAtMs: handling.endedAtMs,
      end: isRefused ? 'failed' : handling.end,
      result: undefined,
      reason: isRefused ? typeOf(failure.name) : handling.reason,
      failedSeq: handling.failedSeq,
    };
  });
  const turns = steps.flatMap(
    (handling) => failedBy(handling)?.atMs ?? (handling.compensates === undefined ? [] : handling.startedAtMs),
  );
  const turnedAtMs = turns.length === 0 ? undefined : Math.min(...turns);
  return {
    kind: 'choreographed',
    process: root.process ?? '',
    saga: root.message.type,
    instance: root.message.id,
    data: root.message.data,
    startedAtMs: root.atMs,
    startedSeq: root.seq,
    attempts,
    turnedAtMs,
    ended: quiet && {
      ...quiet,
      outcome: outcomeOf({ steps, isLost, hasTurned: turnedAtMs !== undefined }, known),
      step: attempts.find(({ end, undoes }) => end === 'failed' && !undoes)?.step,
    },
  };
}

/** The event by which a step has said that it failed. */
function failureOf(
  { compensates, emitted, listener }: Handling,
  steps: readonly Handling[],
  { failures, compensable, undoable }: Knowledge,
): Handling['emitted'][number] | undefined {
  if (compensates !== undefined) return undefined;
  const said = emitted.find(({ name }) => failures.has(name));
  if (said !== undefined || !undoable.has(listener) || emitted.some(({ name }) => compensable.has(name))) return said;
  const leadsOn = steps.some((step) => step.emitted.length > 0 && emitted.some(({ name }) => name === step.handles));
  return leadsOn ? undefined : emitted[0];
}

/** The listener that published what is undone; the event itself when nobody of this flow did. */
function undoneBy({ compensates }: Handling, steps: readonly Handling[]): string | undefined {
  if (compensates === undefined) return undefined;
  return steps.find(({ emitted }) => emitted.some(({ name }) => name === compensates))?.listener ?? typeOf(compensates);
}

function outcomeOf(
  { steps, isLost, hasTurned }: { steps: readonly Handling[]; isLost: boolean; hasTurned: boolean },
  { compensable }: Knowledge,
): 'completed' | 'compensated' | 'failed' | 'stuck' {
  const last = new Map(steps.map((handling) => [`${handling.listener} ${handling.message}`, handling]));
  if (isLost || [...last.values()].some(({ end }) => end !== 'done')) return 'stuck';
  if (!hasTurned) return 'completed';
  const undone = new Set(steps.map(({ compensates }) => compensates));
  const done = steps.flatMap(({ emitted }) => emitted.map(({ name }) => name)).filter((name) => compensable.has(name));
  return done.every((name) => undone.has(name)) ? 'compensated' : 'failed';
}
