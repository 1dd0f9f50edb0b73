import { requireDuration, requireFunction, requireText } from './arguments';
import type { ClientEnvironment } from './environment';
import { createInspector } from '../node/inspect';
import { shownStack } from '../node/stack';
import { EventBus, type BusOptions } from './event-bus';
import { Aggregate } from './aggregate';
import { EventStreams } from './event-streams';
import { Experiments } from './experiment';
import { idempotent, Inbox } from './idempotency';
import { Outbox } from './outbox';
import { ConcurrencyError, StoreBusyError, UniqueViolationError } from './pattern-error';
import { Projection } from './projection';
import { redrive } from './redrive';
import { Receivers } from './receiver/receiver';
import { replay } from './replay';
import { makeDefinition, makeParallel, makeStep } from './saga/definition';
import { ReplyError, Requests } from './saga/request';
import { Saga } from './saga/saga';
import { Store } from './store';

/** The module `eventarium` as one process sees it. The types that users read are in `eventarium.d.ts`. */
export function createEventarium(environment: ClientEnvironment): Record<string, unknown> {
  const buses = new Map<string, EventBus>();
  const eventBus = (name: unknown = 'bus', options: BusOptions = {}): EventBus => {
    const checked = requireText(name, 'eventBus(name): the name');
    let bus = buses.get(checked);
    if (bus === undefined) buses.set(checked, (bus = new EventBus(environment, checked, options)));
    return bus;
  };
  const stores = new Map<string, Store>();
  const store = (name: unknown = 'store'): Store => {
    const checked = requireText(name, 'store(name): the name');
    let known = stores.get(checked);
    if (known === undefined) stores.set(checked, (known = new Store(environment, checked)));
    return known;
  };
  const requests = new Requests(environment);
  const experiments = new Experiments(environment);
  const receivers = new Receivers(environment);
  const eventStores = new Map<string, EventStreams>();
  const eventStore = (name: unknown = 'events', options: object = {}): EventStreams => {
    const checked = requireText(name, 'eventStore(name): the name');
    let known = eventStores.get(checked);
    if (known === undefined) eventStores.set(checked, (known = new EventStreams(environment, checked, options)));
    return known;
  };
  return {
    eventBus,
    eventStore,
    aggregate: (events: unknown, options: object = {}) => new Aggregate(events, options),
    projection: (name: unknown, options: object = {}) => new Projection(name, options),
    store,
    outbox: (from: unknown, to: unknown, options: object = {}) => new Outbox(from, to, options),
    inbox: (from: unknown, options: object = {}) => new Inbox(from, options),
    idempotent,
    ConcurrencyError,
    StoreBusyError,
    UniqueViolationError,
    ...sagaFunctions(environment),
    experiment: (name: unknown, options: unknown) => experiments.define(name, options),
    webhookReceiver: (name: unknown, options: unknown) => receivers.define(name, options),
    request: (bus: unknown, type: unknown, data: unknown, options: unknown) =>
      requests.request(bus, type, data, options),
    ReplyError,
    sleep: (ms: unknown): Promise<void> => sleep(environment, ms),
    every: (ms: unknown, callback: unknown, options?: { times?: number }) => every(environment, ms, callback, options),
    replay: (bus: unknown, listener: unknown, options?: object) => replay(environment, bus, listener, options),
    redrive: (bus: unknown, options?: object) => redrive(environment, bus, options),
    invariant: (name: unknown, check: unknown): void => {
      environment.invariant(
        requireText(name, 'invariant(name, check): the name'),
        environment.node.bind(requireFunction(check, 'invariant(name, check): the check')),
      );
    },
    show: (name: unknown, value: unknown): unknown => {
      environment.show(requireText(name, 'show(name, value): the name'), printed(value));
      return value;
    },
    readLog: (text: unknown) => readEvents(String(text)),
  };
}

function sagaFunctions(environment: ClientEnvironment): Record<string, unknown> {
  const sagas = new Set<string>();
  const where = (): string | undefined => environment.origin().where;
  return {
    step: (name: unknown, options: unknown) => makeStep('step', name, options, where()),
    pivot: (name: unknown, options: unknown) => makeStep('pivot', name, options, where()),
    parallel: (...steps: unknown[]) => makeParallel(steps),
    saga: (name: unknown, options: unknown): Saga => {
      const definition = makeDefinition(name, options, where());
      if (sagas.has(definition.name))
        throw new Error(
          `saga('${definition.name}'): this process has a saga of that name already. Give each a name of its own.`,
        );
      sagas.add(definition.name);
      return new Saga(environment, definition);
    },
  };
}

/** Of a value that is shown. */
export const shownCharsMax = 2_000;

/** As `console.log` writes a value inside an object: texts in quotes. Errors without frames, since engines differ in them. */
function printed(value: unknown): string {
  const { inspect } = createInspector({ stackOf: (error) => shownStack(error).replace(/\n\s+at [^\n]*/g, '') });
  const text = inspect(value);
  return text.length > shownCharsMax ? `${text.slice(0, shownCharsMax - 1)}…` : text;
}

function sleep({ node }: ClientEnvironment, ms: unknown): Promise<void> {
  const delayMs = requireDuration(ms, 'sleep(ms)');
  return new Promise((resolve) => {
    node.schedule(delayMs, resolve);
  });
}

/** Instants are whole microseconds: what is due sooner is due now. */
const periodMsMin = 0.001;

/** Calls `callback(1)`, `callback(2)`, … each `ms` of virtual time, the first time after `ms`. */
function every(
  environment: ClientEnvironment,
  ms: unknown,
  callback: unknown,
  options: { times?: number } = {},
): { stop(): void } {
  const periodMs = requireDuration(ms, 'every(ms, callback)');
  if (periodMs < periodMsMin)
    throw new RangeError('every(ms, callback): the period must be at least 0.001 ms, or time would never pass.');
  const run = environment.node.bind(
    requireFunction(callback, 'every(ms, callback): the callback') as (n: number) => unknown,
  );
  const times = options.times ?? Infinity;
  let n = 0;
  let timer: { cancel(): void } | undefined;
  const next = (): void => {
    timer = n < times ? environment.node.schedule(periodMs, tick) : undefined;
  };
  const tick = (): void => {
    n++;
    next();
    run(n);
  };
  next();
  return {
    stop: () => {
      timer?.cancel();
      n = times;
    },
  };
}

/**
 * Reads events kept as NDJSON, one a line. A line that is no event is reported with its number (from 1) and the rest is read.
 */
function readEvents(text: string): { events: unknown[]; problems: { line: number; message: string }[] } {
  const events: unknown[] = [];
  const problems: { line: number; message: string }[] = [];
  text.split('\n').forEach((line, index) => {
    if (line.trim() === '') return;
    try {
      const value = JSON.parse(line) as unknown;
      if (typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string')
        events.push(value);
      else problems.push({ line: index + 1, message: 'This is JSON, but no event: it has no "type".' });
    } catch {
      problems.push({ line: index + 1, message: 'This line is not JSON.' });
    }
  });
  return { events, problems };
}
