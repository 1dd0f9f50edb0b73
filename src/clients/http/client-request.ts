import { behind } from '../node/behind';
import type { Listener } from '../node/event-emitter';
import type { Agent, AgentClass } from './agent';
import { CallOut, type ClientClasses } from './call-out';
import type { IncomingMessage } from './incoming-message';
import type { OutgoingMessage, OutgoingMessageClass } from './outgoing-message';
import { type HttpParts, nextTick } from './parts';
import { btoaOf, requestOptions } from './request-options';
import { pairsOf } from './header-list';

export interface ClientRequest extends OutgoingMessage {
  readonly method: string;
  readonly path: string;
  readonly host: string;
}

export type ClientRequestClass = new (...args: unknown[]) => ClientRequest;

const callOutOf = (face: object): CallOut => behind(face) as CallOut;

/** `http.ClientRequest`: a request that a process makes. */
export function createClientRequestClass(
  parts: HttpParts,
  classes: ClientClasses & { readonly Outgoing: OutgoingMessageClass; readonly Agent: AgentClass },
  globalAgent: Agent,
): ClientRequestClass {
  class ClientRequest extends classes.Outgoing {
    declare readonly method: string;
    declare readonly path: string;
    declare readonly host: string;
    declare readonly protocol: string;
    declare reusedSocket: boolean;
    declare aborted: boolean;
    declare res: IncomingMessage | null;

    constructor(...args: unknown[]) {
      const options = requestOptions(args);
      const call = new CallOut(parts, options, classes);
      super(call);
      // Assigned, and in the order in which they are printed: engines take several times as long for fields.
      this.method = options.method;
      this.path = options.path;
      this.host = options.hostname;
      this.protocol = 'http:';
      this.reusedSocket = false;
      this.aborted = false;
      this.res = null;
      for (const [name, value] of pairsOf(options.headers)) this.setHeader(name, value);
      const { headers } = call;
      if (!headers.get('host')) headers.set('Host', options.place);
      if (options.auth !== undefined && !headers.has('authorization'))
        headers.set('Authorization', `Basic ${btoaOf(options.auth)}`);
      // As in Node, who expects something sends the head at once and the body once it may.
      if (headers.has('expect')) call.flushHeaders();
      if (options.callback !== undefined) this.once('response', options.callback);
      if (options.timeoutMs > 0) call.setTimeout(options.timeoutMs);
      if (options.signal !== undefined) call.watch(options.signal);
      call.beginBy(options.agent === false ? new classes.Agent() : (options.agent ?? globalAgent));
    }

    setTimeout(delayMs: unknown, callback?: unknown): this {
      if (typeof callback === 'function') this.once('timeout', callback as Listener);
      callOutOf(this).setTimeout(Number(delayMs) || 0);
      return this;
    }

    setNoDelay(): void {
      // Requests leave at once.
    }

    setSocketKeepAlive(): void {
      // Connections are kept alive.
    }

    abort(): void {
      if (this.aborted) return;
      this.aborted = true;
      nextTick(parts, (request) => request.emit('abort'), this);
      this.destroy();
    }

    override destroy(error?: unknown): this {
      callOutOf(this).destroy(error);
      return this;
    }
  }
  return ClientRequest;
}
