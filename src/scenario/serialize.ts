import { linkDefaults, scenarioDefaults } from './limits';
import type { NetworkSpec, ProcessSpec, Scenario } from './scenario';

/** JSON data in the shape of an exported scenario; `parseScenario` makes a scenario of it again. */
export type ScenarioDocument = Readonly<Record<string, unknown>>;

/** The scenario as JSON data in which what equals its default is left out. The order of keys never varies. */
export function serializeScenario(scenario: Scenario): ScenarioDocument {
  const {
    title,
    about,
    durationMs,
    seed,
    speed,
    startedAt,
    processes,
    network,
    interventions,
    faults,
    brokers,
    files,
    note,
    comparison,
    layout,
  } = scenario;
  return {
    title,
    ...withoutDefaults({ about, durationMs, seed, speed, startedAt }, scenarioDefaults),
    processes: processes.map(serializeProcess),
    ...serializeNetwork(network),
    ...(brokers !== undefined && Object.keys(brokers).length > 0 && { brokers }),
    ...(faults !== undefined && faults.length > 0 && { faults }),
    ...(interventions.length > 0 && { interventions }),
    files,
    ...withoutDefaults({ note }, scenarioDefaults),
    ...(comparison !== undefined && { comparison }),
    ...(layout !== undefined && Object.keys(layout).length > 0 && { layout }),
  };
}

function serializeProcess(process: ProcessSpec): ScenarioDocument {
  const { name, file, args, env, startAtMs, replicas } = process;
  return {
    name,
    file,
    ...(args.length > 0 && { args }),
    ...(Object.keys(env).length > 0 && { env }),
    ...withoutDefaults({ startAtMs, replicas }, { startAtMs: 0, replicas: 1 }),
  };
}

function serializeNetwork(network: NetworkSpec): ScenarioDocument {
  const preset = withoutDefaults(network.default, linkDefaults);
  const parts = {
    ...(Object.keys(preset).length > 0 && { default: preset }),
    ...(network.links.length > 0 && { links: network.links }),
  };
  return Object.keys(parts).length > 0 ? { network: parts } : {};
}

function withoutDefaults<T extends object>(values: T, defaults: Partial<T>): Partial<T> {
  const kept = Object.entries(values).filter(([key, value]) => value !== defaults[key as keyof T]);
  return Object.fromEntries(kept) as Partial<T>;
}
