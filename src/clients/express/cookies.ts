export interface CookieOptions {
  /** Milliseconds. */
  readonly maxAge?: number | undefined;
  readonly domain?: string;
  readonly path?: string;
  readonly expires?: Date;
  readonly httpOnly?: boolean;
  readonly secure?: boolean;
  readonly partitioned?: boolean;
  readonly priority?: string;
  readonly sameSite?: string | boolean;
  readonly signed?: boolean;
}

/** A `Set-Cookie` as express writes it: `maxAge` also as an instant, counted from `unixMs`. */
export function cookieText(name: string, value: string, options: CookieOptions, unixMs: number): string {
  const { maxAge, domain, path = '/', httpOnly, secure, partitioned, priority, sameSite } = options;
  const expires = maxAge === undefined ? options.expires : new Date(unixMs + maxAge);
  const capital = (text: string): string => text.toLowerCase().replace(/^./, (one) => one.toUpperCase());
  const same = sameSite === true ? 'Strict' : typeof sameSite === 'string' ? capital(sameSite) : undefined;
  return [
    `${name}=${value}`,
    ...(maxAge === undefined ? [] : [`Max-Age=${String(Math.floor(maxAge / 1000))}`]),
    ...(domain === undefined ? [] : [`Domain=${domain}`]),
    `Path=${path}`,
    ...(expires === undefined ? [] : [`Expires=${expires.toUTCString()}`]),
    ...(httpOnly === true ? ['HttpOnly'] : []),
    ...(secure === true ? ['Secure'] : []),
    ...(priority === undefined ? [] : [`Priority=${capital(priority)}`]),
    ...(partitioned === true ? ['Partitioned'] : []),
    ...(same === undefined ? [] : [`SameSite=${same}`]),
  ].join('; ');
}
