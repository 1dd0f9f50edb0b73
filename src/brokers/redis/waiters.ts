import type { Bytes } from './bytes';
import type { Database } from './database';
import type { Reply } from './protocol';

/** A client that waits until one of its keys has something for it. */
export interface Waiter {
  readonly database: Database;
  readonly keys: readonly Bytes[];
  /** Asked again when one of the keys has changed; undefined: it goes on waiting. */
  attempt(key: Bytes): Reply | undefined;
  /** What it is told when a key that it needs is removed; undefined: it goes on waiting. */
  onRemoved(): Reply | undefined;
  answer(reply: Reply, cause: number): void;
}

/** Who waits for which key; whoever has waited longest is served first. */
export class Waiters {
  readonly #byKey = new Map<string, Set<Waiter>>();
  readonly #ready = new Map<string, { database: Database; key: Bytes; isRemoved: boolean }>();

  add(waiter: Waiter): void {
    for (const key of waiter.keys) {
      const place = placeOf(waiter.database, key);
      const waiters = this.#byKey.get(place);
      if (waiters) waiters.add(waiter);
      else this.#byKey.set(place, new Set([waiter]));
    }
  }

  remove(waiter: Waiter): void {
    for (const key of waiter.keys) {
      const place = placeOf(waiter.database, key);
      const waiters = this.#byKey.get(place);
      waiters?.delete(waiter);
      if (waiters?.size === 0) this.#byKey.delete(place);
    }
  }

  /** Something happened to a key; its waiters are looked at when the command is over. */
  note(database: Database, key: Bytes, isRemoved: boolean): void {
    if (this.#byKey.size === 0) return;
    const place = placeOf(database, key);
    if (!this.#byKey.has(place)) return;
    const noted = this.#ready.get(place);
    if (noted) noted.isRemoved ||= isRemoved;
    else this.#ready.set(place, { database, key, isRemoved });
  }

  serve(cause: number): void {
    while (this.#ready.size > 0) {
      const ready = [...this.#ready];
      this.#ready.clear();
      for (const [place, { key, isRemoved }] of ready)
        for (const waiter of [...(this.#byKey.get(place) ?? [])]) {
          const reply = waiter.attempt(key) ?? (isRemoved ? waiter.onRemoved() : undefined);
          if (reply !== undefined) waiter.answer(reply, cause);
        }
    }
  }
}

const placeOf = (database: Database, key: Bytes): string => `${database.index}:${key}`;
