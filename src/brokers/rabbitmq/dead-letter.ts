import type { DeathReason } from '../../log/entry';
import type { Publication } from './stored-message';
import type { Table, Value } from './protocol';
import type { Queue } from './queue';
import { byName } from './values';

export interface Death {
  readonly queue: Queue;
  readonly reason: DeathReason;
  readonly exchange: string;
  /** Whether an `x-death` that a client published counts. */
  readonly readsPublished: boolean;
  /** Seconds since 1970. */
  readonly time: number;
}

/**
 * The dead message as it is published again: its exchange and key are new, its `expiration` is gone, and `x-death` tells
 * what happened to it.
 * Source: rabbit_dead_letter:make_msg.
 */
export function deadMessage(publication: Publication, death: Death): Publication {
  const { queue, reason, exchange, time } = death;
  const { properties, routingKeys, hasDied = death.readsPublished } = publication;
  const { expiration, headers = {}, ...kept } = properties;
  const key = queue.settings.deadLetterKey;
  const entry: Table = {
    reason,
    queue: queue.name,
    time: { '!': 'timestamp', value: time },
    exchange: publication.exchange,
    'routing-keys': [routingKeys[0] ?? '', ...extraKeys(headers['CC'])],
    ...(expiration === undefined ? {} : { 'original-expiration': expiration }),
  };
  const { CC, ...withoutCopies } = headers;
  const base = key === undefined || CC === undefined ? headers : withoutCopies;
  return {
    message: publication.message,
    exchange,
    routingKeys: key === undefined ? routingKeys : [key],
    properties: { ...kept, headers: withDeath(base, entry, hasDied) },
    content: publication.content,
    hasDied: true,
  };
}

/**
 * One entry per queue and reason. A death adds or raises its own and puts it in front, and the others come out reversed.
 * As RabbitMQ 3.10 was recorded; its tables are in order once something is put into them.
 */
function withDeath(headers: Table, entry: Table, hasDied: boolean): Table {
  const known = hasDied ? deathsIn(headers) : undefined;
  if (known === undefined)
    return byName({
      ...headers,
      'x-death': [{ count: 1, ...entry }],
      'x-first-death-reason': entry['reason'] as Value,
      'x-first-death-queue': entry['queue'] as Value,
      'x-first-death-exchange': entry['exchange'] as Value,
    });
  const same = (death: Table): boolean => death['queue'] === entry['queue'] && death['reason'] === entry['reason'];
  const before = known.find(same);
  const others = known.filter((death) => !same(death)).reverse();
  const latest: Table =
    before === undefined ? { count: 1, ...entry } : { ...before, count: Number(before['count'] ?? 0) + 1 };
  return byName({ ...headers, 'x-death': [byName(latest), ...others] });
}

/**
 * Whether a message on its way to this queue goes round in circles: it died there before, and nobody rejected it since, so
 * that nothing but the broker keeps it going. Source: rabbit_dead_letter:is_cycle.
 */
export function isCycle(headers: Table | undefined, queue: string): boolean {
  const deaths = (headers && deathsIn(headers)) ?? [];
  const at = deaths.findIndex((death) => death['queue'] === queue);
  return at >= 0 && deaths.slice(0, at + 1).every((death) => death['reason'] !== 'rejected');
}

/** The queue in which it died last; undefined when it never died. */
export function queueOfDeath(headers: Table | undefined): string | undefined {
  const queue = headers && deathsIn(headers)?.[0]?.['queue'];
  return typeof queue === 'string' ? queue : undefined;
}

function deathsIn(headers: Table): readonly Table[] | undefined {
  const deaths = headers['x-death'];
  return Array.isArray(deaths) ? (deaths as readonly Table[]) : undefined;
}

/** Keys that the headers CC and BCC add. */
export function extraKeys(value: Value | undefined): string[] {
  return Array.isArray(value) ? (value as readonly Value[]).filter((key) => typeof key === 'string') : [];
}
