import { expect } from 'vitest';
import type { BrokerPort, Handed, Line, Session } from '../../../src/brokers/broker';
import type { Frame, Method, Table } from '../../../src/brokers/rabbitmq/protocol';
import type { OperatorPolicyDefinition, PolicyDefinition } from '../../../src/brokers/rabbitmq/definitions';
import type { ApplyTo } from '../../../src/brokers/rabbitmq/policies';
import { RabbitMq } from '../../../src/brokers/rabbitmq/rabbitmq';
import type { Version } from '../../../src/brokers/rabbitmq/version';
import type { Resource } from '../../../src/log/entry-fault';
import { Agenda } from '../../../src/kernel/agenda';

/**
 * A talk with the broker as text. A line at the margin is what a client does, and the indented ones after it are what the
 * clients then see. `a1` is channel 1 of connection `a`; connections and channels open when they are first named.
 *
 *     a1 queue q x-max-length=1          a1 consume q t [noack] [prefetch=1] [priority=2]
 *     a1 exchange e topic [internal]     a1 ack 1 [multiple], nack, reject [drop]
 *     a1 bind q e key [header=value]     a1 publish e key body [mandatory] [persistent] [expiration=100]
 *     wait 500   (milliseconds)          a gone          q?   (what is in the queue)
 *     stop, start   (the broker)         alarm memory disk   (what it is low on; nothing: all is well)
 *     a1 publish e key one & a1 publish e key two   (read together)
 *     policy name pattern [apply-to=queues] [priority=1] [operator=yes] max-length=1
 */
export function expectTalk(text: string, version?: Version): void {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const margin = Math.min(...lines.map((line) => line.length - line.trimStart().length));
  const expected = lines.map((line) => line.slice(margin).trimEnd());
  const talk = new Talk(version);
  const said = expected.filter((line) => !line.startsWith(' ')).flatMap((line) => [line, ...talk.say(line)]);
  expect(said.join('\n')).toBe(expected.join('\n'));
}

class Talk {
  readonly #agenda = new Agenda();
  readonly #sessions = new Map<string, Session>();
  readonly #broker: RabbitMq;
  readonly #open = new Set<string>();
  #seen: string[] = [];
  #policies: PolicyDefinition[] = [];
  readonly #operators: OperatorPolicyDefinition[] = [];

  constructor(version: Version | undefined) {
    this.#broker = new RabbitMq('rabbit', { version }, this.#port());
  }

  say(line: string): string[] {
    this.#seen = [];
    for (const each of line.split(' & ')) this.#do(each);
    // What the broker does once it has read all that came together.
    this.#wait(0);
    return this.#seen.map((seen) => `  ${seen}`);
  }

