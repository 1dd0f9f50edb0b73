import type { ClientEnvironment } from '../clients/eventarium/environment';
import { copyPlain } from '../log/plain';
import type { Message } from '../log/envelope';
import type { Life } from './life';
import { messageBytesMax } from './world';

/** The world as the module `eventarium` sees it from one life of a process. */
export function clientEnvironment(life: Life): ClientEnvironment {
  const { world } = life;
  const shown = new Map<string, string>();
  const origin = (): { cause: number; where: string | undefined } => ({
    cause: life.context.cause,
    where: world.where(),
  });
  return {
    process: life.process,
    node: life.environment,
    origin,
    broker: (kind, name, settings) => world.broker(kind, name, settings, origin()),
    publish: (broker, type, data) => {
      const { cause, where } = origin();
      const message = createMessage(life, type, data);
      if (life.alive) world.publish(message, broker, { process: life.process, cause, where });
      return message;
    },
    dispatch: (delivery, cause) => {
      world.deliveries.dispatch({
        ...delivery,
        id: world.nextId('delivery'),
        cause,
        onSettled: (outcome) => {
          // Settles the promise that the replay waits for.
          world.turn.a++;
          delivery.onSettled(outcome);
        },
      });
    },
    replayStarted: (facts) => {
      const { cause, where } = origin();
      return world.journal.append({ type: 'replay.started', cause, where, process: life.process, ...facts });
    },
    replayEnded: (facts, cause) => {
      world.journal.append({ type: 'replay.ended', cause, process: life.process, ...facts });
    },
    invariant: (name, check) => {
      world.invariants.declare(life, life.context, name, check);
    },
    show: (name, value) => {
      // What an old text of the file still does is not how the process stands now.
      if (!life.alive || life.retired || shown.get(name) === value) return;
      shown.set(name, value);
      world.show(life, name, value);
    },
    durable: (key, create) => world.durable(key, create),
    hold: () => life.hold(),
    onRetire: (callback) => {
      life.onRetire(callback);
    },
  };
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
  return envelope(world.nextId('message'), life.source, type, world.timeText(), handled, plain);
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
