import type { Message } from '../../log/envelope';

/** Messages kept for replay: the newest of them, no more than this. */
export const historyMax = 1_000_000;
const pieceMessages = 1_000;

/** Which of the messages kept are meant. Instants in virtual milliseconds. */
export interface Picked {
  readonly matches: (eventName: string) => boolean;
  readonly fromMs: number;
  readonly toMs: number;
  /** Default: any. */
  readonly correlation?: string | undefined;
  /** The message's `source`. Default: any. */
  readonly source?: string | undefined;
}

/** Every message that has reached a bus, in pieces: one list of all of them would be copied each time it had to grow. */
export class History {
  readonly #timeText: (atMs: number) => string;
  readonly #pieces: Piece[] = [];
  #open = new Piece();

  /** `timeText`: how a message writes its instant. */
  constructor(timeText: (atMs: number) => string) {
    this.#timeText = timeText;
  }

  keep(message: Message, sentAtMs: number): void {
    this.#open.keep(message, sentAtMs);
    if (this.#open.length < pieceMessages) return;
    this.#pieces.push(this.#open);
    this.#open = new Piece();
    if (this.#pieces.length === historyMax / pieceMessages) this.#pieces.shift();
  }

  /** Oldest first. */
  pick(picked: Picked): Message[] {
    return [...this.#pieces, this.#open].flatMap((piece) => piece.pick(picked, this.#timeText));
  }
}

/**
 * Messages by columns. Kept as they are they would take a quarter of the time of a run: a collector of garbage pays by the
 * object, and of these none is ever garbage.
 */
class Piece {
  length = 0;
  readonly #sentAtMs = new Float64Array(pieceMessages);
  readonly #ids = new Array<string>(pieceMessages);
  readonly #sources = new Array<string>(pieceMessages);
  readonly #types = new Array<string>(pieceMessages);
  readonly #correlations = new Array<string>(pieceMessages);
  readonly #causations = new Array<string | undefined>(pieceMessages);
  readonly #data = new Array<unknown>(pieceMessages);

  keep(message: Message, sentAtMs: number): void {
    const index = this.length++;
    this.#sentAtMs[index] = sentAtMs;
    this.#ids[index] = message.id;
    this.#sources[index] = message.source;
    this.#types[index] = message.type;
    this.#correlations[index] = message.correlationid;
    this.#causations[index] = message.causationid;
    this.#data[index] = message.data;
  }

  pick({ matches, fromMs, toMs, correlation, source }: Picked, timeText: (atMs: number) => string): Message[] {
    const found: Message[] = [];
    for (let index = 0; index < this.length; index++) {
      const sentAtMs = this.#sentAtMs[index]!;
      if (sentAtMs < fromMs || sentAtMs > toMs || !matches(this.#types[index]!)) continue;
      if (correlation !== undefined && correlation !== this.#correlations[index]) continue;
      if (source !== undefined && source !== this.#sources[index]) continue;
      found.push(this.#message(index, timeText(sentAtMs)));
    }
    return found;
  }

  #message(index: number, time: string): Message {
    const causationid = this.#causations[index];
    const data = this.#data[index];
    return {
      id: this.#ids[index]!,
      source: this.#sources[index]!,
      specversion: '1.0',
      type: this.#types[index]!,
      time,
      datacontenttype: 'application/json',
      correlationid: this.#correlations[index]!,
      ...(causationid === undefined ? {} : { causationid }),
      ...(data === undefined ? {} : { data }),
    };
  }
}
