import type { Resource } from '../../log/entry-fault';
import type { PolicyRule } from '../../log/entry-topology';
import type { Message } from '../../log/envelope';
import {
  nobody,
  type BrokerPort,
  type Line,
  type Redrive,
  type Redriven,
  type Server,
  type Session as BrokerSession,
} from '../broker';
import { queueOfDeath } from './dead-letter';
import { policyProblem } from './policies';
import { type Definitions, loadDefinitions, policiesOf } from './definitions';
import type { Queue } from './queue';
import type { Publication } from './stored-message';
import { noRouting } from './router';
import { Session } from './session';
import { versionOf } from './version';
import { VirtualHost } from './virtual-host';

/**
 * RabbitMQ: what AMQP 0-9-1 clients see of it. It does what RabbitMQ 3.10 was recorded to do; see `version.ts` for later ones.
 * A method is carried out whole when it arrives, so that between two of them nothing is under way.
 */
export class RabbitMq implements Server {
  readonly kind = 'rabbitmq';
  readonly name: string;
  readonly #host: VirtualHost;
  #policies: Pick<Definitions, 'policies' | 'parameters'> = { policies: [], parameters: [] };

  constructor(name: string, settings: { readonly version?: unknown }, port: BrokerPort) {
    this.name = name;
    this.#host = new VirtualHost(name, versionOf(settings.version), port);
  }

  /** What it starts with. That it accepts all of it was seen when the scenario was read. */
  load(definitions: unknown, cause: number): void {
    this.#policies = definitions as Definitions;
    loadDefinitions(this.#host, definitions as Definitions, { cause });
  }

  /** As `rabbitmqctl set_policy` and `clear_policy`. */
  changePolicy(name: string, policy: PolicyRule | undefined, cause: number): string | undefined {
    const { policies, parameters } = this.#policies;
    if (this.isStopped) return `${this.name} is stopped.`;
    if (policy === undefined && !policies.some((each) => each.name === name)) return `There is no policy ${name}.`;
    const wrong = policy === undefined ? undefined : policyProblem(policy);
    if (wrong !== undefined) return wrong;
    const others = policies.filter((each) => each.name !== name);
    this.#policies = { policies: policy === undefined ? others : [...others, { ...policy, name }], parameters };
    this.#host.topology.policyChanged(name, policy, { cause });
    this.#host.policies = policiesOf(this.#policies);
    return undefined;
  }

  connect(line: Line, cause: number): BrokerSession {
    if (this.#host.isStopped) return nobody(line, cause);
    return new Session(line, this.#host);
  }

  get isStopped(): boolean {
    return this.#host.isStopped;
  }

  /** As `rabbitmqctl stop_app` does. Nothing that one connection gives back goes to another. */
  stop(cause: number): void {
    const sessions = [...this.#host.sessions];
    for (const session of sessions) session.leave(cause);
    for (const session of sessions) session.forceClosed('shutdown', cause);
    this.#host.stop(cause);
  }

  start(): void {
    this.#host.start();
  }

  alarm(lowOn: ReadonlySet<Resource>, cause: number): void {
    this.#host.alarm(lowOn, cause);
  }

  /** Connections end on their own lines. */
  processGone(): void {
    return;
  }

  configure(): boolean {
    return false;
  }

  /** Published by hand: the name is `exchange/routing key`, or the name of a queue. */
  accept(message: Message, cause: number, _sentAtMs: number, isText = false): void {
    const host = this.#host;
    if (host.isStopped) {
      host.log.dropped(message, undefined, 'broker-stopped', cause);
      return;
    }
    const slash = message.type.indexOf('/');
    const name = slash < 0 ? '' : message.type.slice(0, slash);
    const publication: Publication = {
      message,
      exchange: name,
      routingKeys: [message.type.slice(slash + 1)],
      properties: { contentType: 'application/json' },
      content: utf8(isText ? String(message.data) : JSON.stringify(message.data ?? null)),
    };
    const exchange = name === '' ? undefined : host.exchanges.get(name);
    const isNowhere = name !== '' && exchange === undefined;
    const routing = isNowhere ? noRouting : host.route(exchange, publication);
    const { queues } = routing;
    const seq = host.log.routed(publication, routing, cause);
    if (queues.length === 0) host.log.dropped(message, undefined, 'unroutable', seq);
    for (const queue of queues) queue.publish(publication, seq, {});
    host.bury();
  }

  /**
   * Back to the queue in which each died last, as `x-death` has it, and with its headers; as moving messages with a shovel does. What
   * never died, or died in a queue that is gone, stays.
   */
  redrive({ queue: from, messages, edit, cause, where }: Redrive): Redriven {
    const host = this.#host;
    const source = host.queues.get(from);
    const isNamed = ({ message }: Publication): boolean => messages === undefined || messages.includes(message.id);
    const targetOf = ({ properties }: Publication): Queue | undefined =>
      host.queues.get(queueOfDeath(properties.headers) ?? '');
    let kept = 0;
    const taken = source?.takeOut((publication) => {
      const target = isNamed(publication) ? targetOf(publication) : undefined;
      return target !== undefined && target !== source;
    });
    for (const publication of taken ?? []) {
      const target = targetOf(publication);
      if (target === undefined) continue;
      const edited = edit?.(publication);
      const seq = host.log.redriven(publication.message, { from, queue: target.name, edited }, { cause, where });
      const back = { ...publication, exchange: '', routingKeys: [target.name] };
      target.publish(edited === undefined ? back : withPayload(back, edited.data), seq, undefined);
    }
    host.bury();
    if (source !== undefined && taken?.length === 0) kept = source.ready;
    return { redriven: taken?.length ?? 0, kept };
  }

  /** What there is at the moment; undefined when there is no such queue. */
  queue(name: string): { readonly ready: number; readonly unacked: number; readonly consumers: number } | undefined {
    const queue = this.#host.queues.get(name);
    return queue && { ready: queue.ready, unacked: queue.unacked, consumers: queue.consumerCount };
  }

  hasExchange(name: string): boolean {
    return this.#host.exchanges.has(name);
  }
}

function withPayload(publication: Publication, data: unknown): Publication {
  return {
    ...publication,
    message: { ...publication.message, data },
    content: utf8(JSON.stringify(data ?? null)),
  };
}

/** The bytes of a text. No engine's own encoder is at hand in this folder. */
function utf8(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0xfffd;
    const point = code >= 0xd800 && code <= 0xdfff ? 0xfffd : code;
    if (point < 0x80) bytes.push(point);
    else if (point < 0x800) bytes.push(0xc0 | (point >> 6), 0x80 | (point & 0x3f));
    else if (point < 0x10000) bytes.push(0xe0 | (point >> 12), 0x80 | ((point >> 6) & 0x3f), 0x80 | (point & 0x3f));
    else
      bytes.push(
        0xf0 | (point >> 18),
        0x80 | ((point >> 12) & 0x3f),
        0x80 | ((point >> 6) & 0x3f),
        0x80 | (point & 0x3f),
      );
  }
  return Uint8Array.from(bytes);
}
