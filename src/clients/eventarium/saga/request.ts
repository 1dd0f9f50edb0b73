import type { Message } from '../../../log/envelope';
import { kindOf, requireDuration, requireText } from '../arguments';
import type { ClientEnvironment } from '../environment';
import { EventBus } from '../event-bus';

/** A reply that says no. Another attempt would get the same answer. */
export class ReplyError extends Error {
  static {
    Object.defineProperty(this, 'name', { value: 'ReplyError' });
  }
  override readonly name = 'ReplyError';
  readonly retriable = false;
  readonly reply: object;

  constructor(message: string, reply: object) {
    super(message);
    this.reply = reply;
  }
}

class RequestTimeout extends Error {
  override readonly name = 'TimeoutError';
}

interface Waiting {
  readonly command: Message;
  readonly refusal: boolean;
  readonly settle: (event: Message) => void;
}

/** The requests of one life of a process: one subscription for each bus and name of replies, made when first needed. */
export class Requests {
  readonly #environment: ClientEnvironment;
  /** By bus and pattern: what waits there, by the id of its command. */
  readonly #waiting = new Map<string, Map<string, Waiting>>();
  /** Commands whose answer has come or no longer counts. */
  readonly #closed = new Set<string>();

  constructor(environment: ClientEnvironment) {
    this.#environment = environment;
  }

  request(bus: unknown, type: unknown, data: unknown, given: unknown): Promise<unknown> {
    if (!(bus instanceof EventBus))
      throw new TypeError(
        `request(bus, type, data, options): the first argument must be an event bus; it is ${kindOf(bus)}.`,
      );
    const options = (typeof given === 'object' && given !== null ? given : {}) as Readonly<Record<string, unknown>>;
    const call = 'request(bus, type, data, { reply })';
    const reply = requireText(options['reply'], `${call}: reply`);
    const failure = options['failure'] === undefined ? undefined : requireText(options['failure'], `${call}: failure`);
    const timeoutMs =
      options['timeoutMs'] === undefined ? undefined : requireDuration(options['timeoutMs'], `${call}: timeoutMs`);
    const answers = this.#listen(bus, reply);
    const refusals = failure === undefined ? undefined : this.#listen(bus, failure);
    const command = bus.emit(type, data);
    return this.#environment.promise((resolve, reject) => {
      const timer =
        timeoutMs === undefined
          ? undefined
          : this.#environment.node.schedule(timeoutMs, () => {
              over();
              reject(new RequestTimeout(`no reply to ${command.type} within ${String(timeoutMs)} ms`));
            });
      const over = (): void => {
        timer?.cancel();
        this.#closed.add(command.id);
        answers.delete(command.id);
        refusals?.delete(command.id);
      };
      answers.set(command.id, {
        command,
        refusal: false,
        settle: (event) => {
          over();
          resolve(event.data);
        },
      });
      refusals?.set(command.id, {
        command,
        refusal: true,
        settle: (event) => {
          over();
          reject(new ReplyError(reasonOf(event), event));
        },
      });
    });
  }

  #listen(bus: EventBus, pattern: string): Map<string, Waiting> {
    const key = `${bus.name} ${pattern}`;
    const known = this.#waiting.get(key);
    if (known) return known;
    const waiting = new Map<string, Waiting>();
    this.#waiting.set(key, waiting);
    const answer = (event: unknown): void => this.#answer(waiting, event as Message);
    bus.subscribe(pattern, answer, { name: 'replies' });
    return waiting;
  }

  /** To the command that it was published for; otherwise to the oldest of its correlation, since a reply may come in several steps. */
  #answer(waiting: Map<string, Waiting>, event: Message): void {
    const { causationid = '', correlationid } = event;
    const direct = waiting.get(causationid);
    if (direct) direct.settle(event);
    else if (!this.#closed.has(causationid))
      [...waiting.values()].find(({ command }) => command.correlationid === correlationid)?.settle(event);
  }
}

/** What a refusal says: its payload's `reason`, `message` or `error`, or its name. */
function reasonOf({ type, data }: Message): string {
  const said = (typeof data === 'object' && data !== null ? data : {}) as Readonly<Record<string, unknown>>;
  const reason = said['reason'] ?? said['message'] ?? said['error'];
  return typeof reason === 'string' ? reason : type;
}
