import type { Message } from '../../log/envelope';
import type { Bytes } from './bytes';
import { ConsumerGroup } from './consumer-group';
import { RedisError } from './redis-error';
import { StreamNodes, type StreamEntry } from './stream-nodes';
import { compareIds, isZero, maxId, nextId, zeroId, type Part, type StreamId } from './stream-id';

/** The id that XADD asks for: as given, the next in its millisecond, or one of the clock's. */
export type WantedId = { readonly type: 'given'; readonly id: StreamId } | { readonly type: 'in'; readonly ms: Part };

export interface Trim {
  /** How many may stay, or the first id that may. */
  readonly to: { readonly type: 'length'; readonly length: number } | { readonly type: 'id'; readonly id: StreamId };
  /** Only whole nodes go. */
  readonly isApproximate: boolean;
  /** How many may go at once; 0 without limit. */
  readonly limit: number;
}

/** A stream: its entries, the ids that were ever in it, and its consumer groups. Emptied it still knows its last id. */
export class Stream {
  readonly nodes = new StreamNodes();
  lastId: StreamId = zeroId;
  maxDeletedId: StreamId = zeroId;
  entriesAdded = 0;
  #length = 0;
  readonly #groups = new Map<Bytes, ConsumerGroup>();

  get length(): number {
    return this.#length;
  }

  add(wanted: WantedId, fields: readonly Bytes[], message: Message | undefined): StreamEntry {
    if (compareIds(this.lastId, maxId) === 0)
      throw new RedisError('ERR The stream has exhausted the last possible ID, unable to add more items');
    const id = wanted.type === 'given' ? wanted.id : this.#nextIn(wanted.ms);
    // The millisecond is full. Redis finds no error of its own for that and takes another one.
    if (id === undefined && wanted.type === 'in' && wanted.ms === this.lastId.ms)
      throw new RedisError('ERR Elements are too large to be stored');
    if (id === undefined || compareIds(id, this.lastId) <= 0)
      throw new RedisError('ERR The ID specified in XADD is equal or smaller than the target stream top item');
    this.lastId = id;
    this.entriesAdded += 1;
    this.#length += 1;
    return this.nodes.add(id, fields, message);
  }

  /** The id that the clock gives: it never goes back, even when the clock does. */
  idAt(ms: number): StreamId {
    if (this.lastId.ms < ms) return { ms, seq: 0 };
    return nextId(this.lastId) ?? maxId;
  }

  delete(id: StreamId): StreamEntry | undefined {
    const entry = this.nodes.delete(id);
    if (entry === undefined) return undefined;
    this.#length -= 1;
    if (compareIds(id, this.maxDeletedId) > 0) this.maxDeletedId = id;
    return entry;
  }

  /** Returns what is gone. */
  trim({ to, isApproximate, limit }: Trim): StreamEntry[] {
    const gone: StreamEntry[] = [];
    for (let node = this.nodes.firstNode; node !== undefined; node = this.nodes.firstNode) {
      if (to.type === 'length' && this.#length <= to.length) break;
      if (limit > 0 && gone.length + node.live > limit) break;
      const isWhole =
        to.type === 'length' ? this.#length - node.live >= to.length : compareIds(node.entries.at(-1)!.id, to.id) < 0;
      if (!isWhole && isApproximate) break;
      const before = this.#length;
      const some = this.nodes.trimFirstNode((entry) => {
        if (!isWhole && (to.type === 'length' ? this.#length <= to.length : compareIds(entry.id, to.id) >= 0))
          return false;
        this.#length -= 1;
        return true;
      });
      for (const entry of some) gone.push(entry);
      if (before === this.#length) break;
    }
    return gone;
  }

  group(name: Bytes): ConsumerGroup | undefined {
    return this.#groups.get(name);
  }

  /** By name, in order. */
  get groups(): readonly ConsumerGroup[] {
    return [...this.#groups.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
  }

  get groupCount(): number {
    return this.#groups.size;
  }

  createGroup(name: Bytes, from: StreamId, entriesRead: number | undefined): ConsumerGroup {
    if (this.#groups.has(name)) throw new RedisError('BUSYGROUP Consumer Group name already exists');
    const group = new ConsumerGroup(name, from, entriesRead);
    this.#groups.set(name, group);
    return group;
  }

  destroyGroup(name: Bytes): boolean {
    return this.#groups.delete(name);
  }

  /** The group has read as far as this entry. */
  advance(group: ConsumerGroup, id: StreamId): void {
    if (compareIds(id, group.lastDelivered) <= 0) return;
    if (group.entriesRead !== undefined && !this.#hasGapsFrom(id)) group.entriesRead += 1;
    else if (this.entriesAdded > 0) group.entriesRead = this.#countUpTo(id);
    group.lastDelivered = id;
  }

  /** How many entries the group has still to read; undefined when that cannot be told. */
  lagOf(group: ConsumerGroup): number | undefined {
    if (this.entriesAdded === 0) return 0;
    const read =
      group.entriesRead !== undefined && !this.#hasGapsFrom(group.lastDelivered)
        ? group.entriesRead
        : this.#countUpTo(group.lastDelivered);
    return read === undefined ? undefined : this.entriesAdded - read;
  }

  #nextIn(ms: Part): StreamId | undefined {
    if (compareIds({ ms, seq: 0 }, { ms: this.lastId.ms, seq: 0 }) !== 0) return { ms, seq: 0 };
    const next = nextId(this.lastId);
    return next !== undefined && compareIds({ ms: next.ms, seq: 0 }, { ms, seq: 0 }) === 0 ? next : undefined;
  }

  /** Whether something has been deleted from the middle at this id or after it. What lay before all that is left is no gap. */
  #hasGapsFrom(id: StreamId): boolean {
    const first = this.nodes.first?.id;
    if (first === undefined || isZero(this.maxDeletedId) || compareIds(first, this.maxDeletedId) > 0) return false;
    return compareIds(id, this.maxDeletedId) <= 0;
  }

  /** How many entries there ever were up to this id, where that can be told: `streamEstimateDistanceFromFirstEverEntry`. */
  #countUpTo(id: StreamId): number | undefined {
    if (this.entriesAdded === 0) return 0;
    const toLast = compareIds(id, this.lastId);
    if (this.#length === 0 && toLast <= 0) return this.entriesAdded;
    if (toLast >= 0) return toLast === 0 ? this.entriesAdded : undefined;
    const first = this.nodes.first?.id ?? zeroId;
    if (!isZero(this.maxDeletedId) && compareIds(this.maxDeletedId, first) >= 0) return undefined;
    const toFirst = compareIds(id, first);
    if (toFirst > 0) return undefined;
    return this.entriesAdded - this.#length + (toFirst === 0 ? 1 : 0);
  }
}
