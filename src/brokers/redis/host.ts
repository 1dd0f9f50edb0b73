import type { BrokerPort } from '../broker';
import { textOf, type Bytes } from './bytes';
import { Database, type DatabaseObserver, type Value } from './database';
import { Outbox } from './outbox';
import { PubSub } from './pub-sub';
import { RedisLog } from './redis-log';
import type { Session } from './session';
import { maxId, zeroId } from './stream-id';
import type { StreamEntry } from './stream-nodes';
import { Waiters } from './waiters';

export const databasesMax = 16;

/** What the connections to one server share: its databases, who listens to what, and who waits for what. */
export class Host implements DatabaseObserver {
  readonly port: BrokerPort;
  readonly log: RedisLog;
  readonly pubSub: PubSub;
  readonly outbox = new Outbox();
  readonly waiters = new Waiters();
  readonly sessions = new Map<number, Session>();
  readonly #databases = new Map<number, Database>();
  /** Sessions by the key that they watch. */
  readonly #watching = new Map<string, Set<Session>>();
  readonly #epochMs: number;
  #nextSession = 1;
  /** `seq` of the command that is being carried out. */
  cause = 0;

  constructor(name: string, port: BrokerPort) {
    this.port = port;
    this.log = new RedisLog(name, port);
    this.pubSub = new PubSub(this.log, this.outbox, () => port.nextId('subscription'));
    this.#epochMs = Date.parse(port.timeText(0));
  }

  /** The clock, in milliseconds since 1970. */
  get unixMs(): number {
    return this.#epochMs + Math.floor(this.port.nowMs);
  }

  database(index: number): Database {
    let database = this.#databases.get(index);
    if (database === undefined) {
      database = new Database(index, () => this.unixMs, this);
      this.#databases.set(index, database);
    }
    return database;
  }

  get databases(): Iterable<Database> {
    return this.#databases.values();
  }

  entered(session: Session): number {
    this.sessions.set(this.#nextSession, session);
    return this.#nextSession++;
  }

  watch(session: Session, database: Database, key: Bytes): void {
    const place = `${database.index}:${key}`;
    const watching = this.#watching.get(place);
    if (watching) watching.add(session);
    else this.#watching.set(place, new Set([session]));
  }

  /** Nobody may have noticed yet that the time of what it watches is over. */
  expireWatched(session: Session): void {
    for (const [place, watching] of this.#watching) {
      const [index = ''] = place.split(':', 1);
      if (watching.has(session)) this.database(Number(index)).peek(place.slice(index.length + 1));
    }
  }

  unwatch(session: Session): void {
    for (const [place, watching] of this.#watching) {
      watching.delete(session);
      if (watching.size === 0) this.#watching.delete(place);
    }
  }

  changed(database: Database, key: Bytes, wakes: boolean): void {
    if (wakes) this.waiters.note(database, key, false);
    if (this.#watching.size === 0) return;
    for (const session of this.#watching.get(`${database.index}:${key}`) ?? []) session.watchedChanged();
  }

  removed(database: Database, key: Bytes, value: Value): void {
    if (value.type !== 'stream') return;
    this.waiters.note(database, key, true);
    this.dropped(key, value.stream.nodes.upwards(zeroId, maxId), 'queue-deleted');
  }

  /** Entries are no longer in their stream. */
  dropped(key: Bytes, entries: Iterable<StreamEntry>, reason: 'maxlen' | 'purged' | 'queue-deleted'): void {
    for (const { message } of entries) if (message) this.log.removed(message, textOf(key), reason, this.cause);
  }
}
