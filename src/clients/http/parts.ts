import type { EmitterClass } from '../node/event-emitter';
import type { HttpTransport } from './transport';

/** What the classes of one process's `node:http` are made from. */
export interface HttpParts {
  readonly transport: HttpTransport;
  readonly EventEmitter: EmitterClass;
}

/** Calls later in this turn, as user code of the present context. */
export function nextTick<T>({ transport: { node } }: HttpParts, callback: (subject: T) => void, subject: T): void {
  node.later(callback, subject);
}

/** The present instant as a header has it: `Sat, 28 Nov 2026 13:05:57 GMT`. */
export function dateText({ transport: { node } }: HttpParts): string {
  const second = Math.floor((node.epochMs + node.nowMs() + node.skewMs()) / 1_000);
  if (second !== lastDate.second) {
    lastDate.second = second;
    lastDate.text = new Date(second * 1_000).toUTCString();
  }
  return lastDate.text;
}
/** Many messages of one second have the same. */
const lastDate = { second: NaN, text: '' };
