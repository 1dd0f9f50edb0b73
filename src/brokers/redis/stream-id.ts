import { RedisError } from './redis-error';

/** A number of 64 bits. Those that a double cannot hold are a bigint; `<` and `>` compare the two kinds. */
export type Part = number | bigint;

/** The id of a stream's entry: a millisecond, and a number within it. */
export interface StreamId {
  readonly ms: Part;
  readonly seq: Part;
}

const partMax = 0xffffffffffffffffn;
export const zeroId: StreamId = { ms: 0, seq: 0 };
export const maxId: StreamId = { ms: partMax, seq: partMax };

export function compareIds(one: StreamId, other: StreamId): number {
  if (one.ms < other.ms) return -1;
  if (one.ms > other.ms) return 1;
  if (one.seq < other.seq) return -1;
  return one.seq > other.seq ? 1 : 0;
}

export const isZero = (id: StreamId): boolean => compareIds(id, zeroId) === 0;
export const textOfId = ({ ms, seq }: StreamId): string => `${ms}-${seq}`;

/** The id right after; undefined for the last there is. */
export function nextId({ ms, seq }: StreamId): StreamId | undefined {
  if (seq < partMax) return { ms, seq: plus(seq, 1) };
  return ms < partMax ? { ms: plus(ms, 1), seq: 0 } : undefined;
}

export function previousId({ ms, seq }: StreamId): StreamId | undefined {
  if (seq > 0) return { ms, seq: plus(seq, -1) };
  return ms > 0 ? { ms: plus(ms, -1), seq: partMax } : undefined;
}

function plus(part: Part, by: number): Part {
  return typeof part === 'number' && part < Number.MAX_SAFE_INTEGER ? part + by : shrunk(BigInt(part) + BigInt(by));
}

const shrunk = (part: bigint): Part => (part <= Number.MAX_SAFE_INTEGER ? Number(part) : part);

export const invalidId = (): RedisError => new RedisError('ERR Invalid stream ID specified as stream command argument');

/** A whole id, `5-1`, or a millisecond, to which `seq` is added. */
export function parseId(text: string, seq: Part = 0): StreamId {
  const id = tryParseId(text, seq);
  if (id === undefined) throw invalidId();
  return id;
}

export function tryParseId(text: string, seq: Part = 0): StreamId | undefined {
  const dash = text.indexOf('-');
  const ms = partOf(dash < 0 ? text : text.slice(0, dash));
  const given = dash < 0 ? seq : partOf(text.slice(dash + 1));
  return ms === undefined || given === undefined ? undefined : { ms, seq: given };
}

/** What is not written plainly is read as C does: white space before it, a plus, and zeros in front are let pass. */
export function partOf(text: string): Part | undefined {
  if (!/^[\t-\r ]*\+?\d+$/.test(text)) return undefined;
  if (text.length < 16) return Number(text);
  const part = BigInt(text);
  return part > partMax ? undefined : shrunk(part);
}

/** One end of a range: `-`, `+`, an id, a millisecond (all of it), each but the first two also open: `(5-1`. */
export function parseBound(text: string, end: 'start' | 'end'): StreamId {
  const seq = end === 'start' ? 0 : partMax;
  if (text.startsWith('(')) {
    const id = parseId(text.slice(1), seq);
    const inside = end === 'start' ? nextId(id) : previousId(id);
    if (inside === undefined) throw new RedisError(`ERR invalid ${end} ID for the interval`);
    return inside;
  }
  return parseIdOrEnd(text, seq);
}

/** An id, or one of the ends that a range has: `-`, `+`. */
export function parseIdOrEnd(text: string, seq: Part = 0): StreamId {
  if (text === '-') return zeroId;
  return text === '+' ? maxId : parseId(text, seq);
}
