import { describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../src/ui/style/base.css';
import type { CodeEditor, CodeEditorOptions } from '../../src/ui/editor/code-editor';
import { editRestMs, type EditorLoader } from '../../src/ui/editor/code-desk.svelte';
import EditorPane from '../../src/ui/editor/EditorPane.svelte';
import { memoryPreferences } from '../../src/ui/preferences';
import { englishWords } from '../../src/ui/text/english-words';
import { Workbench } from '../../src/ui/workbench.svelte';
import type { FakePlayer } from './fake-player';
import { numbered, samplePlayer, sampleScenario } from './sample-run';

function open(player: FakePlayer, load: EditorLoader): { workbench: Workbench; host: HTMLElement } {
  const workbench = new Workbench({ player, preferences: memoryPreferences({ theme: 'dark' }), words: englishWords });
  const host = document.createElement('div');
  host.style.cssText = 'width: 400px; height: 534px';
  document.body.append(host);
  void render(EditorPane, { target: host, props: { workbench, load } });
  return { workbench, host };
}

/** A key in the pane, wherever the focus is. */
function pressed(key: KeyboardEventInit): void {
  document.querySelector('.editor')!.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, ...key }));
}

const never: EditorLoader = () => new Promise(() => {});

/** An editor that only keeps what it is told, for what needs no Monaco. */
function paper(): { load: EditorLoader; calls: string[]; options: () => CodeEditorOptions } {
  const calls: string[] = [];
  let options: CodeEditorOptions | undefined;
  const log = (name: string) => (value?: unknown) => void calls.push(`${name} ${JSON.stringify(value) || ''}`.trim());
  const editor: unknown = new Proxy({}, { get: (_, name) => log(String(name)) });
  return {
    calls,
    options: () => options!,
    load: async () => (given) => {
      options = given;
      return editor as CodeEditor;
    },
  };
}

/** The sample run in which an edit at 2.6 s did not load. */
function withRejected(file: string, line: number): FakePlayer {
  const player = samplePlayer();
  const edit = { type: 'file.edit' as const, atMs: 2600, file, source: 'bad(' };
  const rejected = { type: 'file.rejected' as const, atMs: 2600, file, line, column: 5, keptPrevious: true };
  const entries = player.log.range(0, player.position);
  player.scenario = { ...player.scenario, interventions: [...player.scenario.interventions, edit] };
  player.load(numbered([...entries, { ...rejected, message: 'a closing ) is missing' }]));
  return player;
}

