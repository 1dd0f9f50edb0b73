import type { Failure } from '../log/entry';
import { failureOf } from './failure';
import type { Life } from './life';
import { nameInSource, type PolicyObserver, type PolicyOrigin } from './observed-policies';

/** Writes what the policies of one life of a process do. Whoever makes a call causes what comes of it. */
export function policyObserver(life: Life): PolicyObserver {
  const { world } = life;
  const fact = ({ policy, where }: PolicyOrigin) => ({
    cause: life.context.cause,
    where,
    process: life.process,
    policy,
  });
  const failed = ({ error }: { readonly error?: unknown }): { readonly failure?: Failure } =>
    error === undefined ? {} : { failure: failureOf(error, world.sources.names) };
  const { journal } = world;
  return {
    origin: (kind) => {
      const line = world.sources.lineAt(world.turn.p);
      return { policy: (line === undefined ? undefined : nameInSource(line)) ?? kind, where: world.where() };
    },
    declared: (origin) => {
      if (life.alive) journal.append({ type: 'breaker.declared', ...fact(origin) });
    },
    changed: (origin, { state, halfOpenInMs, ...reason }) => {
      if (!life.alive) return;
      const halfOpenAtMs = halfOpenInMs === undefined ? undefined : world.agenda.nowMs + halfOpenInMs;
      const at = halfOpenAtMs === undefined ? {} : { halfOpenAtMs };
      journal.append({ type: 'breaker.changed', ...fact(origin), state, ...at, ...failed(reason) });
    },
    retried: (origin, { attempt, delayMs, ...reason }) => {
      if (!life.alive) return;
      journal.append({ type: 'retry.scheduled', ...fact(origin), attempt, delayMs, ...failed(reason) });
    },
    gaveUp: (origin, reason) => {
      if (life.alive) journal.append({ type: 'retry.given-up', ...fact(origin), ...failed(reason) });
    },
  };
}
