import { engine } from '../node/engine';
import { queryString } from '../node/query-string';

export interface RedisOptions {
  readonly host?: string;
  readonly port?: number | string;
  readonly db?: number;
  readonly password?: string | null;
  readonly keyPrefix?: string;
  readonly connectionName?: string | null;
  readonly lazyConnect?: boolean;
  readonly noDelay?: boolean;
  readonly enableOfflineQueue?: boolean;
  readonly maxRetriesPerRequest?: number | null;
  readonly retryStrategy?: ((times: number) => unknown) | null;
  readonly autoResubscribe?: boolean;
  readonly commandTimeout?: number;
  readonly reconnectOnError?: ((error: Error) => unknown) | null;
  readonly stringNumbers?: boolean;
  readonly autoResendUnfulfilledCommands?: boolean;
}

/** As ioredis has them, those too that make no difference here. */
const unused = {
  family: 0,
  connectTimeout: 10_000,
  disconnectTimeout: 2_000,
  keepAlive: 0,
  connectionName: null,
  disableClientInfo: false,
  sentinels: null,
  name: null,
  role: 'master',
  natMap: null,
  username: null,
  password: null,
  enableReadyCheck: true,
  maxLoadingRetryTime: 10_000,
  enableAutoPipelining: false,
  autoPipeliningIgnoredCommands: [],
  readOnly: false,
};

export const defaultOptions = {
  ...unused,
  port: 6379,
  host: 'localhost',
  lazyConnect: false,
  retryStrategy: function retryStrategy(times: number) {
    return Math.min(times * 50, 2000);
  },
  noDelay: true,
  db: 0,
  enableOfflineQueue: true,
  autoResubscribe: true,
  keyPrefix: '',
  maxRetriesPerRequest: 20,
  stringNumbers: false,
  autoResendUnfulfilledCommands: true,
  reconnectOnError: null,
};

/** What `new Redis(…)` was given: a port, a host, a URL, options, in this order and each if it is there. */
export function optionsOf(args: readonly unknown[]): RedisOptions {
  let options: RedisOptions = {};
  for (const arg of args) {
    if (typeof arg === 'object' && arg !== null) options = { ...arg, ...options };
    else if (typeof arg === 'number' || (typeof arg === 'string' && /^\d+$/.test(arg)))
      options = { ...options, port: arg };
    else if (typeof arg === 'string') options = { ...options, ...(arg.includes('//') ? placeOf(arg) : { host: arg }) };
  }
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return { ...defaultOptions, ...Object.fromEntries(given), port: Number(options.port ?? defaultOptions.port) };
}

function placeOf(text: string): RedisOptions {
  const { hostname, port, pathname, password, search } = new engine.URL(text);
  const { db = pathname.slice(1), ...others } = queryString.parse(search.slice(1)) as Record<string, string>;
  return {
    ...(hostname === '' ? {} : { host: queryString.unescape(hostname) }),
    ...(port === '' ? {} : { port: Number(port) }),
    ...(password === '' ? {} : { password: queryString.unescape(password) }),
    ...(/^\d+$/.test(db) ? { db: Number(db) } : {}),
    ...others,
  };
}
