import type { Player } from '../player/player-face';
import { resolveFile } from '../runtime/resolve';
import type { PaneComponent } from './services';
import type { Text } from './text/text';

export type ViewName = Exclude<keyof Text['view']['names'], 'workbench'>;

/**
 * A view beside the workbench: another picture of the same run, over the whole window (on a phone in the stage's place). A switch in the
 * stage's header changes between them, and links keep which one is on show as `view=<name>`.
 */
export interface View {
  readonly name: ViewName;
  /** Whether there is something to see in it: asked with every change of the player, so it has to be cheap. */
  readonly isOffered: (player: Player) => boolean;
  /** What is offered is shown at once where nobody has chosen. */
  readonly comesFirst: boolean;
  /** A chunk of its own. The component gets the workbench, has one `<ViewHeader>` on top and fills the rest. */
  readonly load: () => Promise<{ readonly default: PaneComponent }>;
}

/** In the order of the switch. */
export const views: readonly View[] = [
  {
    name: 'comparison',
    isOffered: ({ scenario }) => scenario.comparison !== undefined,
    comesFirst: true,
    load: () => import('./comparison/ComparisonHost.svelte'),
  },
  {
    name: 'attempts',
    isOffered: ({ system }) => [...system.brokers.values()].some(({ kind }) => kind === 'webhooks'),
    comesFirst: false,
    load: () => import('./attempts/AttemptsView.svelte'),
  },
  {
    name: 'sagas',
    isOffered: ({ scenario, system }) => system.sagas.known || has('saga', scenario),
    comesFirst: false,
    load: () => import('./sagas/SagasView.svelte'),
  },
  {
    name: 'experiments',
    isOffered: ({ scenario }) => has('experiment', scenario),
    comesFirst: false,
    load: () => import('./experiments/ExperimentsView.svelte'),
  },
  {
    name: 'receivers',
    isOffered: ({ scenario }) => has('receiver', scenario),
    comesFirst: false,
    load: () => import('./receivers/ReceiversView.svelte'),
  },
];

const known = new WeakMap<Player['scenario'], Map<string, boolean>>();

/** How code says that there is one: a call of what it imports, or the compensation of a saga without an orchestrator. */
const signs = {
  saga: (code: string): boolean => calls(code, 'saga') || (fromModule.test(code) && /\bcompensates\s*:/.test(code)),
  experiment: (code: string): boolean => calls(code, 'experiment'),
  receiver: (code: string): boolean => calls(code, 'webhookReceiver'),
};

const fromModule = /(?:\bfrom|\brequire\s*\(|\bimport\s*\()\s*(['"])eventarium\1/;

/** A function of somebody's own that has the same name is none. */
function calls(code: string, name: string): boolean {
  const isOwn = new RegExp(`\\bfunction\\s+${name}\\b`).test(code);
  return !isOwn && fromModule.test(code) && new RegExp(`\\b${name}\\s*(?:<[^>]*>)?\\(`).test(code);
}

const comments = /\/\*[^]*?\*\/|(?<![:'"])\/\/[^\n]*/g;

const relativePaths = /(['"])(\.{0,2}\/[^'"\n]+)\1/g;

/** The files of its processes and what those import, without comments. What nobody runs has nothing to show. */
function codeThatRuns({ processes, files }: Player['scenario']): readonly string[] {
  const found = new Map<string, string>();
  const open = processes.map(({ file }) => file);
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    const source = files[file];
    if (source === undefined || found.has(file)) continue;
    const code = source.replace(comments, '');
    found.set(file, code);
    for (const [, , path = ''] of code.matchAll(relativePaths)) {
      const imported = resolveFile(path, file, (candidate) => Object.hasOwn(files, candidate));
      if (imported !== undefined) open.push(imported);
    }
  }
  return [...found.values()];
}

/** Told from the text of its code, so that the view is there before the first one runs. What has run says so in the log. */
function has(what: keyof typeof signs, scenario: Player['scenario']): boolean {
  let found = known.get(scenario);
  if (found === undefined) known.set(scenario, (found = new Map<string, boolean>()));
  let isFound = found.get(what);
  if (isFound === undefined) {
    isFound = codeThatRuns(scenario).some((text) => signs[what](text));
    found.set(what, isFound);
  }
  return isFound;
}
