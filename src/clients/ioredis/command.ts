import { textOf, type Bytes } from '../../brokers/redis/bytes';
import type { Frame, Reply } from '../../brokers/redis/protocol';
import type { TimerHandle } from '../node/environment';
import type { Published, WireEnvironment } from '../wire';
import { publishedBy } from './published';
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
  /** Its place in a pipeline. */
  readonly place: number | undefined;
  /** Where it was asked for. */
  readonly where: string | undefined;
  readonly #asBuffers: boolean;
  readonly #done: Done;
  readonly #write: () => void;
  /** Answers that are still to come, for the subscribe family: one for each channel. */
  #left: number | undefined;
  #over = false;
  #timeout: TimerHandle | undefined;
  /** The one that was selected when it was asked for. */
  database: number | undefined;

  constructor(
    command: {
      readonly name: string;
      readonly words: readonly Bytes[];
      readonly asBuffers: boolean;
      readonly where?: string | undefined;
      readonly place?: number | undefined;
    },
    done: Done,
    bind: (write: () => void) => () => void,
    write: (command: Command) => void,
  ) {
    this.name = command.name.toLowerCase();
    this.givenName = command.name;
    this.words = command.words;
    this.where = command.where;
    this.place = command.place;
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

  /** What ends it if no answer comes before. */
  until(timeout: TimerHandle): void {
    this.#timeout = timeout;
  }

  /** Sends it, on behalf of whoever asked for it. */
  write(): void {
    this.#write();
  }

  /** `asksAgain`: whether it will be answered once more, as what came is an error. */
  answered(reply: Reply, stands: WireEnvironment['stands'], asksAgain: (error: Error) => boolean = () => false): void {
    const value = valueOf(reply, this.#asBuffers, stands);
    if (!(value instanceof ReplyError)) return this.finish(null, shapedFor(this.givenName, value));
    value.command = { name: this.givenName, args: this.words.map(textOf) };
    if (!asksAgain(value)) this.finish(value);
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
    this.#timeout?.cancel();
    if (error) this.#done(error);
    else this.#done(null, value);
  }

  /** The message that it brings; undefined when it brings none. */
  get published(): Published | undefined {
    return publishedBy(this);
  }
}
