/**
 * `console.table`.
 * Follows Node 20, `lib/internal/cli_table.js` and `lib/internal/console/constructor.js` (MIT, copyright Node.js
 * contributors).
 */
import { previewIterator } from './inspect-collection';
import type { Inspect } from './inspect-context';
import { stringWidth } from './inspect-text';
import { isMap, isMapIterator, isSet, isSetIterator, isTypedArray } from './value-kind';

function renderRow(row: readonly string[], widths: readonly number[]): string {
  const cells = row.map((cell, i) => cell + ' '.repeat(widths[i]! - stringWidth(cell)));
  return `│ ${cells.join(' │ ')} │`;
}

function render(head: readonly string[], columns: readonly (readonly (string | undefined)[])[]): string {
  const height = Math.max(...columns.map((column) => column.length));
  const rows = Array.from({ length: height }, (_, row) => head.map((__, i) => columns[i]?.[row] ?? ''));
  const widths = head.map((name, i) => Math.max(stringWidth(name), ...rows.map((row) => stringWidth(row[i]!))));
  const lines = widths.map((width) => '─'.repeat(width + 2));
  return [
    `┌${lines.join('┬')}┐`,
    renderRow(head, widths),
    `├${lines.join('┼')}┤`,
    ...rows.map((row) => renderRow(row, widths)),
    `└${lines.join('┴')}┘`,
  ].join('\n');
}

const iterationKey = '(iteration index)';
const indices = (count: number): string[] => Array.from({ length: count }, (_, i) => String(i));

type Cell = (value: unknown) => string;

function cellWriter(inspect: Inspect, options: object): Cell {
  return (value) => {
    const isWide =
      value !== null &&
      typeof value === 'object' &&
      !Array.isArray(value) &&
      !isTypedArray(value) &&
      Object.keys(value).length > 2;
    return inspect(value, { depth: isWide ? -1 : 0, maxArrayLength: 3, breakLength: Infinity, ...options });
  };
}

function pairsTable(pairs: readonly (readonly [unknown, unknown])[], cell: Cell): string {
  const keys = pairs.map(([key]) => cell(key));
  const values = pairs.map(([, value]) => cell(value));
  return render([iterationKey, 'Key', 'Values'], [indices(pairs.length), keys, values]);
}

function valuesTable(values: readonly unknown[], cell: Cell): string {
  return render([iterationKey, 'Values'], [indices(values.length), values.map(cell)]);
}

function objectTable(data: Record<string, unknown>, properties: readonly string[] | undefined, cell: Cell): string {
  const columns = new Map<string, string[]>();
  const primitives: string[] = [];
  const rows = Object.keys(data);
  rows.forEach((rowKey, row) => {
    const item = data[rowKey];
    const isPrimitive = item === null || (typeof item !== 'function' && typeof item !== 'object');
    if (properties === undefined && isPrimitive) {
      primitives[row] = cell(item);
      return;
    }
    for (const key of properties ?? Object.keys(item as object)) {
      const column = columns.get(key) ?? [];
      columns.set(key, column);
      const isPresent = !isPrimitive && Object.hasOwn(item, key);
      column[row] = isPresent ? cell(Reflect.get(item, key)) : '';
    }
  });
  // Keys that are whole numbers come first, as in any object.
  const names = Object.keys(Object.fromEntries(columns));
  const head = ['(index)', ...names];
  const body = [rows, ...names.map((name) => columns.get(name)!)];
  if (primitives.length > 0) {
    head.push('Values');
    body.push(primitives);
  }
  return render(head, body);
}

export function formatTable(
  data: object,
  properties: readonly string[] | undefined,
  inspect: Inspect,
  options: object,
): string {
  const cell = cellWriter(inspect, options);
  if (isMap(data)) return pairsTable([...data], cell);
  if (isSet(data)) return valuesTable([...data], cell);
  if (isMapIterator(data) || isSetIterator(data)) {
    const { entries, isPairs } = previewIterator(data, isSetIterator(data));
    return isPairs && isMapIterator(data)
      ? pairsTable(entries as [unknown, unknown][], cell)
      : valuesTable(entries, cell);
  }
  return objectTable(data as Record<string, unknown>, properties, cell);
}
