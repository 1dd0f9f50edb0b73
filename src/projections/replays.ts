import type { Entry, EntryOf, Intervention } from '../log/entry';
import { isOwnReplay, isReplay } from '../log/intervention';
import { effectsOf, isEffect, type EffectEntry } from './effects';

/** One message in the hands of one listener. */
export interface Handling {
  /** Of the entry that began it. */
  readonly seq: number;
  readonly message: string;
  readonly process: string;
  readonly listener: string;
  end: 'handled' | 'failed' | undefined;
  /** Of the entry that ended it. */
  endSeq: number | undefined;
  /**
   * What it has sent out of its process, or would have, as texts that can be compared (`effectsOf`). Undefined: nobody can tell, since a
   * loop that goes through a stream by numbers had several messages in hand as it sent something.
   */
  effects: string[] | undefined;
}

/** A message as it came out at two times, or in two runs. Undefined: no listener of this name handled it there. */
export interface HandledTwice {
  readonly now: Handling | undefined;
  readonly then: Handling | undefined;
}

/** In a replay, and as it had come out before. */
export interface ReplayedMessage extends HandledTwice {
  readonly now: Handling;
}

export interface ReplayFigures {
  readonly messages: number;
  readonly now: Outcomes;
  readonly then: Outcomes;
  /** Messages that came out otherwise. */
  readonly differing: number;
}

export interface Outcomes {
  readonly handled: number;
  readonly failed: number;
  /** Undefined: nobody can tell. */
  readonly effects: number | undefined;
  /** Of those, what was not emitted for the same message the other time. */
  readonly apart: number | undefined;
  /** Nobody of this name had it. */
  readonly absent: number;
}

/**
 * What the replays of the whole computed log made of their messages, and what had come of these before: at the last handling of the message by
 * a listener of the same name in the same process, or else in any, be it a replay as well. What a broker gives again in its own way, when it
 * is told to by hand, is a replay too: of what is resent or recovered the first attempt, of a consumer group that was moved back what it
 * reads another time. Built by appending entries in order; how one stood at a position is asked of it.
 */
export class Replays {
  /** By `seq` of `replay.started`, or of the intervention by which a broker gives again. */
  readonly #replays = new Map<number, ReplayedMessage[]>();
  /** Of replays that were asked for, by `seq` of their cause. */
  readonly #byCause = new Map<number, number>();
  /** `seq` of the entries by which interventions were carried out, by their text. */
  readonly #asked = new Map<string, number>();
  /** Entries that lead from a broker's own replay to its attempts, by `seq`: which replay. */
  readonly #leading = new Map<number, number>();
  readonly #groups = new Groups();
  /** Deliveries on their way to a listener, by id. */
  readonly #dispatched = new Map<string, Dispatched>();
  /** The same, by `seq` of the entry that sent it on its way. */
  readonly #sent = new Map<number, string>();
  /** Under way, by delivery. */
  readonly #open = new Map<string, Handling>();
  /** By the entries that what it does may be caused by: the one that began it, or the request that brought it. */
  readonly #bySeq = new Map<number, Handling>();
  /** The latest by process, listener and message; and by listener and message. */
  readonly #latest = new Map<string, Handling>();

  append(entry: Entry): void {
    if (isEffect(entry)) this.#did(entry);
    this.#groups.append(entry);
    this.#lead(entry);
    switch (entry.type) {
      case 'replay.started':
        this.#replays.set(entry.seq, []);
        if (entry.cause !== undefined) this.#byCause.set(entry.cause, entry.seq);
        return;
      case 'intervention.applied':
        if (isReplay(entry.intervention)) this.#asked.set(JSON.stringify(entry.intervention), entry.seq);
        if (isOwnReplay(entry.intervention)) {
          this.#replays.set(entry.seq, []);
          this.#byCause.set(entry.seq, entry.seq);
        }
        return;
      case 'message.dispatched':
        this.#dispatched.set(entry.delivery, { entry, replay: this.#replayGiving(entry) });
        this.#sent.set(entry.seq, entry.delivery);
        return;
      case 'message.lost':
        this.#arrived(this.#sent.get(entry.cause ?? -1));
        return;
      case 'delivery.started':
        return this.#started(entry);
      case 'delivery.succeeded':
        return this.#ended(entry, 'handled');
      case 'delivery.failed':
        return this.#ended(entry, 'failed');
      default:
        return;
    }
  }

