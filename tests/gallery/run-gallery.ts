import { createNodeHost } from '../../src/headless/node-host';
import type { Entry } from '../../src/log/entry';
import { createRun } from '../../src/runtime/run';
import { findGalleryEntry } from '../../src/scenario/gallery/gallery';
import type { Scenario } from '../../src/scenario/scenario';
import { Log } from '../runtime/run-scenario';

export async function loadGallery(id: string): Promise<Scenario> {
  const entry = findGalleryEntry(id);
  if (entry === undefined) throw new Error(`There is no gallery scenario ${id}.`);
  return entry.load();
}

/** Runs a scenario of the gallery to its end, with parts of the document replaced. */
export async function runGallery(id: string, changes: Partial<Scenario> = {}): Promise<Log> {
  const scenario = { ...(await loadGallery(id)), ...changes };
  const entries: Entry[] = [];
  const run = createRun({
    scenario,
    host: createNodeHost(),
    sink: (batch) => {
      entries.push(...batch);
    },
    shouldYield: () => false,
  });
  await run.advance(Infinity);
  return new Log(entries);
}

/** As `runGallery`, with a piece of one file replaced before the run begins. */
export async function editGallery(id: string, file: string, from: string, to: string): Promise<Log> {
  const { files } = await loadGallery(id);
  const source = files[file] ?? '';
  if (!source.includes(from)) throw new Error(`${id}/${file} does not contain ${from}`);
  return runGallery(id, { files: { ...files, [file]: source.replace(from, to) } });
}

/** As `runGallery`, with a file that is saved anew while it runs: whoever runs it has nothing in memory from there on. */
export async function saveGallery(id: string, file: string, atMs: number): Promise<Log> {
  const { files, interventions } = await loadGallery(id);
  const edit = { type: 'file.edit', atMs, file, source: `${files[file] ?? ''}\n` } as const;
  return runGallery(id, { interventions: [...interventions, edit] });
}

/** What a process has shown last. */
export function lastShown(log: Log, process: string): string {
  return log.of('process.showed').findLast((entry) => entry.process === process)?.value ?? '';
}

/** What a process has shown last under a name. */
export function shown(log: Log, process: string, name: string): string {
  return log.of('process.showed').findLast((entry) => entry.process === process && entry.name === name)?.value ?? '';
}
