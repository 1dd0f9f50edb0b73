import { forShadow } from '../shadowed';
import { kindOf, requireFunction, requireText } from './arguments';
import type { ClientEnvironment, Ended } from './environment';

type Version = (...args: unknown[]) => unknown;
type Split =
  | { readonly type: 'share'; readonly share: number }
  | { readonly type: 'key'; readonly share: number; readonly key: Version }
  | { readonly type: 'shadow' };

/** What every process of the run knows of an experiment; it outlives them, as a service with feature flags does. */
export interface ExperimentState {
  /** Of whoever has declared it last. */
  versions: readonly string[];
  /** Handles everything, once somebody has switched to it. */
  live: string | undefined;
  /** How often it was called for no message. */
  calls: number;
}

export function experimentState(keeper: Pick<ClientEnvironment, 'durable'>, name: string): ExperimentState {
  return keeper.durable(`experiment ${name}`, (): ExperimentState => ({ versions: [], live: undefined, calls: 0 }));
}

/** The experiments of one life of a process. */
export class Experiments {
  readonly #environment: ClientEnvironment;
  readonly #names = new Set<string>();

  constructor(environment: ClientEnvironment) {
    this.#environment = environment;
  }

  /** The listener that shares out what it is called for. It is called as the experiment is. */
  define(given: unknown, options: unknown): Version {
    const name = requireText(given, 'experiment(name, options): the name');
    if (this.#names.has(name))
      throw new Error(
        `experiment('${name}'): this process has an experiment of that name already. Give each a name of its own.`,
      );
    const call = `experiment('${name}', options)`;
    const { versions, split } = (typeof options === 'object' && options !== null ? options : {}) as Record<
      string,
      unknown
    >;
    const experiment = new Experiment(this.#environment, name, versionsOf(versions, call), splitOf(split, call));
    this.#names.add(name);
    const listener = function (this: unknown, ...args: unknown[]): unknown {
      return experiment.handle(this, args);
    };
    Object.defineProperty(listener, 'name', { value: name });
    return Object.assign(listener, {
      switchTo: (version?: unknown): void => {
        experiment.switchTo(version);
      },
      live: (): string | undefined => experiment.live,
    });
  }
}

/**
 * Two versions of a listener on the same traffic.
 *
 * Invariants
 * 1. Which version a message gets hangs on the message, or its key, and the seed: a retry, another replica and the next life get the
 *    same, until somebody switches.
 * 2. How a shadow ends, or that it never does, changes nothing for whoever called.
 */
class Experiment {
  readonly #environment: ClientEnvironment;
  readonly #name: string;
  readonly #versions: ReadonlyMap<string, Version>;
  /** The one that runs today, and the one that is tried. */
  readonly #names: readonly [string, string];
  readonly #split: Split;
  readonly #state: ExperimentState;

  constructor(environment: ClientEnvironment, name: string, versions: ReadonlyMap<string, Version>, split: Split) {
    this.#environment = environment;
    this.#name = name;
    this.#versions = versions;
    this.#names = [...versions.keys()] as [string, string];
    this.#split = split;
    this.#state = experimentState(environment, name);
    this.#state.versions = this.#names;
    const share = split.type === 'shadow' ? {} : { share: split.share };
    environment.record({
      type: 'experiment.declared',
      experiment: name,
      versions: this.#names,
      split: split.type,
      ...share,
    });
  }

  /** The version that was switched to; undefined while messages are shared out, or when an edit has taken it away. */
  get live(): string | undefined {
    const { live } = this.#state;
    return live !== undefined && this.#versions.has(live) ? live : undefined;
  }

  switchTo(given: unknown): void {
    const version =
      given === undefined ? undefined : requireText(given, `${this.#name}.switchTo(version): the version`);
    if (version !== undefined && !this.#versions.has(version))
      throw new RangeError(
        `${this.#name}.switchTo('${version}'): it has no such version; there are ${this.#names.join(' and ')}.`,
      );
    this.#state.live = version;
    const to = version === undefined ? {} : { version };
    this.#environment.record({ type: 'experiment.switched', experiment: this.#name, ...to });
  }

  handle(self: unknown, args: unknown[]): unknown {
    const [current, candidate] = this.#names;
    const split = this.#split;
    const { live } = this;
    if (live !== undefined) return this.#call(live, self, args);
    if (split.type !== 'shadow') {
      const key = split.type === 'key' ? this.#keyOf(split.key, args) : undefined;
      const chance = this.#environment.chanceOf(`experiment ${this.#name} ${key ?? this.#occasion()}`);
      return this.#call(chance < split.share ? candidate : current, self, args, { key });
    }
    const copies = copyOf(args, new Map()) as unknown[];
    try {
      return this.#call(current, self, args);
    } finally {
      if (this.#environment.isAlive) this.#shadow(candidate, self, copies);
    }
  }

  /** What tells one call from the others: the message, or else the number of the call. */
  #occasion(): string {
    const message = this.#environment.handled();
    return message === undefined ? `call ${String(this.#state.calls++)}` : message.id;
  }

  #keyOf(key: Version, args: unknown[]): string {
    const value = key(...args);
    if (typeof value === 'string' || typeof value === 'number') return `key ${String(value)}`;
    throw new TypeError(`experiment('${this.#name}'): the key must be a text or a number; it is ${kindOf(value)}.`);
  }

  #call(version: string, self: unknown, args: unknown[], { key }: { key?: string | undefined } = {}): unknown {
    const environment = this.#environment;
    let now: Ended | undefined;
    let later: ((ended: Ended) => void) | undefined;
    this.#start({ version, key }, self, args, (ended) => {
      if (later === undefined) now = ended;
      else later(ended);
    });
    if (now?.type === 'threw') throw now.error;
    if (now !== undefined) return now.value;
    return environment.promise((resolve, reject) => {
      later = (ended) => {
        if (ended.type === 'returned') resolve(ended.value);
        else reject(ended.error);
      };
    });
  }

  #shadow(version: string, self: unknown, args: unknown[]): void {
    const release = this.#environment.hold();
    this.#start({ version, isShadow: true }, self, args, release);
  }

  /** Calls the version as a piece of work of its own, and writes how it ends. */
  #start(
    { version, key, isShadow = false }: { version: string; key?: string | undefined; isShadow?: boolean },
    self: unknown,
    args: unknown[],
    onEnd: (ended: Ended) => void,
  ): void {
    const environment = this.#environment;
    const message = environment.handled()?.id;
    const facts = {
      experiment: this.#name,
      version,
      ...(message !== undefined && { message }),
      ...(isShadow && { shadow: true as const }),
    };
    const decided = key === undefined ? {} : { key: key.slice('key '.length) };
    const cause = environment.record({ type: 'experiment.version-started', ...facts, ...decided });
    const startedMs = environment.node.nowMs();
    const run = this.#versions.get(version)!;
    environment.work(
      () => run.apply(self, args),
      (ended) => {
        const tookMs = environment.node.nowMs() - startedMs;
        if (ended.type === 'returned')
          environment.record({ type: 'experiment.version-succeeded', ...facts, tookMs }, { cause, where: undefined });
        else {
          const from = { cause, where: environment.thrownAt(ended.error) };
          const failure = environment.failure(ended.error);
          environment.record({ type: 'experiment.version-failed', ...facts, tookMs, failure }, from);
        }
        onEnd(ended);
      },
      { cause, isHeld: isShadow },
    );
  }
}

