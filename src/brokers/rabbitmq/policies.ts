import type { PolicyTarget } from '../../log/entry-topology';
import type { Table, Value } from './protocol';
import { plainOf } from './values';

/**
 * Optional arguments of queues and exchanges that are given by the names of these, not by whoever declares them.
 * Source: rabbitmq.com/docs/policies.
 */
export interface Policy {
  readonly name: string;
  /** A regular expression; it matches anywhere in the name. */
  readonly pattern: string;
  readonly applyTo: ApplyTo;
  /** Of several that match only the highest applies. */
  readonly priority: number;
  /** `message-ttl`, `dead-letter-exchange` and so on: the names of arguments without `x-`. */
  readonly definition: Table;
}

export type ApplyTo = PolicyTarget;
export const appliesTo = [
  'all',
  'queues',
  'classic_queues',
  'quorum_queues',
  'streams',
  'exchanges',
] as const satisfies readonly ApplyTo[];

/** What a policy is looked up for. */
export type Target = 'exchange' | 'classic' | 'quorum';

const targets: Readonly<Record<ApplyTo, readonly Target[]>> = {
  all: ['exchange', 'classic', 'quorum'],
  queues: ['classic', 'quorum'],
  classic_queues: ['classic'],
  quorum_queues: ['quorum'],
  streams: [],
  exchanges: ['exchange'],
};

/** Lowest values of what is a whole number (rabbit_policies:validate_policy). */
export const lowestOfPolicy: Readonly<Record<string, number>> = {
  expires: 1,
  'message-ttl': 0,
  'max-length': 0,
  'max-length-bytes': 0,
  'delivery-limit': -1,
};

/** Where a policy and an operator policy both set one of these, the lower counts (rabbit_policies:merge_policy_value). */
const numeric: ReadonlySet<string> = new Set(Object.keys(lowestOfPolicy));

/** The policies of a broker, and those that its operator puts beside them as limits. */
export class Policies {
  readonly #users: readonly Compiled[];
  readonly #operators: readonly Compiled[];

  constructor(users: readonly Policy[] = [], operators: readonly Policy[] = []) {
    this.#users = compiled(users);
    this.#operators = compiled(operators);
  }

  /** What the policies say of the exchange or queue of this name. */
  of(target: Target, name: string): Table {
    const [user, operator] = [first(this.#users, target, name), first(this.#operators, target, name)];
    if (operator === undefined) return user?.definition ?? {};
    const merged: Record<string, Value> = { ...user?.definition };
    for (const [key, value] of Object.entries(operator.definition))
      merged[key] =
        key in merged && numeric.has(key) ? Math.min(numberOf(merged[key] as Value), numberOf(value)) : value;
    return merged;
  }
}

interface Compiled extends Policy {
  readonly matches: RegExp;
}

/** The highest first. Of equal ones RabbitMQ takes any; here it is the first by name, so that it is always the same. */
function compiled(policies: readonly Policy[]): readonly Compiled[] {
  return policies
    .map((policy) => ({ ...policy, matches: new RegExp(policy.pattern) }))
    .sort((one, other) => other.priority - one.priority || (one.name < other.name ? -1 : 1));
}

function first(policies: readonly Compiled[], target: Target, name: string): Policy | undefined {
  return policies.find(({ applyTo, matches }) => targets[applyTo].includes(target) && matches.test(name));
}

/**
 * The arguments that count for a queue, with what the policies add: of a limit that both set the lower, of everything else
 * what the queue was declared with. Source: rabbit_queue_type_util:args_policy_lookup.
 */
export function withPolicy(args: Table, policy: Table): Table {
  const merged: Record<string, Value> = { ...args };
  for (const [key, value] of Object.entries(policy)) {
    const argument = `x-${key}`;
    if (!known.has(key)) continue;
    const own = args[argument];
    if (own === undefined) merged[argument] = value;
    else if (numeric.has(key)) merged[argument] = lower(key, numberOf(own), numberOf(value));
  }
  return merged;
}

/** A delivery limit below 0 is none, so the other one counts. */
function lower(key: string, own: number, given: number): number {
  if (key === 'delivery-limit' && (own < 0 || given < 0)) return Math.max(own, given);
  return Math.min(own, given);
}

/** What a policy may say of a queue. The type of a queue, its priorities and its single active consumer are its own. */
const known: ReadonlySet<string> = new Set([
  ...numeric,
  'overflow',
  'dead-letter-exchange',
  'dead-letter-routing-key',
  'queue-mode',
]);

/** What policies may set and what this broker has use for. */
export const policyKeys: readonly string[] = [...known, 'alternate-exchange'];

/** What is one of several words. */
export const choicesOfPolicy: Readonly<Record<string, readonly string[]>> = {
  overflow: ['drop-head', 'reject-publish', 'reject-publish-dlx'],
  'queue-mode': ['default', 'lazy'],
};

function isValid(key: string, value: unknown): boolean {
  const least = lowestOfPolicy[key];
  if (least !== undefined) return Number.isInteger(value) && Number(value) >= least;
  return typeof value === 'string' && choicesOfPolicy[key]?.includes(value) !== false;
}

/** What RabbitMQ would refuse of a policy. */
export function policyProblem({ pattern, definition }: Pick<Policy, 'pattern' | 'definition'>): string | undefined {
  const unknown = Object.keys(definition).filter((key) => !policyKeys.includes(key));
  if (unknown.length > 0) return `${unknown.join(', ')} are not recognised policy settings.`;
  if (Object.keys(definition).length === 0) return 'A policy needs at least one setting.';
  const wrong = Object.entries(definition).find(([key, value]) => !isValid(key, plainOf(value)));
  if (wrong !== undefined) return `${JSON.stringify(plainOf(wrong[1]))} is not a valid ${wrong[0]}.`;
  try {
    new RegExp(pattern);
    return undefined;
  } catch {
    return `${pattern} is not a regular expression.`;
  }
}

function numberOf(value: Value): number {
  return Number(plainOf(value));
}
