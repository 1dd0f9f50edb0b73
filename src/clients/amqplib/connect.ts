import { nodeError, textOf } from '../node/node-error';
import { engine } from '../node/engine';
import { queryString } from '../node/query-string';
import type { WireEnvironment } from '../wire';
import { ConnectionCore } from './connection-core';

/** Where a connection goes, and as whom. */
export interface Address {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly virtualHost: string;
  readonly noDelay: boolean;
  readonly tuning: Tuning;
}

/** What the client and the broker agree on. 0 is no limit, or no heartbeat. */
export interface Tuning {
  readonly channelMax: number;
  readonly frameMax: number;
  /** Seconds. */
  readonly heartbeat: number;
}

/** Names of the machine that everything runs on. */
const local = ['localhost', '127.0.0.1', '::1', 'rabbitmq'];

/** Connects, and tells once the broker has let the client in. Throws for an address that is none. */
export function connect(
  environment: WireEnvironment,
  url: unknown,
  socketOptions: unknown,
  done: (error: Error | null, connection?: ConnectionCore) => void,
): void {
  const { noDelay, credentials } = (socketOptions || {}) as { noDelay?: unknown; credentials?: Credentials };
  const address = { ...addressOf(url), ...userOf(credentials), noDelay: Boolean(noDelay) };
  const mechanism = credentials?.mechanism ?? 'PLAIN';
  const connection = new ConnectionCore(environment, address, (error) => {
    if (error === null) done(null, connection);
    else done(error);
  });
  const isKnown = mechanisms.includes(mechanism);
  if (isKnown && local.includes(address.host) && connection.dial(address.port)) return;
  environment.node.schedule(
    0,
    environment.node.bind(() => {
      done(isKnown ? refused(address) : new Error(`SASL mechanism ${mechanism} is not provided by the server`));
    }),
  );
}

interface Credentials {
  readonly mechanism: string;
  readonly username?: string;
  readonly password?: string;
}

/** Ways to log in that RabbitMQ offers. */
const mechanisms = ['PLAIN', 'AMQPLAIN'];

function userOf(credentials: Credentials | undefined): Partial<Pick<Address, 'user' | 'password'>> {
  return credentials === undefined ? {} : { user: credentials.username ?? '', password: credentials.password ?? '' };
}

function refused({ host, port }: Address): Error {
  const isLocal = local.includes(host);
  const at = host === 'localhost' || host === 'rabbitmq' ? '127.0.0.1' : host;
  const [code, syscall] = isLocal ? ['ECONNREFUSED', 'connect'] : ['ENOTFOUND', 'getaddrinfo'];
  const message = isLocal ? `connect ECONNREFUSED ${at}:${port}` : `getaddrinfo ENOTFOUND ${host}`;
  const where = isLocal ? { address: at, port } : { hostname: host };
  return Object.assign(new Error(message), { errno: isLocal ? -111 : -3008, code, syscall, ...where });
}

type Place = Omit<Address, 'noDelay'>;

function addressOf(url: unknown): Place {
  if (typeof url === 'object' && url !== null) return addressOfOptions(url as Record<string, unknown>);
  const text = typeof url === 'string' && url !== '' ? url : 'amqp://localhost';
  let parts: InstanceType<typeof engine.URL> | undefined;
  try {
    parts = new engine.URL(text);
  } catch {
    parts = undefined;
  }
  checkProtocol(parts?.protocol ?? '');
  const { hostname = '', port = '', username = '', password = '', pathname = '' } = parts ?? {};
  const anonymous = username === '' && password === '';
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number.parseInt(port, 10) || 5672,
    user: anonymous ? 'guest' : unescaped(username),
    password: anonymous ? 'guest' : unescaped(password),
    virtualHost: unescaped(pathname.slice(1)) || '/',
    tuning: tuningOf(Object.fromEntries(parts?.searchParams ?? [])),
  };
}

function addressOfOptions(options: Record<string, unknown>): Place {
  const text = (name: string): string | undefined => (typeof options[name] === 'string' ? options[name] : undefined);
  checkProtocol(`${text('protocol') ?? 'amqp'}:`);
  const anonymous = options['username'] === undefined && options['password'] === undefined;
  return {
    host: text('hostname') ?? 'localhost',
    port: Number(options['port'] ?? 5672) || 5672,
    user: anonymous ? 'guest' : (text('username') ?? ''),
    password: anonymous ? 'guest' : (text('password') ?? ''),
    virtualHost: unescaped(text('vhost') ?? '') || '/',
    tuning: tuningOf(options),
  };
}

/** RabbitMQ offers 2 047 channels, frames of 128 KiB and a heartbeat of 60 s; amqplib asks for less, or for no heartbeat. */
function tuningOf({ channelMax, frameMax, heartbeat }: Readonly<Record<string, unknown>>): Tuning {
  const asked = (value: unknown, usual: number): number =>
    value === undefined || value === null ? usual : Number.parseInt(textOf(value), 10);
  const agreed = (offered: number, desired: number): number => (desired === 0 ? offered : Math.min(offered, desired));
  return {
    channelMax: agreed(2_047, asked(channelMax, 0)),
    frameMax: agreed(131_072, asked(frameMax, 131_072)),
    heartbeat: Math.min(60, asked(heartbeat, 60)),
  };
}

function checkProtocol(protocol: string): void {
  if (protocol === 'amqps:')
    throw nodeError(Error, 'ERR_NOT_SIMULATED', 'amqps: is not simulated: there is no TLS here. Use amqp://localhost.');
  if (protocol !== 'amqp:') throw new Error(`Expected amqp: or amqps: as the protocol; got ${protocol}`);
}

function unescaped(text: string): string {
  return queryString.unescape(text);
}
