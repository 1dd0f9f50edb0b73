import { clonePlain, copyPlain } from '../../../log/plain';
import { kindOf } from '../arguments';
import type { ClientEnvironment } from '../environment';
import type { SagaDefinition } from './definition';
import { Instance } from './instance';
import type { SagaRecord, SagaStore } from './record';

/** Of one saga in one process. */
export const sagaInstancesMax = 100_000;

type Waiter = (outcome: object) => void;

/** Which life of the process drives the instances of a store now. */
const drivers = new WeakMap<SagaStore, Saga>();

/** A saga as one life of a process has defined it. */
export class Saga {
  readonly name: string;
  readonly #environment: ClientEnvironment;
  readonly #definition: SagaDefinition;
  readonly #store: SagaStore;
  readonly #running = new Map<string, Instance>();
  #waiters = new Map<string, Waiter[]>();

  constructor(environment: ClientEnvironment, definition: SagaDefinition) {
    this.name = definition.name;
    this.#environment = environment;
    this.#definition = definition;
    this.#store = environment.durable<SagaStore>(`saga ${environment.process} ${definition.name}`, () => new Map());
    const { stages, pivotStage, timeoutMs } = definition;
    const pivot = pivotStage === undefined ? undefined : stages[pivotStage]?.[0]?.name;
    environment.record({
      type: 'saga.declared',
      saga: this.name,
      stages: stages.map((stage) => stage.map(({ name }) => name)),
      ...(pivot === undefined ? {} : { pivot }),
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
    });
    environment.onRetire(() => {
      for (const instance of this.#running.values()) instance.close();
      this.#running.clear();
    });
    const before = drivers.get(this.#store);
    drivers.set(this.#store, this);
    // What an old text of the file waits for it still gets; a life that has ended waits for nothing.
    if (before !== undefined && before.#environment.isAlive) this.#waiters = before.#waiters;
    for (const record of this.#store.values()) if (record.outcome === undefined) this.#resume(record, 'crash');
  }

  run(instance: unknown, data?: unknown): Promise<object> {
    const id = this.#idOf(instance);
    const known = this.#store.get(id);
    const plain = known === undefined ? copyPlain(data) : undefined;
    if (known === undefined && this.#store.size >= sagaInstancesMax)
      throw new RangeError(`saga('${this.name}'): a saga has at most ${String(sagaInstancesMax)} instances.`);
    const promise = this.#environment.promise<object>((resolve) => {
      if (known?.outcome !== undefined) resolve(outcomeOf(known));
      else this.#waiters.set(id, [...(this.#waiters.get(id) ?? []), resolve]);
    });
    if (known === undefined) this.#begin(id, plain);
    return promise;
  }

  /** A stuck instance is tried again where it is stuck. */
  retry(instance: unknown): Promise<object> {
    const id = this.#idOf(instance);
    const record = this.#store.get(id);
    if (record?.outcome !== 'stuck')
      throw new Error(
        `saga('${this.name}').retry('${id}'): only a stuck instance can be tried again; ${stateOf(record)}.`,
      );
    record.outcome = undefined;
    record.stuck = undefined;
    if (record.undo === undefined) {
      record.failure = undefined;
      record.deadlineMs = undefined;
    } else for (const step of Object.values(record.steps)) if (step.state === 'undoing') step.attempt = 1;
    this.#resume(record, 'asked');
    return this.run(id);
  }

  /** How an instance stands; undefined when there is none of this id. */
  state(instance: unknown): object | undefined {
    const record = this.#store.get(this.#idOf(instance));
    return record && { ...outcomeOf(record), outcome: record.outcome ?? (record.undo ? 'compensating' : 'running') };
  }

  /** The ids of all instances, in the order in which they were started. */
  instances(): string[] {
    return [...this.#store.keys()];
  }

  #begin(id: string, data: unknown): void {
    const environment = this.#environment;
    const nowMs = environment.node.nowMs();
    const { timeoutMs } = this.#definition;
    const handled = environment.handled();
    // Its payload is not the saga's: what the saga needs is in `data`.
    const message = handled && { ...handled, data: undefined };
    const record: SagaRecord = {
      instance: id,
      data,
      message,
      startedAtMs: nowMs,
      deadlineMs: timeoutMs === undefined ? undefined : nowMs + timeoutMs,
      undo: undefined,
      steps: {},
      done: [],
      isPastPivot: false,
      failure: undefined,
      outcome: undefined,
      stuck: undefined,
    };
    this.#store.set(id, record);
    const seq = environment.record({
      type: 'saga.started',
      saga: this.name,
      instance: id,
      ...(data === undefined ? {} : { data: clonePlain(data) }),
      ...(message === undefined ? {} : { message: message.id, correlation: message.correlationid }),
    });
    this.#drive(record).begin(seq);
  }

  #resume(record: SagaRecord, reason: 'crash' | 'asked'): void {
    const facts = { saga: this.name, instance: record.instance };
    const seq = this.#environment.record({ type: 'saga.resumed', ...facts, reason });
    this.#drive(record).resume(seq);
  }

  #drive(record: SagaRecord): Instance {
    const instance = new Instance({
      environment: this.#environment,
      definition: this.#definition,
      record,
      onEnd: () => {
        this.#running.delete(record.instance);
        const waiters = this.#waiters.get(record.instance) ?? [];
        this.#waiters.delete(record.instance);
        for (const resolve of waiters) resolve(outcomeOf(record));
      },
    });
    this.#running.set(record.instance, instance);
    return instance;
  }

  #idOf(value: unknown): string {
    if (typeof value === 'number' && Number.isFinite(value)) return String(value);
    if (typeof value === 'string' && value !== '') return value;
    throw new TypeError(
      `saga('${this.name}'): the id of an instance must be a text that is not empty, or a number; it is ${kindOf(value)}.`,
    );
  }
}

/** A copy, for user code. */
function outcomeOf({ instance, outcome, steps, done, failure, stuck }: SagaRecord): object {
  const results: Record<string, unknown> = {};
  for (const name of done) if (steps[name]?.result !== undefined) results[name] = clonePlain(steps[name].result);
  return {
    instance,
    outcome,
    results,
    ...(failure && { failure: { ...failure } }),
    ...(stuck && { stuck: { ...stuck } }),
  };
}

function stateOf(record: SagaRecord | undefined): string {
  return record === undefined ? 'there is none of this id' : `it is ${record.outcome ?? 'under way'}`;
}
