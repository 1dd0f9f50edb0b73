import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import '../../src/ui/style/base.css';
import type { CodeEditor, CodeEditorOptions } from '../../src/ui/editor/code-editor';
import { loadCodeEditor } from '../../src/ui/editor/lazy-editor';

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
    ariaLabel: 'Code',
    onEdit: nothing,
    onCursor: nothing,
    onRun: nothing,
    onSave: nothing,
    onMarkers: nothing,
    onTabMode: nothing,
    ...options,
  });
  shown.sync(files);
  shown.show(Object.keys(files)[0]!);
  return shown;
}

async function lastMarkers(files: Record<string, string>): Promise<ReadonlyMap<string, number>> {
  const onMarkers = vi.fn<(errors: ReadonlyMap<string, number>) => void>();
  await open(files, { onMarkers });
  await vi.waitFor(() => expect(onMarkers.mock.lastCall?.[0].size).toBeGreaterThan(0), wait);
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
    const markers = await lastMarkers({
      'good.ts': "import { price } from './bad.js';\nconsole.log(price.toFixed(2), process.argv, Buffer.from('a'));\n",
      'bad.ts': "export const price: number = 'many';\n",
    });
    expect([...markers]).toEqual([['bad.ts', 1]]);
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

  test('runs with Ctrl+Enter, saves with Ctrl+S and frees Tab with Ctrl+M', async () => {
    const [onRun, onSave, onTabMode] = [vi.fn(), vi.fn(), vi.fn<(movesFocus: boolean) => void>()];
    await open({ 'a.ts': 'one' }, { onRun, onSave, onTabMode });
    await typed('{Control>}{Enter}{/Control}{Control>}s{/Control}{Control>}m{/Control}');
    expect(onRun).toHaveBeenCalledOnce();
    expect(onSave).toHaveBeenCalledOnce();
    expect(onTabMode).toHaveBeenLastCalledWith(true);
  });

  test('writes counts, the selected line and problems beside the code', async () => {
    const editor = await open({ 'a.ts': 'one\ntwo\nthree\n' });
    editor.setHits(new Map([[2, 6]]), (count) => `${String(count)}×`);
    editor.setMark({ line: 2, message: 'm_12', fate: 'retried' });
    editor.setProblems([{ line: 3, column: 1, message: 'Line 3: no', badge: undefined }]);
    await vi.waitFor(() => {
      expect(host.querySelector('.margin')?.textContent).toContain('6×');
      expect(host.querySelector('.line-badge-retried')?.textContent).toContain('m_12');
      expect(host.querySelector('.line-strip')?.textContent).toBe('Line 3: no');
    }, wait);
  });
});
