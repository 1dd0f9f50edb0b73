import { nodeError } from '../node/node-error';
import type { WireEnvironment } from '../wire';
import { ApiConnection } from './api-connection';
import { ApiException } from './api-exception';
import { createWebhookClass, type StandardWebhooks } from './webhook-class';

/** What of the API is there, by the part of the client that has it. */
const calls: Readonly<Record<string, readonly string[]>> = {
  application: ['create', 'getOrCreate', 'get', 'list', 'delete'],
  endpoint: [
    'create',
    'list',
    'get',
    'update',
    'patch',
    'delete',
    'getHeaders',
    'updateHeaders',
    'getSecret',
    'rotateSecret',
    'recover',
    'replayMissing',
  ],
  message: ['create', 'list', 'get'],
  messageAttempt: ['listByMsg', 'listByEndpoint', 'resend'],
};

/** What people call and is not there, and what is there instead. */
const absent: Readonly<Record<string, string>> = {
  'application.update': 'Delete it and create another one.',
  'application.patch': 'Delete it and create another one.',
  'endpoint.sendExample': 'Use message.create.',
  'endpoint.getStats': 'The view of attempts shows an endpoint’s figures.',
  'endpoint.patchHeaders': 'Use endpoint.updateHeaders.',
  'endpoint.headersUpdate': 'Use endpoint.updateHeaders.',
  'endpoint.transformationGet': 'A payload is sent as it is.',
  'endpoint.transformationPartialUpdate': 'A payload is sent as it is.',
  'message.expungeContent': 'Payloads stay.',
  'messageAttempt.get': 'Use messageAttempt.listByMsg.',
  'messageAttempt.expungeContent': 'Responses stay.',
  'messageAttempt.listAttemptedMessages': 'Use messageAttempt.listByEndpoint.',
  'messageAttempt.listAttemptedDestinations': 'Use messageAttempt.listByMsg.',
};

const absentParts: Readonly<Record<string, string>> = {
  authentication: 'There is no application portal; the view of attempts takes its place.',
  backgroundTask: 'Recovering and replaying is done when the call returns.',
  connector: 'Create endpoints.',
  environment: 'Settings stand in the scenario, in brokers.webhooks.',
  eventType: 'Event types need no declaration.',
  health: 'The service is always up.',
  ingest: 'Only the sending side is there.',
  integration: 'Tokens are not checked.',
  management: 'Tokens are not checked.',
  operationalWebhook: 'The log says when attempts are exhausted and when an endpoint is disabled.',
  operationalWebhookEndpoint: 'The log says when attempts are exhausted and when an endpoint is disabled.',
  statistics: 'The view of attempts shows figures.',
  streaming: 'Create endpoints.',
};

export interface SvixParts {
  readonly environment: WireEnvironment;
  /** The process's own. */
  readonly Date: DateConstructor;
  readonly standardWebhooks: StandardWebhooks;
}

/** The package `svix`, made for one process: `Svix`, `Webhook`, and the errors. */
export function createSvix({ environment, Date, standardWebhooks }: SvixParts): object {
  class Svix {
    readonly #connection: ApiConnection;

    constructor(token?: unknown, options?: { readonly serverUrl?: string }) {
      if (typeof token !== 'string')
        throw new TypeError('Svix takes a token: new Svix("testsk_…"). Any text will do here.');
      this.#connection = new ApiConnection(environment, options?.serverUrl, Date);
    }

    /** The methods of one part. */
    static partOf(svix: Svix, part: string): object {
      return partOf(part, calls[part] ?? [], svix.#connection);
    }
  }
  for (const part of Object.keys(calls))
    Object.defineProperty(Svix.prototype, part, {
      get(this: Svix) {
        return Svix.partOf(this, part);
      },
    });
  for (const [part, sentence] of Object.entries(absentParts))
    Object.defineProperty(Svix.prototype, part, { get: () => notSimulated(part, sentence) });

  const { WebhookVerificationError } = standardWebhooks;
  const Webhook = createWebhookClass(standardWebhooks);
  return { Svix, Webhook, ApiException, WebhookVerificationError };
}

function partOf(part: string, names: readonly string[], connection: ApiConnection): object {
  const methods: Record<string, unknown> = {};
  for (const name of names) methods[name] = (...args: unknown[]) => connection.ask(`${part}.${name}`, args);
  for (const [name, sentence] of Object.entries(absent)) {
    const [owner, method = ''] = name.split('.');
    if (owner === part) methods[method] = () => notSimulated(name, sentence);
  }
  return methods;
}

function notSimulated(name: string, sentence: string): never {
  throw nodeError(Error, 'ERR_NOT_SIMULATED', `svix.${name} is not simulated: ${sentence}`);
}
