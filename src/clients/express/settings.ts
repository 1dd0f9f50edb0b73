import { queryString } from '../node/query-string';
import { etagOf } from './etag';
import { parseNested } from './nested-query';
import { trustOf } from './proxy-trust';

/** What an application is set to. Some settings are read once, when they are set: what they mean lies beside them, as `etag fn`. */
type Settings = Record<string, unknown>;

/** Under a key of its own, which nobody who lists the settings sees: whether `trust proxy` was set by the program. */
const trustIsChosen = Symbol('trust proxy is chosen');

/** What an application is set to before anybody sets anything. */
export function defaultSettings(env: string): Settings {
  const settings = Object.create(null) as Settings;
  change(settings, 'x-powered-by', true);
  change(settings, 'etag', 'weak');
  change(settings, 'env', env);
  change(settings, 'query parser', 'simple');
  change(settings, 'subdomain offset', 2);
  change(settings, 'trust proxy', false);
  Object.defineProperty(settings, trustIsChosen, { value: false, writable: true });
  change(settings, 'jsonp callback name', 'callback');
  if (env === 'production') change(settings, 'view cache', true);
  return settings;
}

/** @throws TypeError for what the setting cannot be */
export function change(settings: Settings, name: string, value: unknown): void {
  settings[name] = value;
  if (name === 'etag') settings['etag fn'] = etagMaker(value);
  if (name === 'query parser') settings['query parser fn'] = queryParser(value);
  if (name !== 'trust proxy') return;
  settings['trust proxy fn'] = trustOf(value);
  if (Object.hasOwn(settings, trustIsChosen)) Reflect.set(settings, trustIsChosen, true);
}

export function isTrustChosen(settings: Settings): boolean {
  return Reflect.get(settings, trustIsChosen) === true;
}

export const etagMakers = {
  weak: (bytes: Uint8Array): string => etagOf(bytes, true),
  strong: (bytes: Uint8Array): string => etagOf(bytes, false),
};

function etagMaker(value: unknown): unknown {
  if (typeof value === 'function') return value;
  if (value === false) return undefined;
  if (value === true || value === 'weak') return etagMakers.weak;
  if (value === 'strong') return etagMakers.strong;
  throw new TypeError(`unknown value for etag function: ${''.concat(value as string)}`);
}

/** Of `qs`, as it is. */
const queryLimits = { listLengthMax: 20, depthMax: 5 };

function queryParser(value: unknown): unknown {
  if (typeof value === 'function') return value;
  if (value === false) return undefined;
  if (value === true || value === 'simple') return queryString.parse;
  if (value === 'extended') return (text: string | null) => parseNested(text ?? '', queryLimits);
  throw new TypeError(`unknown value for query parser function: ${''.concat(value as string)}`);
}
