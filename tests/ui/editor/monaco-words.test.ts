import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ukMonaco } from '../../../src/ui/text/uk-monaco';

const monaco = new URL('../../../node_modules/monaco-editor/esm/vs/', import.meta.url);

/** What the installed version says by number, in its own code: `localize(1019, "Find")`. */
function messagesOfMonaco(): ReadonlyMap<number, string> {
  const messages = new Map<number, string>();
  const call = /\blocalize2?\((\d+), *(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')/g;
  for (const file of readdirSync(monaco, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.js') || file.startsWith('nls')) continue;
    for (const [, index, double, single] of readFileSync(new URL(file, monaco), 'utf8').matchAll(call))
      messages.set(Number(index), unescaped(double ?? single ?? ''));
  }
  return messages;
}

const unescaped = (text: string): string => text.replace(/\\(.)/g, (_, sign: string) => (sign === 'n' ? '\n' : sign));
const holes = (text: string): readonly string[] => (text.match(/\{\d\}/g) ?? []).sort();

describe("the editor's own words in Ukrainian", () => {
  test('stand under the numbers that the installed version looks them up by', () => {
    const messages = messagesOfMonaco();
    expect(messages.size).toBeGreaterThan(2000);
    const elsewhere = ukMonaco.filter(([index, english]) => messages.get(index) !== english);
    expect(elsewhere).toEqual([]);
  });

  test('are each said once, with the same holes as in English', () => {
    expect(new Set(ukMonaco.map(([index]) => index)).size).toBe(ukMonaco.length);
    expect(ukMonaco.filter(([, english, ukrainian]) => String(holes(english)) !== String(holes(ukrainian)))).toEqual(
      [],
    );
  });

  test('leave nothing of a widget that anyone can open in English', () => {
    const named = new Set(ukMonaco.map(([index]) => index));
    const widgets = [
      'editor/contrib/find/browser/findWidget.js',
      'editor/contrib/rename/browser/renameWidget.js',
      'editor/contrib/gotoError/browser/gotoErrorWidget.js',
      'editor/contrib/suggest/browser/suggestWidget.js',
      'editor/contrib/quickAccess/browser/gotoLineQuickAccess.js',
      'editor/contrib/quickAccess/browser/gotoSymbolQuickAccess.js',
      'base/browser/ui/findinput/findInputToggles.js',
    ];
    // Not said to anyone: descriptions of colours, icons and context keys. Not of any language: holes alone.
    const unsaid = /colou?r\b|background|^Icon |^Whether /i;
    const left = widgets.flatMap((widget) =>
      [...readFileSync(new URL(widget, monaco), 'utf8').matchAll(/\blocalize2?\((\d+), *["'](.*?)["'][,)]/g)]
        .filter(([, index, english]) => !named.has(Number(index)) && !unsaid.test(english!) && /[a-z]/i.test(english!))
        .map(([, index, english]) => [index, english]),
    );
    expect(left).toEqual([]);
  });
});
