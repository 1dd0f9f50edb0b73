import type { Broker, Delivery } from '../../brokers/broker';
import type { Message } from '../../log/envelope';
import type { ProcessEnvironment } from '../node/environment';

/** What the module `eventarium` may use of the process that imports it. */
export interface ClientEnvironment {
  readonly process: string;
  readonly node: ProcessEnvironment;
  /** `seq` of what the calling code is caused by, and its file and line. */
  origin(): { cause: number; where: string | undefined };
  broker(kind: string, name: string, settings: Readonly<Record<string, string | number | boolean>>): Broker;
  publish(broker: Broker, type: string, data: unknown): Message;
  /** Runs a delivery that no broker routed: for a replay. */
  dispatch(delivery: Omit<Delivery, 'id' | 'cause'>, cause: number): void;
  replayStarted(facts: { broker: string; pattern: string; messages: number }): number;
  replayEnded(facts: { broker: string }, cause: number): void;
  invariant(name: string, check: () => unknown): void;
  /** `value` is printed already. The same value again adds nothing to the log. */
  show(name: string, value: string): void;
  /**
   * What outlives every process of the run, as a disk does: made by whoever asks for the key first. It holds plain data only, no
   * function and no object of user code, since those go with their process. What belongs to one process has its name in the key.
   */
  durable<T>(key: string, create: () => T): T;
  /** Keeps the process alive until released. */
  hold(): () => void;
  /** Called when this life of the process no longer listens: it was reloaded. */
  onRetire(callback: () => void): void;
}
