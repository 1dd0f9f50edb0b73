/** `node:url`: the engine's URL, and paths made of it and into it. The old `url.parse` only as far as it is still used. */
import { engine } from './engine';
import type { EngineUrl } from './engine';
import { invalidArgType, nodeError, requireString } from './node-error';
import { queryString } from './query-string';

function fileURLToPath(given: string | EngineUrl): string {
  if (typeof given !== 'string' && !(given instanceof engine.URL)) {
    throw invalidArgType('path', ['string', 'URL'], given);
  }
  const url = typeof given === 'string' ? new engine.URL(given) : given;
  if (url.protocol !== 'file:') throw nodeError(TypeError, 'ERR_INVALID_URL_SCHEME', 'The URL must be of scheme file');
  if (url.hostname !== '') {
    const message = 'File URL host must be "localhost" or empty on linux';
    throw nodeError(TypeError, 'ERR_INVALID_FILE_URL_HOST', message);
  }
  if (/%2f/i.test(url.pathname)) {
    const message = 'File URL path must not include encoded / characters';
    throw nodeError(TypeError, 'ERR_INVALID_FILE_URL_PATH', message);
  }
  return decodeURIComponent(url.pathname);
}

function parse(text: string, parsesQuery = false) {
  requireString(text, 'url');
  const isAbsolute = /^[a-z][a-z0-9+.-]*:/i.test(text);
  const url = new engine.URL(text, 'http://x');
  const query = url.search === '' ? null : url.search.slice(1);
  return {
    protocol: isAbsolute ? url.protocol : null,
    slashes: isAbsolute ? true : null,
    auth: url.username === '' ? null : `${url.username}${url.password === '' ? '' : `:${url.password}`}`,
    host: isAbsolute ? url.host : null,
    port: url.port === '' ? null : url.port,
    hostname: isAbsolute ? url.hostname : null,
    hash: url.hash === '' ? null : url.hash,
    search: url.search === '' ? null : url.search,
    query: parsesQuery ? Object.fromEntries(url.searchParams) : query,
    pathname: isAbsolute || url.pathname !== '/' || text.startsWith('/') ? url.pathname : null,
    path: `${url.pathname}${url.search}`,
    href: isAbsolute ? url.href : text,
  };
}

interface UrlParts {
  readonly href?: string;
  readonly protocol?: string;
  readonly slashes?: boolean;
  readonly auth?: string;
  readonly host?: string;
  readonly hostname?: string;
  readonly port?: string | number;
  readonly pathname?: string;
  readonly search?: string;
  readonly query?: Record<string, unknown>;
  readonly hash?: string;
}

/** The old `url.format` of the parts of a URL. */
function formatted({ protocol = '', slashes, auth, host, hostname, port, pathname = '', ...rest }: UrlParts): string {
  const scheme = protocol === '' || protocol.endsWith(':') ? protocol : `${protocol}:`;
  const name = hostname?.includes(':') ? `[${hostname}]` : hostname;
  const place = host ?? (name === undefined ? undefined : name + (port === undefined ? '' : `:${port}`));
  const hasSlashes = slashes === true || (/^(?:https?|ftp|file|wss?):$/.test(scheme) && place !== undefined);
  const user = auth === undefined || place === undefined ? '' : `${encodeURIComponent(auth).replace(/%3A/i, ':')}@`;
  const path = hasSlashes && pathname !== '' && !pathname.startsWith('/') ? `/${pathname}` : pathname;
  const asked = rest.search ?? (rest.query === undefined ? '' : queryString.stringify(rest.query));
  const after = (text: string, mark: string): string => (text === '' || text.startsWith(mark) ? text : mark + text);
  return (
    scheme +
    (hasSlashes ? '//' : '') +
    user +
    (place ?? '') +
    path.replace(/[?#]/g, encodeURIComponent) +
    after(asked, '?').replaceAll('#', '%23') +
    after(rest.hash ?? '', '#')
  );
}

export function createUrl(resolve: (path: string) => string) {
  return {
    URL: engine.URL,
    URLSearchParams: engine.URLSearchParams,
    fileURLToPath,
    pathToFileURL(path: string) {
      requireString(path, 'path');
      const whole = resolve(path) + (path.endsWith('/') ? '/' : '');
      const encoded = encodeURI(whole).replace(/[?#]/g, encodeURIComponent);
      return new engine.URL(`file://${encoded}`);
    },
    parse,
    format: (url: UrlParts | string) => (typeof url === 'string' ? url : (url.href ?? formatted(url))),
    resolve: (from: string, to: string) => new engine.URL(to, from).href,
    urlToHttpOptions(url: EngineUrl) {
      const { protocol, hostname, hash, search, pathname, href, port } = url;
      const options = { protocol, hostname, hash, search, pathname, path: `${pathname}${search}`, href };
      return port === '' ? options : { ...options, port: Number(port) };
    },
    domainToASCII: (domain: string) => new engine.URL(`http://${domain}`).hostname,
  };
}
