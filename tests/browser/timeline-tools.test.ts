import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../src/ui/style/base.css';
import type { Entry } from '../../src/log/entry';
import type { Scenario } from '../../src/scenario/scenario';
import { memoryPreferences } from '../../src/ui/preferences';
import { runIndexOf } from '../../src/ui/stage/run-index.svelte';
import TimelinePane from '../../src/ui/timeline/TimelinePane.svelte';
import { englishWords } from '../../src/ui/text/english-words';
import { Workbench } from '../../src/ui/workbench.svelte';
import { LogBuilder } from '../projections/log-builder';
import { FakePlayer } from './fake-player';
import { samplePlayer, sampleScenario } from './sample-run';

let workbench: Workbench;
const patient = { timeout: 30_000 };

beforeEach(async () => {
  await page.viewport(1000, 800);
});

afterEach(() => {
  vi.restoreAllMocks();
  workbench.destroy();
  document.body.replaceChildren();
});

async function open(player: FakePlayer, size = { widthPx: 912, heightPx: 316 }): Promise<HTMLElement> {
  workbench = new Workbench({ player, preferences: memoryPreferences({ theme: 'dark' }), words: englishWords });
  workbench.layout.measured({ widthPx: innerWidth, heightPx: innerHeight });
  const host = document.createElement('div');
  host.style.cssText = `position: relative; width: ${size.widthPx}px; height: ${size.heightPx}px`;
  document.body.append(host);
  void render(TimelinePane, { props: { workbench }, target: host });
  await vi.waitFor(() => expect(host.querySelectorAll('.names li').length).toBeGreaterThan(0), patient);
  await vi.waitFor(() => expect(runIndexOf(workbench).lanes.length).toBe(player.log.length), { timeout: 90_000 });
  return host;
}

const canvasOf = (host: HTMLElement): HTMLElement => host.querySelector<HTMLElement>('.lanes canvas')!;
const windowOf = (host: HTMLElement): string => host.querySelector('.axis-row .label')!.textContent;

/** A drag of the mouse on an element, from and to pixels of it. */
function drag(element: HTMLElement, fromX: number, toX: number, options: PointerEventInit = {}): void {
  const box = element.getBoundingClientRect();
  const at = (x: number): PointerEventInit => ({
    pointerId: 1,
    button: 0,
    buttons: 1,
    bubbles: true,
    clientX: box.left + x,
    clientY: box.top + 10,
    ...options,
  });
  vi.spyOn(Element.prototype, 'setPointerCapture').mockReturnValue(undefined);
  element.dispatchEvent(new PointerEvent('pointerdown', at(fromX)));
  for (const share of [0.2, 0.6, 1])
    element.dispatchEvent(new PointerEvent('pointermove', at(fromX + (toX - fromX) * share)));
  element.dispatchEvent(new PointerEvent('pointerup', at(toX)));
}

