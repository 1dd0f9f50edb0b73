import { at, atLeast, exactly, integerOf, optionOf, wrongSubcommand, type Call, type Command } from '../command';
import type { ConsumerGroup } from '../consumer-group';
import type { Reply } from '../protocol';
import { noGroup, RedisError, syntaxError } from '../redis-error';
import type { Stream } from '../stream';
import { abandon, allPending } from '../stream-delivery';
import { compareIds, parseBound, parseId, parseIdOrEnd, textOfId, zeroId, type StreamId } from '../stream-id';
import { idsOf, needStream, streamAt, takeFirst } from './streams';

/** Commands about consumer groups, but for reading and claiming. */
export const consumerGroupCommands: Readonly<Record<string, Command>> = {
  'xgroup|create': atLeast(3, create),
  'xgroup|setid': atLeast(3, setId),
  'xgroup|destroy': exactly(2, destroy),
  'xgroup|createconsumer': exactly(3, createConsumer),
  'xgroup|delconsumer': exactly(3, removeConsumer),
  xack: atLeast(3, acknowledge),
  xpending: atLeast(2, pending),
};

const noKey = (): RedisError =>
  new RedisError(
    'ERR The XGROUP subcommand requires the key to exist. Note that for CREATE you may want to use the MKSTREAM option to create an empty stream automatically.',
  );

function groupAt({ args, database }: Pick<Call, 'args' | 'database'>): { stream: Stream; group: ConsumerGroup } {
  const [key, name] = [at(args, 0), at(args, 1)];
  const stream = streamAt(database, key);
  if (stream === undefined) throw noKey();
  const group = stream.group(name);
  if (group === undefined) throw new RedisError(`NOGROUP No such consumer group '${name}' for key name '${key}'`);
  return { stream, group };
}

/** `MKSTREAM` and `ENTRIESREAD n`. */
function optionsOf(call: Call, isCreate: boolean): { createsStream: boolean; entriesRead: number | undefined } {
  const { args } = call;
  let createsStream = false;
  let entriesRead: number | undefined;
  for (let index = 3; index < args.length; index += 1) {
    const option = optionOf(args[index]);
    if (option === 'MKSTREAM' && isCreate) createsStream = true;
    else if (option === 'ENTRIESREAD' && index + 1 < args.length) {
      const value = integerOf(at(args, (index += 1)));
      if (value < -1) throw new RedisError('ERR value for ENTRIESREAD must be positive or -1');
      entriesRead = value < 0 ? undefined : value;
    } else throw wrongSubcommand(call);
  }
  return { createsStream, entriesRead };
}

const startOf = (stream: Stream | undefined, text: string): StreamId =>
  text === '$' ? (stream?.lastId ?? zeroId) : parseId(text);

function create(call: Call): Reply {
  const { args, database } = call;
  const key = at(args, 0);
  const { createsStream, entriesRead } = optionsOf(call, true);
  const stream = streamAt(database, key);
  if (stream === undefined && !createsStream) throw noKey();
  const from = startOf(stream, at(args, 2));
  const group = needStream(database, key).createGroup(at(args, 1), from, entriesRead);
  call.host.log.groupCreated(key, group, call.cause);
  database.changed(key, stream === undefined);
  return 'OK';
}

/** Other than `CREATE` it takes the ends of a range too. */
function setId(call: Call): Reply {
  const { args, database } = call;
  const { entriesRead } = optionsOf(call, false);
  const { stream, group } = groupAt(call);
  const start = at(args, 2);
  group.lastDelivered = start === '$' ? stream.lastId : parseIdOrEnd(start);
  group.entriesRead = entriesRead;
  call.host.log.groupMoved(at(args, 0), stream, group, call.cause);
  // Who waits for what is new goes on waiting, even if there is something now.
  database.changed(at(args, 0), false);
  return 'OK';
}

