import { afterEach, beforeEach, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { Entry } from '../../src/log/entry';
import { RunPlayer } from '../../src/player/player';
import { createSandbox } from '../../src/sandbox/host';
import { findGalleryEntry } from '../../src/scenario/gallery/gallery';
import '../../src/ui/style/base.css';
import { memoryPreferences } from '../../src/ui/preferences';
import type { PaneComponent } from '../../src/ui/services';
import { englishWords } from '../../src/ui/text/english-words';
import { ukrainianWords } from '../../src/ui/text/ukrainian-words';
import { Workbench } from '../../src/ui/workbench.svelte';

/** A view over a scenario of the gallery that the real sandbox computes. Each test's is gone after it. */
export interface OpenRun {
  readonly workbench: Workbench;
  readonly player: RunPlayer;
  /** What the view is in. */
  readonly host: HTMLElement;
  /** What was computed before the reader did anything, up to the playhead. */
  readonly entries: readonly Entry[];
}

let opened: OpenRun | undefined;

/** For the top of a test file. */
export function oneRunATest(): void {
  beforeEach(() => page.viewport(1440, 900));
  afterEach(() => {
    opened?.workbench.destroy();
    opened?.player.close();
    opened = undefined;
    document.body.replaceChildren();
  });
}

/** The playhead is at `atMs`. */
export async function openRun(
  id: string,
  component: PaneComponent,
  atMs: number,
  language: 'en' | 'uk' = 'en',
): Promise<OpenRun> {
  const scenario = await findGalleryEntry(id)?.load();
  if (scenario === undefined) throw new Error(`There is no gallery scenario ${id}.`);
  const player = new RunPlayer({
    createSandbox,
    nowMs: () => performance.now(),
    onFrame: (callback) => {
      const frame = requestAnimationFrame(callback);
      return () => cancelAnimationFrame(frame);
    },
  });
  player.open(scenario, { autoplay: false, atMs });
  await vi.waitUntil(() => player.status === 'ready' && player.playheadMs === atMs, { timeout: 25_000 });
  const words = language === 'uk' ? ukrainianWords : englishWords;
  const workbench = new Workbench({ player, preferences: memoryPreferences({ theme: 'dark', language }), words });
  workbench.layout.measured({ widthPx: 1440, heightPx: 900 });
  const host = document.createElement('div');
  host.style.cssText = 'display: flex; flex-direction: column; width: 1400px; height: 880px';
  document.body.append(host);
  opened = { workbench, player, host, entries: player.log.range(0, player.position) };
  await render(component, { props: { workbench }, target: host });
  return opened;
}