describe('a range on the timeline', () => {
  const range = () => page.getByRole('region', { name: 'Range' });

  test('is dragged over the lanes with Shift, tells its figures, and goes with Escape', async () => {
    const host = await open(samplePlayer());
    drag(canvasOf(host), 900 * 0.16, 2_500 * 0.16, { shiftKey: true });
    await expect.element(range()).toBeVisible();
    const figures = new Map(
      [...host.querySelectorAll('.range dl div')].map((row) => [
        row.querySelector('dt')!.textContent.trim(),
        row.querySelector('dd')!.textContent,
      ]),
    );
    // Two orders: three listeners each, of which one fails twice.
    expect(figures.get('published')).toBe('2');
    expect(figures.get('delivered')).toBe('4');
    expect(figures.get('failed')).toBe('4');
    expect(figures.get('retried')).toBe('2');
    expect([...figures.keys()]).toEqual(expect.arrayContaining(['throughput', 'p50', 'p95', 'p99']));
    await userEvent.keyboard('{Escape}');
    await expect.element(range()).not.toBeInTheDocument();
    expect(host.querySelector('.over .range')).toBeNull();
  });

  test('is selected by keys from the playhead on, and zoomed to', async () => {
    const host = await open(samplePlayer());
    (page.getByRole('slider', { name: 'Playhead' }).element() as HTMLElement).focus();
    await userEvent.keyboard('{Shift>}{PageDown}{PageDown}{/Shift}');
    await expect.element(page.getByText('00:01.600 – 00:02.600', { exact: false })).toBeVisible();
    (page.getByRole('slider', { name: 'End of the range' }).element() as HTMLElement).focus();
    await userEvent.keyboard('{ArrowRight}{ArrowRight}');
    await expect.element(page.getByText('00:01.600 – 00:02.700', { exact: false })).toBeVisible();
    await page.getByRole('button', { name: 'Zoom to the range' }).click();
    await vi.waitFor(() => expect(windowOf(host)).toContain('1.6 – 2.7'), patient);
  });

  test('is made without a keyboard once its tool is on', async () => {
    const host = await open(samplePlayer());
    await page.getByRole('button', { name: 'Select a range' }).click();
    drag(canvasOf(host), 100, 300, { pointerType: 'touch' });
    await expect.element(range()).toBeVisible();
    await page.getByRole('button', { name: 'Clear the range' }).click();
    await expect.element(range()).not.toBeInTheDocument();
  });
});

describe('the lanes', () => {
  test('move with the pointer, and two fingers zoom', async () => {
    const host = await open(samplePlayer());
    const canvas = canvasOf(host);
    canvas.dispatchEvent(new WheelEvent('wheel', { deltaY: -300, clientX: 500, cancelable: true }));
    await vi.waitFor(() => expect(windowOf(host)).not.toBe('0 – 5 s'));
    const zoomed = windowOf(host);
    drag(canvas, 300, 400);
    await vi.waitFor(() => expect(windowOf(host)).not.toBe(zoomed));
    expect(workbench.playerNow.playheadMs).toBe(2600);
    const moved = windowOf(host);
    const finger = (type: string, pointerId: number, clientX: number): void => {
      const place = { pointerId, clientX, clientY: 200, button: 0, pointerType: 'touch', bubbles: true };
      canvas.dispatchEvent(new PointerEvent(type, place));
    };
    finger('pointerdown', 1, 400);
    finger('pointerdown', 2, 440);
    finger('pointermove', 1, 300);
    finger('pointermove', 2, 540);
    finger('pointerup', 1, 300);
    finger('pointerup', 2, 540);
    await vi.waitFor(() => expect(windowOf(host)).not.toBe(moved));
  });

  test('say what is under the pointer, and at which instant', async () => {
    const host = await open(samplePlayer());
    await userEvent.hover(canvasOf(host), { position: { x: 1_150 * 0.16, y: 40 } });
    await expect.element(page.getByText('Attempt 1 of 2, 1C answers 503')).toBeVisible();
    expect(host.querySelector('.tip')!.textContent).toContain('after this failure');
    expect(host.querySelector('.axis .hover')!.textContent).toMatch(/^00:01\.1[45]\d$/);
    await userEvent.unhover(canvasOf(host));
    await vi.waitFor(() => expect(host.querySelector('.tip')).toBeNull());
  });

  test('show time in three ways, of which one is chosen', async () => {
    const player = new FakePlayer(waitingRun(), { ...sampleScenario, interventions: [], durationMs: 40_000 });
    const host = await open(player);
    await page.getByRole('button', { name: 'Fit the whole run' }).click();
    await vi.waitFor(() => expect(host.querySelectorAll('.over .band')).toHaveLength(1), patient);
    expect(host.querySelector('.axis .fold')!.textContent).toBe('30\u00a0s');
    await expect.element(page.getByText('Folded: 30 s of waiting in 1 place')).toBeVisible();
    await userEvent.click(page.getByRole('radio', { name: 'Logarithmic' }), { force: true });
    expect(host.querySelectorAll('.over .band')).toHaveLength(0);
    const ticks = (): number[] =>
      [...host.querySelectorAll<HTMLElement>('.axis .tick')].map((tick) => Number.parseFloat(tick.style.left));
    const logarithmic = ticks();
    await userEvent.click(page.getByRole('radio', { name: 'True scale' }), { force: true });
    await vi.waitFor(() => expect(ticks()).not.toEqual(logarithmic));
    expect(host.querySelectorAll('.over .band')).toHaveLength(0);
  });

  test('keep only the rows in sight, and those next to them', async () => {
    const log = new LogBuilder();
    for (let n = 1; n <= 400; n += 1) log.start(`worker#${String(n)}`);
    log.at(1_000).add({ type: 'run.ended', reason: 'duration' });
    const host = await open(new FakePlayer(log.entries, { ...sampleScenario, interventions: [] }));
    const rows = (): string[] => [...host.querySelectorAll('.names li')].map((row) => row.textContent.trim());
    expect(rows()[0]).toBe('worker#1');
    expect(rows().length).toBeLessThan(40);
    host.querySelector('.lanes')!.scrollTop = 3_200;
    await vi.waitFor(() => expect(rows()).toContain('worker#201'));
    expect(rows().length).toBeLessThan(40);
    expect(rows()).not.toContain('worker#1');
  });
});

