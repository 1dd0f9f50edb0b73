import type { Bytes } from '../bytes';
import { at, atLeast, integerOf, optionOf, type Call, type Command } from '../command';
import type { ConsumerGroup, Pending } from '../consumer-group';
import type { Reply } from '../protocol';
import { noGroup, RedisError, syntaxError } from '../redis-error';
import type { Stream } from '../stream';
import { deliverEntry, type StreamReader } from '../stream-delivery';
import { compareIds, parseBound, parseId, textOfId, tryParseId, type StreamId } from '../stream-id';
import type { StreamEntry } from '../stream-nodes';
import { streamAt } from './streams';

/** Taking over what another consumer has pending and does not answer for. */
export const claimingCommands: Readonly<Record<string, Command>> = {
  xclaim: atLeast(5, claim),
  xautoclaim: atLeast(5, autoClaim),
};

function groupOf({ args, database }: Call): { stream: Stream; group: ConsumerGroup } {
  const [key, name] = [at(args, 0), at(args, 1)];
  const stream = streamAt(database, key);
  const group = stream?.group(name);
  if (stream === undefined || group === undefined) throw noGroup(key, name);
  return { stream, group };
}

/** Whoever claims. */
function readerOf({ args, session, host, request: { where }, cause }: Call): StreamReader {
  const group = { name: at(args, 1), consumer: at(args, 2) };
  return { session, host, key: at(args, 0), group, where, cause };
}

/** Ten times as many are looked at, which has to fit into a long. */
const autoClaimMax = 2 ** 63 / 16 - 1;

function minIdleOf(text: Bytes, command: string): number {
  return Math.max(
    0,
    integerOf(text, () => new RedisError(`ERR Invalid min-idle-time argument for ${command}`)),
  );
}

interface ClaimOptions {
  readonly ids: readonly StreamId[];
  deliveredAtMs: number;
  deliveries: number | undefined;
  isForced: boolean;
  justIds: boolean;
  lastId: StreamId | undefined;
}

function optionsOf(args: readonly Bytes[], nowMs: number): ClaimOptions {
  const texts = args.slice(4);
  const firstOption = texts.findIndex((text) => tryParseId(text) === undefined);
  const ids = (firstOption < 0 ? texts : texts.slice(0, firstOption)).map((text) => parseId(text));
  const options: ClaimOptions = {
    ids,
    deliveredAtMs: nowMs,
    deliveries: undefined,
    isForced: false,
    justIds: false,
    lastId: undefined,
  };
  for (let index = 4 + ids.length; index < args.length; index += 1) {
    const option = optionOf(args[index]);
    const hasMore = index + 1 < args.length;
    const value = (): number =>
      integerOf(at(args, (index += 1)), () => new RedisError(`ERR Invalid ${option} option argument for XCLAIM`));
    if (option === 'FORCE') options.isForced = true;
    else if (option === 'JUSTID') options.justIds = true;
    else if (option === 'IDLE' && hasMore) options.deliveredAtMs = nowMs - value();
    else if (option === 'TIME' && hasMore) options.deliveredAtMs = value();
    else if (option === 'RETRYCOUNT' && hasMore) options.deliveries = value();
    else if (option === 'LASTID' && hasMore) options.lastId = parseId(at(args, (index += 1)));
    else throw new RedisError(`ERR Unrecognized XCLAIM option '${at(args, index)}'`);
  }
  if (options.deliveredAtMs < 0 || options.deliveredAtMs > nowMs) options.deliveredAtMs = nowMs;
  return options;
}

function claim(call: Call): Reply {
  const { args, database } = call;
  const { nowMs } = database;
  const { stream, group } = groupOf(call);
  const minIdleMs = minIdleOf(at(args, 3), 'XCLAIM');
  const options = optionsOf(args, nowMs);
  if (options.lastId && compareIds(options.lastId, group.lastDelivered) > 0) group.lastDelivered = options.lastId;
  const taken: Reply[] = [];
  for (const id of options.ids) {
    const entry = stream.nodes.get(id);
    if (entry === undefined) {
      group.settle(id)?.handed?.settle('taken back', call.cause);
      continue;
    }
    const known = group.pending.get(id);
    if (known === undefined && !options.isForced) continue;
    if (known && minIdleMs > 0 && nowMs - known.deliveredAtMs < minIdleMs) continue;
    const consumer = group.consumer(at(args, 2), nowMs);
    if (known === undefined) group.delivered(id, consumer, nowMs);
    const pending = known ?? group.pending.get(id)!;
    group.give(pending, consumer);
    pending.deliveredAtMs = options.deliveredAtMs;
    if (options.deliveries !== undefined) pending.deliveries = options.deliveries;
    else if (!options.justIds) pending.deliveries += 1;
    taken.push(options.justIds ? textOfId(id) : deliverEntry(readerOf(call), entry, pending));
  }
  if (taken.length > 0) call.host.log.groupMoved(at(args, 0), stream, group, call.cause);
  return taken;
}

function autoClaim(call: Call): Reply {
  const { args, database } = call;
  const minIdleMs = minIdleOf(at(args, 3), 'XAUTOCLAIM');
  const start = parseBound(at(args, 4), 'start');
  let count = 100;
  let justIds = false;
  for (let index = 5; index < args.length; index += 1) {
    const option = optionOf(args[index]);
    if (option === 'JUSTID') justIds = true;
    else if (option === 'COUNT' && index + 1 < args.length) {
      const positive = (): RedisError => new RedisError('ERR COUNT must be > 0');
      count = integerOf(at(args, (index += 1)), positive);
      if (count < 1 || count > autoClaimMax) throw positive();
    } else throw syntaxError();
  }
  const { stream, group } = groupOf(call);
  const { nowMs } = database;
  const { found, next } = look(stream, group, {
    start,
    count,
    isIdle: ({ deliveredAtMs }) => nowMs - deliveredAtMs >= minIdleMs,
  });
  const deleted: Reply[] = [];
  const taken: Reply[] = [];
  for (const { pending, entry } of found) {
    if (entry === undefined) {
      group.settle(pending.id)?.handed?.settle('taken back', call.cause);
      deleted.push(textOfId(pending.id));
      continue;
    }
    group.give(pending, group.consumer(at(args, 2), nowMs));
    pending.deliveredAtMs = nowMs;
    if (!justIds) pending.deliveries += 1;
    taken.push(justIds ? textOfId(pending.id) : deliverEntry(readerOf(call), entry, pending));
  }
  if (found.length > 0) call.host.log.groupMoved(at(args, 0), stream, group, call.cause);
  return [next === undefined ? '0-0' : textOfId(next), taken, deleted];
}

/** What can be taken, what no longer exists, and the first id that was not looked at. Ten times the count is looked at at most. */
function look(
  stream: Stream,
  group: ConsumerGroup,
  { start, count, isIdle }: { start: StreamId; count: number; isIdle: (pending: Pending) => boolean },
): { found: { pending: Pending; entry: StreamEntry | undefined }[]; next: StreamId | undefined } {
  const found: { pending: Pending; entry: StreamEntry | undefined }[] = [];
  let attempts = count * 10;
  for (const pending of group.pending.from(start)) {
    if (attempts === 0 || found.length === count) return { found, next: pending.id };
    attempts -= 1;
    const entry = stream.nodes.get(pending.id);
    if (entry === undefined || isIdle(pending)) found.push({ pending, entry });
  }
  return { found, next: undefined };
}
