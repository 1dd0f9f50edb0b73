import type { Delivery } from '../brokers/broker';
import type { Task } from '../kernel/agenda';
import type { Link } from './chain';
import type { Context } from './context';
import type { Life } from './life';

/** One delivery from the broker's hand to its end: on its way to the process, under way in it, over. */
export class Carriage implements Link<Carriage> {
  readonly delivery: Delivery;
  /** `seq` of its `message.dispatched`. */
  readonly sentSeq: number;
  state: 'on its way' | 'under way' | 'over' = 'on its way';
  /** Its arrival, or once it is under way its timeout. */
  task: Task | undefined = undefined;
  startedMs = 0;
  startedSeq = 0;
  /** Present from its start on. */
  life: Life | undefined = undefined;
  context: Context | undefined = undefined;
  /** Whether the process waits for it: its listener has returned a promise. */
  holds = false;
  before: Carriage | undefined = undefined;
  after: Carriage | undefined = undefined;

  constructor(delivery: Delivery, sentSeq: number) {
    this.delivery = delivery;
    this.sentSeq = sentSeq;
  }
}
