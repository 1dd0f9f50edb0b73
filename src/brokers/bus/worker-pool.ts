import type { Message } from '../../log/envelope';
import type { BrokerPort, Outcome } from '../broker';
import { queueDepthMax } from './bus';
import type { Subscription } from './subscription';

interface WorkerPoolOptions {
  readonly broker: string;
  readonly workers: number;
  readonly port: BrokerPort;
  listenersOf(message: Message): readonly Subscription[];
  /** Who stands where a subscription stood when the worker took the event. */
  presentOf(subscription: Subscription): Subscription | undefined;
  deliver(message: Message, subscription: Subscription, cause: number, onSettled: (outcome: Outcome) => void): void;
}

/**
 * Queue mode: events wait in one line; each worker takes the event at the head and runs its listeners one after another.
 * A listener that fails does not stop the worker: the next listener's turn comes at once. An event that nobody listens to
 * any more when its turn comes is dropped.
 */
export class WorkerPool {
  readonly #options: WorkerPoolOptions;
  readonly #ready: { message: Message; cause: number }[] = [];
  #workers: number;
  #busy = 0;
  #stopped = false;

  constructor(options: WorkerPoolOptions) {
    this.#options = options;
    this.#workers = options.workers;
  }

  enqueue(message: Message, cause: number): void {
    const { port, broker } = this.#options;
    if (this.#ready.length >= queueDepthMax) {
      this.#drop(message, cause, 'queue-full');
      return;
    }
    const seq = port.append({ type: 'message.enqueued', cause, message: message.id, broker, queue: broker });
    this.#ready.push({ message, cause: seq });
    this.#pump();
  }

  setWorkers(workers: number): void {
    this.#workers = workers;
    this.#pump();
  }

  /** The line is in memory: what waits is gone. Workers end the event that they have. */
  stop(cause: number): void {
    this.#stopped = true;
    for (const { message } of this.#ready.splice(0)) this.#drop(message, cause, 'broker-stopped');
  }

  start(): void {
    this.#stopped = false;
    this.#pump();
  }

  #pump(): void {
    if (this.#stopped) return;
    while (this.#busy < this.#workers) {
      const next = this.#ready.shift();
      if (next === undefined) return;
      const listeners = this.#options.listenersOf(next.message);
      if (listeners.length === 0) {
        this.#drop(next.message, next.cause, 'consumer-gone');
        continue;
      }
      this.#busy++;
      this.#work(next.message, next.cause, listeners, 0);
    }
  }

  #drop(message: Message, cause: number, reason: 'queue-full' | 'consumer-gone' | 'broker-stopped'): void {
    const { port, broker } = this.#options;
    port.append({ type: 'message.dropped', cause, message: message.id, broker, queue: broker, reason });
  }

  #work(message: Message, cause: number, listeners: readonly Subscription[], index: number): void {
    const planned = listeners[index];
    if (planned === undefined) {
      this.#busy--;
      this.#pump();
      return;
    }
    const subscription = this.#options.presentOf(planned);
    if (subscription === undefined) {
      this.#work(message, cause, listeners, index + 1);
      return;
    }
    this.#options.deliver(message, subscription, cause, () => {
      this.#work(message, cause, listeners, index + 1);
    });
  }
}
