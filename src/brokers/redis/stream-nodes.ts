import type { Message } from '../../log/envelope';
import type { Bytes } from './bytes';
import { placeIn } from './pending-list';
import { compareIds, type StreamId } from './stream-id';

export interface StreamEntry {
  readonly id: StreamId;
  /** Names and values in turn. */
  readonly fields: readonly Bytes[];
  readonly message: Message | undefined;
  isDeleted: boolean;
  /** `seq` of what the log says about its coming. */
  cause: number;
}

/** As many entries as Redis packs together; `MAXLEN ~` drops only whole nodes. Deleted ones stay in it until all are. */
export interface StreamNode {
  readonly entries: StreamEntry[];
  live: number;
  bytes: number;
}

// Defaults of `stream-node-max-entries` and `stream-node-max-bytes`.
const nodeEntriesMax = 100;
const nodeBytesMax = 4096;

/** The entries of a stream by id: they are added at the end, and go anywhere. */
export class StreamNodes {
  #nodes: StreamNode[] = [];
  /** Nodes before it are gone. */
  #head = 0;

  add(id: StreamId, fields: readonly Bytes[], message: Message | undefined): StreamEntry {
    const entry: StreamEntry = { id, fields, message, isDeleted: false, cause: 0 };
    const size = fields.reduce((sum, field) => sum + field.length, 0);
    const last = this.#nodes.length > this.#head ? this.#nodes.at(-1) : undefined;
    if (last === undefined || last.entries.length >= nodeEntriesMax || last.bytes + size >= nodeBytesMax) {
      const names = fields.reduce((sum, field, at) => (at % 2 === 0 ? sum + packedBytes(field) : sum), 0);
      this.#nodes.push({ entries: [entry], live: 1, bytes: 17 + names + packedEntryBytes(entry, entry) });
    } else {
      last.entries.push(entry);
      last.live += 1;
      last.bytes += packedEntryBytes(entry, last.entries[0]!);
    }
    return entry;
  }

  get(id: StreamId): StreamEntry | undefined {
    const node = this.#nodes[this.#nodeFor(id)];
    const entry = node?.entries[placeIn(node.entries, id)];
    return entry !== undefined && !entry.isDeleted && compareIds(entry.id, id) === 0 ? entry : undefined;
  }

  delete(id: StreamId): StreamEntry | undefined {
    const index = this.#nodeFor(id);
    const node = this.#nodes[index];
    const entry = node?.entries[placeIn(node.entries, id)];
    if (node === undefined || entry === undefined || entry.isDeleted || compareIds(entry.id, id) !== 0)
      return undefined;
    this.#forget(node, entry);
    if (node.live === 0) this.#removeAt(index);
    return entry;
  }

  get firstNode(): StreamNode | undefined {
    return this.#nodes[this.#head];
  }

  get nodeCount(): number {
    return this.#nodes.length - this.#head;
  }

  removeFirstNode(): void {
    this.#removeAt(this.#head);
  }

  /** Marks the first entries of the first node as deleted, for as long as asked. */
  trimFirstNode(isToGo: (entry: StreamEntry) => boolean): StreamEntry[] {
    const gone: StreamEntry[] = [];
    const node = this.firstNode;
    for (const entry of node?.entries ?? []) {
      if (entry.isDeleted) continue;
      if (!isToGo(entry)) break;
      gone.push(entry);
      this.#forget(node!, entry);
    }
    if (node?.live === 0) this.removeFirstNode();
    return gone;
  }

  get first(): StreamEntry | undefined {
    return this.firstNode?.entries.find(({ isDeleted }) => !isDeleted);
  }

  get last(): StreamEntry | undefined {
    return this.nodeCount > 0 ? this.#nodes.at(-1)?.entries.findLast(({ isDeleted }) => !isDeleted) : undefined;
  }

  *upwards(start: StreamId, end: StreamId): Generator<StreamEntry> {
    for (let index = this.#nodeFor(start); index < this.#nodes.length; index += 1) {
      const { entries } = this.#nodes[index]!;
      for (let at = placeIn(entries, start); at < entries.length; at += 1) {
        const entry = entries[at]!;
        if (compareIds(entry.id, end) > 0) return;
        if (!entry.isDeleted) yield entry;
      }
    }
  }

  *downwards(end: StreamId, start: StreamId): Generator<StreamEntry> {
    for (let index = Math.min(this.#nodeFor(end), this.#nodes.length - 1); index >= this.#head; index -= 1) {
      const { entries } = this.#nodes[index]!;
      for (let at = Math.min(placeIn(entries, end), entries.length - 1); at >= 0; at -= 1) {
        const entry = entries[at]!;
        if (compareIds(entry.id, end) > 0 || entry.isDeleted) continue;
        if (compareIds(entry.id, start) < 0) return;
        yield entry;
      }
    }
  }

  #forget(node: StreamNode, entry: StreamEntry): void {
    entry.isDeleted = true;
    node.live -= 1;
  }

  #removeAt(index: number): void {
    if (index !== this.#head) {
      this.#nodes.splice(index, 1);
      return;
    }
    this.#head += 1;
    if (this.#head < 64 || this.#head * 2 < this.#nodes.length) return;
    this.#nodes = this.#nodes.slice(this.#head);
    this.#head = 0;
  }

  /** The first node that ends at this id or after it. */
  #nodeFor(id: StreamId): number {
    let [low, high] = [this.#head, this.#nodes.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compareIds(this.#nodes[middle]!.entries.at(-1)!.id, id) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Size of an entry in Redis's listpack, from which follows where a node ends. `master`: the first of its node. */
function packedEntryBytes(entry: StreamEntry, master: StreamEntry): number {
  const { fields, id } = entry;
  const names = fields.filter((_, at) => at % 2 === 0);
  const isSame = names.length * 2 === master.fields.length && names.every((name, at) => name === master.fields[at * 2]);
  const packed = (values: readonly Bytes[]): number => values.reduce((sum, value) => sum + packedBytes(value), 0);
  const ids = [Number(id.ms) - Number(master.id.ms), Number(id.seq) - Number(master.id.seq)].map(String);
  return (
    4 + packed(ids) + (isSame ? packed(fields.filter((_, at) => at % 2 === 1)) : packed(fields) + packedBytes('1'))
  );
}

function packedBytes(value: Bytes): number {
  const size = packedSize(value);
  return size + (size < 128 ? 1 : 2);
}

function packedSize(value: Bytes): number {
  if (value.length < 16 && /^(?:0|-?[1-9]\d*)$/.test(value)) {
    const integer = Number(value);
    if (integer >= 0 && integer < 128) return 1;
    const bits = [13, 16, 24, 32].findIndex((width) => integer >= -(2 ** (width - 1)) && integer < 2 ** (width - 1));
    return [2, 3, 4, 5][bits] ?? 9;
  }
  return value.length + (value.length < 64 ? 1 : value.length < 4096 ? 2 : 5);
}