  #do(line: string): void {
    const [who = '', verb = '', ...words] = line.trim().split(/\s+/);
    if (who === 'wait') this.#wait(Number(verb));
    else if (who.endsWith('?')) this.#look(who.slice(0, -1));
    else if (who === 'policy') this.#policy(verb, words);
    else if (verb === 'gone') this.#sessions.get(who)?.hungUp(0);
    else if (who === 'stop') this.#stop();
    else if (who === 'start') this.#broker.start();
    else if (who === 'alarm')
      this.#broker.alarm(new Set([verb, ...words].filter((word) => word !== '') as Resource[]), 0);
    else this.#send(who, verb, words);
  }

  /** The clients have to connect again. */
  #stop(): void {
    this.#broker.stop(0);
    this.#sessions.clear();
    this.#open.clear();
  }

  #send(who: string, verb: string, words: readonly string[]): void {
    const [name, channel] = [who.slice(0, -1), Number(who.at(-1))];
    let session = this.#sessions.get(name);
    if (session === undefined) this.#sessions.set(name, (session = this.#broker.connect(this.#line(name), 0)));
    if (!this.#open.has(who)) session.receive({ type: 'channel.open', channel }, 0);
    this.#open.add(who);
    session.receive(methodOf(verb, words, channel), 0);
  }

  /** A definition is written as arguments are. All policies are replaced at once, as by an import. */
  #policy(name: string, [pattern = '', ...words]: readonly string[]): void {
    const named = new Map(words.map((word) => word.split('=') as [string, string]));
    const take = (key: string): string | undefined => {
      const value = named.get(key);
      named.delete(key);
      return value;
    };
    const priority = Number(take('priority') ?? 0);
    const applyTo = (take('apply-to') ?? 'all') as ApplyTo;
    const isOperator = take('operator') !== undefined;
    const definition = Object.fromEntries([...named].map(([key, value]) => [key, valueOf(value)]));
    const rule = { pattern, 'apply-to': applyTo, priority, definition };
    if (isOperator) this.#operators.push({ component: 'operator_policy', name, value: rule });
    else this.#policies = [...this.#policies.filter((other) => other.name !== name), { name, ...rule }];
    const nothing = { queues: [], exchanges: [], bindings: [] };
    this.#broker.load({ ...nothing, policies: this.#policies, parameters: this.#operators }, 0);
  }

  #wait(ms: number): void {
    const untilMs = this.#agenda.nowMs + ms;
    this.#agenda.schedule(untilMs, () => undefined);
    for (let next = this.#agenda.peek(); next && next.atMs <= untilMs; next = this.#agenda.peek()) {
      this.#agenda.take();
      next.run();
    }
  }

  #look(queue: string): void {
    const state = this.#broker.queue(queue);
    this.#seen.push(state ? `${state.ready} ready, ${state.unacked} unacked, ${state.consumers} consumers` : 'none');
  }

  #line(name: string): Line {
    const see = (text: string): number => this.#seen.push(text);
    const bodyOf = ({ content }: Frame): string => new TextDecoder().decode(content);
    return {
      process: name,
      send: (sent) => {
        const frame = sent as Frame;
        const { fields } = frame;
        const where = `${name}${frame.channel}`;
        if (frame.type === 'basic.return') see(`${where} returned ${bodyOf(frame)}: ${String(fields['replyText'])}`);
        else if (/^basic\.(n?ack)$/.test(frame.type))
          see(
            `${where} confirm ${frame.type.slice(6)} ${String(fields['deliveryTag'])}${fields['multiple'] === true ? ' and before' : ''}`,
          );
        else if (frame.type === 'basic.cancel') see(`${where} cancelled ${String(fields['consumerTag'])}`);
        else if (frame.type === 'basic.get-empty') see('empty');
        else if (frame.type === 'connection.blocked') see(`${name} blocked: ${String(fields['reason'])}`);
        else if (frame.type === 'connection.unblocked') see(`${name} unblocked`);
        else if (frame.type.endsWith('.close'))
          see(
            `${frame.channel === 0 ? name : where} closed: ${String(fields['replyCode'])} ${String(fields['replyText']).replaceAll('\n', ' ')}`,
          );
        else if (frame.type === 'queue.delete-ok' || frame.type === 'queue.purge-ok')
          see(`${String(fields['messageCount'])} messages`);
      },
      deliver: (sent): Handed => {
        const frame = sent as Frame;
        const { deliveryTag, redelivered, consumerTag = `${name}${frame.channel} got` } = frame.fields;
        const deaths = (frame.properties?.headers?.['x-death'] ?? []) as unknown as readonly {
          readonly reason: string;
          readonly queue: string;
          readonly count: number;
        }[];
        const died = deaths.map(({ reason, queue, count }) => ` ${reason} in ${queue} x${count}`);
        see(
          `${String(consumerTag)}: ${bodyOf(frame)} #${String(deliveryTag)}${redelivered === true ? ' again' : ''}${died.join()}`,
        );
        return { id: '', settle: (_how, cause) => cause };
      },
      hangUp: () => undefined,
    };
  }

  #port(): BrokerPort {
    let count = 0;
    const agenda = this.#agenda;
    return {
      get nowMs() {
        return agenda.nowMs;
      },
      append: () => count++,
      get nextSeq() {
        return count;
      },
      write: () => count++,
      wakeAt: (atMs, wake) => {
        const task = agenda.schedule(atMs, wake);
        return { cancel: () => agenda.cancel(task) };
      },
      dispatch: () => undefined,
      timeText: () => '2026-01-01T00:00:00.000Z',
      chance: () => 0.5,
      nextId: (kind) => `${kind}${count++}`,
      serviceAt: () => undefined,
      request: () => ({ to: undefined, arrivesAtMs: undefined, seq: 0, abort: () => 0 }),
    };
  }
}

