import type { Bytes } from './bytes';
import type { List } from './list';
import { wrongType } from './redis-error';
import type { SortedSet } from './sorted-set';
import type { Stream } from './stream';

export type Value =
  | { readonly type: 'string'; readonly bytes: Bytes }
  | { readonly type: 'list'; readonly list: List }
  | { readonly type: 'hash'; readonly fields: Map<Bytes, Bytes> }
  | { readonly type: 'set'; readonly members: Set<Bytes> }
  | { readonly type: 'zset'; readonly sorted: SortedSet }
  | { readonly type: 'stream'; readonly stream: Stream };
type ValueOf<T extends Value['type']> = Extract<Value, { readonly type: T }>;

/** Who is told of changes: those who watch a key, and those who wait for something in it. */
export interface DatabaseObserver {
  changed(database: Database, key: Bytes, wakes: boolean): void;
  /** The key is gone, or it holds something else now. */
  removed(database: Database, key: Bytes, value: Value): void;
}

/** Keys and their values. One whose time is over is gone for whoever looks; nobody notices it before. */
export class Database {
  readonly index: number;
  readonly #values = new Map<Bytes, Value>();
  readonly #expiries = new Map<Bytes, number>();
  readonly #now: () => number;
  readonly #observer: DatabaseObserver;

  constructor(index: number, now: () => number, observer: DatabaseObserver) {
    this.index = index;
    this.#now = now;
    this.#observer = observer;
  }

  get nowMs(): number {
    return this.#now();
  }

  peek(key: Bytes): Value | undefined {
    const expiresAtMs = this.#expiries.get(key);
    if (expiresAtMs !== undefined && expiresAtMs <= this.#now()) {
      this.#remove(key);
      this.changed(key, false);
    }
    return this.#values.get(key);
  }

  /** The value of a key that must hold this type, if it holds anything. */
  get<T extends Value['type']>(type: T, key: Bytes): ValueOf<T> | undefined {
    const value = this.peek(key);
    if (value === undefined) return undefined;
    if (value.type !== type) throw wrongType();
    return value as ValueOf<T>;
  }

  /** As `get`, putting a new one there when there is none. */
  need<T extends Value['type']>(type: T, key: Bytes, create: () => ValueOf<T>): ValueOf<T> {
    let value = this.get(type, key);
    if (value === undefined) this.#values.set(key, (value = create()));
    return value;
  }

  /** Replaces what the key holds. Its time to live ends with the old value unless it is to stay. */
  set(key: Bytes, value: Value, keepsExpiry = false): void {
    const old = this.peek(key);
    this.#values.set(key, value);
    if (!keepsExpiry) this.#expiries.delete(key);
    if (old !== undefined && old.type !== value.type) this.#observer.removed(this, key, old);
    this.changed(key);
  }

  delete(key: Bytes): boolean {
    if (this.peek(key) === undefined) return false;
    this.#remove(key);
    this.changed(key);
    return true;
  }

  /** The key is gone, and its value lives on under another one. */
  forget(key: Bytes): void {
    this.#values.delete(key);
    this.#expiries.delete(key);
    this.changed(key, false);
  }

  /**
   * A value was changed in place. Empty ones are removed by whoever emptied them. `wakes`: whether it may have something for
   * those who wait for it.
   */
  changed(key: Bytes, wakes = true): void {
    this.#observer.changed(this, key, wakes);
  }

  expiry(key: Bytes): number | undefined {
    return this.peek(key) === undefined ? undefined : this.#expiries.get(key);
  }

  /** Undefined: it lives on. */
  expireAt(key: Bytes, atMs: number | undefined): void {
    if (atMs === undefined) this.#expiries.delete(key);
    else this.#expiries.set(key, atMs);
    this.changed(key, false);
  }

  keys(): Bytes[] {
    return [...this.#values.keys()].filter((key) => this.peek(key) !== undefined);
  }

  clear(): void {
    for (const key of this.keys()) this.delete(key);
  }

  #remove(key: Bytes): void {
    const value = this.#values.get(key);
    this.#values.delete(key);
    this.#expiries.delete(key);
    if (value !== undefined) this.#observer.removed(this, key, value);
  }
}
