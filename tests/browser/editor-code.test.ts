import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import '../../src/ui/style/base.css';
import type { CodeEditor, CodeEditorOptions } from '../../src/ui/editor/code-editor';
import { loadCodeEditor } from '../../src/ui/editor/lazy-editor';
import type { Problem } from '../../src/ui/editor/problems';
import { settingsTab } from '../../src/ui/editor/settings-tab';
import { settingsSchema } from '../../src/ui/settings/json-schema';
import { settingsText } from '../../src/ui/settings/settings-text';

/** The real Monaco with its real workers: slow to start, so the waits are long. */
const slowMs = 120_000;
const wait = { timeout: slowMs, interval: 50 };

beforeAll(async () => {
  await loadCodeEditor();
}, slowMs);

let host: HTMLElement;
let shown: CodeEditor | undefined;

beforeEach(() => {
  host = document.createElement('div');
  host.style.cssText = 'width: 500px; height: 400px; position: relative';
  document.body.append(host);
});

afterEach(() => {
  shown?.dispose();
  shown = undefined;
  host.remove();
});

async function open(files: Record<string, string>, options: Partial<CodeEditorOptions> = {}): Promise<CodeEditor> {
  const create = await loadCodeEditor();
  const nothing = (): void => {};
  shown = create({
    host,
    words: { label: 'Code', imports: 'What can be imported', help: 'Keys' },
    onEdit: nothing,
    onEditedTogether: nothing,
    onCursor: nothing,
    onRun: nothing,
    onNextProblem: nothing,
    onMarkers: nothing,
    onShow: nothing,
    onLibrary: nothing,
    onHelp: nothing,
    onTabMode: nothing,
    onMenu: nothing,
    ...options,
  });
  shown.sync(files);
  shown.show(Object.keys(files)[0]!);
  return shown;
}

/** What the languages find in the end. */
async function markersOf(files: Record<string, string>): Promise<readonly Problem[]> {
  const onMarkers = vi.fn<(found: readonly Problem[]) => void>();
  await open(files, { onMarkers });
  await vi.waitFor(() => expect(onMarkers.mock.lastCall?.[0].length).toBeGreaterThan(0), wait);
  return onMarkers.mock.lastCall![0];
}

async function typed(text: string): Promise<void> {
  await vi.waitFor(() => expect(host.querySelector('.view-line')).not.toBeNull(), wait);
  shown!.focus();
  await userEvent.keyboard('{Control>}{End}{/Control}');
  await userEvent.keyboard(text);
}

