import { describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../src/ui/style/base.css';
import EditorPane from '../../src/ui/editor/EditorPane.svelte';
import { memoryPreferences } from '../../src/ui/preferences';
import { SettingsDesk } from '../../src/ui/settings/settings-desk.svelte';
import { settingsText } from '../../src/ui/settings/settings-text';
import { handleKey } from '../../src/ui/shell/keys';
import { englishWords } from '../../src/ui/text/english-words';
import { ukrainianWords } from '../../src/ui/text/ukrainian-words';
import { Workbench } from '../../src/ui/workbench.svelte';
import type { FakePlayer } from './fake-player';
import { samplePlayer } from './sample-run';

function bench(player: FakePlayer, language: 'en' | 'uk' = 'en'): Workbench {
  return new Workbench({
    player,
    preferences: memoryPreferences({ theme: 'dark' }),
    words: language === 'uk' ? ukrainianWords : englishWords,
  });
}

/** The pane with the form open, in the width that it has on a desk. */
async function openForm(player: FakePlayer, language: 'en' | 'uk' = 'en'): Promise<Workbench> {
  const workbench = bench(player, language);
  const host = document.createElement('div');
  host.style.cssText = 'width: 400px; height: 534px';
  document.body.append(host);
  void render(EditorPane, { target: host, props: { workbench, load: () => new Promise(() => {}) } });
  await page.getByRole('tab', { name: settingsText(workbench.language).tab }).click();
  return workbench;
}

const field = (name: string) => page.getByRole('textbox', { name, exact: true });

describe('the settings as a form', () => {
  test('change the scenario: durations in any unit, at once when the field is left', async () => {
    const player = samplePlayer();
    await openForm(player);
    await expect.element(field('Duration')).toHaveValue('5\u00a0s');
    await field('Duration').fill('2 min 30 s');
    await userEvent.keyboard('{Tab}');
    expect(player.scenario.durationMs).toBe(150_000);
    await expect.element(field('Duration')).toHaveValue('2\u00a0min\u00a030\u00a0s');
    await field('Duration').fill('');
    await userEvent.keyboard('{Enter}');
    expect(player.scenario.durationMs).toBe(60_000);
  });

  test('say below the field what is wrong, keep it, and leave what is in force', async () => {
    const player = samplePlayer();
    await openForm(player);
    await field('Seed').fill('seven');
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByText('A whole number is expected.')).toBeVisible();
    await expect.element(field('Seed')).toHaveAttribute('aria-invalid', 'true');
    expect(player.scenario.seed).toBe(7);
    await expect.element(page.getByRole('img', { name: 'This is not in force yet.' })).toBeVisible();
    await page.getByRole('button', { name: 'scenario.json' }).click();
    await expect.poll(() => document.querySelector('pre')?.textContent).toContain('"seed": "seven"');
    await page.getByRole('button', { name: 'Form' }).click();
    await field('Seed').fill('8');
    await userEvent.keyboard('{Enter}');
    expect(player.scenario.seed).toBe(8);
  });

  test('are taken back as they were typed by the undo key, before what was changed earlier', async () => {
    const player = samplePlayer();
    const workbench = await openForm(player);
    player.canUndo = true;
    await field('Seed').fill('8');
    await field('Duration').fill('soon');
    await userEvent.keyboard('{Enter}');
    const undo = () =>
      handleKey(new KeyboardEvent('keydown', { key: 'z', ctrlKey: true, cancelable: true }), workbench);
    undo();
    await expect.element(field('Duration')).toHaveValue('5\u00a0s');
    workbench.toast!.action!.run();
    await expect.element(field('Duration')).toHaveValue('soon');
    // What came after it is taken back first.
    player.define({ ...player.scenario, title: 'Friday' });
    undo();
    await expect.element(field('Title')).not.toHaveValue('Friday');
    await expect.element(field('Duration')).toHaveValue('soon');
    undo();
    await expect.element(field('Duration')).toHaveValue('5\u00a0s');
    await expect.element(field('Seed')).toHaveValue('8');
    undo();
    await expect.element(field('Seed')).toHaveValue('7');
  });

  test('add and remove processes, with a way back', async () => {
    const player = samplePlayer();
    const workbench = await openForm(player);
    await page.getByRole('button', { name: 'Remove sms' }).click();
    expect(player.scenario.processes.map(({ name }) => name)).toEqual(['shop', 'email', 'accounting']);
    expect(workbench.toast!.text).toBe('sms was removed.');
    await page.getByRole('button', { name: 'Add a process' }).click();
    expect(player.scenario.processes.at(-1)).toMatchObject({ name: 'sms', file: 'sms.ts', replicas: 1 });
    const { action } = workbench.toast!;
    action!.run();
    expect(workbench.toast!.text).toBe('Something else was changed after it. Undo that first.');
    player.undo();
    action!.run();
    expect(player.scenario.processes.map(({ name }) => name)).toEqual(['shop', 'email', 'accounting', 'sms']);
  });

  test('give a process another name, arguments and variables', async () => {
    const player = samplePlayer();
    await openForm(player);
    const process = page.getByRole('group', { name: 'Process sms' });
    await process.getByRole('textbox', { name: 'Name' }).fill('text');
    expect(player.scenario.processes.at(-1)!.name).toBe('sms');
    await userEvent.keyboard('{Enter}');
    expect(player.scenario.processes.at(-1)!.name).toBe('text');
    expect(player.scenario.interventions).toMatchObject([{ process: 'text' }, { process: 'text' }]);
    await page.getByRole('button', { name: 'More of text' }).click();
    await field('Arguments').fill('--port 80 "two words"');
    await field('Environment').fill('A=1\nB=2');
    await userEvent.keyboard('{Tab}');
    expect(player.scenario.processes.at(-1)).toMatchObject({
      args: ['--port', '80', 'two words'],
      env: { A: '1', B: '2' },
    });
  });

  test('keep the field that is emptied to be written anew', async () => {
    const player = samplePlayer();
    const last = { ...player.scenario.processes.at(-1)!, startAtMs: 2_500 };
    player.scenario = { ...player.scenario, processes: [...player.scenario.processes.slice(0, -1), last] };
    await openForm(player);
    await expect.element(field('Starts at')).toHaveValue('2.5\u00a0s');
    await userEvent.clear(field('Starts at'));
    await userEvent.keyboard('1{Enter}');
    expect(player.scenario.processes.at(-1)!.startAtMs).toBe(1_000);
    await field('Starts at').fill('0');
    await userEvent.keyboard('{Enter}');
    expect(player.scenario.processes.at(-1)!.startAtMs).toBe(0);
    await expect.element(field('Starts at')).toHaveFocus();
  });

  test('make one link slower than the others', async () => {
    const player = samplePlayer();
    await openForm(player);
    await page.getByRole('button', { name: 'Add a link that differs' }).click();
    const link = page.getByRole('group', { name: 'shop → shop-bus' });
    await link.getByRole('textbox', { name: 'Loss' }).fill('5');
    await userEvent.keyboard('{Enter}');
    await link.getByRole('checkbox', { name: 'Cut' }).click();
    expect(player.scenario.network.links).toEqual([
      { from: 'shop', to: 'shop-bus', latencyMs: 500, loss: 0.05, cut: true },
    ]);
  });

  test('let something go wrong by itself: added, changed to another kind, switched off, removed with a way back', async () => {
    const player = samplePlayer();
    const workbench = await openForm(player);
    await page.getByRole('button', { name: 'Add a fault' }).click();
    expect(player.scenario.faults).toEqual([
      { type: 'crash', process: 'shop', every: 5, restartAfterMs: 1_000, fromMs: 1_000, untilMs: 2_000 },
    ]);
    const fault = page.getByRole('group', { name: 'Fault 1' });
    await fault.getByRole('textbox', { name: 'Ends' }).fill('');
    await userEvent.keyboard('{Enter}');
    await fault.getByRole('combobox', { name: 'What goes wrong' }).selectOptions('Network falls apart');
    await fault.getByRole('textbox', { name: 'Groups' }).fill('shop, email | sms');
    await userEvent.keyboard('{Enter}');
    await fault.getByRole('checkbox', { name: 'Happens' }).click();
    const apart = { type: 'partition', groups: [['shop', 'email'], ['sms']], fromMs: 1_000, disabled: true };
    expect(player.scenario.faults).toEqual([apart]);
    await fault.getByRole('textbox', { name: 'Groups' }).fill('shop, email');
    await userEvent.keyboard('{Enter}');
    await expect.element(fault.getByText('This is needed.')).toBeVisible();
    expect(player.scenario.faults).toEqual([apart]);
    await fault.getByRole('textbox', { name: 'Groups' }).fill('shop | sms');
    await userEvent.keyboard('{Enter}');
    await page.getByRole('button', { name: 'Remove Fault 1' }).click();
    expect(player.scenario.faults).toBeUndefined();
    workbench.toast!.action!.run();
    expect(player.scenario.faults).toMatchObject([{ groups: [['shop'], ['sms']] }]);
  });

  test('speak Ukrainian, with its units', async () => {
    const player = samplePlayer();
    await openForm(player, 'uk');
    await field('Тривалість').fill('1,5 хв');
    await userEvent.keyboard('{Enter}');
    expect(player.scenario.durationMs).toBe(90_000);
    await expect.element(field('Тривалість')).toHaveValue('1\u00a0хв\u00a030\u00a0с');
  });
});

