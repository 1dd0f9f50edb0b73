import type { Entry, MessagePublished } from '../log/entry';
import { Calls, type CallSummary } from './calls';
import { Column, idNumber } from './column';
import { fateOfMessage, type Fate } from './fate';
import { MessageBook } from './message-book';
import { tellStory, type DeliverySummary, type MessageStory } from './message-story';
import { ProcessEnds } from './process-ends';

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
  /** Ids of the messages and calls that followed from it. */
  readonly children: readonly string[];
  readonly fate: Fate;
  readonly deliveries: readonly DeliverySummary[];
}

/** A message or a call. */
export interface CauseNode {
  /** Of the message (`m_1`) or of the call (`r_1`). */
  readonly id: string;
  /** The event's type, or method and path. */
  readonly name: string;
  /** Of a call, how it stands. */
  readonly call: CallSummary | undefined;
  /** The process that published or called; absent when it was done by hand. */
  readonly who: string | undefined;
  readonly seq: number;
  readonly atMs: number;
  /** Since its cause was published or sent; absent for the root. */
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
  /** Further messages and calls that were left out. */
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
 * Invariant: a message or a call stands under the message or call that was being handled when it was published or sent; when that
 * message is not in the log, under the first of its correlation; so each stands in exactly one tree.
 */
export class Causes {
  readonly #read: (seq: number) => Entry;
  readonly #book = new MessageBook();
  readonly #attempts = new Map<string, number>();
  readonly #ends = new ProcessEnds();
  readonly calls: Calls;
  /** By `seq`: the node that the entry is about, or that its cause is about. */
  readonly #owner = Column.int32();
  // By node, which is a message or a call (see `nodeOf`): its tree.
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
    this.calls = new Calls(read, this.#ends);
    this.#linkSeq.push(0);
    this.#nextLink.push(0);
  }

  /** How many entries were taken in. */
  get length(): number {
    return this.#length;
  }

  append(entry: Entry): void {
    this.#length += 1;
    this.#ends.append(entry);
    this.calls.append(entry);
    const subject = subjectOf(entry);
    const above = entry.cause === undefined ? 0 : this.#owner.at(entry.cause);
    this.#owner.set(entry.seq, (subject === undefined ? 0 : nodeOf(subject)) || above);
    switch (entry.type) {
      case 'message.published':
        return this.#publish(entry, above);
      case 'http.requested':
        if (this.calls.requestedSeq(entry.request) === entry.seq) this.#hang(nodeOf(entry.request), above);
        return;
      case 'listener.subscribed':
        this.#attempts.set(entry.subscription, entry.attempts);
        return;
      default: {
        const message = messageIdOf(entry);
        if (message !== undefined) this.#link(idNumber(message), entry.seq);
      }
    }
  }

  /** How a message stands when `position` entries are shown; nothing before it is published. */
  messageAt(id: string, position: number): MessageSummary | undefined {
    const seq = isCall(id) ? undefined : this.#book.publishedSeq(id);
    if (seq === undefined || seq >= position) return undefined;
    const entry = this.#read(seq) as MessagePublished;
    const { message } = entry;
    const { deliveries, ...end } = this.#storyOf(idNumber(id), position);
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
      children: this.#childrenOf(nodeOf(id), position).map(idOf),
      fate: fateOfMessage(deliveries, end),
      deliveries,
    };
  }

