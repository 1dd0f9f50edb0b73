import type { LinkSettings } from '../../log/entry';
import { limits } from '../../scenario/limits';
import type { ComparedSide, ComparisonSpec, Scenario } from '../../scenario/scenario';

/** The scenario changed in one way, on both sides alike, to measure what one run does not show. */

/** How many times slower every step is, and how many times the workers there are. */
export const slowerTimes = 3;
export const workersTimes = 3;
/** How many times the usual load is much. */
export const loadTimes = 10;

export function withSlowerSteps(scenario: Scenario, spec: ComparisonSpec): Scenario {
  const slower = <Link extends Partial<LinkSettings>>(link: Link): Link => ({
    ...link,
    ...(link.latencyMs !== undefined && { latencyMs: link.latencyMs * slowerTimes }),
    ...(link.jitterMs !== undefined && { jitterMs: link.jitterMs * slowerTimes }),
  });
  const { default: ofAll, links } = scenario.network;
  const slow = spec.sides
    .flatMap(servicesOf)
    .map((process) => ({ type: 'slow' as const, process, factor: slowerTimes }));
  return {
    ...scenario,
    network: { default: slower(ofAll), links: links.map(slower) },
    faults: [...(scenario.faults ?? []), ...slow],
  };
}

export function withMuchLoad(scenario: Scenario, spec: ComparisonSpec, workers: 1 | typeof workersTimes): Scenario {
  const services = spec.sides.flatMap(servicesOf);
  const processes = scenario.processes.map((process) => {
    const times = process.name === spec.client ? loadTimes : services.includes(process.name) ? workers : 1;
    return { ...process, replicas: Math.min(process.replicas * times, limits.replicasMax) };
  });
  return { ...scenario, processes };
}

export function servicesOf({ entry, parts }: ComparedSide): readonly string[] {
  return [entry, ...Object.values(parts)];
}
