import type { PaneLoaders } from './services';

/** The panes of the workbench, each a chunk of its own. */
export const panes: PaneLoaders = {
  editor: () => import('./editor/EditorPane.svelte'),
  stage: () => import('./stage/StagePane.svelte'),
  timeline: () => import('./timeline/TimelinePane.svelte'),
  log: () => import('./log/LogPane.svelte'),
  inspector: () => import('./inspector/InspectorPane.svelte'),
};
