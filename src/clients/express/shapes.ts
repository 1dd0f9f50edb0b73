import type { IncomingMessage } from '../http/incoming-message';
import type { ServerResponse } from '../http/server-response';

/** A request as handlers see it: the message of `node:http` with what express puts on it. */
export interface Request extends IncomingMessage {
  method: string;
  originalUrl: string;
  baseUrl: string;
  params: Record<string, string | string[]>;
  body?: unknown;
  next?: Next;
  route?: unknown;
  app: App;
  res: Response;
  get(name: string): string | undefined;
  is(types: unknown): string | false | null;
  readonly path: string;
  readonly query: Readonly<Record<string, string | string[] | undefined>>;
}

export interface Response extends ServerResponse {
  app: App;
  readonly req: Request;
  locals: Record<string, unknown>;
  send(body?: unknown): this;
  set(name: unknown, value?: unknown): this;
  get(name: string): unknown;
  status(code: unknown): this;
  type(type: string): this;
  append(name: string, value: string | string[]): this;
  vary(field: string): this;
  format(handlers: Readonly<Record<string, () => void>>): this;
}

export interface App {
  get(name: string): unknown;
  enabled(name: string): boolean;
}

export type Next = (error?: unknown) => void;
export type Handler = (...args: unknown[]) => unknown;