  /** The whole tree that a message or a call belongs to, from the first one on, as far as it has happened at the position. */
  causeTree(id: string, position: number, nodesMax = causeNodesMax): CauseTree {
    const root = this.#rootOf(nodeOf(id));
    const rootSeq = this.#seqOf(idOf(root));
    if (rootSeq === undefined || rootSeq >= position) return { nodes: [], rest: 0, spanMs: 0 };
    const nodes: CauseNode[] = [];
    let rest = 0;
    let latestMs = 0;
    const open = [{ node: root, depth: 0, last: true }];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const { node, depth, last } = next;
      latestMs = Math.max(latestMs, this.#atMsOf(idOf(node)));
      if (nodes.length < nodesMax) nodes.push(this.#nodeAt(node, depth, last, position));
      else rest += 1;
      const children = this.#childrenOf(node, position);
      for (let index = children.length - 1; index >= 0; index -= 1) {
        open.push({ node: children[index] as number, depth: depth + 1, last: index === children.length - 1 });
      }
    }
    return { nodes, rest, spanMs: latestMs - this.#atMsOf(idOf(root)) };
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

  /** `seq` of every entry about the message or the call before the position, its publication or request first. */
  entriesOf(id: string, position: number): number[] {
    if (isCall(id)) return this.calls.entriesOf(id, position);
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

  #publish(entry: MessagePublished, above: number): void {
    const { id, causationid, correlationid } = entry.message;
    const number = idNumber(id);
    // An id that was published before would tie the tree into a knot.
    if (number === 0 || this.#book.publishedSeq(id) !== undefined) return;
    this.#book.add(entry);
    const cause = causationid !== undefined && this.#isPublished(causationid) ? causationid : correlationid;
    this.#hang(nodeOf(id), cause === id || !this.#isPublished(cause) ? above : nodeOf(cause));
  }

  #hang(node: number, parent: number): void {
    if (parent === 0 || parent === node) return;
    const previous = this.#lastChild.at(parent);
    if (previous === 0) this.#firstChild.set(parent, node);
    else this.#nextSibling.set(previous, node);
    this.#lastChild.set(parent, node);
    this.#parent.set(node, parent);
  }

  /** Of the publication or the request. */
  #seqOf(id: string): number | undefined {
    return isCall(id) ? this.calls.requestedSeq(id) : this.#book.publishedSeq(id);
  }

  #atMsOf(id: string): number {
    return isCall(id) ? this.calls.requestedMs(id) : this.#book.publishedAtMs(id);
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

  #rootOf(node: number): number {
    let root = node;
    for (let parent = this.#parent.at(root); parent !== 0; parent = this.#parent.at(root)) root = parent;
    return root;
  }

  #childrenOf(node: number, position: number): number[] {
    const children: number[] = [];
    for (let child = this.#firstChild.at(node); child !== 0; child = this.#nextSibling.at(child)) {
      const seq = this.#seqOf(idOf(child));
      if (seq === undefined || seq >= position) break;
      children.push(child);
    }
    return children;
  }

  #nodeAt(node: number, depth: number, last: boolean, position: number): CauseNode {
    const id = idOf(node);
    const parent = this.#parent.at(node);
    const atMs = this.#atMsOf(id);
    const place = {
      id,
      seq: this.#seqOf(id) ?? 0,
      atMs,
      sinceCauseMs: parent === 0 ? undefined : atMs - this.#atMsOf(idOf(parent)),
      depth,
      last,
    };
    const call = isCall(id) ? this.calls.callAt(id, position) : undefined;
    if (call !== undefined)
      return { ...place, name: `${call.method} ${call.path}`, call, who: call.from, fate: call.fate };
    const { deliveries, ...end } = this.#storyOf(idNumber(id), position);
    const entry = this.#read(place.seq);
    return {
      ...place,
      name: this.#book.eventType(id),
      call,
      who: entry.type === 'message.published' ? entry.process : undefined,
      fate: fateOfMessage(deliveries, end),
    };
  }

  #storyOf(number: number, position: number): MessageStory {
    const seqs = this.entriesOf(`m_${String(number)}`, position).slice(1);
    const entries = seqs.map((seq) => this.#read(seq));
    return tellStory(entries, position, {
      attemptsOf: (subscription) => this.#attempts.get(subscription) ?? 1,
      endBetween: (process, fromSeq, toSeq) => this.#ends.firstBetween(process, fromSeq, toSeq),
    });
  }
}

/** The message that an entry is about. */
export function messageIdOf(entry: Entry): string | undefined {
  if (!entry.type.startsWith('message.') && !entry.type.startsWith('delivery.')) return undefined;
  const { message } = entry as Extract<Entry, { readonly message: unknown }>;
  return typeof message === 'string' ? message : (message as { id?: string } | undefined)?.id;
}

/** The call that an entry is about. */
export function requestIdOf(entry: Entry): string | undefined {
  return entry.type.startsWith('http.') ? (entry as Extract<Entry, { readonly request: string }>).request : undefined;
}

/** The message or the call that an entry is about, by its id. */
export function subjectOf(entry: Entry): string | undefined {
  return requestIdOf(entry) ?? messageIdOf(entry);
}

/** Whether an id is that of a call, and not of a message. */
export function isCall(id: string): boolean {
  return id.startsWith('r_');
}

/** Messages and calls share one tree: message 12 is 24, call 12 is 25. 0 is neither. */
function nodeOf(id: string): number {
  const number = idNumber(id);
  return number === 0 ? 0 : number * 2 + (isCall(id) ? 1 : 0);
}

function idOf(node: number): string {
  return `${node % 2 === 1 ? 'r' : 'm'}_${String(node >> 1)}`;
}
