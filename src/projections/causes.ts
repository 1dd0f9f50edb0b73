import type { Entry, MessagePublished } from '../log/entry';
import { Column, idNumber } from './column';
import { fateOfMessage, type Fate } from './fate';
import { MessageBook } from './message-book';
import { tellStory, type DeliverySummary, type MessageStory, type ProcessEnd } from './message-story';

export type { DeliverySummary } from './message-story';

export interface MessageSummary {
  readonly message: string;
  readonly eventType: string;
  /** Absent when it was published by hand. */
  readonly process: string | undefined;
  readonly broker: string;
  readonly where: string | undefined;
  readonly publishedSeq: number;
  readonly publishedAtMs: number;
  readonly correlation: string;
  readonly causation: string | undefined;
  readonly children: readonly string[];
  readonly fate: Fate;
  readonly deliveries: readonly DeliverySummary[];
}

export interface CauseNode {
  readonly message: string;
  readonly eventType: string;
  /** The process that published it; absent when it was published by hand. */
  readonly who: string | undefined;
  readonly seq: number;
  readonly atMs: number;
  /** Since its cause was published; absent for the root. */
  readonly sinceCauseMs: number | undefined;
  readonly fate: Fate;
  /** 0 for the root. */
  readonly depth: number;
  /** Whether it is the last child of its parent: its guide line ends here. */
  readonly last: boolean;
}

export interface CauseTree {
  /** In display order: depth first, children in order of publication. */
  readonly nodes: readonly CauseNode[];
  /** Further messages that were left out. */
  readonly rest: number;
  /** From the root's publication to the latest publication in the tree, those left out included. */
  readonly spanMs: number;
}

/** Rows of a tree that somebody would read. */
export const causeNodesMax = 200;
const causesMax = 200;

/**
 * Who caused what: an index over the log from which one message's story, its tree and an entry's causes are told at
 * any position. Built by appending entries in order. It keeps numbers only, and reads the entries again when asked.
 *
 * Invariant: a message stands under the message that was being handled when it was published; when that one is not in
 * the log, under the first of its correlation; so every message stands in exactly one tree.
 */
export class Causes {
  readonly #read: (seq: number) => Entry;
  readonly #book = new MessageBook();
  readonly #attempts = new Map<string, number>();
  readonly #ends = new Map<string, { readonly seq: Column; readonly atMs: Column }>();
  // By message number: its tree.
  readonly #parent = Column.int32();
  readonly #firstChild = Column.int32();
  readonly #lastChild = Column.int32();
  readonly #nextSibling = Column.int32();
  // By message number: the entries about it, as a chain of links; link 0 is none.
  readonly #firstLink = Column.int32();
  readonly #lastLink = Column.int32();
  readonly #linkSeq = Column.int32();
  readonly #nextLink = Column.int32();
  #length = 0;

  constructor(read: (seq: number) => Entry) {
    this.#read = read;
    this.#linkSeq.push(0);
    this.#nextLink.push(0);
  }

  /** How many entries were taken in. */
  get length(): number {
    return this.#length;
  }

  append(entry: Entry): void {
    this.#length += 1;
    switch (entry.type) {
      case 'message.published':
        return this.#publish(entry);
      case 'listener.subscribed':
        this.#attempts.set(entry.subscription, entry.attempts);
        return;
      case 'process.crashed':
      case 'process.exited': {
        let ends = this.#ends.get(entry.process);
        if (ends === undefined) this.#ends.set(entry.process, (ends = { seq: Column.int32(), atMs: Column.float64() }));
        ends.seq.push(entry.seq);
        ends.atMs.push(entry.atMs);
        return;
      }
      default: {
        const message = messageIdOf(entry);
        if (message !== undefined) this.#link(idNumber(message), entry.seq);
      }
    }
  }

  /** How a message stands when `position` entries are shown; nothing before it is published. */
  messageAt(id: string, position: number): MessageSummary | undefined {
    const seq = this.#book.publishedSeq(id);
    if (seq === undefined || seq >= position) return undefined;
    const entry = this.#read(seq) as MessagePublished;
    const { message } = entry;
    const { deliveries, gone } = this.#storyOf(idNumber(id), position);
    return {
      message: message.id,
      eventType: message.type,
      process: entry.process,
      broker: entry.broker,
      where: entry.where,
      publishedSeq: entry.seq,
      publishedAtMs: entry.atMs,
      correlation: message.correlationid,
      causation: message.causationid,
      children: this.#childrenOf(idNumber(id), position).map(idOf),
      fate: fateOfMessage(deliveries, gone),
      deliveries,
    };
  }

