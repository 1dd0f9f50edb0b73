import type { Fact } from './entry-fact';
import type { LinkSettings } from './intervention';

/**
 * Something that goes wrong from one instant to another, by the scenario or by hand. A process without `#n` means all its replicas.
 * What a fault leaves to chance it draws from streams of its own, so that it changes nothing that it does not touch.
 */
export type Fault = { readonly name?: string } & FaultKind;

export type FaultKind =
  /**
   * The process crashes while it handles a message or an HTTP request: after what its code does at once, before what it had written
   * leaves it. `every`: at each n-th, counted for each replica. `chance`: at any of them, with this likelihood. One of both.
   */
  | {
      readonly type: 'crash';
      readonly process: string;
      readonly every?: number;
      readonly chance?: number;
      /** Starts again after so long. Default: stays down. */
      readonly restartAfterMs?: number;
    }
  /**
   * `factor`: whatever it waits for by a timer while it handles something takes so many times as long; what its main file has set up
   * (`every`, `setInterval`) keeps its period. `lagMs`: whatever reaches it, and each of its timers, comes so much later, as with a
   * busy event loop.
   */
  | { readonly type: 'slow'; readonly process: string; readonly factor?: number; readonly lagMs?: number }
  /** Its clock is ahead by so much, or behind when negative: `Date` and the `time` of its messages. Timers run as ever. */
  | { readonly type: 'skew'; readonly process: string; readonly skewMs: number }
  /** The broker is stopped, and started at the end. */
  | { readonly type: 'outage'; readonly broker: string }
  /** RabbitMQ is low on memory or on disk: connections that publish are blocked meanwhile (rabbitmq.com/docs/alarms). */
  | { readonly type: 'alarm'; readonly broker: string; readonly resource: Resource }
  /** Processes and brokers in different groups do not reach each other. Who is in no group reaches all. */
  | { readonly type: 'partition'; readonly groups: readonly (readonly string[])[] }
  /** The link is different meanwhile. */
  | { readonly type: 'link'; readonly from: string; readonly to: string; readonly link: Partial<LinkSettings> }
  /**
   * Payloads that are no JSON any more: the first half of their text, of an entry in a stream of Redis that of its longest value. `every`: that
   * of each n-th message of this name that processes publish to the broker, which is its routing key on RabbitMQ, its channel or stream
   * on Redis, its event type as a webhook. `times`: so many messages of this name are published by nobody when it begins. At least one of both.
   */
  | {
      readonly type: 'poison';
      readonly broker: string;
      readonly event: string;
      readonly every?: number;
      readonly times?: number;
    };

/** What a broker can be low on. */
export type Resource = 'memory' | 'disk';

export type FaultType = FaultKind['type'];

export interface FaultBegan extends Fact {
  readonly type: 'fault.began';
  /** Its name: given, or made of what it does. */
  readonly name: string;
  readonly fault: Fault;
}

export interface FaultEnded extends Fact {
  readonly type: 'fault.ended';
  readonly name: string;
}

/** A fault has hit one message or one process. */
export interface FaultStruck extends Fact {
  readonly type: 'fault.struck';
  readonly name: string;
  readonly process?: string;
  readonly message?: string;
}

export interface BrokerStopped extends Fact {
  readonly type: 'broker.stopped';
  readonly broker: string;
}

export interface BrokerStarted extends Fact {
  readonly type: 'broker.started';
  readonly broker: string;
}

/** A link delivers a message a second time, with the same id. */
export interface MessageDuplicated extends Fact {
  readonly type: 'message.duplicated';
  readonly message: string;
  readonly from: string;
  readonly to: string;
  readonly arrivesAtMs: number;
}

/** Its name in the log, by which it is ended: the one that was given, or what it does and to whom. */
export function faultName(fault: Fault): string {
  if (fault.name !== undefined) return fault.name;
  switch (fault.type) {
    case 'crash':
    case 'slow':
    case 'skew':
      return `${fault.type} ${fault.process}`;
    case 'outage':
      return `${fault.type} ${fault.broker}`;
    case 'alarm':
      return `${fault.type} ${fault.broker} ${fault.resource}`;
    case 'partition':
      return `${fault.type} ${fault.groups.map((group) => group.join(', ')).join(' | ')}`;
    case 'link':
      return `${fault.type} ${fault.from} → ${fault.to}`;
    case 'poison':
      return `${fault.type} ${fault.broker} ${fault.event}`;
  }
}

/** Whether a name of a rule means a process or broker: by itself, as all replicas of a service, or as everything. */
export function meant(rule: string, name: string): boolean {
  return rule === name || rule === '*' || (!rule.includes('#') && name.startsWith(`${rule}#`));
}

/** Whether a partition into these groups lies between the two. */
export function isApart(groups: readonly (readonly string[])[], from: string, to: string): boolean {
  const groupOf = (name: string): number => groups.findIndex((group) => group.some((rule) => meant(rule, name)));
  const [one, other] = [groupOf(from), groupOf(to)];
  return one !== -1 && other !== -1 && one !== other;
}

/** The first half of its JSON, as a text: what is left of a payload that was cut off on its way. */
export function halfOfJson(data: unknown): string {
  const text = JSON.stringify(data ?? {});
  return text.slice(0, Math.max(1, text.length >> 1));
}
