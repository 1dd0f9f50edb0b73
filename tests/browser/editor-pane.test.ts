import { describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../src/ui/style/base.css';
import type { CodeEditor, CodeEditorOptions } from '../../src/ui/editor/code-editor';
import type { EditorLoader } from '../../src/ui/editor/code-desk.svelte';
import EditorPane from '../../src/ui/editor/EditorPane.svelte';
import { memoryPreferences } from '../../src/ui/preferences';
import { Workbench } from '../../src/ui/workbench.svelte';
import type { FakePlayer } from './fake-player';
import { numbered, samplePlayer } from './sample-run';

function open(player: FakePlayer, load: EditorLoader): { workbench: Workbench; host: HTMLElement } {
  const workbench = new Workbench({ player, preferences: memoryPreferences({ language: 'en', theme: 'dark' }) });
  const host = document.createElement('div');
  host.style.cssText = 'width: 400px; height: 534px';
  document.body.append(host);
  void render(EditorPane, { target: host, props: { workbench, load } });
  return { workbench, host };
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

describe('the editor pane', () => {
  test('shows readable code with counts until the editor arrives', async () => {
    const { host } = open(samplePlayer(), never);
    await expect.element(page.getByText('The editor is on its way')).toBeVisible();
    const code = host.querySelector('pre')!;
    expect(code.textContent).toContain("import { eventBus, every } from 'eventarium'");
    expect(code.querySelectorAll('.line')[2]!.textContent).toContain('2×');
    expect(code.querySelector('.keyword')!.textContent).toBe('import');
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
    await vi.waitFor(() => expect(player.calls).toEqual(['editFile shop.ts']));
    expect(player.scenario.files['shop.ts']).toBe('ab');
    options().onEdit('shop.ts', 'abc');
    options().onSave();
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
    await page.getByRole('button', { name: 'What to do with late.ts' }).click();
    await page.getByRole('menuitem', { name: 'Delete late.ts' }).click();
    expect(player.scenario.files['late.ts']).toBeUndefined();
    workbench.toast!.action!.run();
    expect(player.scenario.files['late.ts']).toContain('eventarium');
  });

  test('renames a file', async () => {
    const player = samplePlayer();
    const { workbench } = open(player, never);
    await page.getByRole('button', { name: 'What to do with shop.ts' }).click();
    await page.getByRole('menuitem', { name: 'Rename shop.ts' }).click();
    await userEvent.keyboard('store{Enter}');
    expect(player.calls).toEqual(['renameFile shop.ts store.ts']);
    expect(workbench.activeFile).toBe('store.ts');
  });

  test('says when a file did not load, what goes on, and takes the change back', async () => {
    const player = samplePlayer();
    const edit = { type: 'file.edit' as const, atMs: 2600, file: 'email.ts', source: 'bad(' };
    const entries = player.log.range(0, player.position);
    player.scenario = { ...player.scenario, interventions: [...player.scenario.interventions, edit] };
    player.load(
      numbered([
        ...entries,
        {
          type: 'file.rejected',
          atMs: 2600,
          file: 'email.ts',
          line: 1,
          column: 5,
          message: 'a closing ) is missing',
          keptPrevious: true,
        },
      ]),
    );
    const { workbench } = open(player, never);
    player.runToEnd();
    workbench.activeFile = 'email.ts';
    await expect.element(page.getByText('email.ts was not loaded.')).toBeVisible();
    await expect.element(page.getByText('email goes on with the version before.')).toBeVisible();
    await expect.element(page.getByRole('img', { name: 'did not load' })).toBeVisible();
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
});
