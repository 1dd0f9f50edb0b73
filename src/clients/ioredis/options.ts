import { engine } from '../node/engine';
import { queryString } from '../node/query-string';

export interface RedisOptions {
  readonly host?: string;
  readonly port?: number | string;
  readonly db?: number;
  readonly keyPrefix?: string;
  readonly connectionName?: string;
  readonly lazyConnect?: boolean;
  readonly noDelay?: boolean;
  readonly enableOfflineQueue?: boolean;
  readonly maxRetriesPerRequest?: number | null;
  readonly retryStrategy?: ((times: number) => unknown) | null;
  readonly autoResubscribe?: boolean;
}

/** What `new Redis(…)` was given: a port, a host, a URL, options, in this order and each if it is there. */
export function optionsOf(args: readonly unknown[]): RedisOptions {
  let options: RedisOptions = {};
  for (const arg of args) {
    if (typeof arg === 'object' && arg !== null) options = { ...arg, ...options };
    else if (typeof arg === 'number' || (typeof arg === 'string' && /^\d+$/.test(arg)))
      options = { ...options, port: arg };
    else if (typeof arg === 'string') options = { ...options, ...(arg.includes('//') ? placeOf(arg) : { host: arg }) };
  }
  return options;
}

function placeOf(text: string): RedisOptions {
  const { hostname, port, pathname } = new engine.URL(text);
  const db = pathname.slice(1);
  return {
    ...(hostname === '' ? {} : { host: queryString.unescape(hostname) }),
    ...(port === '' ? {} : { port: Number(port) }),
    ...(/^\d+$/.test(db) ? { db: Number(db) } : {}),
  };
}
