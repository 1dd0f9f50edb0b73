import type { Session } from '../../../brokers/broker';
import type { Frame, Method } from '../../../brokers/rabbitmq/protocol';
import { RabbitMq } from '../../../brokers/rabbitmq/rabbitmq';
import { Agenda } from '../../../kernel/agenda';
import { portOf, runFor } from '../case-port';
import { CaseConnection, type CaseChannel } from './case-client';
import { firstDifference } from './first-difference';
import { Observer } from './observer';
import type { Checkpoint, RecordedCase, Step } from './recorded-case';
import { methodOf } from './step-method';

/** Replays a recorded case against the simulated broker, with nothing between the two. */
export function replayRabbitCase(recorded: unknown): string | undefined {
  return new Replay(recorded as RecordedCase).run();
}

interface Connected {
  readonly line: CaseConnection;
  readonly session: Session;
}

class Replay {
  readonly #case: RecordedCase;
  readonly #agenda = new Agenda();
  readonly #broker: RabbitMq;
  readonly #observer: Observer;
  readonly #connections = new Map<string, Connected>();
  readonly #channels = new Map<string, { readonly of: Connected; readonly channel: CaseChannel; confirms: boolean }>();
  readonly #queues = new Set<string>();
  readonly #exchanges = new Set<string>();
  #checkpoints = 0;
  #published = 0;

  constructor(recorded: RecordedCase) {
    this.#case = recorded;
    this.#broker = new RabbitMq('rabbitmq', {}, portOf(this.#agenda));
    this.#observer = new Observer(recorded.observe?.includes('deliveryTag') === true);
  }

  run(): string | undefined {
    for (const [index, step] of this.#case.steps.entries()) {
      if (step.op !== 'settle' && step.op !== 'advance') {
        this.#act(step, index);
        continue;
      }
      runFor(this.#agenda, step.op === 'advance' ? step.ms : 0);
      const difference = this.#compare(index);
      if (difference !== undefined) return `step ${index}, ${difference}`;
    }
    return undefined;
  }

  #compare(step: number): string | undefined {
    const expected = this.#case.expect[this.#checkpoints++];
    const queues = Object.fromEntries([...this.#queues].map((name) => [name, this.#broker.queue(name) ?? null]));
    const exchanges = Object.fromEntries([...this.#exchanges].map((name) => [name, this.#broker.hasExchange(name)]));
    const got = {
      step,
      at: this.#agenda.nowMs,
      ...this.#observer.take(),
      queues,
      ...(this.#case.observe?.includes('exchanges') === true ? { exchanges } : {}),
    };
    return expected === undefined
      ? 'nothing was recorded for it'
      : firstDifference(withoutTexts(expected), withoutEmpty(got, expected));
  }

  #act(step: Exclude<Step, { op: 'settle' | 'advance' }>, index: number): void {
    switch (step.op) {
      case 'openConnection': {
        const line = new CaseConnection(step.connection, this.#observer);
        this.#connections.set(step.connection, { line, session: this.#broker.connect(line, 0) });
        return;
      }
      case 'closeConnection':
        this.#connections.get(step.connection)?.session.receive({ type: 'connection.close', channel: 0 }, 0);
        return;
      case 'dropConnection':
        this.#connections.get(step.connection)?.session.hungUp(0);
        return;
      case 'openChannel': {
        const of = this.#connections.get(step.connection);
        if (of === undefined) throw new Error(`there is no connection ${step.connection}`);
        const channel = of.line.open(step.channel);
        this.#channels.set(step.channel, { of, channel, confirms: step.confirm });
        of.session.receive({ type: 'channel.open', channel: channel.number }, 0);
        if (step.confirm) of.session.receive({ type: 'confirm.select', channel: channel.number }, 0);
        return;
      }
      default:
        this.#send(step, index);
    }
  }

  #send(step: Extract<Step, { channel: string }>, index: number): void {
    const known = this.#channels.get(step.channel);
    if (known === undefined) throw new Error(`there is no channel ${step.channel}`);
    const { of, channel, confirms } = known;
    if (step.op === 'declareQueue') this.#queues.add(step.name);
    if (step.op === 'declareExchange') this.#exchanges.add(step.name);
    if (step.op === 'consume') of.line.consumes(step.consumerTag, step.noAck);
    if (step.op === 'publish' && confirms)
      channel.published.push({ body: step.body, order: this.#published++, returned: false, confirmed: false });
    const method: Method = methodOf(step, channel);
    of.line.takeAnswer();
    of.session.receive(method, 0);
    if (method.type === 'basic.ack' || method.type === 'basic.nack')
      channel.settled(method.deliveryTag, method.multiple);
    if (method.type === 'basic.reject') channel.settled(method.deliveryTag, false);
    const answer = of.line.takeAnswer();
    if (answer !== undefined) this.#note(step, index, answer);
  }

  #note(step: Extract<Step, { channel: string }>, index: number, answer: Frame): void {
    const { messageCount, consumerCount } = answer.fields;
    if (step.op === 'get') this.#observer.got(index, answer.type === 'basic.get-ok' ? answer : undefined);
    else if (step.op === 'purge' || step.op === 'deleteQueue') this.#observer.replied(index, { messageCount });
    else if (step.op === 'declareQueue' && step.passive === true)
      this.#observer.replied(index, { messageCount, consumerCount });
    else if (step.op === 'declareExchange' && step.passive === true) this.#observer.replied(index, {});
  }
}

/** The broker's wording is for display, and need not be repeated to the letter. */
function withoutTexts(expected: Checkpoint): Record<string, unknown> {
  const { errors, ...rest } = expected;
  if (!Array.isArray(errors)) return rest;
  return { ...rest, errors: (errors as { text?: string }[]).map(({ text, ...error }) => error) };
}

/** A table that has nothing in it may be left out. */
function withoutEmpty(got: Record<string, unknown>, expected: Checkpoint): Record<string, unknown> {
  const isEmpty = (value: unknown): boolean => typeof value === 'object' && Object.keys(value ?? {}).length === 0;
  return Object.fromEntries(Object.entries(got).filter(([name, value]) => name in expected || !isEmpty(value)));
}