  /** The replay that an entry began, ended or asked for; undefined when it is about none. */
  replayOf({ type, seq, cause }: Entry): number | undefined {
    if (type === 'replay.started') return seq;
    if (type === 'replay.ended') return this.#replays.has(cause ?? -1) ? cause : undefined;
    return type === 'intervention.applied' ? this.#byCause.get(seq) : undefined;
  }

  /** The replay that an intervention asked for. */
  replayBy(intervention: Intervention): number | undefined {
    return this.#byCause.get(this.#asked.get(JSON.stringify(intervention)) ?? -1);
  }

  /** In the order of the replay; those that have ended at this position of the log. */
  messagesOf(replay: number, position: number): readonly ReplayedMessage[] {
    return (this.#replays.get(replay) ?? []).filter(({ now }) => now.endSeq !== undefined && now.endSeq < position);
  }

  /** Those of the whole log, by the `seq` of what began them, in its order. */
  get all(): ReadonlyMap<number, readonly ReplayedMessage[]> {
    return this.#replays;
  }

  /** From the intervention over the queue and the request to the delivery: a webhook's attempt. */
  #lead({ type, seq, cause = -1 }: Entry): void {
    if (type !== 'message.enqueued' && type !== 'http.requested') return;
    const replay = this.#leading.get(cause) ?? (this.#byCause.get(cause) === cause ? cause : undefined);
    if (replay !== undefined) this.#leading.set(seq, replay);
  }

  #replayGiving(entry: EntryOf<'message.dispatched'>): number | undefined {
    const { cause = -1 } = entry;
    if (entry.replayed && this.#replays.has(cause)) return cause;
    return this.#leading.get(cause) ?? this.#groups.replayGiving(entry);
  }

  #did(effect: EffectEntry): void {
    const { cause = -1 } = effect;
    const handling = this.#bySeq.get(cause);
    if (handling !== undefined) handling.effects?.push(...effectsOf(effect));
    else this.#groups.did(cause, effectsOf(effect));
  }

  #started({ seq, delivery, message, process, listener, cause }: EntryOf<'delivery.started'>): void {
    const handling: Handling = { seq, message, process, listener, end: undefined, endSeq: undefined, effects: [] };
    this.#open.set(delivery, handling);
    this.#bySeq.set(seq, handling);
    if (cause !== undefined) this.#bySeq.set(cause, handling);
    const dispatched = this.#arrived(delivery);
    const name = (dispatched && this.#groups.nameOf(dispatched.entry)) ?? listener;
    if (dispatched) this.#groups.started(dispatched.entry, handling);
    const [own, any] = [`${process}\n${name}\n${message}`, `${name}\n${message}`];
    const replay = this.#replays.get(dispatched?.replay ?? -1);
    if (replay !== undefined) replay.push({ now: handling, then: this.#latest.get(own) ?? this.#latest.get(any) });
    this.#latest.set(own, handling);
    this.#latest.set(any, handling);
  }

  /** Or is lost: it is not on its way any more. */
  #arrived(delivery = ''): Dispatched | undefined {
    const dispatched = this.#dispatched.get(delivery);
    this.#dispatched.delete(delivery);
    this.#sent.delete(dispatched?.entry.seq ?? -1);
    return dispatched;
  }

  #ended(entry: EntryOf<'delivery.succeeded' | 'delivery.failed'>, end: 'handled' | 'failed'): void {
    const { delivery, seq } = entry;
    // What never reached its process has failed there all the same.
    if (this.#dispatched.has(delivery)) this.#started({ ...entry, type: 'delivery.started' });
    const handling = this.#open.get(delivery);
    this.#open.delete(delivery);
    if (handling === undefined) return;
    this.#groups.ended(handling);
    handling.end = end;
    handling.endSeq = seq;
  }
}

interface Dispatched {
  readonly entry: EntryOf<'message.dispatched'>;
  readonly replay: number | undefined;
}

interface Group {
  readonly name: string;
  /** What the code that reads is caused by. */
  readonly cause: number | undefined;
}

/**
 * Consumer groups that read a stream. Whoever reads on behalf of one, what counts is the group; and what a loop does belongs to the message
 * that it has in hand, if it is one.
 */
class Groups {
  readonly #bySubscription = new Map<string, Group>();
  /** Which replay began when the group was moved last, by group. */
  readonly #moved = new Map<string, { readonly replay: number; readonly given: Set<string> }>();
  /** What was ever given, by group and message. */
  readonly #given = new Set<string>();
  readonly #interventions = new Set<number>();
  /** In the hands of a loop, by what that is caused by. */
  readonly #inHand = new Map<number, Set<Handling>>();
  /** In whose hands: one of those. */
  readonly #handOf = new Map<Handling, Set<Handling>>();

