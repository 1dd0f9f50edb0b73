import { noRetry, type RetryPolicy } from '../../../brokers/bus/retry';
import { kindOf, requireDuration, requireFunction, requireText, retryPolicy } from '../arguments';

// What users define a saga with, checked at their line.

export type StepCode = (context: object) => unknown;

export class SagaStep {
  readonly name: string;
  readonly isPivot: boolean;
  readonly action: StepCode;
  /** `null`: the step leaves nothing behind. Undefined: it has none, and what it did stays. */
  readonly compensation: StepCode | null | undefined;
  readonly timeoutMs: number | undefined;
  /** Undefined: as the place in the saga has it. */
  readonly retry: RetryPolicy | undefined;
  readonly compensationRetry: RetryPolicy;
  /** Where it was made: `orders.ts:12`. */
  readonly where: string | undefined;

  constructor(fields: Omit<SagaStep, never>) {
    this.name = fields.name;
    this.isPivot = fields.isPivot;
    this.action = fields.action;
    this.compensation = fields.compensation;
    this.timeoutMs = fields.timeoutMs;
    this.retry = fields.retry;
    this.compensationRetry = fields.compensationRetry;
    this.where = fields.where;
  }
}

/** Steps that run at the same time. */
export class ParallelSteps {
  readonly steps: readonly SagaStep[];

  constructor(steps: readonly SagaStep[]) {
    this.steps = steps;
  }
}

export interface SagaDefinition {
  readonly name: string;
  readonly stages: readonly (readonly SagaStep[])[];
  /** Index of the stage that is the pivot; undefined when there is none. */
  readonly pivotStage: number | undefined;
  readonly timeoutMs: number | undefined;
  readonly where: string | undefined;
}

/** What cannot go back is tried more often: after the pivot, and when undoing. Waits of 200, 400, 800 ms … */
export const insistent: RetryPolicy = {
  attempts: 6,
  backoff: 'exponential',
  jitter: 'none',
  initialMs: 200,
  maxMs: 30_000,
  budget: undefined,
};

export function makeStep(kind: 'step' | 'pivot', name: unknown, given: unknown, where: string | undefined): SagaStep {
  const call = `${kind}(name, { action, … })`;
  const checked = requireText(name, `${call}: the name`);
  if (typeof given !== 'object' || given === null)
    throw new TypeError(
      `${call}: after the name '${checked}' there must be an object with an action; it is ${kindOf(given)}.`,
    );
  const options = given as Readonly<Record<string, unknown>>;
  const about = `${kind}('${checked}')`;
  const { compensation } = options;
  if (kind === 'pivot' && compensation !== undefined && compensation !== null)
    throw new TypeError(
      `${about}: a pivot is the point of no return, so it has no compensation. Make it a step, or take the compensation out.`,
    );
  return new SagaStep({
    name: checked,
    isPivot: kind === 'pivot',
    action: requireFunction(options['action'], `${about}: action`) as unknown as StepCode,
    compensation:
      compensation === undefined || compensation === null
        ? compensation
        : (requireFunction(compensation, `${about}: compensation`) as unknown as StepCode),
    timeoutMs:
      options['timeoutMs'] === undefined ? undefined : requireDuration(options['timeoutMs'], `${about}: timeoutMs`),
    retry: options['retry'] === undefined ? undefined : stepRetry(options['retry'], `${about}: retry`),
    compensationRetry:
      options['compensationRetry'] === undefined
        ? insistent
        : stepRetry(options['compensationRetry'], `${about}: compensationRetry`),
    where,
  });
}

/** A budget is shared by all that a listener is called for; the attempts at a step are its own. */
function stepRetry(given: unknown, what: string): RetryPolicy {
  const policy = retryPolicy(given);
  if (policy.budget !== undefined)
    throw new TypeError(`${what}: a step of a saga has no budget. Say how often it is tried with attempts.`);
  return policy;
}

export function makeParallel(given: readonly unknown[]): ParallelSteps {
  for (const one of given)
    if (!(one instanceof SagaStep) || one.isPivot)
      throw new TypeError(
        `parallel(step, step, …) takes steps made with step(); it got ${one instanceof SagaStep ? `the pivot '${one.name}'` : kindOf(one)}.`,
      );
  if (given.length < 2)
    throw new TypeError(`parallel(step, step, …) needs at least two steps; it got ${String(given.length)}.`);
  return new ParallelSteps(given as readonly SagaStep[]);
}

export function makeDefinition(name: unknown, given: unknown, where: string | undefined): SagaDefinition {
  const call = 'saga(name, { steps })';
  const checked = requireText(name, `${call}: the name`);
  const options = (typeof given === 'object' && given !== null ? given : {}) as Readonly<Record<string, unknown>>;
  const { steps, timeoutMs } = options;
  if (!Array.isArray(steps) || steps.length === 0)
    throw new TypeError(`saga('${checked}'): steps must be a list of steps that is not empty; it is ${kindOf(steps)}.`);
  const stages = steps.map((one: unknown, index) => stageOf(one, index, checked));
  requireOneName(stages.flat(), checked);
  const pivotStage = stages.findIndex(([step]) => step?.isPivot === true);
  requireOneWay(stages, pivotStage, checked);
  return {
    name: checked,
    stages,
    pivotStage: pivotStage < 0 ? undefined : pivotStage,
    timeoutMs: timeoutMs === undefined ? undefined : requireDuration(timeoutMs, `saga('${checked}'): timeoutMs`),
    where,
  };
}

function stageOf(one: unknown, index: number, saga: string): readonly SagaStep[] {
  if (one instanceof SagaStep) return [one];
  if (one instanceof ParallelSteps) return one.steps;
  throw new TypeError(
    `saga('${saga}'): steps[${String(index)}] must be made with step(), parallel() or pivot(); it is ${kindOf(one)}.`,
  );
}

function requireOneName(steps: readonly SagaStep[], saga: string): void {
  const names = new Set<string>();
  for (const { name } of steps) {
    if (names.has(name))
      throw new TypeError(`saga('${saga}'): two steps are called '${name}'. Give each a name of its own.`);
    names.add(name);
  }
}

function requireOneWay(stages: readonly (readonly SagaStep[])[], pivotStage: number, saga: string): void {
  if (pivotStage < 0) return;
  const pivot = stages[pivotStage]?.[0]?.name ?? '';
  for (const step of stages.slice(pivotStage + 1).flat()) {
    if (step.isPivot)
      throw new TypeError(
        `saga('${saga}'): '${pivot}' and '${step.name}' are both pivots. There is one point of no return; make the later one a step.`,
      );
    if (typeof step.compensation === 'function')
      throw new TypeError(
        `saga('${saga}'): '${step.name}' stands after the pivot '${pivot}', so its compensation would never run. Take it out, or put the step before the pivot.`,
      );
  }
}

/** How often an action is tried: as its step says; otherwise once, and after the pivot as often as what cannot go back. */
export function retryOf(definition: SagaDefinition, stage: number, step: SagaStep): RetryPolicy {
  const isPast = definition.pivotStage !== undefined && stage > definition.pivotStage;
  return step.retry ?? (isPast ? insistent : noRetry);
}
