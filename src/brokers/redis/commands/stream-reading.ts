import type { Bytes } from '../bytes';
import type { noReply } from '../command';
import { at, atLeast, integerOf, optionOf, type Call, type Command } from '../command';
import type { ConsumerGroup, Pending } from '../consumer-group';
import type { Database } from '../database';
import type { Reply } from '../protocol';
import { noGroup, RedisError, syntaxError } from '../redis-error';
import type { Stream } from '../stream';
import { deliverEntry, type StreamReader } from '../stream-delivery';
import { compareIds, maxId, nextId, parseId, textOfId, zeroId, type StreamId } from '../stream-id';
import { streamAt, takeFirst } from './streams';

/** XREAD and XREADGROUP: what is new in some streams, at once or when it comes; or what a consumer has pending. */
export const streamReadingCommands: Readonly<Record<string, Command>> = {
  xread: atLeast(3, (call) => read(call, 'XREAD')),
  xreadgroup: atLeast(6, (call) => read(call, 'XREADGROUP')),
};

type Name = 'XREAD' | 'XREADGROUP';

interface Reader {
  readonly group: Bytes;
  readonly consumer: Bytes;
  readonly isAcked: boolean;
}

interface Options {
  readonly reader: Reader | undefined;
  /** Undefined: it does not wait. */
  readonly blockMs: number | undefined;
  readonly count: number;
  readonly keys: readonly Bytes[];
  readonly ids: readonly Bytes[];
}

/** One stream that is read, from after an id on; `new`: what the group has not read yet. */
interface Position {
  readonly key: Bytes;
  readonly after: StreamId | 'new';
}

function optionsOf(args: readonly Bytes[], name: Name): Options {
  let blockMs: number | undefined;
  let count = 0;
  let isAcked = false;
  let group: readonly [Bytes, Bytes] | undefined;
  for (let index = 0; index < args.length; index += 1) {
    const option = optionOf(args[index]);
    const more = args.length - index - 1;
    if (option === 'BLOCK' && more > 0) blockMs = timeoutOf(at(args, (index += 1)));
    else if (option === 'COUNT' && more > 0) count = Math.max(0, integerOf(at(args, (index += 1))));
    else if (option === 'STREAMS' && more > 0) {
      const streams = streamsOf(args.slice(index + 1));
      if (name === 'XREADGROUP' && group === undefined) throw new RedisError('ERR Missing GROUP option for XREADGROUP');
      const reader = group && { group: group[0], consumer: group[1], isAcked };
      return { reader, blockMs, count: count === 0 ? Infinity : count, ...streams };
    } else if (option === 'GROUP' && more > 1) {
      if (name === 'XREAD') throw onlyForGroups('GROUP');
      group = [at(args, index + 1), at(args, index + 2)];
      index += 2;
    } else if (option === 'NOACK') {
      if (name === 'XREAD') throw onlyForGroups('NOACK');
      isAcked = true;
    } else throw syntaxError();
  }
  throw syntaxError();
}

const onlyForGroups = (option: string): RedisError =>
  new RedisError(`ERR The ${option} option is only supported by XREADGROUP. You called XREAD instead.`);

function timeoutOf(text: Bytes): number {
  const ms = integerOf(text, () => new RedisError('ERR timeout is not an integer or out of range'));
  if (ms < 0) throw new RedisError('ERR timeout is negative');
  return ms;
}

function streamsOf(rest: readonly Bytes[]): { keys: readonly Bytes[]; ids: readonly Bytes[] } {
  if (rest.length % 2 !== 0)
    throw new RedisError("ERR Unbalanced XREAD list of streams: for each stream key an ID or '$' must be specified.");
  return { keys: rest.slice(0, rest.length / 2), ids: rest.slice(rest.length / 2) };
}

function read(call: Call, name: Name): Reply | typeof noReply {
  const { session, mayBlock, cause, database } = call;
  const options = optionsOf(call.args, name);
  const { reader, keys, blockMs } = options;
  const positions = keys.map((key, index) => positionOf(database, reader, key, at(options.ids, index)));
  const found = positions.flatMap((position) => {
    const reply = readOne(call, options, position);
    return reply === undefined ? [] : [reply];
  });
  if (found.length > 0) return found;
  if (blockMs === undefined || !mayBlock) return null;
  return session.wait(
    keys,
    blockMs,
    {
      attempt: (key) => attempt(call, options, positions, key),
      onRemoved: () => reader && new RedisError('UNBLOCKED the stream key no longer exists'),
    },
    cause,
  );
}

