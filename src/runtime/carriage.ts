import type { Delivery } from '../brokers/broker';
import type { Task } from '../kernel/agenda';
import type { Chain, Link } from '../kernel/chain';
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
  state: 'on its way' | 'under way' | 'over';
  /** Its arrival at a later instant, or once it is under way its timeout. */
  task: Task | undefined;
  /** Whether the process waits for it: its listener has returned a promise. */
  holds: boolean;
  before: Carriage | undefined;
  after: Carriage | undefined;

  // From its start on it is the context of what its listener does.

  startedMs: number;
  /** `seq` of its `delivery.started`. */
  cause: number;
  life: Life;
  tripped: boolean;
  tooDeep: boolean;
  jobs: number;
  jobsAtMs: number;

  constructor(delivery: Delivery, address: Address, sentSeq: number) {
    this.delivery = delivery;
    this.address = address;
    this.sentSeq = sentSeq;
    this.state = 'on its way';
    this.task = undefined;
    this.holds = false;
    this.before = undefined;
    this.after = undefined;
    this.startedMs = 0;
    this.cause = 0;
    this.life = undefined as never;
    this.tripped = false;
    this.tooDeep = false;
    this.jobs = 0;
    this.jobsAtMs = 0;
  }

  get message(): Message {
    return this.delivery.message;
  }

  get listener(): string {
    return this.delivery.listener;
  }

  get muted(): boolean {
    return this.delivery.muted === true;
  }

  get replayed(): boolean {
    return this.delivery.replayed;
  }
}
