import { Chain } from '../kernel/chain';
import type { BrokerCall, BrokerCaller, BrokerRequest } from '../brokers/broker';
import { requestTarget } from '../clients/http/request-url';
import type { Caller, HttpTransport, RequestHead, ResponseHead } from '../clients/http/transport';
import { encodeText } from '../clients/node/encoding';
import type { Intervention } from '../log/entry';
import { HeldCall } from './held-call';
import { bodyText, joined } from './http-body';
import { failureCodes } from './call-failures';
import { HttpCall } from './http-call';
import { HttpPorts } from './http-ports';
import { brokerRequester, outside, ProcessRequester, type Requester } from './http-requester';
import type { Life } from './life';
import type { World } from './world';

type RequestByHand = Extract<Intervention, { readonly type: 'http.request' }>;

/** They change nothing where they arrive (RFC 9110, 9.2.1), and so are made where effects are held back. */
const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

const nothing = (): void => undefined;
const nobody: Caller = { answered: nothing, data: nothing, ended: nothing, failed: nothing };

/** HTTP between the processes of a run, and from outside: who listens, and the calls under way. */
export class HttpCalls {
  readonly #world: World;
  readonly #ports: HttpPorts;
  readonly #open = new Chain<HttpCall>();
  #calls = 0;

  constructor(world: World) {
    this.#world = world;
    this.#ports = new HttpPorts(world.scenario.processes, world);
  }

  transport(life: Life): HttpTransport {
    const { turn, sources } = this.#world;
    life.onRetire(() => {
      for (const call of this.#open.all((each) => each.isOfMainFile(life))) call.abandoned();
    });
    return {
      node: life.environment,
      promise: (executor) => turn.promise(executor),
      isHeld: () => life.context.muted === true,
      placeOf: (error) => sources.where(turn.thrownAt(error)),
      listen: (port, host, accept) => this.#ports.listen(life, port, host, accept),
      connect: (hostname, port) => (this.#ports.isTaken(hostname, port) ? life.hold() : undefined),
      request: (head, caller) =>
        life.context.muted === true && !safeMethods.has(head.method)
          ? new HeldCall(life, head, caller)
          : this.#begin(new ProcessRequester(this.#world, life), head, caller),
    };
  }

  /** A request from outside, which nobody in the run waits for. Says why there is none when it cannot be sent. */
  requestByHand(request: RequestByHand, cause: number): string | undefined {
    const target = requestTarget(request.url);
    if (target === undefined) return `No request can be sent to ${request.url}.`;
    const { method, headers: given, body: text } = request;
    const body = encodeText(text ?? '', 'utf8');
    const { host, hostname, port, path } = target;
    const has = (name: string): boolean => given.some((each, at) => at % 2 === 0 && each.toLowerCase() === name);
    const headers = [
      ...(has('host') ? [] : ['Host', host]),
      ...given,
      ...(body.length === 0 || has('content-length') || has('transfer-encoding')
        ? []
        : ['Content-Length', String(body.length)]),
    ];
    this.#begin(outside(cause), { method, hostname, port, path, headers, body }, nobody);
    return undefined;
  }

  serviceAt(hostname: string, port: number): string | undefined {
    return this.#ports.serviceAt(hostname, port);
  }

  /** A request of a broker. */
  requestOf(broker: string, request: BrokerRequest, caller: BrokerCaller): BrokerCall {
    let head: ResponseHead = { status: 0, statusText: '', headers: [] };
    const pieces: Uint8Array[] = [];
    return this.#begin(brokerRequester(broker, request.delivery, request.cause), request, {
      received: (process, cause) => {
        caller.received(process, cause);
      },
      answered: (answer) => {
        head = answer;
      },
      data: (bytes) => {
        pieces.push(bytes);
      },
      ended: (cause) => {
        caller.answered({ ...head, body: bodyText(joined(pieces)) ?? '' }, cause);
      },
      failed: ({ type }, cause) => {
        caller.failed(failureCodes[type], cause);
      },
    });
  }

  #begin(requester: Requester, head: RequestHead, caller: Caller): HttpCall {
    const [world, ports, open] = [this.#world, this.#ports, this.#open];
    const call = new HttpCall({ world, ports, open, requester, head, caller, number: this.#calls++ });
    call.begin();
    return call;
  }

  /** Requests that the process handles and has not answered. */
  countIn(life: Life): number {
    return this.#open.all((call) => call.server === life).length;
  }

  processGone(process: string, cause: number): void {
    this.#gone((life) => life?.process === process, cause);
  }

  /** A life that another one has replaced is over. */
  lifeGone(life: Life, cause: number): void {
    this.#gone((other) => other === life, cause);
  }

  #gone(isMeant: (life: Life | undefined) => boolean, cause: number): void {
    this.#ports.gone(isMeant);
    for (const call of this.#open.all()) {
      if (isMeant(call.client)) call.callerGone(cause);
      else if (isMeant(call.server)) call.serverGone(cause);
    }
  }
}
