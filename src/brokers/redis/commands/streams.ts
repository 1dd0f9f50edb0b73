import { textOf, type Bytes } from '../bytes';
import { at, atLeast, exactly, integerOf, optionOf, type Call, type Command } from '../command';
import type { Database } from '../database';
import type { Reply } from '../protocol';
import { RedisError, syntaxError, wrongArity } from '../redis-error';
import { Stream, type Trim, type WantedId } from '../stream';
import {
  compareIds,
  invalidId,
  isZero,
  parseBound,
  parseId,
  partOf,
  textOfId,
  tryParseId,
  type StreamId,
} from '../stream-id';
import type { StreamEntry } from '../stream-nodes';

/** Commands about a stream and its entries. */
export const streamCommands: Readonly<Record<string, Command>> = {
  xadd: atLeast(4, add),
  xlen: exactly(1, ({ args, database }) => streamAt(database, at(args, 0))?.length ?? 0),
  xrange: atLeast(3, (call) => range(call, call.args[1], call.args[2], 'upwards')),
  xrevrange: atLeast(3, (call) => range(call, call.args[2], call.args[1], 'downwards')),
  xdel: atLeast(2, remove),
  xtrim: atLeast(3, trim),
  xsetid: atLeast(2, setLastId),
};

export function streamAt(database: Database, key: Bytes): Stream | undefined {
  return database.get('stream', key)?.stream;
}

export function needStream(database: Database, key: Bytes): Stream {
  return database.need('stream', key, () => ({ type: 'stream', stream: new Stream() })).stream;
}

export const entryReply = ({ id, fields }: StreamEntry): Reply => [textOfId(id), fields];

export function takeFirst<T, R>(items: Iterable<T>, count: number, each: (item: T) => R): R[] {
  const taken: R[] = [];
  if (count <= 0) return taken;
  for (const item of items) {
    taken.push(each(item));
    if (taken.length >= count) break;
  }
  return taken;
}

interface AddOptions {
  trim: Trim | undefined;
  createsStream: boolean;
  /** Of XADD; undefined: the clock's. */
  wanted: WantedId | undefined;
  /** Place of the first argument that is no option. */
  next: number;
}

/** `NOMKSTREAM`, and `MAXLEN` or `MINID` with their `=`, `~` and `LIMIT`, from a place on. */
function optionsOf(args: readonly Bytes[], isAdd: boolean): AddOptions {
  const options: AddOptions = { trim: undefined, createsStream: true, wanted: undefined, next: 1 };
  let isApproximate = false;
  let limit: number | undefined;
  let to: Trim['to'] | undefined;
  for (; options.next < args.length; options.next += 1) {
    const option = optionOf(args[options.next]);
    const hasMore = options.next + 1 < args.length;
    if ((option === 'MAXLEN' || option === 'MINID') && hasMore) {
      if (to !== undefined)
        throw new RedisError('ERR syntax error, MAXLEN and MINID options at the same time are not compatible');
      const sign = args[options.next + 1];
      const isSigned = (sign === '~' || sign === '=') && options.next + 2 < args.length;
      isApproximate = isSigned && sign === '~';
      options.next += isSigned ? 2 : 1;
      to = thresholdOf(option, at(args, options.next));
    } else if (option === 'LIMIT' && hasMore) {
      limit = integerOf(at(args, (options.next += 1)));
      if (limit < 0) throw new RedisError('ERR The LIMIT argument must be >= 0.');
    } else if (option === 'NOMKSTREAM' && isAdd) options.createsStream = false;
    else if (isAdd) {
      options.wanted = wantedOf(at(args, options.next));
      break;
    } else throw syntaxError();
  }
  if (limit !== undefined && to === undefined)
    throw new RedisError('ERR syntax error, LIMIT cannot be used without specifying a trimming strategy');
  if (!isAdd && to === undefined)
    throw new RedisError('ERR syntax error, XTRIM must be called with a trimming strategy');
  if (limit !== undefined && !isApproximate)
    throw new RedisError('ERR syntax error, LIMIT cannot be used without the special ~ option');
  // A hundred nodes at once, unless told otherwise.
  if (to) options.trim = { to, isApproximate, limit: isApproximate ? (limit ?? 10_000) : 0 };
  return options;
}

function thresholdOf(option: 'MAXLEN' | 'MINID', text: Bytes): Trim['to'] {
  if (option === 'MINID') return { type: 'id', id: parseId(text) };
  const length = integerOf(text);
  if (length < 0) throw new RedisError('ERR The MAXLEN argument must be >= 0.');
  return { type: 'length', length };
}

