import type { Frame } from '../../brokers/rabbitmq/protocol';
import type { WireEnvironment } from '../wire';
import type { ChannelCore } from './channel-core';
import * as methods from './methods';
import type { Encode } from './methods';
import { listenerName, register } from './user-object';

/** What asks the broker and is answered, the same in both APIs but for how the answer is given. */
export interface Question {
  /** Number of its arguments; in the callback API the callback follows them. */
  readonly count: number;
  /** `where`: the user's line that asks. */
  ask(channel: ChannelCore, args: readonly unknown[], where: string | undefined): Asked;
}

export interface Asked {
  readonly encode: Encode;
  /** What the user gets; called as soon as the broker has answered, before any further frame. */
  readonly answer: (frame: Frame) => unknown;
}

const fieldsOf = ({ fields }: Frame): unknown => fields;

/** A question whose answer is the fields of the broker's answer. */
const plain = (count: number, encode: (...args: readonly unknown[]) => Encode): Question => ({
  count,
  ask: (_channel, args) => ({ encode: encode(...args.slice(0, count)), answer: fieldsOf }),
});

export const questions: Readonly<Record<string, Question>> = {
  assertQueue: plain(2, (queue, options) => methods.assertQueue(queue, options)),
  checkQueue: plain(1, (queue) => methods.checkQueue(queue)),
  deleteQueue: plain(2, (queue, options) => methods.deleteQueue(queue, options)),
  purgeQueue: plain(1, (queue) => methods.purgeQueue(queue)),
  bindQueue: plain(4, (queue, source, key, args) => methods.bindQueue('bind', queue, source, key, args)),
  unbindQueue: plain(4, (queue, source, key, args) => methods.bindQueue('unbind', queue, source, key, args)),
  assertExchange: {
    count: 3,
    ask: (_channel, [exchange, type, options]) => ({
      encode: methods.assertExchange(exchange, type, options),
      answer: () => ({ exchange }),
    }),
  },
  checkExchange: plain(1, (exchange) => methods.checkExchange(exchange)),
  deleteExchange: plain(2, (exchange, options) => methods.deleteExchange(exchange, options)),
  bindExchange: plain(4, (to, source, key, args) => methods.bindExchange('bind', to, source, key, args)),
  unbindExchange: plain(4, (to, source, key, args) => methods.bindExchange('unbind', to, source, key, args)),
  prefetch: plain(2, (count, global) => methods.prefetch(count, global)),
  recover: plain(0, () => () => ({ type: 'basic.recover', requeue: true })),
  consume: {
    count: 3,
    ask: (channel, [queue, callback, options], where) => ({
      encode: methods.consume(queue, options, listenerName(callback), where),
      answer: ({ fields }) => {
        register(channel, fields['consumerTag'], callback);
        return fields;
      },
    }),
  },
  cancel: {
    count: 1,
    ask: (channel, [consumerTag]) => ({
      encode: methods.cancel(consumerTag),
      answer: ({ fields }) => {
        channel.consumers.delete(String(consumerTag));
        return fields;
      },
    }),
  },
  get: {
    count: 2,
    ask: (channel, [queue, options]) => ({
      encode: methods.get(queue, options),
      answer: (frame) => (frame.type === 'basic.get-ok' ? channel.message(frame) : false),
    }),
  },
};

/** Asks; `done` gets an error, or what the user gets. */
export function ask(
  { stands }: WireEnvironment,
  channel: ChannelCore,
  asked: Asked,
  done: (error: Error | null, value?: unknown) => void,
): void {
  channel.rpc(asked.encode, (error, frame) => {
    if (frame === undefined) return done(error);
    const value = asked.answer(frame);
    if (typeof value === 'object' && value !== null) stands(frame, value);
    done(null, value);
  });
}
