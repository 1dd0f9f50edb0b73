import { copyPlain } from '../log/plain';
import type { Message } from '../log/envelope';
import type { Life } from './life';
import { messageBytesMax } from './world';

/** What a replay without effects would have published: the log tells of it, and nobody gets it. */
export function heldMessage(life: Life, broker: string, type: string, data: unknown): Message {
  const { world, context } = life;
  const plain = copyPlain(data);
  const facts = { process: life.process, listener: context.listener, broker, event: type };
  world.journal.append({ type: 'effect.held', cause: context.cause, where: world.where(), ...facts, data: plain });
  return envelope(`${context.message?.id ?? ''}-held`, life.source, type, timeOf(life), context.message, plain);
}

/** A message of this process, caused by what it handles. */
export function createMessage(life: Life, type: string, data: unknown): Message {
  const { world } = life;
  const handled = life.context.message;
  const plain = copyPlain(data);
  const bytes = approximateBytes(plain, messageBytesMax);
  if (bytes > messageBytesMax) {
    world.limit('message-bytes', messageBytesMax, { context: life.context, where: world.where() });
    throw new RangeError(`The payload of ${type} has more than ${String(messageBytesMax)} characters.`);
  }
  return envelope(world.nextId('message'), life.source, type, timeOf(life), handled, plain);
}

/** By its own clock. */
function timeOf({ world, skewMs }: Life): string {
  return skewMs === 0 ? world.timeText() : world.timeText(world.agenda.nowMs + skewMs);
}

/** Written out, since engines write JSON of literals several times as fast as of what a class or a spread has made. */
function envelope(
  id: string,
  source: string,
  type: string,
  time: string,
  handled: Message | undefined,
  data: unknown,
): Message {
  const specversion = '1.0';
  const datacontenttype = 'application/json';
  if (handled === undefined) {
    const correlationid = id;
    return data === undefined
      ? { id, source, specversion, type, time, datacontenttype, correlationid }
      : { id, source, specversion, type, time, datacontenttype, correlationid, data };
  }
  const { correlationid, id: causationid } = handled;
  return data === undefined
    ? { id, source, specversion, type, time, datacontenttype, correlationid, causationid }
    : { id, source, specversion, type, time, datacontenttype, correlationid, causationid, data };
}

/** Size of a plain value in characters, counted only as far as `max`. */
function approximateBytes(value: unknown, max: number): number {
  if (typeof value === 'string') return value.length + 2;
  if (typeof value !== 'object' || value === null) return 5;
  let bytes = 2;
  for (const name in value) {
    bytes += name.length + 4 + approximateBytes((value as Record<string, unknown>)[name], max);
    if (bytes > max) break;
  }
  return bytes;
}
