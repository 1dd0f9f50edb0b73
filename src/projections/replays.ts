import type { Entry, EntryOf, Intervention } from '../log/entry';
import { effectsOf, isEffect } from './effects';

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
  /** What it has sent out of its process, or would have, as texts that can be compared (`effectsOf`). */
  readonly effects: string[];
}

/** A message as it came out in a replay, and as it had come out before. */
export interface ReplayedMessage {
  readonly now: Handling;
  /** Undefined: no listener of this name had handled it. */
  readonly then: Handling | undefined;
}

export interface ReplayFigures {
  /** Of those that were replayed, whether they have ended or not. */
  readonly messages: number;
  readonly now: Outcomes;
  readonly then: Outcomes;
  /** Messages that came out otherwise than before. */
  readonly differing: number;
  /** The first of them. */
  readonly first: ReplayedMessage | undefined;
}

export interface Outcomes {
  readonly handled: number;
  readonly failed: number;
  readonly effects: number;
  /** Nobody of this name had it. */
  readonly absent: number;
}

/**
 * What the replays of the whole computed log made of their messages, and what had come of these before: at the last handling of the message by
 * a listener of the same name in the same process, or else in any, be it a replay as well. Built by appending entries in order; how one
 * stood at a position is asked of it.
 */
export class Replays {
  /** By `seq` of `replay.started`. */
  readonly #replays = new Map<number, ReplayedMessage[]>();
  /** Of replays that were asked for, by `seq` of their cause. */
  readonly #byCause = new Map<number, number>();
  /** `seq` of the entries by which interventions were carried out, by their text. */
  readonly #asked = new Map<string, number>();
  /** Deliveries on their way to a listener, by id: the replay that they belong to. */
  readonly #dispatched = new Map<string, number>();
  /** Under way, by delivery. */
  readonly #open = new Map<string, Handling>();
  /** By the entry that began it. */
  readonly #bySeq = new Map<number, Handling>();
  /** The latest by process, listener and message; and by listener and message. */
  readonly #latest = new Map<string, Handling>();

  append(entry: Entry): void {
    if (isEffect(entry)) this.#bySeq.get(entry.cause ?? -1)?.effects.push(...effectsOf(entry));
    switch (entry.type) {
      case 'replay.started':
        this.#replays.set(entry.seq, []);
        if (entry.cause !== undefined) this.#byCause.set(entry.cause, entry.seq);
        return;
      case 'intervention.applied':
        if (entry.intervention.type === 'replay.start') this.#asked.set(JSON.stringify(entry.intervention), entry.seq);
        return;
      case 'message.dispatched':
        if (entry.replayed && this.#replays.has(entry.cause ?? -1)) this.#dispatched.set(entry.delivery, entry.cause!);
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

  figuresOf(replay: number, position: number): ReplayFigures {
    const messages = this.messagesOf(replay, position);
    const differing = messages.filter(isDifferent);
    return {
      messages: messages.length,
      now: outcomesOf(messages.map(({ now }) => now)),
      then: outcomesOf(messages.map(({ then }) => then)),
      differing: differing.length,
      first: differing[0],
    };
  }

  #started({ seq, delivery, message, process, listener }: EntryOf<'delivery.started'>): void {
    const handling: Handling = {
      seq,
      message,
      process,
      listener,
      end: undefined,
      endSeq: undefined,
      effects: [],
    };
    this.#open.set(delivery, handling);
    this.#bySeq.set(seq, handling);
    const [own, any] = [`${process}\n${listener}\n${message}`, `${listener}\n${message}`];
    const replay = this.#replays.get(this.#dispatched.get(delivery) ?? -1);
    this.#dispatched.delete(delivery);
    if (replay !== undefined) replay.push({ now: handling, then: this.#latest.get(own) ?? this.#latest.get(any) });
    this.#latest.set(own, handling);
    this.#latest.set(any, handling);
  }

  #ended({ delivery, seq }: EntryOf<'delivery.succeeded' | 'delivery.failed'>, end: 'handled' | 'failed'): void {
    const handling = this.#open.get(delivery);
    this.#open.delete(delivery);
    if (handling === undefined) return;
    handling.end = end;
    handling.endSeq = seq;
  }
}

/** Whether it came out otherwise than before: it ended otherwise, or did something else. */
export function isDifferent({ now, then }: ReplayedMessage): boolean {
  return now.end !== then?.end || JSON.stringify(now.effects) !== JSON.stringify(then?.effects);
}

function outcomesOf(handlings: readonly (Handling | undefined)[]): Outcomes {
  const count = (is: (handling: Handling | undefined) => boolean): number => handlings.filter(is).length;
  return {
    handled: count((each) => each?.end === 'handled'),
    failed: count((each) => each?.end === 'failed'),
    effects: handlings.reduce((sum, each) => sum + (each?.effects.length ?? 0), 0),
    absent: count((each) => each === undefined),
  };
}
