import { statusTexts } from '../http/http-names';
import { encodeText } from '../node/encoding';
import { encodedUrl } from './encoded-url';
import { escaped } from './html';
import { pathOf } from './router';
import type { Request, Response } from './shapes';
import type { HttpTransport } from '../http/transport';

/** What the last word needs of its process. */
export interface LastWordParts {
  readonly transport: Pick<HttpTransport, 'placeOf'>;
  /** `console.error`, as the program has it, once what is under way is done. */
  readonly complain: (error: unknown) => void;
}

/** What `finalhandler` answers when nobody else has. `env`: the application's setting. */
export function lastWord(
  parts: LastWordParts,
  env: unknown,
  request: Request,
  response: Response,
  error: unknown,
): void {
  const hasError = Boolean(error);
  if (hasError && env !== 'test') parts.complain(error);
  if (response.headersSent) {
    if (hasError) request.socket.destroy();
    return;
  }
  const given = (hasError ? error : {}) as { status?: unknown; statusCode?: unknown; headers?: unknown };
  const [ownStatus] = [given.status, given.statusCode].filter(isErrorStatus);
  const status = hasError ? (ownStatus ?? (isErrorStatus(response.statusCode) ? response.statusCode : 500)) : 404;
  const headers = ownStatus !== undefined && typeof given.headers === 'object' ? (given.headers ?? {}) : {};
  const text = hasError
    ? messageOf(parts, env, status, error)
    : `Cannot ${request.method} ${encodedUrl(pathOf(request.originalUrl))}`;
  const words = escaped(text).replaceAll('\n', '<br>').replaceAll('  ', ' &nbsp;');
  const page = `<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>Error</title>\n</head>\n<body>\n<pre>${words}</pre>\n</body>\n</html>\n`;
  onceRead(request, () => {
    send(request, response, { status, headers: { ...headers }, page });
  });
}

const isErrorStatus = (code: unknown): code is number => typeof code === 'number' && code >= 400 && code <= 599;

/** What comes of the request is read off before anything is answered. */
function onceRead(request: Request, answer: () => void): void {
  if (request.complete && request.readableEnded) return answer();
  request.once('end', answer);
  request.resume();
}

interface Page {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly page: string;
}

function send(request: Request, response: Response, { status, headers, page }: Page): void {
  response.statusCode = status;
  response.statusMessage = statusTexts[status];
  for (const name of ['Content-Encoding', 'Content-Language', 'Content-Range']) response.removeHeader(name);
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.setHeader('Content-Security-Policy', "default-src 'none'");
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Content-Type', 'text/html; charset=utf-8');
  response.setHeader('Content-Length', String(encodeText(page, 'utf8').length));
  if (request.method === 'HEAD') response.end();
  else response.end(page);
}

/** In place of the engine's stack, the place at which the error left the user's code: every engine says the same. */
function messageOf({ transport }: LastWordParts, env: unknown, status: number, error: unknown): string {
  if (env === 'production') return statusTexts[status] ?? 'undefined';
  if (!(error instanceof Error)) return ''.concat(error as string);
  const place = transport.placeOf(error);
  return place === undefined ? String(error) : `${error.name}: ${error.message}\n    at ${place}`;
}
