import { textOf } from '../../brokers/redis/bytes';
import type { Reply } from '../../brokers/redis/protocol';
import { RedisError } from '../../brokers/redis/redis-error';
import { Buffer } from '../node/buffer';
import type { WireEnvironment } from '../wire';

/** An error that Redis answered with. */
export class ReplyError extends Error {
  declare command: { name: string; args: unknown[] };
}
Object.defineProperty(ReplyError.prototype, 'name', { value: 'ReplyError', configurable: true, writable: true });

/** What a connection took with it when it was lost. */
export class AbortError extends Error {
  readonly command: { name: string; args: unknown[] };

  constructor(command: { name: string; args: unknown[] }) {
    super('Command aborted due to connection close');
    this.command = command;
  }
}
Object.defineProperty(AbortError.prototype, 'name', { value: 'AbortError', configurable: true, writable: true });

/** What waited for a connection is given up. */
export class MaxRetriesPerRequestError extends Error {
  constructor(retriesMax: number) {
    const remedy = 'Refer to "maxRetriesPerRequest" option for details.';
    super(`Reached the max retries per request limit (which is ${retriesMax}). ${remedy}`);
  }
}
Object.defineProperty(MaxRetriesPerRequestError.prototype, 'name', {
  value: 'MaxRetriesPerRequestError',
  configurable: true,
  writable: true,
});

/**
 * A reply as the user gets it: text, or buffers when asked for them. Errors inside a list are values. `stands` is told what the user
 * gets for each list.
 */
export function valueOf(reply: Reply, asBuffers: boolean, stands: WireEnvironment['stands']): unknown {
  if (reply instanceof RedisError) return new ReplyError(textOf(reply.message));
  if (typeof reply === 'string') return asBuffers ? Buffer.from(reply, 'latin1') : textOf(reply);
  if (typeof reply !== 'object' || reply === null) return reply;
  const value = reply.map((each: Reply) => valueOf(each, asBuffers, stands));
  stands(reply, value);
  return value;
}

/** `hgetall` gives an object. */
export function shapedFor(command: string, value: unknown): unknown {
  if (command !== 'hgetall' || !Array.isArray(value)) return value;
  const fields: Record<string, unknown> = {};
  for (let index = 0; index < value.length; index += 2)
    Object.defineProperty(fields, String(value[index]), {
      value: value[index + 1] as unknown,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  return fields;
}

/** Numbers as the option `stringNumbers` wants them. */
export function withStringNumbers(reply: Reply): Reply {
  if (typeof reply === 'number') return String(reply);
  return Array.isArray(reply) ? reply.map(withStringNumbers) : reply;
}
