import { enFormat as f } from './format';

/** The view of webhooks' attempts. */
export const enAttempts = {
  title: 'Webhook attempts',
  fact: (endpoints: number, attempts: number) =>
    `${f.number(endpoints)} ${f.plural(endpoints, { one: 'endpoint', other: 'endpoints' })}, ${f.number(attempts)} ${f.plural(attempts, { one: 'attempt', other: 'attempts' })}`,
  endpoints: 'Endpoints',
  messages: 'Messages',
  column: {
    endpoint: 'Endpoint',
    state: 'State',
    success: 'Success',
    p50: 'p50',
    p95: 'p95',
    next: 'Next attempt',
  },
  none: '–',
  active: 'active',
  failing: 'failing',
  disabled: {
    asked: 'disabled by hand',
    gone: 'disabled: it answered 410',
    failing: 'disabled: all attempts failed too long',
  },
  inTime: (time: string) => `in ${time}`,
  all: 'All endpoints',
  only: (endpoint: string) => `Only ${endpoint}`,
  noMessages: 'No message has gone to an endpoint yet.',
  noMessagesThen: 'Run on: each message gets a line of its own here, with its attempts and the waits between them.',
  more: (count: number) =>
    `${f.number(count)} earlier ${f.plural(count, { one: 'message', other: 'messages' })} not shown. Choose an endpoint to see its own.`,
  state: {
    queued: 'waits for its turn',
    sending: 'under way',
    waiting: 'waits for the next attempt',
    delivered: 'delivered',
    exhausted: 'given up',
    stopped: 'stopped with the endpoint',
  },
  attempt: (number: number, result: string) => `Attempt ${f.number(number)}: ${result}`,
  manual: 'by hand',
  pending: 'under way',
  answered: (status: number) => `answered ${String(status)}`,
  reason: {
    threw: 'threw',
    timeout: 'no answer in time',
    limit: 'stopped at a limit',
    refused: 'refused',
    status: 'not 2xx',
    unreachable: 'nobody answers',
    policy: 'refused by the address policy',
  },
  /** Under an attempt that got no answer. */
  short: {
    threw: 'threw',
    timeout: 'timeout',
    limit: 'limit',
    refused: 'refused',
    status: 'not 2xx',
    unreachable: 'down',
    policy: 'policy',
  },
  recover: {
    open: (endpoint: string) => `Send ${endpoint} again…`,
    which: { failed: 'What failed for good, one attempt each', missing: 'What never went to it, on its schedule' },
    since: 'Created since, ms',
    wrongInstant: 'An instant is a number of milliseconds from 0.',
    send: 'Send',
  },
  /** The endpoint is sent nothing again. */
  refused: {
    failed: 'Nothing was sent: since then nothing has failed there for good.',
    missing: 'Nothing was sent: since then it has missed nothing.',
    disabled: 'Nothing was sent: it is disabled.',
  },
  /** In what goes to the endpoint now. */
  twoSecrets: (until: string) => `signed with two secrets until ${until}`,
  disableTip: 'It gets nothing from now on, and what waits for it is not sent any more.',
  enableTip: 'It gets what is created from now on. What it has missed can be sent as well.',
  rotateTip: 'What it gets is signed with a new secret, and for 24 hours with the one before too.',
  resend: (message: string, endpoint: string) => `Resend ${message} to ${endpoint}`,
};

export const enEndpointIntervention = {
  'endpoint.disable': (queue: string) => `Disable ${queue}`,
  'endpoint.enable': (queue: string) => `Enable ${queue}`,
  'endpoint.rotate-secret': (queue: string) => `New secret for ${queue}`,
};