describe('the code editor', { timeout: slowMs }, () => {
  test('marks a TypeScript error in the file that has it, seen through an import of another', async () => {
    const found = await markersOf({
      'good.ts': "import { price } from './bad.js';\nconsole.log(price.toFixed(2), process.argv, Buffer.from('a'));\n",
      'bad.ts': "export const price: number = 'many';\n",
    });
    expect(found).toMatchObject([{ document: 'bad.ts', line: 1, column: 14, severity: 'error' }]);
  });

  test('takes a file of another scenario for another file, though it has the same name', async () => {
    const onMarkers = vi.fn<(found: readonly Problem[]) => void>();
    const editor = await open({ 'a.ts': 'const one: number = "1";\n' }, { onMarkers });
    await vi.waitFor(() => expect(onMarkers.mock.lastCall?.[0]).toMatchObject([{ line: 1 }]), wait);
    editor.forget();
    editor.sync({ 'a.ts': '\nconst two: number = 2;\nconst three: string = 3;\n' });
    editor.show('a.ts');
    await vi.waitFor(() => expect(onMarkers.mock.lastCall?.[0]).toMatchObject([{ line: 3 }]), wait);
  });

  test('finds what a change in one file breaks and mends in another, and nothing missing in one that comes first', async () => {
    const onMarkers = vi.fn<(found: readonly Problem[]) => void>();
    const editor = await open({ 'one.ts': 'const broken: number = "1";\n' }, { onMarkers });
    const found = () => onMarkers.mock.lastCall?.[0].map(({ document, line }) => `${document}:${String(line)}`);
    await vi.waitFor(() => expect(found()).toEqual(['one.ts:1']), wait);
    editor.forget();
    const user = "import { price } from './price';\nconst text: string = price;\n";
    editor.sync({ 'a.ts': user, 'price.ts': 'export const price = 1;\n' });
    editor.show('a.ts');
    // Were the import not seen, `price` would be anything.
    await vi.waitFor(() => expect(found()).toEqual(['a.ts:2']), wait);
    editor.sync({ 'a.ts': user, 'price.ts': "export const price = '1';\n" });
    await vi.waitFor(() => expect(found()).toEqual([]), wait);
    editor.sync({ 'a.ts': user, 'price.ts': 'export const cost = 1;\n' });
    await vi.waitFor(() => expect(found()).toEqual(['a.ts:1']), wait);
  });

  test('completes what `eventarium` offers', async () => {
    await open({ 'a.ts': "import { eventBus } from 'eventarium';\nconst bus = eventBus('shop');\n" });
    await typed('bus.');
    const offered = () =>
      [...document.querySelectorAll('.suggest-widget .monaco-list-row')].map((row) => row.textContent);
    await vi.waitFor(() => expect(offered().join(' ')).toContain('subscribe'), wait);
  });

  test('tells of what the reader types, and not of what it is given', async () => {
    const onEdit = vi.fn<(file: string, source: string) => void>();
    const editor = await open({ 'a.ts': 'one\n' }, { onEdit });
    editor.sync({ 'a.ts': 'two\n' });
    expect(onEdit).not.toHaveBeenCalled();
    await typed('x');
    expect(onEdit).toHaveBeenLastCalledWith('a.ts', 'two\nx');
  });

  test('runs with Ctrl+Enter, goes to the next problem with F8, tells the keys with F1 and frees Tab with Ctrl+M', async () => {
    const [onRun, onNextProblem, onHelp] = [vi.fn(), vi.fn(), vi.fn()];
    const onTabMode = vi.fn<(movesFocus: boolean) => void>();
    await open({ 'a.ts': 'one' }, { onRun, onNextProblem, onHelp, onTabMode });
    await typed('{Control>}{Enter}{/Control}{F8}{F1}{Control>}m{/Control}');
    expect(onHelp).toHaveBeenCalledOnce();
    expect(onRun).toHaveBeenCalledOnce();
    expect(onNextProblem).toHaveBeenCalledOnce();
    expect(onTabMode).toHaveBeenLastCalledWith(true);
  });

  test('writes counts, the selected line and problems beside the code', async () => {
    const editor = await open({ 'a.ts': 'one\ntwo\nthree\n' });
    editor.setHits(new Map([[2, 6]]), (count) => `${String(count)}×`);
    editor.setMark({ line: 2, message: 'm_12', fate: 'retried' });
    editor.setProblems(new Map([['a.ts', [{ line: 3, column: 1, message: 'Line 3: no' }]]]));
    await vi.waitFor(() => {
      expect(host.querySelector('.margin')?.textContent).toContain('6×');
      expect(host.querySelector('.line-badge-retried')?.textContent).toContain('m_12');
      expect(host.querySelector('.line-strip')?.textContent).toBe('Line 3: no');
    }, wait);
  });

  test('keeps the line of the cursor in sight, with what is said below it, when room is taken from under the code', async () => {
    const editor = await open({ 'a.ts': `${'line\n'.repeat(60)}last` });
    editor.reveal(61);
    editor.setProblems(new Map([['a.ts', [{ line: 61, column: 1, message: 'Line 61: no' }]]]));
    host.style.height = '200px';
    await vi.waitFor(() => {
      const strip = host.querySelector('.line-strip')!.getBoundingClientRect();
      expect(host.querySelector('.monaco-editor')!.clientHeight).toBe(200);
      expect(strip.height).toBeGreaterThan(20);
      expect(strip.bottom).toBeLessThanOrEqual(host.getBoundingClientRect().bottom);
    }, wait);
  });

  test('goes to a definition in another file', async () => {
    const onShow = vi.fn<(document: string) => void>();
    const editor = await open(
      { 'a.ts': "import { price } from './b';\nprice;\n", 'b.ts': 'const one = 1;\nexport const price = one;\n' },
      { onShow },
    );
    editor.reveal(2, 2);
    editor.focus();
    await vi.waitFor(async () => {
      await userEvent.keyboard('{F12}');
      await vi.waitFor(() => expect(onShow).toHaveBeenLastCalledWith('b.ts'), { timeout: 2000 });
    }, wait);
    await vi.waitFor(() => expect(host.querySelector('.view-lines')!.textContent).toMatch(/const.one.=.1/), wait);
  });

  test('asks for a library where the definition is one', async () => {
    const onLibrary = vi.fn<(name: string | undefined) => void>();
    const editor = await open({ 'a.ts': "import { every } from 'eventarium';\nevery(1, () => {});\n" }, { onLibrary });
    editor.reveal(2, 2);
    editor.focus();
    await vi.waitFor(async () => {
      await userEvent.keyboard('{F12}');
      await vi.waitFor(() => expect(onLibrary).toHaveBeenLastCalledWith('every'), { timeout: 2000 });
    }, wait);
    await userEvent.keyboard('{Shift>}{F1}{/Shift}');
    expect(onLibrary).toHaveBeenLastCalledWith(undefined);
  });

  test('renames a symbol in every file, and takes it back in every file', async () => {
    const files = { 'a.ts': "import { price } from './b';\nprice;\n", 'b.ts': 'export const price = 1;\n' };
    const now: Record<string, string> = { ...files };
    const onEditedTogether = vi.fn<(count: number, undo: () => void) => void>();
    const editor = await open(files, { onEdit: (file, source) => (now[file] = source), onEditedTogether });
    editor.reveal(2, 2);
    editor.focus();
    await vi.waitFor(async () => {
      await userEvent.keyboard('{F2}');
      await vi.waitFor(() => expect(document.querySelector('.rename-box input')).toHaveFocus(), { timeout: 2000 });
    }, wait);
    await userEvent.keyboard('{Control>}a{/Control}cost{Enter}');
    await vi.waitFor(() => expect(onEditedTogether).toHaveBeenCalledOnce(), wait);
    expect(onEditedTogether.mock.lastCall![0]).toBe(2);
    expect(now).toEqual({ 'a.ts': files['a.ts'].replaceAll('price', 'cost'), 'b.ts': 'export const cost = 1;\n' });
    onEditedTogether.mock.lastCall![1]();
    expect(now).toEqual(files);
  });

  test('formats the file', async () => {
    const onEdit = vi.fn<(file: string, source: string) => void>();
    const editor = await open({ 'a.ts': 'if(true){\nconsole.log( 1 )}\n' }, { onEdit });
    await vi.waitFor(async () => {
      editor.run('format');
      await vi.waitFor(() => expect(onEdit).toHaveBeenCalled(), { timeout: 2000 });
    }, wait);
    expect(onEdit.mock.lastCall).toEqual(['a.ts', 'if (true) {\n  console.log(1)\n}\n']);
  });

  test('offers in its menu what can be done at the cursor, and does it', async () => {
    const onMenu = vi.fn<CodeEditorOptions['onMenu']>();
    const files = { 'a.ts': "import { price } from './b';\nprice;\n", 'b.ts': 'export const price = 1;\n' };
    const onShow = vi.fn<(file: string) => void>();
    const editor = await open(files, { onMenu, onShow });
    editor.reveal(2, 2);
    const box = host.getBoundingClientRect();
    await vi.waitFor(async () => {
      editor.focus();
      await userEvent.keyboard('{Shift>}{F10}{/Shift}');
      expect(onMenu.mock.lastCall?.[0].actions).toContain('rename');
    }, wait);
    const { x, y, actions } = onMenu.mock.lastCall![0];
    expect(actions).toEqual([
      ...['definition', 'peek', 'references', 'rename', 'changeAll', 'format', 'imports', 'cut', 'copy', 'paste'],
    ]);
    expect(x).toBeGreaterThan(box.left);
    expect(y).toBe(box.top + 48);
    await vi.waitFor(() => {
      editor.run('definition');
      expect(onShow).toHaveBeenCalledWith('b.ts');
    }, wait);
    editor.sync({ ...files, 'c.json': '{}' });
    editor.show('c.json');
    await vi.waitFor(() => expect(host.querySelector('.view-line')!.textContent).toBe('{}'), wait);
    await userEvent.click(host.querySelector('.view-line')!, { button: 'right' });
    expect(onMenu.mock.lastCall![0].actions).not.toContain('rename');
  });

  test('writes an example below the cursor and imports what it uses', async () => {
    const onEdit = vi.fn<(file: string, source: string) => void>();
    const editor = await open(
      { 'a.ts': "import { sleep } from 'eventarium';\n\nfunction f() {\n  1;\n}\n" },
      { onEdit },
    );
    editor.reveal(4);
    editor.insert('eventarium', ['every', 'sleep'], 'every(1, () => {\n  sleep(1);\n});');
    expect(onEdit.mock.lastCall![1]).toBe(
      "import { sleep, every } from 'eventarium';\n\nfunction f() {\n  1;\n  every(1, () => {\n    sleep(1);\n  });\n}\n",
    );
  });

  test('completes the settings, and leaves what is wrong in them to their own parser', async () => {
    const names = { files: ['shop.ts'], processes: ['shop'], brokers: [] };
    const editor = await open({ [settingsTab]: '{ "title": "Shop", "seed": "x",\n  \n}' });
    editor.setSettingsSchema(settingsSchema(settingsText('en'), names));
    editor.setProblems(new Map([[settingsTab, [{ line: 1, column: 28, message: 'No.' }]]]));
    editor.reveal(2, 3);
    editor.focus();
    const offered = () =>
      [...document.querySelectorAll('.suggest-widget .monaco-list-row')].map((row) => row.textContent).join(' ');
    await vi.waitFor(async () => {
      await userEvent.keyboard('{Escape}{Control>} {/Control}');
      await vi.waitFor(() => expect(offered()).toContain('processes'), { timeout: 2000 });
    }, wait);
    expect(host.querySelectorAll('.squiggly-error')).toHaveLength(1);
  });

  test('keeps nothing to undo of a scenario that was open before', async () => {
    const onEdit = vi.fn<(file: string, source: string) => void>();
    const editor = await open({ 'a.ts': 'one\n' }, { onEdit });
    await typed('x');
    editor.forget();
    editor.sync({ 'a.ts': 'two\n' });
    editor.show('a.ts');
    onEdit.mockClear();
    editor.focus();
    await userEvent.keyboard('{Control>}z{/Control}');
    expect(onEdit).not.toHaveBeenCalled();
    expect(host.querySelector('.view-lines')!.textContent).toContain('two');
  });
});
