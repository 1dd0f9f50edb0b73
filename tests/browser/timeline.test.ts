import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { Entry } from '../../src/log/entry';
import '../../src/ui/style/base.css';
import { memoryPreferences } from '../../src/ui/preferences';
import TimelinePane from '../../src/ui/timeline/TimelinePane.svelte';
import { englishWords } from '../../src/ui/text/english-words';
import { Workbench } from '../../src/ui/workbench.svelte';
import { FakePlayer } from './fake-player';
import { sampleEntries, samplePlayer, sampleScenario } from './sample-run';

let workbench: Workbench;

beforeEach(async () => {
  await page.viewport(1000, 800);
});

afterEach(() => {
  workbench.destroy();
  document.body.replaceChildren();
});

function openNow(player: FakePlayer): HTMLElement {
  workbench = new Workbench({ player, preferences: memoryPreferences({ theme: 'dark' }), words: englishWords });
  workbench.layout.measured({ widthPx: 1000, heightPx: 800 });
  const host = document.createElement('div');
  host.style.cssText = 'position: relative; width: 912px; height: 316px';
  document.body.append(host);
  void render(TimelinePane, { props: { workbench }, target: host });
  return host;
}

async function open(player: FakePlayer): Promise<HTMLElement> {
  const host = openNow(player);
  await vi.waitFor(() => expect(host.querySelectorAll('.names li')).toHaveLength(4));
  return host;
}

/** The run is 5 s long and the track 800 wide. */
const pxPerMs = 800 / 5000;
const lanes = (host: HTMLElement): HTMLElement => host.querySelector<HTMLElement>('.lanes canvas')!;
const slider = () => page.getByRole('slider', { name: 'Playhead' });