function destroy({ args, database, host, cause }: Call): Reply {
  const stream = streamAt(database, at(args, 0));
  if (stream === undefined) throw noKey();
  const group = stream.group(at(args, 1));
  if (group) abandon(host, { key: at(args, 0), stream, left: allPending(group) }, cause);
  const isGone = stream.destroyGroup(at(args, 1));
  if (isGone) {
    database.changed(at(args, 0));
    host.log.groupDestroyed(at(args, 0), at(args, 1), cause);
  }
  return isGone ? 1 : 0;
}

function removeConsumer(call: Call): Reply {
  const { args, database, host, cause } = call;
  const { stream, group } = groupAt(call);
  database.changed(at(args, 0), false);
  const left = group.removeConsumer(at(args, 2));
  abandon(host, { key: at(args, 0), stream, left }, cause);
  host.log.groupMoved(at(args, 0), stream, group, cause);
  return left.length;
}

function createConsumer(call: Call): Reply {
  const { args, database, host, cause } = call;
  const { stream, group } = groupAt(call);
  const name = at(args, 2);
  const isNew = group.known(name) === undefined;
  group.consumer(name, database.nowMs);
  if (isNew) host.log.groupMoved(at(args, 0), stream, group, cause);
  return isNew ? 1 : 0;
}

function acknowledge({ args, database, host, cause }: Call): Reply {
  const stream = streamAt(database, at(args, 0));
  const group = stream?.group(at(args, 1));
  if (stream === undefined || group === undefined) return 0;
  const settled = idsOf(args.slice(2)).flatMap((id) => group.settle(id) ?? []);
  for (const { handed } of settled) handed?.settle('acked', cause);
  if (settled.length > 0) host.log.groupMoved(at(args, 0), stream, group, cause);
  return settled.length;
}

function pending(call: Call): Reply {
  const { args, database } = call;
  const isSummary = args.length === 2;
  const filter = isSummary ? undefined : filterOf(args);
  const group = streamAt(database, at(args, 0))?.group(at(args, 1));
  if (group === undefined) throw noGroup(at(args, 0), at(args, 1));
  return filter === undefined ? summary(group) : details(group, filter, database.nowMs);
}

interface Filter {
  readonly idleMs: number;
  readonly start: StreamId;
  readonly end: StreamId;
  readonly count: number;
  readonly consumer: string | undefined;
}

function filterOf(args: Call['args']): Filter {
  if (args.length < 5 || args.length > 8) throw syntaxError();
  const hasIdle = optionOf(args[2]) === 'IDLE';
  const from = hasIdle ? 4 : 2;
  const idleMs = hasIdle ? integerOf(at(args, 3)) : 0;
  if (hasIdle && args.length < 7) throw syntaxError();
  const count = Math.max(0, integerOf(at(args, from + 2)));
  const start = parseBound(at(args, from), 'start');
  const end = parseBound(at(args, from + 1), 'end');
  return { idleMs, start, end, count, consumer: args[from + 3] };
}

function summary(group: ConsumerGroup): Reply {
  const { first, last, size } = group.pending;
  if (first === undefined || last === undefined) return [0, null, null, null];
  const holders = group.consumers.filter((consumer) => consumer.pending.size > 0);
  return [
    size,
    textOfId(first.id),
    textOfId(last.id),
    holders.map(({ name, pending }) => [name, String(pending.size)]),
  ];
}

function details(group: ConsumerGroup, filter: Filter, nowMs: number): Reply {
  const { start, end, count, consumer, idleMs } = filter;
  const list = consumer === undefined ? group.pending : group.known(consumer)?.pending;
  if (list === undefined) return [];
  const within = function* () {
    for (const each of list.from(start)) {
      if (compareIds(each.id, end) > 0) return;
      if (nowMs - each.deliveredAtMs >= idleMs) yield each;
    }
  };
  return takeFirst(within(), count, ({ id, consumer: { name }, deliveredAtMs, deliveries }) => [
    textOfId(id),
    name,
    Math.max(0, nowMs - deliveredAtMs),
    deliveries,
  ]);
}
