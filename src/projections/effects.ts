import type { Entry, EntryOf } from '../log/entry';

/** They change nothing where they arrive, RFC 9110, 9.2.1. */
const safe: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

/** Entries that may say what code has sent out of its process, or would have. Their cause is the entry that began the handling. */
export type EffectEntry = EntryOf<'message.published' | 'effect.held' | 'http.requested'>;

export function isEffect(entry: Entry): entry is EffectEntry {
  return entry.type === 'message.published' || entry.type === 'effect.held' || entry.type === 'http.requested';
}

/**
 * What was sent as texts: what was really sent has the same text as what was held back, if it is the same. Not among them are a command of
 * Redis, which is no entry when it is really given, and a row of the process's own store: what a second handling changes there depends on
 * the first.
 */
export function effectsOf(entry: EffectEntry): readonly string[] {
  switch (entry.type) {
    case 'message.published':
      return [textOf(entry.message.type, entry.message.data)];
    case 'effect.held':
      return heldOf(entry);
    case 'http.requested':
      return safe.has(entry.method) ? [] : [textOf(`${entry.method} ${entry.host}${entry.path}`, entry.body)];
  }
}

function heldOf({ effect, broker, event, data }: EntryOf<'effect.held'>): readonly string[] {
  switch (effect ?? 'message') {
    case 'message':
    case 'append':
      return [textOf(event, data)];
    case 'request': {
      const [method = '', path = ''] = event.split(' ');
      return [textOf(`${method} ${broker}${path}`, data)];
    }
    case 'answer':
      return [answerText({ status: parseInt(event, 10), body: data })];
    case 'write':
    case 'command':
      return [];
  }
}

/** An answer to a request, whose status alone counts besides the body. */
export function answerText({ status, body }: { readonly status: number; readonly body?: unknown }): string {
  return textOf(`answer ${String(status)}`, body);
}

function textOf(what: string, data: unknown): string {
  return data === undefined ? what : `${what} ${JSON.stringify(data)}`;
}
