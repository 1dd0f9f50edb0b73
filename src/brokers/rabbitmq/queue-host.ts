import type { Wake } from '../broker';
import type { DeathReason, QueueEnd } from '../../log/entry';
import type { Queue } from './queue';
import type { RabbitLog } from './rabbit-log';
import type { Publication } from './stored-message';
import type { Version } from './version';

/** What a queue asks of the broker that it is in. */
export interface QueueHost {
  readonly nowMs: number;
  readonly log: RabbitLog;
  readonly version: Version;
  wakeAt(atMs: number, wake: () => void): Wake;
  /** Publishes a dead message again, once what is being done to the queue is done. */
  deadLetter(from: Queue, publication: Publication, reason: DeathReason, cause: number): void;
  /** Deletes the queue. */
  remove(queue: Queue, why: QueueEnd): unknown;
}
