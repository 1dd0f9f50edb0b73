import type { Handed } from '../broker';
import type { Consumer } from './consumer';
import type { Queue } from './queue';
import type { StoredMessage } from './stored-message';

/** A message that a channel has and has not settled. */
export interface Held {
  readonly tag: number;
  readonly queue: Queue;
  readonly message: StoredMessage;
  /** Absent when `basic.get` took it. */
  readonly consumer: Consumer | undefined;
  readonly handed: Handed;
}
