import { at, atLeast, exactly, integerOf, optionOf, wrongSubcommand, type Call, type Command } from '../command';
import type { ConsumerGroup } from '../consumer-group';
import type { Reply } from '../protocol';
import { RedisError } from '../redis-error';
import type { Stream } from '../stream';
import { maxId, textOfId, zeroId } from '../stream-id';
import { entryReply, streamAt, takeFirst } from './streams';

/** XINFO: names and values in turn. */
export const streamInfoCommands: Readonly<Record<string, Command>> = {
  'xinfo|stream': atLeast(1, (call) => (call.args.length === 1 ? brief(streamOf(call)) : full(call))),
  'xinfo|groups': exactly(1, (call) => {
    const stream = streamOf(call);
    return stream.groups.map((group) => [
      'name',
      group.name,
      'consumers',
      group.consumerCount,
      'pending',
      group.pending.size,
      ...progress(stream, group),
    ]);
  }),
  'xinfo|consumers': exactly(2, consumers),
};

function streamOf({ args, database }: Call): Stream {
  const stream = streamAt(database, at(args, 0));
  if (stream === undefined) throw new RedisError('ERR no such key');
  return stream;
}

function progress(stream: Stream, group: ConsumerGroup): Reply[] {
  return [
    'last-delivered-id',
    textOfId(group.lastDelivered),
    'entries-read',
    group.entriesRead ?? null,
    'lag',
    stream.lagOf(group) ?? null,
  ];
}

function head(stream: Stream): Reply[] {
  const { nodes } = stream;
  return [
    'length',
    stream.length,
    'radix-tree-keys',
    nodes.nodeCount,
    'radix-tree-nodes',
    nodes.nodeCount + 1,
    'last-generated-id',
    textOfId(stream.lastId),
    'max-deleted-entry-id',
    textOfId(stream.maxDeletedId),
    'entries-added',
    stream.entriesAdded,
    'recorded-first-entry-id',
    textOfId(nodes.first?.id ?? zeroId),
  ];
}

function brief(stream: Stream): Reply {
  const { first, last } = stream.nodes;
  return [
    ...head(stream),
    'groups',
    stream.groupCount,
    'first-entry',
    first ? entryReply(first) : null,
    'last-entry',
    last ? entryReply(last) : null,
  ];
}

/** `FULL [COUNT n]`: ten of each unless told otherwise, 0 for all. */
function full(call: Call): Reply {
  const { args } = call;
  const stream = streamOf(call);
  const isKnown = args.length === 2 || (args.length === 4 && optionOf(args[2]) === 'COUNT');
  if (optionOf(args[1]) !== 'FULL' || !isKnown) throw wrongSubcommand(call);
  const wanted = args.length === 4 ? integerOf(at(args, 3)) : 10;
  const count = wanted <= 0 ? Infinity : wanted;
  const entries = takeFirst(stream.nodes.upwards(zeroId, maxId), count, entryReply);
  const groups = stream.groups.map((group): Reply => [
    'name',
    group.name,
    ...progress(stream, group),
    'pel-count',
    group.pending.size,
    'pending',
    takeFirst(group.pending.from(zeroId), count, ({ id, consumer, deliveredAtMs, deliveries }): Reply => [
      textOfId(id),
      consumer.name,
      deliveredAtMs,
      deliveries,
    ]),
    'consumers',
    group.consumers.map((consumer): Reply => [
      'name',
      consumer.name,
      'seen-time',
      consumer.seenAtMs,
      'pel-count',
      consumer.pending.size,
      'pending',
      takeFirst(consumer.pending.from(zeroId), count, ({ id, deliveredAtMs, deliveries }): Reply => [
        textOfId(id),
        deliveredAtMs,
        deliveries,
      ]),
    ]),
  ]);
  return [...head(stream), 'entries', entries, 'groups', groups];
}

function consumers(call: Call): Reply {
  const [key, name] = [at(call.args, 0), at(call.args, 1)];
  const group = streamOf(call).group(name);
  if (group === undefined) throw new RedisError(`NOGROUP No such consumer group '${name}' for key name '${key}'`);
  const { nowMs } = call.database;
  return group.consumers.map((consumer) => [
    'name',
    consumer.name,
    'pending',
    consumer.pending.size,
    'idle',
    Math.max(0, nowMs - consumer.seenAtMs),
  ]);
}
