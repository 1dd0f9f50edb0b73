import { assert } from '../../kernel/assert';
import type { Message } from '../../log/envelope';
import type { BrokerPort, EndpointChange, Recovery } from '../broker';
import { refusedAddress } from './address-policy';
import { conflict, invalid, notFound } from './api-error';
import { applicationOut, attemptOut, endpointOut, listOut, messageOut, taskOut } from './api-views';
import { secretsAt } from './attempts';
import { Fields, isSecret, secretRule } from './fields';
import {
  createEndpoint,
  rotateSecret,
  storedOf,
  wants,
  type Application,
  type Endpoint,
  type Sending,
  type StoredMessage,
} from './parts';
import { recover, recoverFailed, sendMissing } from './recover';
import type { Sender } from './sender';
import { targetOf } from './target';
import type { From, WebhooksLog } from './webhooks-log';

export interface ApiOptions {
  readonly port: BrokerPort;
  readonly log: WebhooksLog;
  readonly sender: Sender;
}

/** What an API call is made with, besides its arguments. */
export interface Asked extends From {
  /** Of `message.create`: what the log calls it. */
  readonly message: Message | undefined;
}

type Call = (args: readonly unknown[], asked: Asked) => unknown;

const uidChars = /^[a-zA-Z0-9\-_.]{1,256}$/;
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/**
 * The part of Svix's API that is simulated: applications, endpoints, messages, attempts, by the names of its JavaScript client. Each call answers
 * at once, or is refused with an `ApiError`; `ids` take a uid as well. After the OpenAPI document of Svix, api.svix.com.
 */
export class Api {
  readonly #options: ApiOptions;
  readonly #applications: Application[] = [];
  /** By idempotency key: what the call with it had answered. */
  readonly #answered = new Map<string, unknown>();
  readonly #counts = { app: 0, ep: 0, qtask: 0 };

  constructor(options: ApiOptions) {
    this.#options = options;
  }