  append(entry: Entry): void {
    if (entry.type === 'intervention.applied' && entry.intervention.type === 'group.set-id')
      this.#interventions.add(entry.seq);
    if (entry.type === 'group.moved' && this.#interventions.has(entry.cause ?? -1))
      this.#moved.set(keyOf(entry.broker, entry.queue, entry.group), { replay: entry.cause!, given: new Set() });
    if (entry.type === 'listener.subscribed' && entry.group !== undefined)
      this.#bySubscription.set(entry.subscription, {
        name: keyOf(entry.broker, entry.queue, entry.group),
        cause: entry.cause,
      });
  }

  /** The same for all consumers of a group; undefined when it is none. */
  nameOf({ subscription }: EntryOf<'message.dispatched'>): string | undefined {
    return this.#bySubscription.get(subscription)?.name;
  }

  /** The replay by which a group reads the message another time; once, since claims and retries do not count. */
  replayGiving(entry: EntryOf<'message.dispatched'>): number | undefined {
    const name = this.nameOf(entry);
    if (name === undefined) return undefined;
    const { message, attempt } = entry;
    const moved = this.#moved.get(name);
    const isAgain = this.#given.has(`${name}\n${message}`);
    this.#given.add(`${name}\n${message}`);
    if (moved === undefined || !isAgain || attempt > 1 || moved.given.has(message)) return undefined;
    moved.given.add(message);
    return moved.replay;
  }

  started({ subscription }: EntryOf<'message.dispatched'>, handling: Handling): void {
    const { cause } = this.#bySubscription.get(subscription) ?? {};
    if (cause === undefined) return;
    const inHand = this.#inHand.get(cause) ?? new Set();
    this.#inHand.set(cause, inHand.add(handling));
    this.#handOf.set(handling, inHand);
  }

  ended(handling: Handling): void {
    this.#handOf.get(handling)?.delete(handling);
    this.#handOf.delete(handling);
  }

  /** Something was sent by what has this cause. */
  did(cause: number, effects: readonly string[]): void {
    const inHand = this.#inHand.get(cause) ?? [];
    const [one, ...more] = inHand;
    if (more.length === 0) one?.effects?.push(...effects);
    else for (const handling of inHand) handling.effects = undefined;
  }
}

function keyOf(broker: string, queue: string | undefined, group: string): string {
  return `${broker}\n${queue ?? ''}\n${group}`;
}

/** Whether it came out otherwise: it ended otherwise, or did something else. */
export function isDifferent({ now, then }: HandledTwice): boolean {
  if (now?.end !== then?.end) return true;
  return (
    now?.effects !== undefined && then?.effects !== undefined && now.effects.join('\n') !== then.effects.join('\n')
  );
}

export function figuresOf(messages: readonly HandledTwice[]): ReplayFigures {
  return {
    messages: messages.length,
    now: outcomesOf(messages.map(({ now, then }) => [now, then])),
    then: outcomesOf(messages.map(({ now, then }) => [then, now])),
    differing: messages.filter(isDifferent).length,
  };
}

/** Of the first of each two. */
function outcomesOf(twice: readonly (readonly [Handling | undefined, Handling | undefined])[]): Outcomes {
  const count = (is: (handling: Handling | undefined) => boolean): number => twice.filter(([each]) => is(each)).length;
  const isKnown = twice.every(([each]) => each === undefined || each.effects !== undefined);
  const isKnownTwice = isKnown && twice.every(([, other]) => other === undefined || other.effects !== undefined);
  const sum = (of: (one: readonly string[], other: readonly string[]) => number): number =>
    twice.reduce((total, [one, other]) => total + of(one?.effects ?? [], other?.effects ?? []), 0);
  return {
    handled: count((each) => each?.end === 'handled'),
    failed: count((each) => each?.end === 'failed'),
    effects: isKnown ? sum((one) => one.length) : undefined,
    apart: isKnownTwice ? sum(notAmong) : undefined,
    absent: count((each) => each === undefined),
  };
}

/** How many of one list are not in the other; what is there twice counts twice. */
function notAmong(one: readonly string[], other: readonly string[]): number {
  const left = [...other];
  return one.filter((each) => {
    const at = left.indexOf(each);
    if (at !== -1) left.splice(at, 1);
    return at === -1;
  }).length;
}
