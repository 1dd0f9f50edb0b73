import { unreachable } from '../../kernel/assert';
import { parseScenario } from '../parse';
import { describeProblem } from '../problem';
import type { Scenario } from '../scenario';
import { courseTexts } from './course-texts';
import { patternsTexts } from './patterns-texts';
import type { Sketch } from './sketch';
import { sketches } from './sketches';
import { systemsTexts } from './systems-texts';
import { technologiesTexts } from './technologies-texts';

/**
 * The scenarios that come with the playground. Each is a folder beside this file, in the shape of any scenario folder:
 * `scenario.json` and its files. The texts about them are here, so that the list is known before a folder is loaded.
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
  /** What runs, in one sentence or two. */
  readonly about: Readonly<Record<'en' | 'uk', string>>;
  /** What can be seen by running it, a sentence each. */
  readonly learn: Readonly<Record<'en' | 'uk', readonly string[]>>;
  /** Three things to do with it, each with what comes of it. */
  readonly tries: Readonly<Record<'en' | 'uk', readonly string[]>>;
  /** What it looks like at work. */
  readonly sketch: Sketch;
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

/** What is said about a scenario. */
export type GalleryText = Omit<GalleryEntry, 'load' | 'sketch'>;

const texts: readonly GalleryText[] = [...courseTexts, ...systemsTexts, ...technologiesTexts, ...patternsTexts];

const files = import.meta.glob('./*/**', { query: '?raw', import: 'default' }) as Record<string, () => Promise<string>>;

export const gallery: readonly GalleryEntry[] = texts.map((text) => ({
  ...text,
  sketch: sketches[text.id] ?? { columns: [] },
  load: () => load(text.id),
}));

export function findGalleryEntry(id: string): GalleryEntry | undefined {
  return gallery.find((entry) => entry.id === id);
}

/** Tabs come in the order in which the processes are listed; files that only others import come last. */
async function load(id: string): Promise<Scenario> {
  const found = await readFolder(id);
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
