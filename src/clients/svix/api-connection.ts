import type { ApiCall, ApiReply } from '../../brokers/webhooks/protocol';
import { apiPort } from '../../brokers/webhooks/protocol';
import { halfOfJson } from '../../log/entry-fault';
import type { Published, Wire, WireClient, WireEnvironment } from '../wire';
import { ApiException } from './api-exception';

interface Pending {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** Names of the machine that everything runs on, and that of the service itself. */
const local = ['localhost', '127.0.0.1', '::1', 'webhooks', 'svix'];

/**
 * Asks the sender. The connection is open while something is asked, as one that HTTP keeps alive is: it does not keep the process from ending.
 */
export class ApiConnection implements WireClient {
  readonly #environment: WireEnvironment;
  readonly #host: string;
  readonly #port: number;
  readonly #date: DateConstructor;
  readonly #pending = new Map<number, Pending>();
  #wire: Wire | undefined;
  #calls = 0;

  /** `Date`: the process's own. */
  constructor(environment: WireEnvironment, serverUrl: string | undefined, Date: DateConstructor) {
    this.#environment = environment;
    this.#date = Date;
    const [, host = 'localhost', port = String(apiPort)] =
      /^https?:\/\/([^/:]+)(?::(\d+))?/.exec(serverUrl ?? '') ?? [];
    this.#host = host;
    this.#port = Number(port);
  }

  /** Carries a call out; instants in what it answers are `Date`s. */
  ask(name: string, args: readonly unknown[]): Promise<unknown> {
    return this.#environment.promise((resolve, reject) => {
      const where = this.#environment.where();
      const event = name === 'message.create' ? eventOf(args[1]) : undefined;
      if (event !== undefined && this.#environment.isHeld()) {
        this.#environment.holdBack({ broker: 'webhooks', event: event.type, data: event.data });
        resolve(this.#created(event));
        return;
      }
      const call: ApiCall = { number: this.#calls++, name, args: plain(args), where };
      this.#wire ??= this.#dial();
      if (this.#wire === undefined) {
        const refused = Object.assign(new Error(`connect ECONNREFUSED ${this.#host}:${this.#port}`), {
          code: 'ECONNREFUSED',
        });
        reject(Object.assign(new TypeError('fetch failed'), { cause: refused }));
        return;
      }
      this.#pending.set(call.number, { resolve, reject });
      if (event === undefined) this.#wire.send(call);
      else this.#wire.publish(publishedBy(call, event.type, event.data), true);
    });
  }

  /** What is held back is answered as one that was taken. */
  #created({ type, data }: { readonly type: string; readonly data: unknown }): unknown {
    const Now = this.#date;
    return { id: 'msg_held', eventType: type, payload: data, tags: [], timestamp: new Now() };
  }

  connected(): void {
    return;
  }

  receive(frame: unknown): unknown {
    const reply = frame as ApiReply;
    const pending = this.#pending.get(reply.number);
    this.#pending.delete(reply.number);
    if (reply.type === 'done') pending?.resolve(this.#withDates(reply.value));
    else pending?.reject(new ApiException(reply.code, reply.body));
    if (this.#pending.size === 0) {
      this.#wire?.hangUp();
      this.#wire = undefined;
    }
    return undefined;
  }

  hungUp(): void {
    this.#wire = undefined;
    const all = [...this.#pending.values()];
    this.#pending.clear();
    for (const { reject } of all) reject(new TypeError('fetch failed'));
  }

  #dial(): Wire | undefined {
    if (!local.includes(this.#host)) return undefined;
    return this.#environment.dial(this.#port, this, { noDelay: true });
  }

  #withDates(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((each) => this.#withDates(each));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => {
        if (name === 'payload' || name === 'metadata' || name === 'headers') return [name, each as unknown];
        return [name, instants.has(name) ? new this.#date(each as string) : this.#withDates(each)];
      }),
    );
  }
}

const instants = new Set(['createdAt', 'updatedAt', 'timestamp']);

function publishedBy(call: ApiCall, type: string, data: unknown): Published {
  return {
    type,
    data,
    isOwn: false,
    where: call.where,
    frameOf: (message) => ({ ...call, message }) satisfies ApiCall,
    halved: () => publishedBy(call, type, halfOfJson(data)),
  };
}

/** As it is on the wire. */
function plain(args: readonly unknown[]): readonly unknown[] {
  return JSON.parse(JSON.stringify(args)) as readonly unknown[];
}

/** What is published, when it can be; the sender says what is wrong with anything else. */
function eventOf(body: unknown): { readonly type: string; readonly data: unknown } | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const { eventType, payload } = body as { eventType?: unknown; payload?: unknown };
  if (typeof eventType !== 'string' || eventType === '') return undefined;
  return typeof payload === 'object' && payload !== null ? { type: eventType, data: payload } : undefined;
}
