import type {
  DeliveryFailed,
  DeliveryRetryScheduled,
  Entry,
  Failure,
  MessageDispatched,
  MessageRedriven,
} from '../log/entry';
import { fateOfDelivery, type DeliveryPhase, type Fate } from './fate';
import type { ProcessEnd } from './process-ends';

/** One listener's delivery of a message, over all its attempts, as it stands at a position. */
export interface DeliverySummary {
  /** Of the latest attempt; absent while it waits in a queue for its first. */
  readonly delivery: string | undefined;
  /** Absent in a queue that no consumer has taken it from. */
  readonly listener: string | undefined;
  readonly process: string | undefined;
  readonly broker: string;
  readonly queue: string | undefined;
  readonly state: DeliveryPhase;
  readonly fate: Fate;
  /** The latest one, or the one to come with `retry` and `queued`. From 1. */
  readonly attempt: number;
  /** Attempts in all. */
  readonly attempts: number;
  /** With `on the way`: when it arrives. With `retry`: when it is tried again. */
  readonly dueAtMs: number | undefined;
  /** Of the latest attempt that ended. */
  readonly tookMs: number | undefined;
  /** Since when it stands like this. */
  readonly sinceMs: number;
  readonly replayed: boolean;
  /** It is back in its queue, since its consumer went away. */
  readonly returned: boolean;
  /** How often it was sent back from a dead-letter queue; its attempts count from there. */
  readonly redrives: number;
  /** The dead-letter queue that keeps it. */
  readonly deadLetter: string | undefined;
  /** Of the latest failed attempt. */
  readonly failure: (Pick<DeliveryFailed, 'reason'> & Pick<Failure, 'name' | 'message'>) | undefined;
  /** The latest entry about it. */
  readonly seq: number;
}

export interface MessageStory {
  /** In the order in which the broker turned to them. */
  readonly deliveries: readonly DeliverySummary[];
  /** A link lost it on the way to the broker, or nobody was interested. */
  readonly gone: boolean;
  /** An event store has it, though nobody follows. */
  readonly kept: boolean;
}

export interface StoryContext {
  /** Attempts in all of a subscription. */
  attemptsOf(subscription: string): number;
  /** The first end of the process between two positions. */
  endBetween(process: string, fromSeq: number, toSeq: number): ProcessEnd | undefined;
}

type Standing = { -readonly [K in Exclude<keyof DeliverySummary, 'fate'>]: DeliverySummary[K] };

/** What the entries about one message, in order, tell of it at a position. */
export function tellStory(entries: readonly Entry[], position: number, context: StoryContext): MessageStory {
  const story = new Story(context);
  for (const entry of entries) story.tell(entry);
  for (const delivery of story.deliveries) interrupt(delivery, position, context);
  return {
    deliveries: story.deliveries.map((delivery) => ({ ...delivery, fate: fateOfDelivery(delivery) })),
    gone: story.gone,
    kept: story.kept,
  };
}

/** The end of a process ends its deliveries without a word, unless a queue takes the message back. */
function interrupt(delivery: Standing, position: number, context: StoryContext): void {
  if (delivery.process === undefined || (delivery.state !== 'handling' && delivery.state !== 'on the way')) return;
  const end = context.endBetween(delivery.process, delivery.seq, position);
  if (end) change(delivery, end, { state: 'interrupted', dueAtMs: undefined });
}

class Story {
  readonly deliveries: Standing[] = [];
  gone = false;
  kept = false;
  readonly #context: StoryContext;

  constructor(context: StoryContext) {
    this.#context = context;
  }

  tell(entry: Entry): void {
    switch (entry.type) {
      case 'message.lost':
        return this.#lose(entry.to, entry);
      case 'message.routed':
        if (entry.kept) this.kept = true;
        return;
      case 'message.redriven':
        return this.#redrive(entry);
      case 'message.enqueued': {
        const back = this.deliveries.find(({ state, queue }) => state === 'redriven' && queue === entry.queue);
        if (back) return change(back, entry, { state: 'queued' });
        this.deliveries.push({
          ...blank,
          broker: entry.broker,
          queue: entry.queue,
          seq: entry.seq,
          sinceMs: entry.atMs,
        });
        return;
      }
      case 'message.requeued':
        return this.#change(entry, { state: 'queued', returned: true, dueAtMs: undefined });
      case 'message.dispatched':
        return this.#dispatch(entry);
      case 'message.dropped':
        return this.#drop(entry);
      case 'message.dead-lettered': {
        const given = this.deliveries.findLast(({ state, listener, queue }) =>
          entry.from === undefined
            ? state !== 'succeeded' && state !== 'dead-lettered' && listener === entry.listener
            : queue === entry.from,
        );
        if (given) change(given, entry, { state: 'dead-lettered', deadLetter: entry.queue });
        return;
      }
      case 'delivery.started':
        return this.#change(entry, { state: 'handling', attempt: entry.attempt, dueAtMs: undefined });
      case 'delivery.succeeded':
        return this.#change(entry, { state: 'succeeded', tookMs: entry.tookMs });
      case 'delivery.failed':
        return this.#change(entry, afterFailure(entry));
      case 'delivery.retry-scheduled':
        return this.#change(entry, afterScheduling(entry));
      case 'delivery.stalled':
        return this.#change(entry, { state: 'stalled' });
      default:
        return;
    }
  }