describe('the settings as scenario.json', () => {
  const desk = (player: FakePlayer): SettingsDesk => new SettingsDesk(bench(player));
  const changed = (text: string, from: string, to: string): string => {
    expect(text).toContain(from);
    return text.replace(from, to);
  };

  test('are the same settings: what is typed counts after a rest and stays as it was typed', async () => {
    const player = samplePlayer();
    const settings = desk(player);
    const text = changed(settings.text, '"seed": 7', '"seed":    8');
    settings.edit(text);
    expect(player.scenario.seed).toBe(7);
    await vi.waitFor(() => expect(player.scenario.seed).toBe(8));
    expect(settings.text).toBe(text);
    player.setSeed(9);
    await expect.poll(() => settings.text).toContain('"seed": 9');
  });

  test('that are no JSON are kept, say where, and change nothing', async () => {
    const player = samplePlayer();
    const settings = desk(player);
    settings.edit(changed(settings.text, '"seed": 7', '"seed": '));
    settings.apply();
    expect(player.calls).toEqual([]);
    expect(settings.broken).toMatchObject({ line: 5, message: 'A value is expected.' });
    settings.set(['title'], 'lost');
    expect(settings.text).toContain('"seed": ,');
    settings.discard();
    expect(settings.broken).toBeUndefined();
    expect(settings.text).toContain('"seed": 7');
  });

  test('keep what changed elsewhere while they were being mended', async () => {
    const player = samplePlayer();
    const settings = desk(player);
    settings.edit(changed(settings.text, '"title": "Order created"', '"title": '));
    player.setSeed(21);
    await vi.waitFor(() => expect(player.scenario.seed).toBe(21));
    settings.edit(changed(settings.text, '"title": ', '"title": "Mended"'));
    settings.apply();
    expect(player.scenario).toMatchObject({ title: 'Mended', seed: 21 });
    await expect.poll(() => settings.text).toContain('"seed": 21');
  });

  test('say at which line the parser does not agree', () => {
    const settings = desk(samplePlayer());
    settings.edit(changed(settings.text, '"file": "sms.ts"', '"file": "gone.ts"'));
    settings.apply();
    const line = settings.text.split('\n').findIndex((each) => each.includes('gone.ts')) + 1;
    expect(settings.problems).toEqual([
      { path: 'processes[3].file', line, column: 30, message: 'There is no file gone.ts.', severity: 'error' },
    ]);
  });
});
