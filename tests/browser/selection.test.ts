import { describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../src/ui/style/base.css';
import type { Entry } from '../../src/log/entry';
import InspectorPane from '../../src/ui/inspector/InspectorPane.svelte';
import { runIndexOf } from '../../src/ui/log/run-index.svelte';
import { causeOfSelection, goToCause, goToCode, goToFailure } from '../../src/ui/log/selection-steps';
import { memoryPreferences } from '../../src/ui/preferences';
import { handleKey } from '../../src/ui/shell/keys';
import { englishWords } from '../../src/ui/text/english-words';
import { Workbench } from '../../src/ui/workbench.svelte';
import { FakePlayer } from './fake-player';
import { sampleEntries, samplePlayer, sampleScenario } from './sample-run';

function bench(player: FakePlayer): Workbench {
  return new Workbench({ player, preferences: memoryPreferences({ theme: 'dark' }), words: englishWords });
}

const entryOf = (workbench: Workbench): { type: string; atMs: number } => {
  const { selection } = workbench;
  const seq = selection?.type === 'entry' || selection?.type === 'message' ? selection.seq : undefined;
  return workbench.playerNow.log.entry(seq ?? -1);
};

function press(workbench: Workbench, key: string, held: KeyboardEventInit = {}): boolean {
  const event = new KeyboardEvent('keydown', { key, cancelable: true, ...held });
  handleKey(event, workbench);
  return event.defaultPrevented;
}

describe('failures', () => {
  test('are gone to one after another from the playhead, and those to come move it', async () => {
    const player = samplePlayer(1100);
    const workbench = bench(player);
    await goToFailure(workbench, 1);
    expect(entryOf(workbench)).toMatchObject({ type: 'delivery.failed', atMs: 1200 });
    expect(player.playheadMs).toBe(1200);
    await goToFailure(workbench, 1);
    expect(entryOf(workbench)).toMatchObject({ type: 'delivery.failed', atMs: 1750 });
    await goToFailure(workbench, 1);
    expect(entryOf(workbench)).toMatchObject({ type: 'message.dead-lettered', atMs: 1750 });
    await goToFailure(workbench, -1);
    await goToFailure(workbench, -1);
    expect(entryOf(workbench)).toMatchObject({ atMs: 1200 });
    expect(player.playheadMs).toBe(1750);
  });

  test('end with a word when there is none left', async () => {
    const player = samplePlayer(5000);
    const workbench = bench(player);
    await goToFailure(workbench, 1);
    expect(workbench.selection).toBeUndefined();
    expect(workbench.toast?.text).toBe('There is no failure after this.');
    player.seek(500);
    await goToFailure(workbench, -1);
    expect(workbench.toast?.text).toBe('There is no failure before this.');
  });
});

describe('the cause', () => {
  test('is the entry that made the selected one happen, up to where it all began', () => {
    const chain = ['message.published', 'message.routed', 'message.dispatched', 'delivery.started'];
    const facts = sampleEntries().filter((entry) => entry.atMs <= 1100);
    const causes = chain.map((type) => facts.findIndex((entry) => entry.type === type));
    const entries = facts.map((entry) => {
      const cause = causes[causes.indexOf(entry.seq) - 1];
      return cause === undefined ? entry : { ...entry, cause };
    });
    const player = new FakePlayer(entries, sampleScenario);
    player.seek(1100);
    const workbench = bench(player);
    workbench.select({ type: 'message', message: 'm_1', seq: causes[3]! });
    const walked = chain.map(() => {
      const { type } = entryOf(workbench);
      goToCause(workbench);
      return type;
    });
    expect(walked).toEqual(chain.toReversed());
    expect(workbench.toast?.text).toBe('Nothing in the run caused it.');
  });

  test('of what caused nothing is said to be none', () => {
    const workbench = bench(samplePlayer());
    workbench.select({ type: 'message', message: 'm_1' });
    expect(causeOfSelection(workbench)).toBeUndefined();
    goToCause(workbench);
    expect(workbench.toast?.text).toBe('Nothing in the run caused it.');
    expect(workbench.selection).toEqual({ type: 'message', message: 'm_1' });
  });
});

describe('keys', () => {
  test('Alt with an arrow walks through what was selected, and is the browser’s when there is nothing', () => {
    const workbench = bench(samplePlayer());
    expect(press(workbench, 'ArrowLeft', { altKey: true })).toBe(false);
    workbench.select({ type: 'process', process: 'email' });
    workbench.select({ type: 'process', process: 'shop' });
    expect(press(workbench, 'ArrowLeft', { altKey: true })).toBe(true);
    expect(workbench.selection).toEqual({ type: 'process', process: 'email' });
    press(workbench, 'ArrowRight', { altKey: true });
    expect(workbench.selection).toEqual({ type: 'process', process: 'shop' });
    expect(press(workbench, 'ArrowRight', { altKey: true })).toBe(false);
  });

  test('go to code and to the next failure, in either alphabet', async () => {
    const player = samplePlayer(1100);
    const workbench = bench(player);
    workbench.select({ type: 'message', message: 'm_1' });
    press(workbench, 'e');
    await expect.poll(() => workbench.codeRequest).toEqual({ file: 'shop.ts', line: 3 });
    press(workbench, 'т');
    await expect.poll(() => player.playheadMs).toBe(1200);
    goToCode(workbench);
    expect(workbench.codeRequest).toEqual({ file: 'accounting.ts', line: 5 });
  });
});

test('the menu of the inspector leads on and filters the log', async () => {
  const workbench = bench(samplePlayer());
  const host = document.createElement('div');
  host.style.cssText = 'width: 311px; height: 850px';
  document.body.append(host);
  void render(InspectorPane, { target: host, props: { workbench } });
  workbench.select({ type: 'message', message: 'm_2' });
  await page.getByRole('button', { name: 'More of what is selected' }).click();
  await page.getByRole('menuitem', { name: 'Only m_2 in the log' }).click();
  expect(workbench.logQuery.message).toEqual(['m_2']);
  await page.getByRole('button', { name: 'More of what is selected' }).click();
  await page.getByRole('menuitem', { name: 'Previous failure' }).click();
  await expect.poll(() => workbench.selection).toMatchObject({ type: 'message', message: 'm_2' });
  workbench.select({ type: 'process', process: 'sms' });
  await page.getByRole('button', { name: 'More of what is selected' }).click();
  await page.getByRole('menuitem', { name: 'Clear the selection' }).click();
  expect(workbench.selection).toBeUndefined();
});

test('all that is asked of a long run in one turn of the page is folded for one slice of time, and the rest comes', async () => {
  const player = samplePlayer();
  const entries = Array.from({ length: 100_000 }, (_, seq): Entry => {
    return {
      seq,
      atMs: seq,
      type: 'console.printed',
      process: 'shop',
      stream: 'stdout',
      text: 'x\n',
      where: 'shop.ts:3',
    };
  });
  player.load(entries);
  player.seekTo(entries.length);
  const index = runIndexOf(bench(player));
  const first = index.causes.length;
  expect(first).toBeLessThan(entries.length);
  void [index.lines, index.console, index.metrics, index.landmarks, index.problems];
  expect(index.causes.length).toBe(first);
  await expect.poll(() => index.causes.length).toBe(entries.length);
});
