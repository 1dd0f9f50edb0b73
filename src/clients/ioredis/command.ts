import { isAscii, textOf, type Bytes } from '../../brokers/redis/bytes';
import type { Frame, Reply } from '../../brokers/redis/protocol';
import { eventDataOf, eventDataOfAscii } from '../amqplib/event-data';
import { Buffer } from '../node/buffer';
import { ReplyError, shapedFor, valueOf } from './replies';

export type Done = (error: Error | null, value?: unknown) => void;

const subscribeFamily = /^[ps]?(?:un)?subscribe$/;

/** A command from the user's call to its answer. */
export class Command {
  /** In lower case. */
  readonly name: string;
  /** As the user wrote it, and as it is sent. */
  readonly givenName: string;
  readonly words: readonly Bytes[];
  /** Where it was asked for. */
  readonly where: string | undefined;
  readonly #asBuffers: boolean;
  readonly #done: Done;
  readonly #write: () => void;
  /** Answers that are still to come, for the subscribe family: one for each channel. */
  #left: number | undefined;
  #over = false;

  constructor(
    command: {
      readonly name: string;
      readonly words: readonly Bytes[];
      readonly asBuffers: boolean;
      readonly where?: string | undefined;
    },
    done: Done,
    bind: (write: () => void) => () => void,
    write: (command: Command) => void,
  ) {
    this.name = command.name.toLowerCase();
    this.givenName = command.name;
    this.words = command.words;
    this.where = command.where;
    this.#asBuffers = command.asBuffers;
    this.#done = done;
    this.#write = bind(() => {
      write(this);
    });
  }

  get subscribes(): boolean {
    return subscribeFamily.test(this.name);
  }

  /** Its reply may bring messages of a stream. */
  get takesMessages(): boolean {
    return /^x(?:read|readgroup|claim|autoclaim)$/.test(this.name);
  }

  get allowedWhileSubscribed(): boolean {
    return this.subscribes || /^(?:ping|quit|disconnect)$/.test(this.name);
  }

  /** Sends it, on behalf of whoever asked for it. */
  write(): void {
    this.#write();
  }

  answered(reply: Reply): void {
    const value = valueOf(reply, this.#asBuffers);
    if (!(value instanceof ReplyError)) return this.finish(null, shapedFor(this.givenName, value));
    value.command = { name: this.givenName, args: this.words.map(textOf) };
    this.finish(value);
  }

  /** One of the answers of the subscribe family; true when it was the last. */
  told(frame: Frame & { type: 'subscription' }): boolean {
    this.#left ??= this.words.length;
    if (this.#left > 0) this.#left -= 1;
    // Without a channel it is over when nothing at all is listened to any more.
    if (this.words.length === 0 ? frame.count > 0 : this.#left > 0) return false;
    this.finish(null, frame.count);
    return true;
  }

  finish(error: Error | null, value?: unknown): void {
    if (this.#over) return;
    this.#over = true;
    if (error) this.#done(error);
    else this.#done(null, value);
  }

  /** What the log shows of a message: undefined when the command brings none. */
  get published(): { readonly type: string; readonly data: unknown } | undefined {
    const [first = '', second = ''] = this.words;
    if (this.name === 'publish' || this.name === 'spublish') return { type: textOf(first), data: dataOf(second) };
    if (this.name !== 'xadd') return undefined;
    const data: Record<string, unknown> = {};
    const fields = this.#fieldsOfEntry();
    for (let index = 0; index + 1 < fields.length; index += 2)
      Object.defineProperty(data, textOf(fields[index]!), {
        value: textOf(fields[index + 1]!),
        enumerable: true,
        configurable: true,
      });
    return { type: textOf(first), data };
  }

  /** After the options and the id. */
  #fieldsOfEntry(): readonly Bytes[] {
    const { words } = this;
    let at = 1;
    for (let option = words[at]?.toUpperCase(); option !== undefined; option = words[at]?.toUpperCase()) {
      if (option === 'NOMKSTREAM') at += 1;
      else if (option === 'LIMIT') at += 2;
      else if (option === 'MAXLEN' || option === 'MINID') at += words[at + 1] === '~' || words[at + 1] === '=' ? 3 : 2;
      else break;
    }
    return words.slice(at + 1);
  }
}

function dataOf(body: Bytes): unknown {
  return isAscii(body) ? eventDataOfAscii(body) : eventDataOf(Buffer.from(body, 'latin1'));
}
