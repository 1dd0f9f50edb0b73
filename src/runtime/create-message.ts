import { copyPlain } from '../log/plain';
import type { Held } from '../clients/wire';
import type { Message } from '../log/envelope';
import type { Life } from './life';
import { messageBytesMax } from './world';

/** What a replay without effects would have published: the log tells of it, and nobody gets it. */
export function heldMessage(life: Life, broker: string, type: string, data: unknown): Message {
  const { message } = life.context;
  const plain = copyPlain(data);
  holdBack(life, { broker, event: type, data: plain });
  return envelope(`${message?.id ?? ''}-held`, life.source, type, timeOf(life), message, plain);
}

/** Tells the log what the code that runs would have done; returns the `seq` of that. */
export function holdBack(life: Life, effect: Held, where = life.world.where()): number {
  const { process, context, world } = life;
  const { cause, listener } = context;
  return world.journal.append({ type: 'effect.held', cause, where, process, listener, ...effect });
}

/** A message of this process, caused by what it handles. */
export function createMessage(life: Life, type: string, data: unknown): Message {
  const { world } = life;
  const plain = copyPlain(data);
  const bytes = approximateBytes(plain, messageBytesMax);
  if (bytes > messageBytesMax) {
    world.limit('message-bytes', messageBytesMax, { context: life.context, where: world.where() });
    throw new RangeError(`The payload of ${type} has more than ${String(messageBytesMax)} characters.`);
  }
  return messageWith(life, type, plain);
}

/** The same with data that is plain, not too long, and nobody else's. */
export function messageWith(life: Life, type: string, plain: unknown): Message {
  return envelope(life.world.nextId('message'), life.source, type, timeOf(life), life.context.message, plain);
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