/** A retry that waits for half a minute. */
function waitingRun(): Entry[] {
  const log = new LogBuilder();
  log.start('erp');
  const to = { subscription: log.subscribe('erp', 'post', { attempts: 2 }), process: 'erp', listener: 'post' };
  const sent = log.at(1_000).dispatch(log.publish('order.created'), to);
  log.begin(sent);
  log.at(2_000).fail(sent, 1, 1_000);
  log.retry(sent, 2, 32_000);
  const again = log.at(32_000).dispatch('m_1', to, { attempt: 2 });
  log.begin(again);
  log.at(34_000).succeed(again, 2_000);
  log.at(40_000).add({ type: 'run.ended', reason: 'duration' });
  return log.entries;
}

describe('branches', () => {
  const branches = [
    { id: 1, name: undefined, forkMs: 0, current: false },
    { id: 2, name: 'without the crash', forkMs: 2_500, current: true },
  ];

  test('are no tabs as long as there is one', async () => {
    await open(samplePlayer());
    await expect.element(page.getByRole('tab')).not.toBeInTheDocument();
  });

  test('are tabs: switched, renamed, and deleted with a way back', async () => {
    const player = samplePlayer();
    player.set({ branches });
    const host = await open(player);
    await page.getByRole('tab', { name: 'Branch 1' }).click();
    expect(player.calls).toContain('switchBranch 1');
    (host.querySelector('[role=tab][aria-selected=true]') as HTMLElement).focus();
    await userEvent.keyboard('{F2}');
    await page.getByRole('textbox', { name: 'Name of the branch' }).fill('as it was');
    await userEvent.keyboard('{Enter}');
    expect(player.calls).toContain('renameBranch 1 as it was');
    await page.getByRole('button', { name: 'What to do with this branch' }).click();
    await page.getByRole('menuitem', { name: 'Delete without the crash' }).click();
    await expect.element(page.getByRole('tab', { name: 'without the crash' })).not.toBeInTheDocument();
    workbench.toast?.action?.run();
    await expect.element(page.getByRole('tab', { name: 'without the crash' })).toBeVisible();
    expect(player.calls.filter((call) => call.startsWith('removeBranch'))).toEqual([]);
  });
});

