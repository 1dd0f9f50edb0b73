import type { HttpTransport } from '../http/transport';
import type { AbortClasses } from '../node/abort';
import { createBlobClasses } from './blob';
import { createBodyClass } from './body';
import { createFetch } from './fetch';
import { createFormDataClass } from './form-data';
import { Headers } from './headers';
import { createReadableStream } from './readable-stream';
import { createRequestClass } from './request';
import { createResponseClass } from './response';

/** `fetch` and what belongs to it, for one process: its globals by name. */
export function createFetchGlobals(transport: HttpTransport, abort: AbortClasses): Record<string, unknown> {
  const ReadableStream = createReadableStream(transport);
  const { Blob, File } = createBlobClasses(transport, ReadableStream);
  const FormData = createFormDataClass(File);
  const parts = { transport, ReadableStream, Blob, File, FormData };
  const Body = createBodyClass(parts);
  const Request = createRequestClass(parts, Body, abort);
  const Response = createResponseClass(parts, Body);
  const fetch = createFetch({ ...parts, Request, Response });
  return { fetch, Headers, Request, Response, FormData, Blob, File, ReadableStream };
}
