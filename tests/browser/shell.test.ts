import { createRawSnippet } from 'svelte';
import { afterEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { GalleryEntry } from '../../src/scenario/gallery/gallery';
import { createApp, type RunningApp } from '../../src/ui/app';
import Pane from '../../src/ui/parts/Pane.svelte';
import { memoryPreferences } from '../../src/ui/preferences';
import type { PaneComponent, PaneLoaders, Services } from '../../src/ui/services';
import type { PaneName } from '../../src/ui/shell/pane-layout.svelte';
import { LogBuilder } from '../projections/log-builder';
import type { FakePlayer } from './fake-player';
import { englishWords } from '../../src/ui/text/english-words';
import { samplePlayer, sampleScenario } from './sample-run';

let app: RunningApp | undefined;

function entry(id: string, title: string): GalleryEntry {
  const load = () => Promise.resolve({ ...sampleScenario, title });
  const place = { group: 'course', level: 1, brokers: ['bus'], services: undefined } as const;
  return { id, ...place, title: { en: title, uk: `${title} (укр)` }, load };
}

const gallery = [entry('eventbus-basic', 'Event bus'), entry('event-queue', 'Event queue')];

function emptyPane(name: PaneName): () => Promise<{ default: PaneComponent }> {
  const children = createRawSnippet(() => ({ render: () => `<p>${name}</p>` }));
  const component: PaneComponent = (anchor, props) => Pane(anchor, { workbench: props.workbench, name, children });
  return () => Promise.resolve({ default: component });
}

const emptyPanes: PaneLoaders = {
  editor: emptyPane('editor'),
  stage: emptyPane('stage'),
  timeline: emptyPane('timeline'),
  log: emptyPane('log'),
  inspector: emptyPane('inspector'),
};

interface Setting {
  readonly player?: FakePlayer;
  readonly services?: Partial<Services>;
  readonly kept?: Readonly<Record<string, string>>;
  readonly panes?: Partial<PaneLoaders>;
  readonly size?: readonly [number, number];
}

async function open(setting: Setting = {}) {
  const { player = samplePlayer(), services = {}, kept = {}, size = [1440, 900] } = setting;
  await page.viewport(...size);
  const preferences = memoryPreferences({ theme: 'dark', ...kept });
  app = createApp(document.body, {
    player,
    preferences,
    words: englishWords,
    services: { gallery, ...services },
    panes: { ...emptyPanes, ...setting.panes },
  });
  await expect.element(page.getByRole('button', { name: 'Run', exact: true })).toBeVisible();
  return { player, preferences, workbench: app.workbench };
}

afterEach(async () => {
  await app?.destroy();
  document.documentElement.className = '';
});

const button = (name: string) => page.getByRole('button', { name, exact: true });

describe('the run controls', () => {
  test('carry the names that assistive technology and tests rely on, and do what they say', async () => {
    const { player } = await open();
    await button('Run').click();
    await button('Pause').click();
    await button('Step forward').click();
    await button('Step back').click();
    await button('Run to end').click();
    await button('Restart').click();
    expect(player.calls).toEqual(['run', 'pause', 'stepForward', 'stepBack', 'runToEnd', 'restart']);
    for (const name of ['Speed', 'Scenario', 'Language']) {
      await expect.element(page.getByRole('combobox', { name, exact: true })).toBeVisible();
    }
  });

  test('Run and Pause are equally wide', async () => {
    await open();
    const run = button('Run').element().getBoundingClientRect();
    await button('Run').click();
    expect(button('Pause').element().getBoundingClientRect()).toEqual(run);
    expect(run.width).toBe(84);
  });

  test('say why they cannot be pressed', async () => {
    const player = samplePlayer(0);
    player.restart();
    await open({ player });
    await expect.element(button('Step back')).toHaveAttribute('aria-disabled', 'true');
    await expect.element(button('Step back')).toHaveAttribute('data-tip', 'The playhead is at the start');
  });

  test('show the whole of a title that has no room, to the pointer and to the keyboard', async () => {
    const title = 'Orders of a whole week, with the warehouse closed on Sunday and two couriers ill';
    const player = samplePlayer();
    player.set({ scenario: { ...player.scenario, title } });
    await open({ player });
    const picker = page.getByRole('combobox', { name: 'Scenario' });
    await picker.hover();
    await expect.element(page.getByRole('tooltip')).toHaveTextContent(title);
    await button('Run').hover();
    await expect.element(page.getByRole('tooltip')).not.toHaveTextContent(title);
    await userEvent.keyboard('{Tab}');
    await expect.element(picker).toHaveFocus();
    await expect.element(page.getByRole('tooltip')).toHaveTextContent(title);
    player.set({ scenario: { ...player.scenario, title: 'Orders' } });
    await expect.element(page.getByText('Orders', { exact: true })).toBeVisible();
    await button('Run').hover();
    await picker.hover();
    await expect.element(page.getByRole('tooltip')).not.toBeInTheDocument();
  });

  test('take a speed, a seed, and put back what is no seed', async () => {
    const { player } = await open();
    await page.getByRole('combobox', { name: 'Speed' }).selectOptions('100×');
    const seed = page.getByRole('spinbutton', { name: 'Seed' });
    await seed.fill('42');
    await userEvent.keyboard('{Enter}');
    await seed.fill('-3');
    await userEvent.keyboard('{Enter}');
    expect(player.calls).toEqual(['setSpeed 100', 'setSeed 42']);
    await expect.element(seed).toHaveValue(42);
  });

  test('Run at the end begins once more', async () => {
    const { player } = await open({ player: samplePlayer(5000) });
    await button('Run').click();
    expect(player.calls).toEqual(['restart', 'run']);
  });
});

describe('keys', () => {
  test('drive the run, and none fires while typing', async () => {
    const { player } = await open();
    await userEvent.keyboard(' {ArrowRight}{ArrowLeft}{Home}{End}[[');
    expect(player.calls).toEqual(['run', 'stepForward', 'stepBack', 'seek 0', 'runToEnd', 'setSpeed 0.25']);
    player.calls.length = 0;
    await page.getByRole('spinbutton', { name: 'Seed' }).click();
    await userEvent.keyboard(' {ArrowLeft}{Home}p/?');
    expect(player.calls).toEqual([]);
    await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
  });

  test('the question mark opens the list of keys, Escape closes it and gives the focus back', async () => {
    await open();
    button('Share').element().focus();
    await userEvent.keyboard('?');
    await expect.element(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
    expect(document.activeElement).toBe(button('Share').element());
  });
});

describe('the scenario picker', () => {
  test('opens with arrows and Enter, and plays what was chosen', async () => {
    const { player, workbench } = await open();
    workbench.select({ type: 'process', process: 'sms' });
    await page.getByRole('combobox', { name: 'Scenario' }).click();
    await expect.element(page.getByRole('option', { name: 'Event bus' })).toHaveFocus();
    await userEvent.keyboard('{ArrowDown}{Enter}');
    await expect.element(page.getByRole('combobox', { name: 'Scenario' })).toHaveTextContent('Event queue');
    expect(player.calls).toEqual(['open Event queue']);
    expect(player.status).toBe('playing');
    expect(workbench.selection).toBeUndefined();
  });

  test('keeps what was open when a scenario cannot be loaded', async () => {
    const broken = { ...gallery[0]!, load: () => Promise.reject(new Error('no answer')) };
    const { player } = await open({ services: { gallery: [broken] } });
    await page.getByRole('combobox', { name: 'Scenario' }).click();
    await page.getByRole('option', { name: 'Event bus' }).click();
    await expect.element(page.getByText('The scenario was not opened: no answer')).toBeVisible();
    expect(player.calls).toEqual([]);
  });
});

describe('choices that are kept', () => {
  test('language and theme follow the reader, on the page too', async () => {
    const { preferences } = await open();
    await page.getByRole('combobox', { name: 'Language' }).selectOptions('УК');
    await expect.element(button('Пуск')).toBeVisible();
    expect(document.documentElement.lang).toBe('uk');
    await page.getByRole('button', { name: 'Світла тема' }).click();
    expect(document.documentElement.classList.contains('light')).toBe(true);
    expect([preferences.read('language'), preferences.read('theme')]).toEqual(['uk', 'light']);
  });

  test('a splitter moves with keys and a double click restores it', async () => {
    const { workbench, preferences } = await open();
    const splitter = page.getByRole('separator', { name: 'Width of the code' });
    splitter.element().focus();
    await userEvent.keyboard('{ArrowRight}{ArrowRight}');
    expect(workbench.layout.sizes.codePx).toBe(432);
    expect(preferences.read('layout')).toContain('432');
    await splitter.dblClick();
    expect(workbench.layout.sizes.codePx).toBe(400);
  });

  test('a collapsed pane is collapsed again next time', async () => {
    const { preferences } = await open();
    await button('Collapse Timeline').click();
    const height = () => page.getByRole('region', { name: 'Timeline' }).element().clientHeight;
    await expect.poll(height).toBe(32);
    const layout = preferences.read('layout')!;
    await app!.destroy();
    await open({ kept: { layout } });
    await expect.poll(height).toBe(32);
  });

  test('the keyboard stays where the inspector is folded away and comes back', async () => {
    await open();
    button('Collapse Inspector').element().focus();
    await userEvent.keyboard('{Enter}');
    await expect.element(button('Expand Inspector')).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    await expect.element(button('Collapse Inspector')).toHaveFocus();
  });
});

describe('the layout', () => {
  test('has the measures of the picture', async () => {
    await open();
    const box = (name: string) => page.getByRole('region', { name, exact: true }).element().getBoundingClientRect();
    await expect.element(page.getByRole('region', { name: 'Inspector' })).toBeVisible();
    expect([box('Editor').width, box('Log').height, box('Inspector').width]).toEqual([400, 316, 311]);
    expect(box('Stage').width).toBe(727);
    expect(box('Stage').bottom).toBe(box('Editor').bottom);
  });

  test('on a phone shows one pane at a time and keeps the transport', async () => {
    const { workbench } = await open({ size: [360, 640] });
    await expect.element(page.getByRole('region', { name: 'Stage' })).toBeVisible();
    await page.getByRole('button', { name: 'Log' }).click();
    await expect.element(page.getByRole('region', { name: 'Log' })).toBeVisible();
    await expect.element(page.getByRole('region', { name: 'Stage' })).not.toBeInTheDocument();
    await expect.element(page.getByRole('slider', { name: 'Playhead' })).toBeVisible();
    workbench.select({ type: 'message', message: 'm_2' });
    await page.getByRole('button', { name: /order\.created/ }).click();
    await expect.element(page.getByRole('region', { name: 'Inspector' })).toBeVisible();
    expect(document.documentElement.scrollWidth).toBe(360);
  });

  test('on a phone the playhead and the buttons follow the run', async () => {
    const player = samplePlayer(0);
    player.restart();
    await open({ player, size: [390, 844] });
    await expect.element(button('Step back')).toHaveAttribute('aria-disabled', 'true');
    player.seek(2600);
    await expect.element(button('Step back')).not.toHaveAttribute('aria-disabled');
    const slider = page.getByRole('slider', { name: 'Playhead' });
    await expect.element(slider).toHaveAttribute('aria-valuetext', '00:02.600 of 00:05.000');
  });

  test('on a phone waiting is folded in the track and named, and the playhead goes by what is drawn', async () => {
    const log = new LogBuilder();
    log.start('mail');
    const to = { subscription: log.subscribe('mail', 'send', { attempts: 2 }), process: 'mail', listener: 'send' };
    const message = log.publish('order.created', { process: 'mail' });
    const first = log.dispatch(message, to);
    log.begin(first);
    log.at(1_000).fail(first, 1, 1_000);
    log.retry(first, 2, 25_000);
    const second = log.at(25_000).dispatch(message, to, { attempt: 2 });
    log.begin(second);
    log.at(26_000).fail(second, 0, 1_000);
    const player = samplePlayer();
    player.scenario = { ...player.scenario, durationMs: 26_000, interventions: [] };
    player.load(log.entries);
    await open({ player, size: [390, 844] });
    await expect.element(page.getByText('24 s')).toBeVisible();
    const slider = page.getByRole('slider', { name: 'Playhead' });
    player.seek(13_000);
    await expect.element(slider).toHaveAttribute('aria-valuetext', '00:13.000 of 00:26.000');
    const { min, max, valueAsNumber } = slider.element() as HTMLInputElement;
    expect(valueAsNumber).toBeCloseTo((Number(min) + Number(max)) / 2);
    await slider.fill(String(Number(max) / 4));
    expect(player.playheadMs).toBeLessThan(1_000);
    expect(player.playheadMs).toBeGreaterThan(0);
  });

  test('opens the inspector as a drawer when something is selected', async () => {
    const { workbench } = await open({ size: [1100, 800] });
    await expect.element(page.getByRole('region', { name: 'Inspector' })).not.toBeInTheDocument();
    workbench.select({ type: 'process', process: 'sms' });
    await expect.element(page.getByRole('region', { name: 'Inspector' })).toBeVisible();
  });

  test('a pane that does not arrive says so and can be fetched again', async () => {
    let asked = 0;
    const stage = () => (asked++ === 0 ? Promise.reject(new Error('offline')) : emptyPanes.stage());
    await open({ panes: { stage } });
    await expect.element(page.getByText('Stage did not arrive')).toBeVisible();
    await button('Load it again').click();
    await expect.element(page.getByText('stage', { exact: true })).toBeVisible();
  });
});

test('what happens is announced', async () => {
  const { workbench } = await open();
  await button('Run').click();
  await expect.poll(() => workbench.announcement).toBe('Run started');
  await button('Pause').click();
  await expect.poll(() => workbench.announcement).toBe('Paused at 00:02.600');
  workbench.select({ type: 'process', process: 'sms' });
  await expect.poll(() => workbench.announcement).toBe('Selected process sms');
});

test('the notice of a stranger stands until the code has run', async () => {
  const { workbench } = await open();
  const scenario = { ...sampleScenario, note: 'Order 31 is charged twice.' };
  workbench.open(scenario, { autoplay: false, stranger: { version: 1, length: 1884 } });
  await expect.element(page.getByText('Somebody else wrote this code. It has not run yet.')).toBeVisible();
  await expect.element(page.getByText('“Order 31 is charged twice.”')).toBeVisible();
  await button('Run').click();
  await expect.element(page.getByText('Somebody else wrote this code.')).not.toBeInTheDocument();
});