function attempt(call: Call, options: Options, positions: readonly Position[], key: Bytes): Reply | undefined {
  const { database } = call;
  const position = positions.find((each) => each.key === key);
  const value = database.peek(key);
  if (position === undefined || value?.type !== 'stream') return undefined;
  if (options.reader && value.stream.group(options.reader.group) === undefined)
    return new RedisError('NOGROUP the consumer group this client was blocked on no longer exists');
  const reply = readOne(call, options, position, value.stream.lastId);
  return reply && [reply];
}

function positionOf(database: Database, reader: Reader | undefined, key: Bytes, text: Bytes): Position {
  const stream = streamAt(database, key);
  if (reader && stream?.group(reader.group) === undefined)
    throw noGroup(key, reader.group, ' in XREADGROUP with GROUP option');
  if (text === '$') {
    if (reader)
      throw new RedisError(
        'ERR The $ ID is meaningless in the context of XREADGROUP: you want to read the history of this consumer by specifying a proper ID, or use the > ID to get new messages. The $ ID would just return an empty result set.',
      );
    return { key, after: stream?.lastId ?? zeroId };
  }
  if (text === '>') {
    if (!reader)
      throw new RedisError(
        'ERR The > ID can be specified only when calling XREADGROUP using the GROUP <group> <consumer> option.',
      );
    return { key, after: 'new' };
  }
  const after = parseId(text);
  // Redis notes `>` as the last id there is.
  return { key, after: reader && compareIds(after, maxId) === 0 ? 'new' : after };
}

/**
 * Undefined when there is nothing. A history is always an answer, even an empty one. `lastId`: the last there was, for whoever
 * has waited for one; it is told of that even if it is gone already. Source: t_stream.c, blocked.c.
 */
function readOne(
  call: Call,
  { reader, count }: Options,
  { key, after }: Position,
  lastId?: StreamId,
): Reply | undefined {
  const { database, host } = call;
  const stream = streamAt(database, key);
  if (stream === undefined) return undefined;
  const group = reader && stream.group(reader.group);
  if (reader && group && after !== 'new') return [key, history(call, { stream, group, reader, key }, { after, count })];
  const last = lastId ?? stream.nodes.last?.id;
  const from = after === 'new' ? (group?.lastDelivered ?? zeroId) : after;
  if (last === undefined || compareIds(last, from) <= 0) return undefined;
  const consumer = reader && group?.consumer(reader.consumer, database.nowMs);
  const entries = stream.nodes.upwards(nextId(from) ?? maxId, maxId);
  const found = takeFirst(entries, count, (entry) => {
    let pending: Pending | undefined;
    if (group && consumer) {
      stream.advance(group, entry.id);
      if (!reader.isAcked) pending = group.delivered(entry.id, consumer, database.nowMs);
    }
    return deliverEntry(streamReader(call, key, reader), entry, pending);
  });
  if (group) host.log.groupMoved(key, stream, group, host.cause);
  return [key, found];
}

/** What the consumer has pending, deleted entries included. Each reading counts as a delivery. */
function history(
  call: Call,
  { stream, group, reader, key }: { stream: Stream; group: ConsumerGroup; reader: Reader; key: Bytes },
  { after, count }: { after: StreamId; count: number },
): Reply[] {
  const { database } = call;
  const consumer = group.consumer(reader.consumer, database.nowMs);
  return takeFirst(consumer.pending.from(nextId(after) ?? maxId), count, (pending): Reply => {
    const entry = stream.nodes.get(pending.id);
    if (entry === undefined) return [textOfId(pending.id), null];
    pending.deliveredAtMs = database.nowMs;
    pending.deliveries += 1;
    return deliverEntry(streamReader(call, key, reader), entry, pending);
  });
}

function streamReader(call: Call, key: Bytes, reader: Reader | undefined): StreamReader {
  const { session, host, cause, request } = call;
  const group = reader && { name: reader.group, consumer: reader.consumer };
  return { session, host, key, group, where: request.where, cause };
}
