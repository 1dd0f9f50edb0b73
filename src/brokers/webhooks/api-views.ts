import type { Application, Attempt, Endpoint, Sending, StoredMessage } from './parts';
import { messageStatus, triggerNumber } from './sender';

// What the API answers with: JSON data, in the field names of Svix's JavaScript client.

/** An instant as JSON has it. */
type Time = (atMs: number) => string;

export function applicationOut(
  { id, uid, name, metadata, createdAtMs, updatedAtMs }: Application,
  time: Time,
): unknown {
  return {
    ...(uid !== undefined && { uid }),
    id,
    name,
    metadata,
    createdAt: time(createdAtMs),
    updatedAt: time(updatedAtMs),
  };
}

export function endpointOut(endpoint: Endpoint, time: Time): unknown {
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
  { id, eventId, eventType, body, channels, tags, createdAtMs }: StoredMessage,
  time: Time,
): unknown {
  return {
    id,
    ...(eventId !== undefined && { eventId }),
    eventType,
    payload: JSON.parse(body) as unknown,
    ...(channels !== undefined && { channels }),
    tags,
    timestamp: time(createdAtMs),
  };
}

export function attemptOut({ endpoint, stored }: Sending, attempt: Attempt, time: Time): unknown {
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

/** All at once: there are no further pages. */
export function listOut(data: readonly unknown[]): unknown {
  return { data, iterator: null, prevIterator: null, done: true };
}

export function taskOut(id: string, task: string): unknown {
  return { id, status: 'finished', task };
}