describe('the timeline', () => {
  test('shows how long a fault lasts: of the network below the interventions, of a process on its lane', async () => {
    const faults = [
      { type: 'fault.began', name: 'apart', fault: { type: 'partition', groups: [['shop'], ['sms']] }, atMs: 4200 },
      { type: 'fault.began', name: 'slow', fault: { type: 'slow', process: 'shop', factor: 5 }, atMs: 4200 },
      { type: 'fault.ended', name: 'apart', atMs: 4700 },
    ];
    const facts = [...sampleEntries(), ...faults].toSorted((one, other) => one.atMs - other.atMs);
    const host = await open(
      new FakePlayer(
        facts.map((fact, seq) => ({ ...fact, seq }) as Entry),
        sampleScenario,
      ),
    );
    const bands = page.getByRole('list', { name: 'Faults of links, brokers and the network' });
    const partition = bands.getByRole('button', { name: 'Partition shop | sms, from 00:04.200 to 00:04.700, 500 ms' });
    await expect.element(partition).toBeVisible();
    await userEvent.hover(lanes(host), { position: { x: 4900 * pxPerMs, y: 2 } });
    await expect.element(page.getByText('shop 5 times as slow, since 00:04.200')).toBeVisible();
  });

  test('opened before anything was computed, lanes appear as processes start', async () => {
    const player = new FakePlayer([], sampleScenario);
    const host = openNow(player);
    await expect.element(page.getByText('Nothing to show yet')).toBeVisible();
    player.load(sampleEntries());
    await vi.waitFor(() => expect(host.querySelectorAll('.names li')).toHaveLength(4));
  });

  test('has a lane for each process, and selects it', async () => {
    const host = await open(samplePlayer());
    expect([...host.querySelectorAll('.names li')].map((lane) => lane.textContent.trim())).toEqual([
      'shop',
      'email',
      'accounting',
      'sms',
    ]);
    await page.getByRole('button', { name: 'Select email' }).click();
    expect(workbench.selection).toEqual({ type: 'process', process: 'email' });
  });

  test('moves the playhead to the instant of a click on an empty part of a lane', async () => {
    const player = samplePlayer();
    await userEvent.click(lanes(await open(player)), { position: { x: 4500 * pxPerMs, y: 24 } });
    expect(player.playheadMs).toBeCloseTo(4500, -1);
  });

  test('selects the message of a bar that is clicked, and leaves the playhead alone', async () => {
    const player = samplePlayer();
    await userEvent.click(lanes(await open(player)), { position: { x: 1200 * pxPerMs, y: 24 } });
    expect(workbench.selection).toMatchObject({ type: 'message', message: 'm_1' });
    expect(player.playheadMs).toBe(2600);
  });

  test('settles, too, while the playhead lies beyond the end that is known here', async () => {
    const player = samplePlayer();
    await open(player);
    const errors = vi.fn();
    addEventListener('error', errors);
    player.seek(90_000);
    await expect.element(slider()).toHaveAttribute('aria-valuetext', '01:30.000');
    removeEventListener('error', errors);
    expect(errors).not.toHaveBeenCalled();
  });

  test('moves the playhead by keys, and says its instant', async () => {
    const player = samplePlayer();
    await open(player);
    await expect.element(slider()).toHaveAttribute('aria-valuetext', '00:02.600');
    (slider().element() as HTMLElement).focus();
    await userEvent.keyboard('{ArrowRight}');
    expect(player.playheadMs).toBe(2650);
    await userEvent.keyboard('{PageDown}');
    expect(player.playheadMs).toBe(2150);
    await userEvent.keyboard('{Home}');
    expect(player.playheadMs).toBe(0);
    await userEvent.keyboard('{End}');
    await expect.element(slider()).toHaveAttribute('aria-valuetext', '00:05.000');
  });

  test('moves an intervention with arrows, disables it with D, takes it away with Delete, and brings it back', async () => {
    const player = samplePlayer();
    await open(player);
    const flag = page.getByRole('button', { name: 'Crash sms at 00:02.500' });
    (flag.element() as HTMLElement).focus();
    await userEvent.keyboard('{ArrowRight}');
    expect(player.calls).toContain('moveIntervention 0 2550');
    // Past the other one: it is the second now, and selection and focus have gone along.
    for (const _ of [1, 2, 3]) await userEvent.keyboard('{Shift>}{ArrowRight}{/Shift}');
    expect(player.calls).toContain('moveIntervention 0 3550');
    expect(player.calls).toContain('moveIntervention 0 4050');
    await vi.waitFor(() => expect(document.activeElement?.getAttribute('aria-label')).toBe('Crash sms at 00:04.050'));
    expect(workbench.selection).toEqual({ type: 'intervention', index: 1 });
    await userEvent.keyboard('d');
    await expect.element(page.getByRole('button', { name: 'Crash sms at 00:04.050, disabled' })).toBeVisible();
    await userEvent.keyboard('d{Delete}');
    expect(player.calls).toContain('removeIntervention 1');
    expect(workbench.toast?.action?.label).toBe('Undo');
    workbench.toast?.action?.run();
    expect(player.calls.at(-1)).toBe('undo');
  });

  test('an intervention that has ended the run early is moved behind that end again, and no later than any run lasts', async () => {
    const early = sampleEntries().filter(({ atMs }) => atMs <= 2500);
    const end = { type: 'run.ended', reason: 'idle', atMs: 2500, seq: early.length } as unknown as Entry;
    const player = new FakePlayer([...early, end], { ...sampleScenario, durationMs: 2600 });
    await open(player);
    (page.getByRole('button', { name: 'Crash sms at 00:02.500' }).element() as HTMLElement).focus();
    await userEvent.keyboard('{Shift>}{ArrowRight}{/Shift}');
    expect(player.calls.at(-1)).toBe('moveIntervention 0 2600');
  });

  test('zooms at the pointer and comes back with one press', async () => {
    const host = await open(samplePlayer());
    const range = (): string => host.querySelector('.axis-row .label')!.textContent;
    const before = range();
    lanes(host).dispatchEvent(new WheelEvent('wheel', { deltaY: -300, clientX: 500, cancelable: true }));
    await vi.waitFor(() => expect(range()).not.toBe(before));
    await page.getByRole('button', { name: 'Fit the whole run' }).click();
    await vi.waitFor(() => expect(range()).toBe(before));
  });

  test('veils what is computed but not shown yet', async () => {
    const player = samplePlayer();
    const host = await open(player);
    const left = (): number => Number.parseFloat(host.querySelector<HTMLElement>('.veil')!.style.left);
    await vi.waitFor(() => expect(left()).toBeCloseTo(2600 * pxPerMs, 0));
    player.seek(1000);
    await vi.waitFor(() => expect(left()).toBeCloseTo(1000 * pxPerMs, 0));
  });
});
