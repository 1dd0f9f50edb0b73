import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import '../../src/ui/style/base.css';
import type { CodeEditor, CodeEditorOptions } from '../../src/ui/editor/code-editor';
import { loadCodeEditor } from '../../src/ui/editor/lazy-editor';

/** The real Monaco with its real workers: slow to start, so the waits are long. */
const wait = { timeout: 25_000, interval: 50 };

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

describe('the code editor', () => {
  test('marks a TypeScript error, and only in the file that has it', async () => {
    const markers = await lastMarkers({
      'good.ts': "import { price } from './bad.js';\nconsole.log(price.toFixed(2), process.argv, Buffer.from('a'));\n",
      'bad.ts': "export const price: number = 'many';\n",
    });
    expect([...markers]).toEqual([['bad.ts', 1]]);
  });
});
