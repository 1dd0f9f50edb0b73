import type { EmitterClass } from '../node/event-emitter';
import { createAgentClass } from './agent';
import { createClientRequestClass } from './client-request';
import { methodNames, statusTexts, validateHeaderName, validateHeaderValue } from './http-names';
import { createIncomingMessageClass } from './incoming-message';
import { createOutgoingMessageClass } from './outgoing-message';
import type { HttpParts } from './parts';
import { createReadableClass } from './readable';
import { createServerClass } from './server';
import { createServerResponseClass } from './server-response';
import { createSocketClass } from './socket';
import type { HttpTransport } from './transport';

export type HttpModule = ReturnType<typeof createHttp>;

/** `node:http` for one process. */
export function createHttp(transport: HttpTransport, EventEmitter: EmitterClass) {
  const parts: HttpParts = { transport, EventEmitter };
  const Socket = createSocketClass(parts);
  const IncomingMessage = createIncomingMessageClass(parts, createReadableClass(parts));
  const OutgoingMessage = createOutgoingMessageClass(parts);
  const ServerResponse = createServerResponseClass(parts, OutgoingMessage);
  const Server = createServerClass(parts, { Socket, IncomingMessage, ServerResponse });
  const Agent = createAgentClass(parts);
  const globalAgent = new Agent({ keepAlive: true, scheduling: 'lifo', timeout: 5000 });
  const ClientRequest = createClientRequestClass(
    parts,
    { Outgoing: OutgoingMessage, Socket, IncomingMessage, Agent },
    globalAgent,
  );
  const request = (...args: unknown[]) => new ClientRequest(...args);
  return {
    METHODS: methodNames,
    STATUS_CODES: statusTexts,
    Agent,
    ClientRequest,
    IncomingMessage,
    OutgoingMessage,
    Server: callable(Server),
    ServerResponse,
    createServer: (options?: unknown, listener?: unknown) => new Server(options, listener),
    validateHeaderName,
    validateHeaderValue,
    get: (...args: unknown[]) => request(...args).end(),
    request,
    maxHeaderSize: 16_384,
    globalAgent,
  };
}

/** A class that may be called without `new`, as old programs do. */
function callable<C extends new (...args: never[]) => object>(Class: C): C {
  return new Proxy(Class, { apply: (target, _self, args: never[]) => new target(...args) });
}