  /** The whole tree that a message belongs to, from the first message on, as far as it is published at the position. */
  causeTree(id: string, position: number, nodesMax = causeNodesMax): CauseTree {
    const root = this.#rootOf(idNumber(id));
    const rootSeq = this.#book.publishedSeq(idOf(root));
    if (rootSeq === undefined || rootSeq >= position) return { nodes: [], rest: 0, spanMs: 0 };
    const nodes: CauseNode[] = [];
    let rest = 0;
    let latestMs = 0;
    const open = [{ number: root, depth: 0, last: true }];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const { number, depth, last } = next;
      latestMs = Math.max(latestMs, this.#book.publishedAtMs(idOf(number)));
      if (nodes.length < nodesMax) nodes.push(this.#nodeOf(number, depth, last, position));
      else rest += 1;
      const children = this.#childrenOf(number, position);
      for (let index = children.length - 1; index >= 0; index -= 1) {
        open.push({ number: children[index] as number, depth: depth + 1, last: index === children.length - 1 });
      }
    }
    return { nodes, rest, spanMs: latestMs - this.#book.publishedAtMs(idOf(root)) };
  }

  /** What made the entry happen: its cause, the cause's cause and so on, the nearest first. */
  causeOf(seq: number): Entry[] {
    const chain: Entry[] = [];
    let { cause } = this.#read(seq);
    while (cause !== undefined && chain.length < causesMax) {
      const entry = this.#read(cause);
      chain.push(entry);
      cause = entry.cause;
    }
    return chain;
  }

  /** `seq` of every entry about the message before the position, its publication first. */
  entriesOf(id: string, position: number): number[] {
    const published = this.#book.publishedSeq(id);
    if (published === undefined || published >= position) return [];
    const seqs = [published];
    for (let link = this.#firstLink.at(idNumber(id)); link !== 0; link = this.#nextLink.at(link)) {
      const seq = this.#linkSeq.at(link);
      if (seq >= position) break;
      seqs.push(seq);
    }
    return seqs;
  }

  #publish(entry: MessagePublished): void {
    const { id, causationid, correlationid } = entry.message;
    const number = idNumber(id);
    // An id that was published before would tie the tree into a knot.
    if (number === 0 || this.#book.publishedSeq(id) !== undefined) return;
    this.#book.add(entry);
    const cause = causationid !== undefined && this.#isPublished(causationid) ? causationid : correlationid;
    if (cause === id || !this.#isPublished(cause)) return;
    const parent = idNumber(cause);
    const previous = this.#lastChild.at(parent);
    if (previous === 0) this.#firstChild.set(parent, number);
    else this.#nextSibling.set(previous, number);
    this.#lastChild.set(parent, number);
    this.#parent.set(number, parent);
  }

  #isPublished(id: string): boolean {
    return this.#book.publishedSeq(id) !== undefined;
  }

  #link(number: number, seq: number): void {
    if (number === 0) return;
    const link = this.#linkSeq.length;
    this.#linkSeq.push(seq);
    this.#nextLink.push(0);
    const previous = this.#lastLink.at(number);
    if (previous === 0) this.#firstLink.set(number, link);
    else this.#nextLink.set(previous, link);
    this.#lastLink.set(number, link);
  }

  #rootOf(number: number): number {
    let root = number;
    for (let parent = this.#parent.at(root); parent !== 0; parent = this.#parent.at(root)) root = parent;
    return root;
  }

  #childrenOf(number: number, position: number): number[] {
    const children: number[] = [];
    for (let child = this.#firstChild.at(number); child !== 0; child = this.#nextSibling.at(child)) {
      const seq = this.#book.publishedSeq(idOf(child));
      if (seq === undefined || seq >= position) break;
      children.push(child);
    }
    return children;
  }

  #nodeOf(number: number, depth: number, last: boolean, position: number): CauseNode {
    const message = idOf(number);
    const seq = this.#book.publishedSeq(message) ?? 0;
    const atMs = this.#book.publishedAtMs(message);
    const parent = this.#parent.at(number);
    const { deliveries, gone } = this.#storyOf(number, position);
    const entry = this.#read(seq);
    return {
      message,
      eventType: this.#book.eventType(message),
      who: entry.type === 'message.published' ? entry.process : undefined,
      seq,
      atMs,
      sinceCauseMs: parent === 0 ? undefined : atMs - this.#book.publishedAtMs(idOf(parent)),
      fate: fateOfMessage(deliveries, gone),
      depth,
      last,
    };
  }

  #storyOf(number: number, position: number): MessageStory {
    const seqs = this.entriesOf(idOf(number), position).slice(1);
    const entries = seqs.map((seq) => this.#read(seq));
    return tellStory(entries, position, {
      attemptsOf: (subscription) => this.#attempts.get(subscription) ?? 1,
      endBetween: (process, fromSeq, toSeq) => this.#endBetween(process, fromSeq, toSeq),
    });
  }

  #endBetween(process: string, fromSeq: number, toSeq: number): ProcessEnd | undefined {
    const ends = this.#ends.get(process);
    if (ends === undefined) return undefined;
    const index = ends.seq.firstAbove(fromSeq);
    if (index >= ends.seq.length || ends.seq.at(index) >= toSeq) return undefined;
    return { seq: ends.seq.at(index), atMs: ends.atMs.at(index) };
  }
}

/** The message that an entry is about. */
export function messageIdOf(entry: Entry): string | undefined {
  if (!entry.type.startsWith('message.') && !entry.type.startsWith('delivery.')) return undefined;
  const { message } = entry as Extract<Entry, { readonly message: unknown }>;
  return typeof message === 'string' ? message : (message as { id?: string } | undefined)?.id;
}

function idOf(number: number): string {
  return `m_${String(number)}`;
}