  /** Answers a call. One with the idempotency key of an earlier one of its name gets what that one got. */
  call(name: string, args: readonly unknown[], asked: Asked): { readonly value: unknown; readonly isRepeat: boolean } {
    const call = this.#calls[name];
    if (call === undefined) throw notFound(name);
    const options = args.at(-1);
    const given = typeof options === 'object' && options !== null ? (options as { idempotencyKey?: unknown }) : {};
    const key = typeof given.idempotencyKey === 'string' ? `${name} ${given.idempotencyKey}` : undefined;
    if (key !== undefined && this.#answered.has(key)) return { value: this.#answered.get(key), isRepeat: true };
    const value = call(args, asked);
    if (key !== undefined) this.#answered.set(key, value);
    return { value, isRepeat: false };
  }

  /** Goes to all applications: a message that was published by hand. */
  publish(message: Message, cause: number): boolean {
    for (const application of this.#applications)
      this.#accept(application, storedOf(message, application, this.#nowMs), cause);
    return this.#applications.length > 0;
  }

  /** Sends a message once more to an endpoint, or to every one that it went to, by the names that the log has for them. */
  resend(message: string, queue: string | undefined, cause: number): boolean {
    const sendings = this.#applications
      .flatMap(({ endpoints }) => endpoints)
      .filter((endpoint) => queue === undefined || endpoint.queue === queue)
      .flatMap((endpoint) => endpoint.sendings)
      .filter((sending) => sending.stored.message.id === message);
    for (const sending of sendings) this.#options.sender.resend(sending, cause);
    return sendings.length > 0;
  }

  /** By the name that the log has for the endpoint. Says why nothing is sent. */
  recover(queue: string, what: Recovery, cause: number): string | undefined {
    const endpoint = this.#called(queue);
    if (endpoint === undefined) return `There is no endpoint ${queue}.`;
    return recover(endpoint, what, this.#options.sender, cause);
  }

  /** By the name that the log has for the endpoint. Says why it stays as it is. */
  changeByHand(queue: string, change: EndpointChange, cause: number): string | undefined {
    const endpoint = this.#called(queue);
    if (endpoint === undefined) return `There is no endpoint ${queue}.`;
    const from = { cause, where: undefined };
    if (change.type === 'rotate-secret') {
      const { secret } = change;
      if (secret !== undefined && !isSecret(secret)) return secretRule;
      this.#rotate(endpoint, secret, from);
      return undefined;
    }
    const disabled = change.type === 'disable';
    if (disabled === (endpoint.disabled !== undefined)) return `${queue} is ${change.type}d already.`;
    this.#change(endpoint, { disabled }, from);
    return undefined;
  }

  readonly #calls: Readonly<Record<string, Call>> = {
    'application.create': ([given]) => applicationOut(this.#createApplication(given), this.#time),
    'application.getOrCreate': ([given]) => {
      const uid = new Fields(given, 'body').optionalText('uid');
      const known = uid === undefined ? undefined : this.#applications.find((each) => each.uid === uid);
      return applicationOut(known ?? this.#createApplication(given), this.#time);
    },
    'application.get': ([id]) => applicationOut(this.#application(id), this.#time),
    'application.list': ([page]) =>
      listOut(
        this.#applications.map((each) => applicationOut(each, this.#time)),
        page,
      ),
    'application.delete': ([id], asked) => {
      const application = this.#application(id);
      for (const endpoint of [...application.endpoints]) this.#delete(endpoint, asked);
      this.#applications.splice(this.#applications.indexOf(application), 1);
    },
    'endpoint.create': ([id, given], asked) =>
      endpointOut(this.#create(this.#application(id), given, asked), this.#time),
    'endpoint.list': ([id, page]) =>
      listOut(
        this.#application(id).endpoints.map((each) => endpointOut(each, this.#time)),
        page,
      ),
    'endpoint.get': ([id, endpoint]) => endpointOut(this.#endpoint(id, endpoint), this.#time),
    'endpoint.update': ([id, endpoint, given], asked) => {
      const fresh = {
        description: '',
        filterTypes: null,
        channels: null,
        rateLimit: null,
        disabled: false,
        metadata: {},
      };
      const known = this.#find(id, endpoint);
      if (known === undefined) return endpointOut(this.#create(this.#application(id), given, asked), this.#time);
      return this.#change(known, { ...fresh, ...Fields.of(given, 'body') }, asked);
    },
    'endpoint.patch': ([id, endpoint, given], asked) => this.#change(this.#endpoint(id, endpoint), given, asked),
    'endpoint.delete': ([id, endpoint], asked) => {
      this.#delete(this.#endpoint(id, endpoint), asked);
    },
    'endpoint.getHeaders': ([id, endpoint]) => ({ headers: this.#endpoint(id, endpoint).headers, sensitive: [] }),
    'endpoint.updateHeaders': ([id, endpoint, given]) => {
      this.#endpoint(id, endpoint).headers = new Fields(given, 'body').headers('headers');
    },
    'endpoint.getSecret': ([id, endpoint]) => ({ key: secretsAt(this.#endpoint(id, endpoint), this.#nowMs)[0] }),
    'endpoint.rotateSecret': ([id, endpoint, given], asked) => {
      this.#rotate(this.#endpoint(id, endpoint), new Fields(given ?? {}, 'body').secret('key'), asked);
    },
    'endpoint.recover': ([id, name, given], { cause }) => {
      recoverFailed(this.#endpoint(id, name), this.#since(given), this.#options.sender, cause);
      return taskOut(`qtask_${String(++this.#counts.qtask)}`, 'endpoint.recover');
    },
    'endpoint.replayMissing': ([id, name, given], { cause }) => {
      sendMissing(this.#endpoint(id, name), this.#since(given), this.#options.sender, cause);
      return taskOut(`qtask_${String(++this.#counts.qtask)}`, 'endpoint.replay');
    },
    'message.create': ([id, given], asked) =>
      messageOut(this.#createMessage(this.#application(id), given, asked), this.#time),
    'message.list': ([id, page]) =>
      listOut(
        [...this.#application(id).messages].reverse().map((each) => messageOut(each, this.#time)),
        page,
      ),
    'message.get': ([id, message]) => messageOut(this.#message(id, message), this.#time),
    'messageAttempt.listByMsg': ([id, message, page]) => {
      const stored = this.#message(id, message);
      return this.#attemptsOf(
        this.#sendings(id).filter((sending) => sending.stored === stored),
        page,
      );
    },
    'messageAttempt.listByEndpoint': ([id, endpoint, page]) =>
      this.#attemptsOf(this.#endpoint(id, endpoint).sendings, page),
    'messageAttempt.resend': ([id, message, name], { cause }) => {
      const stored = this.#message(id, message);
      const sending = this.#endpoint(id, name).sendings.find((each) => each.stored === stored);
      if (sending === undefined) throw notFound(`message ${stored.id} of endpoint ${String(name)}`);
      this.#options.sender.resend(sending, cause);
      return {};
    },
  };

  get #nowMs(): number {
    return this.#options.port.nowMs;
  }

  readonly #time = (atMs: number): string => this.#options.port.timeText(atMs);

  // Applications.

  #application(id: unknown): Application {
    const found = this.#applications.find((each) => each.id === id || (each.uid !== undefined && each.uid === id));
    if (found === undefined) throw notFound(`application ${String(id)}`);
    return found;
  }

  #createApplication(given: unknown): Application {
    const fields = new Fields(given, 'body');
    const name = fields.text('name');
    const uid = fields.optionalText('uid', uidChars);
    if (uid !== undefined && this.#applications.some((each) => each.uid === uid))
      throw conflict(`An application with uid ${uid} exists already`);
    const application: Application = {
      id: `app_${String(++this.#counts.app)}`,
      uid,
      name,
      metadata: fields.texts('metadata'),
      createdAtMs: this.#nowMs,
      updatedAtMs: this.#nowMs,
      endpoints: [],
      messages: [],
    };
    this.#applications.push(application);
    return application;
  }

  // Endpoints.

  /** By its name in the log. */
  #called(queue: string): Endpoint | undefined {
    return this.#applications.flatMap(({ endpoints }) => endpoints).find((each) => each.queue === queue);
  }

  #endpoint(application: unknown, id: unknown): Endpoint {
    const found = this.#find(application, id);
    if (found === undefined) throw notFound(`endpoint ${String(id)}`);
    return found;
  }

  #find(application: unknown, id: unknown): Endpoint | undefined {
    const { endpoints } = this.#application(application);
    return endpoints.find((each) => each.id === id || (each.uid !== undefined && each.uid === id));
  }

  #create(application: Application, given: unknown, asked: Asked): Endpoint {
    const fields = new Fields(given, 'body');
    const id = `ep_${String(++this.#counts.ep)}`;
    const settings = {
      uid: fields.optionalText('uid', uidChars),
      url: this.#url(fields.text('url')),
      description: fields.optionalText('description') ?? '',
      filterTypes: fields.list('filterTypes'),
      channels: fields.list('channels'),
      rateLimit: fields.count('rateLimit') ?? fields.count('throttleRate'),
      headers: fields.headers('headers'),
      metadata: fields.texts('metadata'),
      disabled: fields.flag('disabled') === true ? ('asked' as const) : undefined,
    };
    const taken = application.endpoints.find((each) => each.uid !== undefined && each.uid === settings.uid);
    if (taken) throw conflict(`An endpoint with uid ${String(taken.uid)} exists already`);
    const key = fields.secret('secret') ?? this.#newSecret();
    const endpoint = createEndpoint(id, application, settings, { key, atMs: this.#nowMs });
    application.endpoints.push(endpoint);
    this.#announce(endpoint, asked);
    return endpoint;
  }

  /** A URL that no request can ever be sent to. What the address policy refuses is told by the attempts. */
  #url(url: string): string {
    if (/^https:/i.test(url)) throw invalid('body.url', 'https is not simulated: use http://');
    const target = targetOf(url);
    if (target === undefined) throw invalid('body.url', 'not an address like http://shop:3000/hooks');
    return url;
  }

  /** Gives it its name in the log, and says who listens there. */
  #announce(endpoint: Endpoint, asked: From): void {
    const { log, port, sender } = this.#options;
    const { host = endpoint.url, path = '', hostname = '', port: at = 80 } = targetOf(endpoint.url) ?? {};
    const name = `${host}${path}`;
    const isTaken = this.#applications.some(({ endpoints }) =>
      endpoints.some((each) => each !== endpoint && !each.deleted && each.queue === name),
    );
    endpoint.queue = isTaken ? `${name} ${endpoint.id}` : name;
    log.endpoint(endpoint, asked);
    const isRefused = refusedAddress(hostname, sender.settings.allowedAddresses) !== undefined;
    const service = isRefused ? undefined : port.serviceAt(hostname, at);
    endpoint.subscription = service === undefined ? '' : port.nextId('subscription');
    endpoint.service = service;
    const { retryScheduleMs, timeoutMs } = sender.settings;
    if (service !== undefined) log.listens(endpoint, service, { attempts: retryScheduleMs.length, timeoutMs }, asked);
  }

  #change(endpoint: Endpoint, given: unknown, asked: From): unknown {
    const fields = new Fields(given, 'body');
    const { log, sender } = this.#options;
    const before = { url: endpoint.url, types: endpoint.filterTypes?.join() };
    if (fields.has('url')) endpoint.url = this.#url(fields.text('url'));
    if (fields.has('uid')) endpoint.uid = fields.optionalText('uid', uidChars);
    if (fields.has('description')) endpoint.description = fields.optionalText('description') ?? '';
    if (fields.has('filterTypes')) endpoint.filterTypes = fields.list('filterTypes');
    if (fields.has('channels')) endpoint.channels = fields.list('channels');
    if (fields.has('rateLimit') || fields.has('throttleRate'))
      endpoint.rateLimit = fields.count('rateLimit') ?? fields.count('throttleRate');
    if (fields.has('metadata')) endpoint.metadata = fields.texts('metadata');
    endpoint.updatedAtMs = this.#nowMs;
    const disabled = fields.flag('disabled');
    if (disabled === false && endpoint.disabled !== undefined) {
      endpoint.disabled = undefined;
      endpoint.clock.succeeded();
    }
    if (before.url !== endpoint.url || before.types !== endpoint.filterTypes?.join()) {
      if (endpoint.service !== undefined) log.listensNoMore(endpoint, endpoint.service, asked);
      this.#announce(endpoint, asked);
    } else if (disabled !== true) log.endpoint(endpoint, asked);
    if (disabled === true && endpoint.disabled === undefined) sender.disable(endpoint, 'asked', asked);
    return endpointOut(endpoint, this.#time);
  }

  #delete(endpoint: Endpoint, asked: Asked): void {
    const { endpoints } = endpoint.application;
    endpoints.splice(endpoints.indexOf(endpoint), 1);
    if (endpoint.service !== undefined) this.#options.log.listensNoMore(endpoint, endpoint.service, asked);
    this.#options.sender.remove(endpoint, asked);
  }

  #rotate(endpoint: Endpoint, key: string | undefined, asked: From): void {
    rotateSecret(endpoint, key ?? this.#newSecret(), this.#nowMs);
    this.#options.log.endpoint(endpoint, asked);
  }

  #newSecret(): string {
    const chars = Array.from({ length: 32 }, () => alphabet.charAt(Math.floor(this.#options.port.chance() * 64)));
    return `whsec_${chars.join('')}`;
  }

  // Messages.

  #message(application: unknown, id: unknown): StoredMessage {
    const { messages } = this.#application(application);
    const found = messages.find((each) => each.id === id || (each.eventId !== undefined && each.eventId === id));
    if (found === undefined) throw notFound(`message ${String(id)}`);
    return found;
  }

  #createMessage(application: Application, given: unknown, { message, cause }: Asked): StoredMessage {
    const fields = new Fields(given, 'body');
    const eventType = fields.text('eventType');
    const eventId = fields.optionalText('eventId', uidChars);
    const payload = fields.value('payload');
    if (typeof payload !== 'object' || payload === null) throw invalid('body.payload', 'value is not a valid dict');
    assert(message !== undefined, 'a message that can be sent was published');
    if (eventId !== undefined && application.messages.some((each) => each.eventId === eventId))
      throw conflict(`A message with eventId ${eventId} exists already`);
    const stored: StoredMessage = {
      ...storedOf(message, application, this.#nowMs),
      ...(typeof message.data === 'string' ? {} : { body: JSON.stringify(payload) }),
      eventType,
      eventId,
      channels: fields.list('channels'),
      tags: fields.list('tags') ?? [],
    };
    this.#accept(application, stored, cause);
    return stored;
  }

  #accept(application: Application, stored: StoredMessage, cause: number): void {
    const { log, sender } = this.#options;
    application.messages.push(stored);
    const endpoints = application.endpoints.filter((each) => each.disabled === undefined && wants(each, stored));
    const seq = log.routed(stored, endpoints, cause);
    for (const endpoint of endpoints) sender.send(stored, endpoint, seq);
  }

  #since(given: unknown): number {
    const since = Date.parse(new Fields(given, 'body').text('since'));
    if (Number.isNaN(since)) throw invalid('body.since', 'invalid datetime format');
    return since - Date.parse(this.#time(0));
  }

  #sendings(application: unknown): readonly Sending[] {
    return this.#application(application).endpoints.flatMap((endpoint) => endpoint.sendings);
  }

  /** The newest first. */
  #attemptsOf(sendings: readonly Sending[], page: unknown): unknown {
    const all = sendings.flatMap((sending) => sending.attempts.map((attempt) => ({ sending, attempt })));
    all.sort(
      (one, other) => other.attempt.startedAtMs - one.attempt.startedAtMs || other.attempt.number - one.attempt.number,
    );
    return listOut(
      all.map(({ sending, attempt }) => attemptOut(sending, attempt, this.#time)),
      page,
    );
  }
}
