import { unreachable } from '../../kernel/assert';
import { describeProblem } from '../problem';
import type { Scenario } from '../scenario';
import { entries } from './entries';

/**
 * The scenarios that come with the playground. Each is a folder beside this file, in the shape of any scenario folder:
 * `scenario.json` and its files. What they are called is here, so that the list is known before a folder is loaded; what is said about
 * them is in `about.ts`, for pages that show it.
 */
export interface GalleryEntry {
  /** Name of the folder, and what the headless runner takes. */
  readonly id: string;
  readonly group: GalleryGroup;
  /** Of the course, 1 to 4; undefined outside of it. */
  readonly level: number | undefined;
  readonly title: Readonly<Record<'en' | 'uk', string>>;
  readonly brokers: readonly GalleryBroker[];
  /** How many services run, where that says something. */
  readonly services: number | undefined;
  load(): Promise<Scenario>;
}

/** By what the course teaches, in the order in which one comes to it. Groups without an entry are not shown. */
export const galleryGroups = [
  /** The course's own programs, by level. */
  'course',
  'systems',
  'technologies',
  'patterns',
  'advantages',
  /** The same flow with calls and with events. */
  'comparison',
  /** When a plain call is better. */
  'limits',
] as const;
export type GalleryGroup = (typeof galleryGroups)[number];

/** Kinds of brokers that scenarios are told apart by. */
export const galleryBrokers = ['bus', 'rabbitmq', 'kafka', 'eventbridge', 'redis', 'http'] as const;
export type GalleryBroker = (typeof galleryBrokers)[number];

const files = import.meta.glob('./*/**', { query: '?raw', import: 'default' }) as Record<string, () => Promise<string>>;

export const gallery: readonly GalleryEntry[] = entries.map((entry) => ({
  ...entry,
  load: () => load(entry.id),
}));

export function findGalleryEntry(id: string): GalleryEntry | undefined {
  return gallery.find((entry) => entry.id === id);
}

/** Tabs come in the order in which the processes are listed; files that only others import come last. */
async function load(id: string): Promise<Scenario> {
  // Reading a document is no part of a page's first load.
  const [{ parseScenario }, found] = await Promise.all([import('../parse'), readFolder(id)]);
  const { 'scenario.json': document = '', ...sources } = found;
  const parsed = parseScenario(JSON.parse(document), sources);
  switch (parsed.type) {
    case 'scenario': {
      const { scenario } = parsed;
      const names = new Set([...scenario.processes.map(({ file }) => file), ...Object.keys(sources)]);
      return { ...scenario, files: Object.fromEntries([...names].map((name) => [name, scenario.files[name] ?? ''])) };
    }
    case 'problems':
      throw new Error(`${id}: ${parsed.problems.map(describeProblem).join('; ')}`);
    default:
      return unreachable(parsed);
  }
}

async function readFolder(id: string): Promise<Record<string, string>> {
  const prefix = `./${id}/`;
  const paths = Object.keys(files).filter((path) => path.startsWith(prefix));
  const texts = await Promise.all(
    paths.map(async (path) => [path.slice(prefix.length), await files[path]!()] as const),
  );
  return Object.fromEntries(texts);
}