describe('the charts', () => {
  const chosen = () => page.getByRole('combobox', { name: 'Chart' });
  const chartOf = (host: HTMLElement, kind: string) => host.querySelector<HTMLElement>(`[data-chart=${kind}]`);

  test('are one of three, with its values at the playhead, and the choice is kept', async () => {
    const host = await open(samplePlayer());
    await vi.waitFor(() => expect(chartOf(host, 'depth')?.querySelector('canvas')).toBeTruthy(), patient);
    await chosen().selectOptions('Throughput');
    await vi.waitFor(() => expect(chartOf(host, 'throughput')?.querySelector('canvas')).toBeTruthy(), patient);
    const rates = () => [...chartOf(host, 'throughput')!.querySelectorAll('b')].map((value) => value.textContent);
    // In the second before 2.6 s: one order; two acks; one order that failed once and again, and one that failed again.
    expect(rates()).toEqual(['1', '2', '3']);
    workbench.playerNow.seek(0);
    await vi.waitFor(() => expect(rates()).toEqual(['0', '0', '0']));
    await chosen().selectOptions('Latency, log');
    await expect.element(page.getByText('nothing acked yet')).toBeVisible();
    workbench.playerNow.seek(2600);
    await vi.waitFor(() => expect(chartOf(host, 'latency')!.textContent).toContain('p50 300\u00a0ms'));
    expect(workbench.preferences.read('chart')).toBe('latency');
    await chosen().selectOptions('All charts');
    await vi.waitFor(() => expect(host.querySelectorAll('[data-chart] canvas')).toHaveLength(3), patient);
    await chosen().selectOptions('No chart');
    await vi.waitFor(() => expect(host.querySelectorAll('[data-chart]')).toHaveLength(0));
  });

  test('draw on the pixels of the lanes', async () => {
    const host = await open(samplePlayer());
    await vi.waitFor(() => expect(chartOf(host, 'depth')?.querySelector('canvas')).toBeTruthy(), patient);
    const [chart, lanes] = [chartOf(host, 'depth')!.querySelector('canvas')!, canvasOf(host)].map((canvas) =>
      canvas.getBoundingClientRect(),
    );
    expect(chart!.left).toBe(lanes!.left);
    expect(chart!.width).toBe(lanes!.width);
  });
});

