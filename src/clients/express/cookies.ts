export interface CookieOptions {
  /** Milliseconds. */
  readonly maxAge?: unknown;
  readonly domain?: string;
  readonly path?: string | null;
  readonly expires?: Date;
  readonly httpOnly?: boolean;
  readonly secure?: boolean;
  readonly partitioned?: boolean;
  readonly priority?: unknown;
  readonly sameSite?: unknown;
  readonly signed?: boolean;
  /** How the value is written; by default `encodeURIComponent`. */
  readonly encode?: (value: string) => string;
}

/** `Set-Cookie` as express writes it, after package `cookie` 0.7: `maxAge` also as an instant, counted from `unixMs`. */
export function cookieText(name: string, value: string, options: CookieOptions, unixMs: number): string {
  const { encode = encodeURIComponent, maxAge, domain, partitioned, priority, sameSite } = options;
  const given = maxAge === undefined || maxAge === null ? undefined : Number(maxAge);
  const counts = given !== undefined && !Number.isNaN(given);
  const expires = counts ? new Date(unixMs + given) : options.expires;
  const path = options.path ?? '/';
  const isSound = (what: string, isIt: boolean): void => {
    if (!isIt) throw new TypeError(`${what} is invalid`);
  };
  isSound('option encode', typeof encode === 'function');
  isSound('argument name', /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name));
  const written = encode(value);
  isSound('argument val', /^("?)[\u0021\u0023-\u002B\u002D-\u003A\u003C-\u005B\u005D-\u007E]*\1$/.test(written));
  isSound('option maxAge', given === undefined || Number.isFinite(given));
  const words = [`${name}=${written}`, ...(counts ? [`Max-Age=${String(Math.floor(given / 1000))}`] : [])];
  if (domain) {
    isSound('option domain', domainPattern.test(domain));
    words.push(`Domain=${domain}`);
  }
  if (path) {
    isSound('option path', /^[\u0020-\u003A\u003D-\u007E]*$/.test(path));
    words.push(`Path=${path}`);
  }
  if (expires) {
    isSound('option expires', expires instanceof Date && !Number.isNaN(expires.valueOf()));
    words.push(`Expires=${expires.toUTCString()}`);
  }
  if (options.httpOnly) words.push('HttpOnly');
  if (options.secure) words.push('Secure');
  if (partitioned) words.push('Partitioned');
  if (priority) words.push(`Priority=${oneOf(priority, ['low', 'medium', 'high'], 'priority')}`);
  if (sameSite) words.push(`SameSite=${sameSite === true ? 'Strict' : oneOf(sameSite, sites, 'sameSite')}`);
  return words.join('; ');
}

const sites = ['lax', 'strict', 'none'];
const domainPattern = /^([.]?[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)([.][a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/i;

/** As it is written, the first letter large. */
function oneOf(value: unknown, known: readonly string[], option: string): string {
  const found = known.find((each) => each === ''.concat(value as string).toLowerCase());
  if (found === undefined) throw new TypeError(`option ${option} is invalid`);
  return found.replace(/^./, (letter) => letter.toUpperCase());
}
