import type { Failure } from '../../log/entry';
import type { Message } from '../../log/envelope';
import type { Subscription } from './subscription';

/** A message that a listener has given up, with all that is needed to send it back. */
export interface DeadLetter {
  readonly message: Message;
  /** Whose it was. */
  readonly subscription: Subscription;
  readonly attempts: number;
  readonly reason: DeadReason;
  /** Of the last attempt. */
  readonly failure: Failure | undefined;
  readonly diedAtMs: number;
}

/** `budget`: the listener's retry budget was spent. `unanswered`: it was sent back, and nobody was there to answer for it. */
export type DeadReason = 'attempts' | 'budget' | 'unanswered';

/** The dead letters of a bus by the name of their queue, oldest first. Each is there until it is sent back. */
export class DeadLetters {
  readonly #queues = new Map<string, Set<DeadLetter>>();

  get names(): readonly string[] {
    return [...this.#queues.keys()];
  }

  in(queue: string): readonly DeadLetter[] {
    return [...(this.#queues.get(queue) ?? [])];
  }

  /** False when the queue is full. */
  add(queue: string, letter: DeadLetter, depthMax: number): boolean {
    const known = this.#queues.get(queue) ?? new Set();
    this.#queues.set(queue, known);
    if (known.size >= depthMax) return false;
    known.add(letter);
    return true;
  }

  remove(queue: string, letter: DeadLetter): void {
    this.#queues.get(queue)?.delete(letter);
  }
}

export function isPicked(
  { message, subscription }: DeadLetter,
  { messages, listener }: { readonly messages?: readonly string[] | undefined; readonly listener?: string | undefined },
): boolean {
  if (listener !== undefined && listener !== subscription.listener) return false;
  return messages === undefined || messages.includes(message.id);
}