describe('on a phone', () => {
  test('every control is as large as a finger', async () => {
    await page.viewport(390, 844);
    const host = await open(samplePlayer(), { widthPx: 390, heightPx: 632 });
    const small = [...host.querySelectorAll<HTMLElement>('button, select')]
      .map((control) => ({ name: control.ariaLabel ?? control.textContent, box: control.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 0 && (box.height < 43 || box.width < 43))
      .map(({ name, box }) => `${name} ${String(Math.round(box.width))}×${String(Math.round(box.height))}`);
    expect(small).toEqual([]);
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(390);
  });
});

/** Eight workers, 25 000 deliveries: 100 000 entries in ten minutes, and failures that are tried again. */
function longRun(): Entry[] {
  const log = new LogBuilder();
  const workers = Array.from({ length: 8 }, (_, n) => `worker#${String(n + 1)}`);
  log.start('shop');
  for (const worker of workers) log.start(worker);
  const subscriptions = workers.map((worker) => log.subscribe(worker, 'work'));
  for (let n = 0; n < 25_000; n += 1) {
    const worker = n % workers.length;
    const to = { subscription: subscriptions[worker]!, process: workers[worker]!, listener: 'work' };
    const sent = log.at(n * 24).dispatch(log.publish('job.made', { process: 'shop' }), to);
    log.begin(sent);
    log.at(n * 24 + 20);
    if (n % 11 === 0) log.fail(sent, 0, 20);
    else log.succeed(sent, 20);
  }
  log.at(600_000).add({ type: 'run.ended', reason: 'duration' });
  return log.entries;
}

/** Counts what is drawn: every rectangle, every beginning of a line or shape. */
function countStrokes(): { readonly take: () => number } {
  let count = 0;
  const targets = [
    [Path2D.prototype, ['rect', 'moveTo', 'arc']],
    [CanvasRenderingContext2D.prototype, ['rect', 'fillRect', 'moveTo', 'arc', 'fillText']],
  ] as const;
  for (const [prototype, methods] of targets) {
    for (const method of methods) {
      const original = (prototype as unknown as Record<string, (...given: unknown[]) => unknown>)[method]!;
      vi.spyOn(prototype as unknown as Record<string, () => unknown>, method).mockImplementation(function (
        this: unknown,
        ...given: unknown[]
      ) {
        count += 1;
        return original.apply(this, given);
      });
    }
  }
  return {
    take: () => {
      const taken = count;
      count = 0;
      return taken;
    },
  };
}

describe('a run of 100 000 entries', () => {
  test('is drawn by the pixels on show, and read once', { timeout: 180_000 }, async () => {
    const entries = longRun();
    expect(entries.length).toBeGreaterThan(100_000);
    const player = new FakePlayer(entries, { ...sampleScenario, interventions: [], durationMs: 600_000 });
    let reads = 0;
    const { log } = player;
    vi.spyOn(player, 'log', 'get').mockReturnValue({
      length: log.length,
      entry: (seq) => (reads++, log.entry(seq)),
      range: (fromSeq, toSeq) => (reads++, log.range(fromSeq, toSeq)),
      countAt: (atMs) => (reads++, log.countAt(atMs)),
    });
    const host = await open(player);
    await vi.waitFor(() => expect(host.querySelector('[data-chart=depth] canvas')).toBeTruthy(), patient);
    const strokes = countStrokes();
    const canvas = canvasOf(host);
    const lanes = 9;
    reads = 0;
    // From 10 s to the whole run in steps, then over it.
    const counts: number[] = [];
    for (let step = 0; step < 40; step += 1) {
      strokes.take();
      const before = windowOf(host);
      const turn = step < 30 ? { deltaY: 200 } : { deltaX: 30 * (step % 2 === 0 ? 1 : -1) };
      canvas.dispatchEvent(new WheelEvent('wheel', { ...turn, clientX: 500, cancelable: true }));
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      if (windowOf(host) !== before) counts.push(strokes.take());
    }
    expect(windowOf(host)).toBe('00:00–10:00');
    expect(counts.length).toBeGreaterThan(10);
    // In each lane at most one bar for two pixels, and a dot, a shape of two strokes and a mark for five; beside it the chart.
    const perLane = 800 / 2 + (5 * 800) / 5;
    expect(Math.max(...counts)).toBeLessThan(lanes * perLane + 3 * 800);
    expect(Math.max(...counts)).toBeGreaterThan(lanes * 10);
    expect(reads).toBe(0);
  });
});

describe('faults of the scenario', () => {
  test('are flags: moved by keys, disabled, removed with a way back', async () => {
    const player = samplePlayer();
    const faults: Scenario['faults'] = [{ type: 'slow', process: 'email', factor: 3, fromMs: 2_000, untilMs: 3_000 }];
    player.set({ scenario: { ...player.scenario, faults } });
    await open(player);
    const flag = page.getByRole('button', { name: 'email 3 times as slow at 00:02.000' });
    await flag.click();
    expect(workbench.selection).toEqual({ type: 'fault', index: 0 });
    await userEvent.keyboard('{ArrowRight}');
    expect(player.scenario.faults).toMatchObject([{ fromMs: 2_050, untilMs: 3_050 }]);
    await expect.element(page.getByRole('button', { name: 'email 3 times as slow at 00:02.050' })).toHaveFocus();
    await userEvent.keyboard('d');
    expect(player.scenario.faults).toMatchObject([{ disabled: true }]);
    await expect.element(page.getByRole('button', { name: 'at 00:02.050, disabled' })).toBeVisible();
    await userEvent.keyboard('{Delete}');
    expect(player.scenario.faults).toBeUndefined();
    workbench.toast?.action?.run();
    await expect.element(page.getByRole('button', { name: 'at 00:02.050, disabled' })).toBeVisible();
  });
});
