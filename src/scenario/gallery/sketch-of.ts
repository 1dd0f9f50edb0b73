import type { ProcessSpec, Scenario } from '../scenario';
import type { Sketch, SketchNode } from './sketch';

/** More would not be told apart. */
const rowsMax = 6;

/** Who only lets the others declare their queues first is no newcomer, in milliseconds of virtual time. */
const laterFromMs = 1_000;

/** A sketch of any scenario, read from its text without running a line of it: who publishes, through what, who listens. */
export function sketchOf(scenario: Scenario): Sketch {
  const roles = scenario.processes.map((process) => ({ process, ...roleOf(sourceOf(process.file, scenario.files)) }));
  const code = Object.values(scenario.files).join('\n');
  const listening = roles.filter(({ listens }) => listens);
  const publishing = roles.filter(({ publishes }) => publishes);
  // Whoever does both stands where it is needed, and nobody stands twice.
  const left = publishing.filter(({ listens }) => !listens);
  const producers = left.length > 0 ? left : publishing.slice(0, 1);
  const consumers = listening.filter((one) => !producers.includes(one));
  if (producers.length === 0 && consumers.length === 0) {
    return { columns: [scenario.processes.slice(0, rowsMax).map((process) => box(process))] };
  }
  const isPooled = /mode:\s*['"]queue['"]/.test(code);
  const hasQueues = /\bqueue:\s*['"`]|\.assertQueue\s*\(/.test(code);
  const broker: SketchNode = isPooled
    ? { shape: 'queue', holds: ['flight', 'flight'], arriving: 'flight' }
    : { shape: 'hub', arriving: 'flight' };
  const last = consumers
    .slice(0, rowsMax)
    .map(({ process }, row): SketchNode => (row === 0 ? { ...box(process), arriving: 'flight' } : box(process)));
  const columns = [
    producers.slice(0, rowsMax).map(({ process }) => box(process)),
    [broker],
    hasQueues && !isPooled ? last.map((): SketchNode => ({ shape: 'queue' })) : [],
    last,
  ];
  return { columns: columns.filter((column) => column.length > 0) };
}

function box(process: ProcessSpec): SketchNode {
  return process.startAtMs >= laterFromMs ? { shape: 'box', look: 'later' } : { shape: 'box' };
}

function roleOf(code: string): { readonly publishes: boolean; readonly listens: boolean } {
  return {
    publishes: /\.(?:emit|publish|sendToQueue|xadd)\s*\(/.test(code),
    listens: /\.(?:subscribe|psubscribe|once|consume|xread|xreadgroup)\s*\(/.test(code),
  };
}

/** The code of a process: its file, and those of the scenario that it imports. */
function sourceOf(file: string, files: Scenario['files']): string {
  const seen = new Set<string>();
  const waiting = [file];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    for (const [, target = ''] of (files[name] ?? '').matchAll(
      /(?:from|import|require\s*\()\s*['"]\.\/([^'"]+)['"]/g,
    )) {
      const found = [target, `${target}.ts`, `${target}.js`].find((candidate) => candidate in files);
      if (found !== undefined) waiting.push(found);
    }
  }
  return [...seen].map((name) => files[name] ?? '').join('\n');
}