function versionsOf(given: unknown, call: string): ReadonlyMap<string, Version> {
  const entries = typeof given === 'object' && given !== null ? Object.entries(given) : [];
  if (entries.length !== 2)
    throw new TypeError(
      `${call}: versions must be an object with two functions, what runs today and what is tried; it has ${String(entries.length)}.`,
    );
  return new Map(
    entries.map(([name, run]) => [name, requireFunction(run, `${call}: the version ${name}`) as unknown as Version]),
  );
}

function splitOf(given: unknown, call: string): Split {
  if (given === 'shadow') return { type: 'shadow' };
  if (typeof given !== 'object' || given === null)
    throw new TypeError(
      `${call}: split must be { share: 0.2 }, { key: (event) => … } or 'shadow'; it is ${kindOf(given)}.`,
    );
  const { share, key } = given as { readonly share?: unknown; readonly key?: unknown };
  if (key === undefined) return { type: 'share', share: shareOf(share, call) };
  return {
    type: 'key',
    share: shareOf(share ?? 0.5, call),
    key: requireFunction(key, `${call}: the key`) as unknown as Version,
  };
}

function shareOf(given: unknown, call: string): number {
  if (typeof given === 'number' && given >= 0 && given <= 1) return given;
  throw new RangeError(`${call}: the share must be a number from 0 to 1; it is ${kindOf(given)}.`);
}

type Shadowed = Readonly<Record<string, unknown>> & { readonly [forShadow]: () => Record<string, unknown> };

const isShadowed = (value: unknown): value is Shadowed =>
  typeof value === 'object' && value !== null && forShadow in value;

/** What users have put onto it is copied; what leads on to another stand-in, as from a request to its answer, leads to that one's. */
function standIn(value: Shadowed, known: Map<object, unknown>): unknown {
  const twin = value[forShadow]();
  known.set(value, twin);
  for (const [name, item] of Object.entries(value))
    if (!Object.hasOwn(twin, name) || isShadowed(item)) twin[name] = copyOf(item, known);
  return twin;
}

/** What is plain is copied, so that neither version sees what the other changes; what is not (a Buffer, a connection) is shared. */
function copyOf(value: unknown, known: Map<object, unknown>): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (known.has(value)) return known.get(value);
  if (Array.isArray(value)) {
    const list: unknown[] = [];
    known.set(value, list);
    for (const item of value) list.push(copyOf(item, known));
    return list;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return isShadowed(value) ? standIn(value, known) : value;
  const copy: Record<string, unknown> = { ...value };
  known.set(value, copy);
  for (const [name, item] of Object.entries(copy)) {
    if (typeof item !== 'object' || item === null) continue;
    // Not an assignment: a property called `__proto__` is a property.
    Object.defineProperty(copy, name, {
      value: copyOf(item, known),
      configurable: true,
      enumerable: true,
      writable: true,
    });
  }
  return copy;
}
