import { invalid } from './api-error';
import { Fields } from './fields';
import type { Application, Attempt, Endpoint, Sending, StoredMessage } from './parts';
import { messageStatus, triggerNumber } from './sender';

// What the API answers with: JSON data, in the field names of Svix's JavaScript client.

/** What has an id, and more that only its client looks at. */
type Out = { readonly id: string; readonly [field: string]: unknown };

/** An instant as JSON has it. */
type Time = (atMs: number) => string;

export function applicationOut({ id, uid, name, metadata, createdAtMs, updatedAtMs }: Application, time: Time): Out {
  return {
    ...(uid !== undefined && { uid }),
    id,
    name,
    metadata,
    createdAt: time(createdAtMs),
    updatedAt: time(updatedAtMs),
  };
}

export function endpointOut(endpoint: Endpoint, time: Time): Out {
  const { id, uid, url, description, filterTypes, channels, rateLimit, disabled, metadata } = endpoint;
  return {
    id,
    ...(uid !== undefined && { uid }),
    url,
    version: 1,
    description,
    ...(filterTypes !== undefined && { filterTypes }),
    ...(channels !== undefined && { channels }),
    ...(rateLimit !== undefined && { rateLimit }),
    disabled: disabled !== undefined,
    metadata,
    createdAt: time(endpoint.createdAtMs),
    updatedAt: time(endpoint.updatedAtMs),
  };
}

export function messageOut(
  { id, message, eventId, eventType, body, channels, tags, createdAtMs }: StoredMessage,
  time: Time,
): Out {
  return {
    id,
    ...(eventId !== undefined && { eventId }),
    eventType,
    payload: typeof message.data === 'string' ? body : (JSON.parse(body) as unknown),
    ...(channels !== undefined && { channels }),
    tags,
    timestamp: time(createdAtMs),
  };
}

export function attemptOut({ endpoint, stored }: Sending, attempt: Attempt, time: Time): Out {
  const statusText = { sending: 'sending', succeeded: 'success', failed: 'fail' } as const;
  return {
    id: attempt.id,
    endpointId: endpoint.id,
    msgId: stored.id,
    url: attempt.url,
    response: attempt.response,
    responseStatusCode: attempt.responseStatus,
    responseDurationMs: Math.round(attempt.tookMs),
    status: messageStatus[attempt.status],
    statusText: statusText[attempt.status],
    triggerType: triggerNumber[attempt.trigger],
    timestamp: time(attempt.startedAtMs),
  };
}

/**
 * A page: at most `limit` items (1 to 250) after the one whose id is `iterator`. Unlike Svix's 50, all of them when no limit is given.
 */
export function listOut(all: readonly { readonly id: string }[], options: unknown): unknown {
  const fields = new Fields(options ?? {}, 'query');
  const limit = fields.count('limit') ?? all.length;
  if (fields.has('limit') && limit > 250)
    throw invalid('query.limit', 'ensure this value is less than or equal to 250');
  const after = fields.optionalText('iterator');
  const from = after === undefined ? 0 : all.findIndex(({ id }) => id === after) + 1;
  if (after !== undefined && from === 0) throw invalid('query.iterator', 'Invalid iterator');
  const data = all.slice(from, from + limit);
  const done = from + data.length >= all.length;
  return { data, iterator: data.at(-1)?.id ?? after ?? null, prevIterator: data[0] && after ? data[0].id : null, done };
}

export function taskOut(id: string, task: string): unknown {
  return { id, status: 'finished', task };
}
