import type { Player } from '../player/player-face';
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
    isOffered: ({ scenario }) => calls('saga', scenario),
    comesFirst: false,
    load: () => import('./sagas/SagasView.svelte'),
  },
  {
    name: 'experiments',
    isOffered: ({ scenario }) => calls('experiment', scenario),
    comesFirst: false,
    load: () => import('./experiments/ExperimentsView.svelte'),
  },
];

const known = new WeakMap<Player['scenario'], Map<string, boolean>>();

/** Whether its code calls the function: told from the text, so that the view is there before the first one runs. */
function calls(name: 'saga' | 'experiment', scenario: Player['scenario']): boolean {
  let found = known.get(scenario);
  if (found === undefined) known.set(scenario, (found = new Map<string, boolean>()));
  let isFound = found.get(name);
  if (isFound === undefined) {
    const call = new RegExp(String.raw`\b${name}\s*(?:<[^>]*>)?\(`);
    isFound = Object.values(scenario.files).some((text) => call.test(text));
    found.set(name, isFound);
  }
  return isFound;
}
