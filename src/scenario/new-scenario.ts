import { linkDefaults, scenarioDefaults } from './limits';
import type { Scenario } from './scenario';

/** What one starts from: one file and one event, which runs as it stands. */
export function newScenario(title: string): Scenario {
  return {
    ...scenarioDefaults,
    title,
    durationMs: 20_000,
    speed: 0.5,
    processes: [{ name: 'main', file: 'main.ts', args: [], env: {}, startAtMs: 0, replicas: 1 }],
    // Slow enough to see a message travel.
    network: { default: { ...linkDefaults, latencyMs: 100 }, links: [] },
    interventions: [],
    files: { 'main.ts': source },
  };
}

const source = `import { eventBus, every } from 'eventarium';

const bus = eventBus('bus');

bus.subscribe('hello', function greet(event) {
  console.log(\`Hello, reader \${event.data.id}\`);
});

every(
  1000,
  (n) => bus.emit('hello', { id: n }),
  { times: 10 },
);
`;