describe('the editor pane', () => {
  test('shows readable code with counts until the editor arrives', async () => {
    const { host } = open(samplePlayer(), never);
    await expect.element(page.getByText('The editor is on its way')).toBeVisible();
    const code = host.querySelector('pre')!;
    expect(code.textContent).toContain("import { eventBus, every } from 'eventarium'");
    expect(code.querySelectorAll('.line')[2]!.textContent).toContain('2×');
    expect(code.querySelector('.keyword')!.textContent).toBe('import');
  });

  test('has a menu in our own words: chosen from by mouse and keyboard, left with Escape', async () => {
    const { load, calls, options } = paper();
    const { workbench } = open(samplePlayer(), load);
    await expect.poll(options).toBeDefined();
    workbench.language = 'uk';
    const ask = (): void => options().onMenu({ x: 40, y: 60, actions: ['definition', 'format', 'copy'] });
    ask();
    const items = page.getByRole('menuitem');
    await expect
      .poll(() => items.elements().map((item) => item.querySelector('span')!.textContent))
      .toEqual([...['Перейти до визначення', 'Відформатувати документ', 'Копіювати']]);
    await expect.element(items.first()).toHaveFocus();
    await userEvent.keyboard('{ArrowDown}{Enter}');
    await expect.element(page.getByRole('menu')).not.toBeInTheDocument();
    expect(calls.at(-1)).toBe('run "format"');
    ask();
    await expect.element(items.first()).toHaveFocus();
    await userEvent.keyboard('{Escape}');
    await expect.element(page.getByRole('menu')).not.toBeInTheDocument();
    ask();
    await items.nth(2).click();
    expect(calls.filter((call) => call.startsWith('run '))).toEqual(['run "format"', 'run "copy"']);
  });

  test('marks the line of the selection, in its own file', async () => {
    const player = samplePlayer();
    const { workbench, host } = open(player, never);
    const failed = player.log.range(0, player.position).find((entry) => entry.type === 'delivery.failed')!;
    workbench.select({ type: 'message', message: 'm_1', seq: failed.seq });
    await expect.poll(() => host.querySelector('.line.selected')?.textContent).toContain('throw new Error');
    expect(workbench.activeFile).toBe('accounting.ts');
  });

  test('keeps the code readable when the editor does not arrive, and tries again', async () => {
    const load = vi.fn<EditorLoader>(async () => {
      throw new Error('offline');
    });
    const { host } = open(samplePlayer(), load);
    await expect.element(page.getByText('The editor did not arrive')).toBeVisible();
    expect(host.querySelector('pre')).not.toBeNull();
    await page.getByRole('button', { name: 'Try again' }).click();
    await vi.waitFor(() => expect(load).toHaveBeenCalledTimes(2));
  });

  test('hands an edit over once the hands rest, and at once with Ctrl+S', async () => {
    const player = samplePlayer();
    const { load, options } = paper();
    open(player, load);
    await vi.waitFor(() => expect(options()).toBeDefined());
    options().onEdit('shop.ts', 'a');
    options().onEdit('shop.ts', 'ab');
    expect(player.calls).toEqual([]);
    await vi.waitFor(() => expect(player.calls).toEqual(['editFiles shop.ts']));
    expect(player.scenario.files['shop.ts']).toBe('ab');
    options().onEdit('shop.ts', 'abc');
    pressed({ code: 'KeyS', ctrlKey: true });
    expect(player.scenario.files['shop.ts']).toBe('abc');
  });

  test('never gives the editor an older text than what is being typed', async () => {
    const player = samplePlayer();
    const { load, options, calls } = paper();
    open(player, load);
    await vi.waitFor(() => expect(options()).toBeDefined());
    options().onEdit('shop.ts', 'typed');
    player.seek(3000);
    await vi.waitFor(() => expect(calls.findLast((call) => call.startsWith('sync'))).toContain('"shop.ts":"typed"'));
  });

  test('never gives the editor an older text while an edit is handed over: its history would have a step more', async () => {
    const player = samplePlayer();
    const { load, options, calls } = paper();
    open(player, load);
    await vi.waitFor(() => expect(options()).toBeDefined());
    options().onEdit('shop.ts', 'typed');
    await vi.waitFor(() => expect(calls.findLast((call) => call.startsWith('sync'))).toContain('"shop.ts":"typed"'));
    const typedAt = calls.findIndex((call) => call.startsWith('sync') && call.includes('"shop.ts":"typed"'));
    await vi.waitFor(() => expect(player.calls).toEqual(['editFiles shop.ts']));
    options().onEdit('shop.ts', 'typed more');
    await vi.waitFor(() => expect(calls.findLast((call) => call.startsWith('sync'))).toContain('typed more'));
    const since = calls.slice(typedAt).filter((call) => call.startsWith('sync'));
    expect(since.filter((call) => !call.includes('"shop.ts":"typed'))).toEqual([]);
  });

  test('adds a file with a checked name, and deletes it with a way back', async () => {
    const player = samplePlayer();
    const { workbench } = open(player, never);
    await page.getByRole('button', { name: 'Add a file' }).click();
    const field = page.getByRole('textbox', { name: 'File name' });
    await field.fill('shop.ts');
    await expect.element(page.getByText('Another file has this name')).toBeVisible();
    await field.fill('late.ts');
    await userEvent.keyboard('{Enter}');
    expect(workbench.activeFile).toBe('late.ts');
    expect(player.scenario.files['late.ts']).toContain('eventarium');
    await expect.element(page.getByRole('tab', { name: 'late.ts' })).toHaveFocus();
    await page.getByRole('button', { name: 'What to do with late.ts' }).click();
    await page.getByRole('menuitem', { name: 'Delete late.ts' }).click();
    expect(player.scenario.files['late.ts']).toBeUndefined();
    workbench.toast!.action!.run();
    expect(player.calls.at(-1)).toBe('undo');
    await expect.poll(() => workbench.activeFile).toBe('late.ts');
  });

  test('renames a file', async () => {
    const player = samplePlayer();
    const { workbench } = open(player, never);
    await page.getByRole('button', { name: 'What to do with shop.ts' }).click();
    await page.getByRole('menuitem', { name: 'Rename shop.ts' }).click();
    await userEvent.keyboard('store{Enter}');
    expect(player.calls).toEqual(['renameFile shop.ts store.ts']);
    expect(workbench.activeFile).toBe('store.ts');
    await expect.element(page.getByRole('tab', { name: 'store.ts' })).toHaveFocus();
    expect(workbench.toast!.text).toBe('shop.ts is store.ts now, and its imports follow.');
    workbench.toast!.action!.run();
    expect(player.scenario.files['shop.ts']).toBeDefined();
    expect(workbench.activeFile).toBe('shop.ts');
  });

  test('gives the focus back to the tab when a name is not wanted, and leaves it where the mouse took it', async () => {
    open(samplePlayer(), never);
    const tab = page.getByRole('tab', { name: 'email.ts' });
    await tab.click();
    await userEvent.keyboard('{F2}');
    await expect.element(page.getByRole('textbox', { name: 'File name' })).toHaveFocus();
    await userEvent.keyboard('{Escape}');
    await expect.element(tab).toHaveFocus();
    await userEvent.keyboard('{F2}');
    const problems = page.getByRole('button', { name: 'No problems' });
    await problems.click();
    await expect.element(problems).toHaveFocus();
    expect(page.getByRole('textbox', { name: 'File name' }).elements()).toHaveLength(0);
  });

  test('says when a file did not load, what goes on, and takes the change back', async () => {
    const player = withRejected('email.ts', 1);
    const { workbench } = open(player, never);
    player.runToEnd();
    workbench.activeFile = 'email.ts';
    await expect.element(page.getByText('email.ts was not loaded.')).toBeVisible();
    await expect.element(page.getByText('email goes on with the version before.')).toBeVisible();
    await expect.element(page.getByRole('img', { name: 'did not load' })).toBeVisible();
    workbench.layout.measured({ widthPx: 390, heightPx: 844 });
    await expect.element(page.getByText(/^Line \d+: /).first()).toBeVisible();
    await page.getByRole('button', { name: 'Undo my change' }).click();
    expect(player.calls.at(-1)).toBe('removeIntervention 2');
  });

  test('says at once that an edit at the playhead did not load, though it lies a moment ahead', async () => {
    const player = samplePlayer();
    const rejected = { type: 'file.rejected' as const, atMs: 2600, file: 'shop.ts', line: 2, column: 1 };
    const entries = player.log.range(0, player.position);
    player.load(numbered([...entries, { ...rejected, message: 'unexpected token', keptPrevious: true }]));
    player.seekTo(entries.length);
    player.playheadMs = 2600;
    open(player, never);
    await expect.element(page.getByText('shop.ts was not loaded.')).toBeVisible();
  });

  test('offers to take a change back only while it is the last one', async () => {
    const player = samplePlayer();
    const { workbench } = open(player, never);
    await page.getByRole('button', { name: 'What to do with shop.ts' }).click();
    await page.getByRole('menuitem', { name: 'Delete shop.ts' }).click();
    const { action } = workbench.toast!;
    player.setSeed(8);
    action!.run();
    expect(workbench.toast!.text).toBe('Something else was changed after it. Undo that first.');
    expect(player.calls).not.toContain('undo');
  });

  test('lists the problems of all files, whoever found them, and goes to each', async () => {
    const player = withRejected('email.ts', 4);
    const { load, options, calls } = paper();
    const { workbench } = open(player, load);
    await vi.waitFor(() => expect(options()).toBeDefined());
    player.runToEnd();
    options().onMarkers([{ document: 'shop.ts', line: 2, column: 7, message: 'No such name', severity: 'error' }]);
    await page.getByRole('button', { name: '2 problems' }).click();
    const rows = page.getByRole('region', { name: 'Problems' }).getByRole('listitem');
    await expect.element(rows.nth(0)).toHaveTextContent('shop.ts:2 No such name');
    await expect.element(rows.nth(1)).toHaveTextContent('email.ts:4 a closing ) is missing');
    await rows.nth(1).getByRole('button').click();
    expect(workbench.activeFile).toBe('email.ts');
    expect(calls).toContain('reveal 4');
    options().onCursor({ line: 4, column: 5 });
    pressed({ key: 'F8' });
    expect(workbench.activeFile).toBe('shop.ts');
    await userEvent.keyboard('{Escape}');
  });

  test('tells what can be imported, finds it, and writes an example into the file', async () => {
    const { load, options, calls } = paper();
    open(samplePlayer(), load);
    await vi.waitFor(() => expect(options()).toBeDefined());
    options().onLibrary(undefined);
    await page.getByRole('searchbox', { name: 'Search' }).fill('virtual time');
    await expect.element(page.getByRole('button', { name: 'sleep Waits' })).toBeVisible();
    await page.getByRole('searchbox', { name: 'Search' }).fill('every');
    await page.getByRole('button', { name: /^every/ }).click();
    await expect.element(page.getByText('callback: (n: number) => unknown')).toBeVisible();
    await page.getByRole('button', { name: 'Insert the example of every' }).click();
    expect(calls).toContainEqual(expect.stringContaining('insert'));
  });

  test('on a phone reads the code, and writes it in a plain field', async () => {
    const player = samplePlayer();
    const load = vi.fn<EditorLoader>(never);
    const { workbench, host } = open(player, load);
    workbench.layout.measured({ widthPx: 390, heightPx: 844 });
    await page.getByRole('button', { name: 'Edit' }).click();
    const field = page.getByRole('textbox', { name: 'Code of shop.ts' });
    await field.fill('typed');
    await page.getByRole('button', { name: 'Done' }).click();
    expect(player.scenario.files['shop.ts']).toBe('typed');
    await expect.poll(() => host.querySelector('pre')?.textContent).toContain('typed');
    expect(load).not.toHaveBeenCalled();
  });

  test('forgets what was typed into a scenario when another one is opened', async () => {
    const player = samplePlayer();
    const { load, options, calls } = paper();
    const { workbench } = open(player, load);
    await vi.waitFor(() => expect(options()).toBeDefined());
    options().onEdit('shop.ts', 'of the old one');
    workbench.open({ ...sampleScenario, title: 'Another' }, { autoplay: false });
    await vi.waitFor(() => expect(calls).toContain('forget'));
    await new Promise((resolve) => setTimeout(resolve, editRestMs + 100));
    expect(player.scenario.files['shop.ts']).toBe(sampleScenario.files['shop.ts']);
  });
});
