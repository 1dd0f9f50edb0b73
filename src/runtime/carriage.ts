import type { Delivery } from '../brokers/broker';
import type { Task } from '../kernel/agenda';
import type { Chain, Link } from './chain';
import type { Context } from './context';
import type { Life } from './life';
import type { Message } from '../log/envelope';

/** A process as deliveries see it: who takes them, and what is on its way to it. */
export interface Address {
  life: Life | undefined;
  readonly onTheWay: Chain<Carriage>;
}

/** One delivery from the broker's hand to its end: on its way to the process, under way in it, over. */
export class Carriage implements Link<Carriage>, Context {
  readonly delivery: Delivery;
  readonly address: Address;
  /** `seq` of its `message.dispatched`. */
  readonly sentSeq: number;
  state: 'on its way' | 'under way' | 'over' = 'on its way';
  /** Its arrival, or once it is under way its timeout. */
  task: Task | undefined = undefined;
  /** Whether the process waits for it: its listener has returned a promise. */
  holds = false;
  before: Carriage | undefined = undefined;
  after: Carriage | undefined = undefined;

  // From its start on it is the context of what its listener does.

  startedMs = 0;
  /** `seq` of its `delivery.started`. */
  cause = 0;
  life: Life = undefined as never;
  tripped = false;
  tooDeep = false;
  jobs = 0;
  jobsAtMs = 0;

  constructor(delivery: Delivery, address: Address, sentSeq: number) {
    this.delivery = delivery;
    this.address = address;
    this.sentSeq = sentSeq;
  }

  get message(): Message {
    return this.delivery.message;
  }

  get listener(): string {
    return this.delivery.listener;
  }

  get replayed(): boolean {
    return this.delivery.replayed;
  }
}
