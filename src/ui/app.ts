import { mount, unmount } from 'svelte';
import type { Player } from '../player/player-face';
import App from './App.svelte';
import { localPreferences, type Preferences } from './preferences';
import type { PaneLoaders, Services } from './services';
import type { Words } from './text/words';
import { Workbench } from './workbench.svelte';
import './style/base.css';

export interface AppParts {
  readonly player: Player;
  readonly services: Services;
  readonly panes: PaneLoaders;
  /** Default: the browser's `localStorage`. */
  readonly preferences?: Preferences;
  /** In the reader's language. */
  readonly words: Words;
}

export interface RunningApp {
  /** For what comes from outside the screen: a link in the address bar, a full disk. */
  readonly workbench: Workbench;
  destroy(): Promise<void>;
}

/** Puts the workbench into the page. Opens nothing by itself. */
export function createApp(target: HTMLElement, parts: AppParts): RunningApp {
  const { player, services, panes, preferences = localPreferences(), words } = parts;
  const workbench = new Workbench({ player, preferences, words });
  const app = mount(App, { target, props: { workbench, services, panes } });
  return {
    workbench,
    async destroy() {
      workbench.destroy();
      await unmount(app);
    },
  };
}
