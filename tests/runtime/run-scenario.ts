import { createNodeHost } from '../../src/headless/node-host';
import type { Entry, EntryOf, EntryType, Intervention } from '../../src/log/entry';
import { createRun } from '../../src/runtime/run';
import type { ProcessSpec, Scenario } from '../../src/scenario/scenario';

export interface Given {
  readonly files: Record<string, string>;
  readonly processes?: readonly (Partial<ProcessSpec> & { file: string })[];
  readonly interventions?: readonly Intervention[];
  readonly latencyMs?: number;
  readonly network?: Partial<Scenario['network']>;
  readonly durationMs?: number;
  readonly brokers?: Scenario['brokers'];
  readonly faults?: Scenario['faults'];
  readonly seed?: number;
}

/** A scenario out of its files: one process per file unless said otherwise, links without latency. */
export function scenarioOf(given: Given): Scenario {
  const processes = given.processes ?? Object.keys(given.files).map((file) => ({ file }));
  return {
    title: 'test',
    about: '',
    durationMs: given.durationMs ?? 60_000,
    seed: given.seed ?? 1,
    speed: 1,
    startedAt: '2026-01-01T00:00:00.000Z',
    processes: processes.map(({ file, ...spec }) => ({
      name: file.replace(/\.[^.]*$/, ''),
      file,
      args: [],
      env: {},
      startAtMs: 0,
      replicas: 1,
      ...spec,
    })),
    network: {
      default: { latencyMs: given.latencyMs ?? 0, jitterMs: 0, loss: 0, cut: false },
      links: [],
      ...given.network,
    },
    interventions: given.interventions ?? [],
    files: given.files,
    note: '',
    ...(given.brokers && { brokers: given.brokers }),
    ...(given.faults && { faults: given.faults }),
  };
}

export class Log {
  readonly entries: readonly Entry[];

  constructor(entries: readonly Entry[]) {
    this.entries = entries;
  }

  of<T extends EntryType>(type: T): EntryOf<T>[] {
    return this.entries.filter((entry): entry is EntryOf<T> => entry.type === type);
  }

  /** What a process printed, or all of them, as `<ms> <text>` lines when asked for instants. */
  printed(process?: string): string[] {
    const text = this.of('console.printed')
      .filter((entry) => process === undefined || entry.process === process)
      .map((entry) => entry.text)
      .join('');
    return text === '' ? [] : text.replace(/\n$/, '').split('\n');
  }

  printedAt(): string[] {
    return this.of('console.printed').map((entry) => `${String(entry.atMs)} ${entry.text.trimEnd()}`);
  }
}

export async function runScenario(given: Given): Promise<Log> {
  const entries: Entry[] = [];
  const run = createRun({
    scenario: scenarioOf(given),
    host: createNodeHost(),
    sink: (batch) => {
      entries.push(...batch);
    },
    shouldYield: () => false,
  });
  await run.advance(Infinity);
  return new Log(entries);
}
