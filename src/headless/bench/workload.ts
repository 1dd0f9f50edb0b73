import type { Scenario } from '../../scenario/scenario';
import { linkDefaults, scenarioDefaults } from '../../scenario/limits';

/** What is measured: one process that emits an event each millisecond, heard by four listeners in it. */
export const listenersPerInstant = 4;

export type CaseName = 'plain' | 'asyncSettled' | 'sleeping';

const listeners: Readonly<Record<CaseName, string>> = {
  plain: '(event) => { seen += event.data.n; }',
  asyncSettled: 'async (event) => { seen += event.data.n; }',
  sleeping: 'async (event) => { await sleep(10); seen += event.data.n; }',
};

export const whatIsMeasured: Readonly<Record<CaseName, string>> = {
  plain: 'plain listeners, 4 per instant',
  asyncSettled: 'async listeners that settle at once, 4 per instant',
  sleeping: 'listeners that sleep 10 ms, 4 per instant',
};

/** A scenario whose listeners get this many deliveries. */
export function workload(name: CaseName, deliveries: number): Scenario {
  const instants = Math.ceil(deliveries / listenersPerInstant);
  const source = `import { eventBus, every, sleep } from 'eventarium';
const bus = eventBus('bench');
let seen = 0;
for (let n = 0; n < ${listenersPerInstant}; n++) bus.subscribe('tick', ${listeners[name]}, { name: \`listener-\${n}\` });
every(1, (n) => bus.emit('tick', { n }), { times: ${instants} });
`;
  const { about, seed, speed, startedAt, note } = scenarioDefaults;
  return {
    title: name,
    about,
    durationMs: instants + 1_000,
    seed,
    speed,
    startedAt,
    processes: [{ name: 'bench', file: 'bench.ts', args: [], env: {}, startAtMs: 0, replicas: 1 }],
    network: { default: linkDefaults, links: [] },
    interventions: [],
    files: { 'bench.ts': source },
    note,
  };
}