  #dispatch(entry: MessageDispatched): void {
    const { broker, queue, delivery, listener, process, attempt } = entry;
    let standing = this.#awaiting(entry);
    if (standing === undefined) this.deliveries.push((standing = { ...blank, broker, queue }));
    change(standing, entry, {
      delivery,
      listener,
      process,
      attempt,
      attempts: this.#context.attemptsOf(entry.subscription),
      state: 'on the way',
      dueAtMs: entry.arrivesAtMs,
      replayed: entry.replayed === true,
    });
  }

  /** The delivery that this dispatch carries on: from its queue, or after its wait. */
  #awaiting({ queue, process, listener, attempt, replayed }: MessageDispatched): Standing | undefined {
    if (replayed) return undefined;
    const back = this.deliveries.find(
      (one) => one.state === 'redriven' && one.process === process && one.listener === listener,
    );
    if (back) return back;
    if (queue !== undefined) return this.deliveries.find((one) => one.queue === queue && one.state === 'queued');
    if (attempt === 1) return undefined;
    return this.deliveries.find((one) => one.state === 'retry' && one.process === process && one.listener === listener);
  }

  /** Its attempts begin anew, in the place where it died. A broker whose dead letters lie in queues has it out of that queue. */
  #redrive({ queue, to, listener, ...at }: MessageRedriven): void {
    const dead = this.deliveries.findLast(
      (one) =>
        one.state === 'dead-lettered' &&
        one.deadLetter === queue &&
        (listener === '' ? one.queue === to : one.listener === listener),
    );
    const kept = this.deliveries.findIndex((one) => one.queue === queue && one.state === 'queued');
    if (listener === '' && kept >= 0) this.deliveries.splice(kept, 1);
    if (dead === undefined) return;
    change(dead, at, {
      state: 'redriven',
      redrives: dead.redrives + 1,
      attempt: 1,
      deadLetter: undefined,
      dueAtMs: undefined,
      returned: false,
    });
  }

  #lose(to: string, entry: Entry): void {
    const lost = this.deliveries.findLast(({ state, process, dueAtMs }) => {
      return state === 'on the way' && process === to && dueAtMs === undefined;
    });
    if (lost) change(lost, entry, { state: 'lost' });
    else this.gone = true;
  }

  #drop(entry: Extract<Entry, { type: 'message.dropped' }>): void {
    if (entry.reason === 'no-subscriber' || entry.reason === 'unroutable' || entry.reason === 'returned')
      this.gone = true;
    else if (entry.reason === 'queue-full') {
      const { broker, queue, seq, atMs } = entry;
      this.deliveries.push({ ...blank, broker, queue, state: 'lost', seq, sinceMs: atMs });
    } else {
      const waiting = this.deliveries.filter(({ state, queue }) =>
        entry.queue === undefined ? state === 'retry' : state === 'queued' && queue === entry.queue,
      );
      const dropped = waiting.find(({ seq }) => seq === entry.cause) ?? waiting[0];
      if (dropped) change(dropped, entry, { state: 'lost', dueAtMs: undefined });
      // Its broker did not even take it in.
      else if (this.deliveries.length === 0) this.gone = true;
    }
  }

  #change(entry: Entry & { readonly delivery: string }, changes: Partial<Standing>): void {
    const standing = this.deliveries.findLast(({ delivery }) => delivery === entry.delivery);
    if (standing) change(standing, entry, changes);
  }
}

const blank: Standing = {
  delivery: undefined,
  listener: undefined,
  process: undefined,
  broker: '',
  queue: undefined,
  state: 'queued',
  attempt: 1,
  attempts: 1,
  dueAtMs: undefined,
  tookMs: undefined,
  sinceMs: 0,
  replayed: false,
  returned: false,
  redrives: 0,
  deadLetter: undefined,
  failure: undefined,
  seq: 0,
};

function change(standing: Standing, at: ProcessEnd, changes: Partial<Standing>): void {
  Object.assign(standing, changes, { seq: at.seq, sinceMs: at.atMs });
}

function afterFailure({
  attempt,
  attemptsLeft,
  tookMs,
  reason,
  failure: { name, message },
}: DeliveryFailed): Partial<Standing> {
  const attempts = attempt + attemptsLeft;
  const failure = { name, message, reason };
  if (attemptsLeft === 0) return { state: 'failed', attempt, attempts, tookMs, failure };
  return { state: 'retry', attempt: attempt + 1, attempts, tookMs, failure };
}

function afterScheduling({ nextAttempt, attempts, dueAtMs }: DeliveryRetryScheduled): Partial<Standing> {
  return { state: 'retry', attempt: nextAttempt, attempts, dueAtMs };
}