function methodOf(verb: string, words: readonly string[], channel: number): Method {
  const flag = (name: string): boolean => words.includes(name);
  const named = new Map(words.filter((word) => word.includes('=')).map((word) => word.split('=') as [string, string]));
  const [first = '', second = '', third = ''] = words.map((word) => (word === '""' ? '' : word));
  const args: Table = Object.fromEntries(
    [...named]
      .filter(([name]) => name.includes('-') || name.length === 1)
      .map(([name, value]) => [name, valueOf(value)]),
  );
  switch (verb) {
    case 'queue': {
      const [queue, exclusive] = [first, flag('exclusive')];
      const autoDelete = flag('auto-delete');
      return {
        type: 'queue.declare',
        channel,
        queue,
        passive: flag('passive'),
        durable: !flag('transient'),
        exclusive,
        autoDelete,
        arguments: args,
      };
    }
    case 'exchange':
      return {
        type: 'exchange.declare',
        channel,
        exchange: first,
        kind: second,
        passive: flag('passive'),
        durable: !flag('transient'),
        autoDelete: flag('auto-delete'),
        internal: flag('internal'),
        arguments: args,
      };
    case 'bind':
    case 'unbind':
      return { type: `queue.${verb}`, channel, destination: first, source: second, routingKey: third, arguments: args };
    case 'purge':
      return { type: 'queue.purge', channel, queue: first };
    case 'delete':
      return { type: 'queue.delete', channel, queue: first, ifUnused: flag('unused'), ifEmpty: flag('empty') };
    case 'confirm':
      return { type: 'confirm.select', channel };
    case 'qos':
      return { type: 'basic.qos', channel, prefetchCount: Number(first), global: flag('global') };
    case 'consume':
      return {
        type: 'basic.consume',
        channel,
        queue: first,
        consumerTag: second,
        noAck: flag('noack'),
        exclusive: flag('exclusive'),
        arguments: args,
        listener: second,
        where: undefined,
      };
    case 'cancel':
      return { type: 'basic.cancel', channel, consumerTag: first };
    case 'get':
      return { type: 'basic.get', channel, queue: first, noAck: flag('noack') };
    case 'ack':
      return { type: 'basic.ack', channel, deliveryTag: Number(first), multiple: flag('multiple') };
    case 'nack':
      return {
        type: 'basic.nack',
        channel,
        deliveryTag: Number(first),
        multiple: flag('multiple'),
        requeue: !flag('drop'),
      };
    case 'reject':
      return { type: 'basic.reject', channel, deliveryTag: Number(first), requeue: !flag('drop') };
    case 'recover':
      return { type: 'basic.recover', channel, requeue: true };
    case 'close':
      return { type: 'channel.close', channel };
    case 'publish': {
      const expiration = named.get('expiration');
      const replyTo = named.get('reply');
      const priority = named.get('priority');
      const bytes = named.get('bytes');
      const deadBefore = named.get('dead-before');
      return {
        type: 'basic.publish',
        channel,
        exchange: first,
        routingKey: second,
        mandatory: flag('mandatory'),
        content: bytes === undefined ? new TextEncoder().encode(third) : new Uint8Array(Number(bytes)),
        properties: {
          headers:
            deadBefore === undefined
              ? args
              : { ...args, 'x-death': [{ count: 1, queue: deadBefore, reason: 'rejected' }] },
          ...(expiration === undefined ? {} : { expiration }),
          ...(words.includes('persistent') && { deliveryMode: 2 }),
          ...(replyTo === undefined ? {} : { replyTo }),
          ...(priority === undefined ? {} : { priority: Number(priority) }),
        },
        message: {
          id: third,
          source: '/a',
          specversion: '1.0',
          type: second,
          time: '',
          datacontenttype: 'application/json',
          correlationid: third,
        },
      };
    }
    default:
      throw new Error(`there is no ${verb}`);
  }
}

function valueOf(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  return /^-?\d+$/.test(text) ? Number(text) : text.replace(/^""$/, '');
}
