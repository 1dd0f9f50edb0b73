import type { Scenario } from '../../scenario/scenario';
import { scenarioDefaults } from '../../scenario/limits';
import { execute } from '../execute';

/** What the files of programs use and the simulation may not offer: packages, built-in modules, and globals of Node's. */

const imported = /(?:\bfrom\s*|\bimport\s*|\bimport\s*\(\s*|\brequire\s*\(\s*)(['"])([^'"\n]+)\1/g;
const usedGlobals = /(?<![\w.$])(?:new\s+)?(fetch|Headers|Request|Response|WebSocket)\s*\(/g;

/** Packages by their name, so `amqplib` for `amqplib/callback_api`; built-in modules as they are written. */
export function needsOf(scenario: Scenario): ReadonlySet<string> {
  const needs = new Set<string>();
  for (const source of Object.values(scenario.files)) {
    for (const [, , specifier = ''] of source.matchAll(imported)) if (!specifier.startsWith('.')) needs.add(specifier);
    for (const [, name = ''] of source.matchAll(usedGlobals)) needs.add(name);
  }
  return needs;
}

/** Which of these the simulation does not offer. It is asked itself, in a run, so that no list can be wrong. */
export async function missingOf(needs: ReadonlySet<string>): Promise<ReadonlySet<string>> {
  const names = [...needs];
  const probe = `
    for (const name of ${JSON.stringify(names)}) {
      let offered = typeof globalThis[name] === 'function';
      if (!offered) try { require(name); offered = true; } catch {}
      if (!offered) console.log(name);
    }`;
  const { lines } = await execute(scenarioOf(probe));
  return new Set(lines.filter(({ stream }) => stream === 'stdout').map(({ text }) => text));
}

/** `amqplib` for `amqplib/callback_api`, `http` for `node:http`. */
export function nameOfNeed(need: string): string {
  return need.replace(/^node:/, '').replace(/^((?:@[^/]+\/)?[^/]+)\/.*$/, '$1');
}

function scenarioOf(source: string): Scenario {
  const { about, seed, speed, startedAt, note } = scenarioDefaults;
  return {
    title: 'What is offered',
    about,
    durationMs: 0,
    seed,
    speed,
    startedAt,
    processes: [{ name: 'probe', file: 'probe.cjs', args: [], env: {}, startAtMs: 0, replicas: 1 }],
    network: { default: { latencyMs: 0, jitterMs: 0, loss: 0, cut: false }, links: [] },
    interventions: [],
    files: { 'probe.cjs': source },
    note,
  };
}
