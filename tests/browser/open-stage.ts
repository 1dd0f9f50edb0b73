import type { ComponentProps } from 'svelte';
import { afterEach, beforeEach } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../src/ui/style/base.css';
import { memoryPreferences } from '../../src/ui/preferences';
import StagePane from '../../src/ui/stage/StagePane.svelte';
import { englishWords } from '../../src/ui/text/english-words';
import { Workbench } from '../../src/ui/workbench.svelte';
import type { FakePlayer } from './fake-player';

/** The stage on its own. Each test's is gone after it. */
export interface OpenStage {
  readonly workbench: Workbench;
  /** What the pane is in. */
  readonly host: HTMLElement;
}

let opened: OpenStage | undefined;

/** For the top of a test file. */
export function oneStageATest(): void {
  beforeEach(() => page.viewport(1000, 700));
  afterEach(() => {
    opened?.workbench.destroy();
    document.body.replaceChildren();
  });
}

export async function openStage(
  player: FakePlayer,
  widthPx = 800,
  load?: ComponentProps<typeof StagePane>['load'],
): Promise<OpenStage> {
  const workbench = new Workbench({ player, preferences: memoryPreferences({ theme: 'dark' }), words: englishWords });
  workbench.layout.measured({ widthPx, heightPx: 700 });
  const host = document.createElement('div');
  host.style.cssText = `position: relative; width: ${widthPx}px; height: 560px`;
  document.body.append(host);
  opened = { workbench, host };
  await render(StagePane, { props: { workbench, ...(load && { load }) }, target: host });
  return opened;
}
