import type { Message } from '../../log/envelope';
import {
  nobody,
  type BatchLine,
  type BrokerPort,
  type EndpointChange,
  type Recovery,
  type Server,
  type Session,
} from '../broker';
import { Api } from './api';
import { ApiError } from './api-error';
import type { ApiCall, ApiReply } from './protocol';
import { Sender, svixSettings, type SenderSettings } from './sender';
import { WebhooksLog } from './webhooks-log';

/**
 * A sender of webhooks as Svix is one. Applications have endpoints, each with a URL, a filter, a secret; what is created for an application is
 * posted to all that want it, signed after Standard Webhooks, until each has answered with 2xx or the schedule is over.
 */
export class Webhooks implements Server {
  readonly kind = 'webhooks';
  readonly name: string;
  readonly #api: Api;
  readonly #log: WebhooksLog;
  readonly #sender: Sender;
  isStopped = false;

  constructor(name: string, settings: Partial<SenderSettings>, port: BrokerPort) {
    this.name = name;
    const all = { ...svixSettings, ...settings };
    this.#log = new WebhooksLog(name, port, all.allowedAddresses);
    const sender = new Sender(port, this.#log, all);
    this.#sender = sender;
    this.#api = new Api({ port, log: this.#log, sender });
  }

  /** What it has is on disk; what is due meanwhile is sent once it is started. Attempts under way end as they end. */
  stop(): void {
    this.isStopped = true;
    this.#sender.pause();
  }

  start(): void {
    this.isStopped = false;
    this.#sender.resume();
  }

  connect(line: BatchLine, cause: number): Session {
    if (this.isStopped) return nobody(line, cause);
    return {
      receive: (frame, cause) => {
        this.#answer(line, frame as ApiCall, cause);
      },
      hungUp: () => undefined,
    };
  }

  /** Endpoints stay, whoever listens there. */
  processGone(): void {
    return;
  }

  configure(): boolean {
    return false;
  }

  /** Published by hand: for the endpoints of all applications. */
  accept(message: Message, cause: number): void {
    if (this.isStopped) this.#log.dropped(message.id, 'broker-stopped', undefined, cause);
    else if (!this.#api.publish(message, cause)) this.#log.dropped(message.id, 'no-subscriber', undefined, cause);
  }

  resend(message: string, queue: string | undefined, cause: number): boolean {
    return this.#api.resend(message, queue, cause);
  }

  recover(queue: string, what: Recovery, cause: number): string | undefined {
    return this.#api.recover(queue, what, cause);
  }

  changeEndpoint(queue: string, change: EndpointChange, cause: number): string | undefined {
    return this.#api.changeByHand(queue, change, cause);
  }

  #answer(line: BatchLine, { number, name, args, where, message }: ApiCall, cause: number): void {
    const reply = (answer: ApiReply): void => {
      line.send(answer, cause);
    };
    try {
      const { value, isRepeat } = this.#api.call(name, args, { cause, where, message });
      if (isRepeat && message) this.#log.dropped(message.id, 'duplicate', undefined, cause);
      reply({ type: 'done', number, value });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const { code, body } = error;
      if (message) this.#log.dropped(message.id, code === 409 ? 'duplicate' : 'refused', undefined, cause);
      reply({ type: 'refused', number, code, body });
    }
  }
}
