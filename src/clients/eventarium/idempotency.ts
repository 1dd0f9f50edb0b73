import { clonePlain, copyPlain } from '../../log/plain';
import { kindOf, requireFunction, requireText } from './arguments';
import type { Origin } from './environment';
import { keyText, Store } from './store';

/** What a table of keys remembers of each. */
interface Done {
  readonly atMs: number;
  readonly answer?: unknown;
}

/**
 * Does something once per key: the key and the answer are stored in the transaction of what it does, so that either both are there or
 * neither. Whoever comes with the same key while it is under way waits for it.
 */
export function idempotent(
  store: unknown,
  key: unknown,
  run: unknown,
  options: { table?: string } = {},
): Promise<unknown> {
  const checked = requireStore(store, 'idempotent(store, key, run)');
  const table = requireText(options.table ?? 'idempotency-keys', 'idempotent(store, key, run, options): the table');
  const work = requireFunction(run, 'idempotent(store, key, run): what to run');
  const id = keyText(key, table);
  const from = checked.environment.origin();
  return checked.transaction(() => {
    const known = checked.table(table).get(id) as Done | undefined;
    if (known !== undefined) {
      recognized(checked, table, id, known, from);
      return known.answer;
    }
    const done = (value: unknown): unknown => {
      const answer = copyPlain(value);
      const { node } = checked.environment;
      checked.table(table).insert(id, { atMs: node.nowMs(), ...(answer !== undefined && { answer }) });
      return clonePlain(answer);
    };
    const value = work();
    return value instanceof Promise ? value.then(done) : done(value);
  });
}

type Listener = (event: unknown, context: unknown) => unknown;

/** Remembers which messages were handled. */
export class Inbox {
  readonly #store: Store;
  readonly #table: string;

  constructor(store: unknown, options: { table?: string }) {
    this.#store = requireStore(store, 'inbox(store)');
    this.#table = requireText(options.table ?? 'inbox', 'inbox(store, options): the table');
  }

  has(key: unknown): boolean {
    return this.#store.table(this.#table).get(key) !== undefined;
  }

  /** The listener, which from now on gets each message once. Its name is that of the one it stands for. */
  deduplicate(keyOf: unknown, listener: unknown): Listener {
    const key = requireFunction(keyOf, 'deduplicate(keyOf, listener): the key') as unknown as (
      event: unknown,
    ) => unknown;
    const handle = requireFunction(listener, 'deduplicate(keyOf, listener): the listener') as unknown as Listener;
    const once: Listener = (event, context) =>
      idempotent(this.#store, key(event), () => handle(event, context), { table: this.#table });
    return Object.defineProperty(once, 'name', { value: handle.name });
  }
}

function recognized(store: Store, table: string, key: string, { atMs }: Done, from: Origin): void {
  const facts = { store: store.name, table, key, firstAtMs: atMs };
  store.environment.record({ type: 'duplicate.recognized', ...facts }, from);
}

function requireStore(value: unknown, call: string): Store {
  if (value instanceof Store) return value;
  throw new TypeError(`${call}: the first argument must be a store; it is ${kindOf(value)}.`);
}