function add({ args, database, host, message, cause }: Call): Reply {
  const key = at(args, 0);
  const options = optionsOf(args, true);
  const { wanted } = options;
  const fields = args.slice(options.next + 1);
  if (fields.length < 2 || fields.length % 2 === 1) throw wrongArity('xadd');
  if (wanted?.type === 'given' && isZero(wanted.id))
    throw new RedisError('ERR The ID specified in XADD must be greater than 0-0');
  if (!options.createsStream && streamAt(database, key) === undefined) return null;
  const stream = needStream(database, key);
  const entry = stream.add(wanted ?? { type: 'given', id: stream.idAt(host.unixMs) }, fields, message);
  if (message) entry.cause = host.cause = host.log.added(message, textOf(key), cause);
  if (options.trim) host.dropped(key, stream.trim(options.trim), 'maxlen');
  database.changed(key);
  return textOfId(entry.id);
}

function wantedOf(text: Bytes): WantedId | undefined {
  if (text === '*') return undefined;
  const ms = text.endsWith('-*') ? partOf(text.slice(0, -2)) : undefined;
  return ms === undefined ? { type: 'given', id: parseId(text) } : { type: 'in', ms };
}

function range(
  { args, database }: Call,
  from: Bytes | undefined,
  to: Bytes | undefined,
  direction: 'upwards' | 'downwards',
): Reply {
  const start = parseBound(from ?? '', 'start');
  const end = parseBound(to ?? '', 'end');
  let count: number | undefined;
  for (let index = 3; index < args.length; index += 2) {
    if (optionOf(args[index]) !== 'COUNT' || index + 1 >= args.length) throw syntaxError();
    count = Math.max(0, integerOf(at(args, index + 1)));
  }
  const stream = streamAt(database, at(args, 0));
  if (stream === undefined) return [];
  if (count === 0) return null;
  const { nodes } = stream;
  const entries = direction === 'upwards' ? nodes.upwards(start, end) : nodes.downwards(end, start);
  return takeFirst(entries, count ?? Infinity, entryReply);
}

export function idsOf(texts: readonly Bytes[]): StreamId[] {
  return texts.map((text) => {
    const id = tryParseId(text);
    if (id === undefined) throw invalidId();
    return id;
  });
}

function remove({ args, database, host }: Call): Reply {
  const key = at(args, 0);
  const stream = streamAt(database, key);
  if (stream === undefined) return 0;
  const gone = idsOf(args.slice(1)).flatMap((id) => stream.delete(id) ?? []);
  host.dropped(key, gone, 'purged');
  if (gone.length > 0) database.changed(key, false);
  return gone.length;
}

function trim({ args, database, host }: Call): Reply {
  const key = at(args, 0);
  const { trim: wanted } = optionsOf(args, false);
  const stream = streamAt(database, key);
  if (stream === undefined || wanted === undefined) return 0;
  const gone = stream.trim(wanted);
  host.dropped(key, gone, 'maxlen');
  if (gone.length > 0) database.changed(key, false);
  return gone.length;
}

function setLastId({ args, database }: Call): Reply {
  const id = parseId(at(args, 1));
  let added: number | undefined;
  let maxDeleted: StreamId | undefined;
  for (let index = 2; index < args.length; index += 2) {
    const option = optionOf(args[index]);
    if (option === 'ENTRIESADDED') {
      added = integerOf(at(args, index + 1));
      if (added < 0) throw new RedisError('ERR entries_added must be positive');
    } else if (option === 'MAXDELETEDID') {
      maxDeleted = parseId(at(args, index + 1));
      if (compareIds(id, maxDeleted) < 0)
        throw new RedisError('ERR The ID specified in XSETID is smaller than the provided max_deleted_entry_id');
    } else throw syntaxError();
  }
  const stream = streamAt(database, at(args, 0));
  if (stream === undefined) throw new RedisError('ERR no such key');
  if (compareIds(id, stream.nodes.last?.id ?? { ms: 0, seq: 0 }) < 0)
    throw new RedisError('ERR The ID specified in XSETID is smaller than the target stream top item');
  if (added !== undefined && added < stream.length)
    throw new RedisError('ERR The entries_added specified in XSETID is smaller than the target stream length');
  stream.lastId = id;
  if (added !== undefined) stream.entriesAdded = added;
  if (maxDeleted !== undefined && !isZero(maxDeleted)) stream.maxDeletedId = maxDeleted;
  database.changed(at(args, 0), false);
  return 'OK';
}
