/**
 * From the entries of a value to its text: on one line, in columns, or one entry a line.
 * Follows Node 20, `lib/internal/util/inspect.js` (MIT, copyright Node.js contributors), whose output it must equal.
 */
import type { EntryKind, InspectContext } from './inspect-context';
import { removeColors, stringWidth } from './inspect-text';

const separatorWidth = 2;
const columnsMax = 15;

interface Measure {
  readonly widths: number[];
  readonly total: number;
  readonly max: number;
}

function measure(output: readonly string[], count: number): Measure {
  const widths: number[] = [];
  let total = 0;
  let max = 0;
  for (let i = 0; i < count; i++) {
    const width = stringWidth(output[i]!);
    widths.push(width);
    total += width + separatorWidth;
    max = Math.max(max, width);
  }
  return { widths, total, max };
}

/** A character is taken to be two and a half times as high as wide, and the whole to look best as a square. */
function columnCount(ctx: InspectContext, { total, max }: Measure, entries: number, count: number): number {
  const actualMax = max + separatorWidth;
  const averageBias = Math.sqrt(actualMax - total / entries);
  const biasedMax = Math.max(actualMax - 3 - averageBias, 1);
  return Math.min(
    Math.round(Math.sqrt(2.5 * biasedMax * count) / biasedMax),
    Math.floor((ctx.breakLength - ctx.indentationLvl) / actualMax),
    Number(ctx.compact) * 4,
    columnsMax,
  );
}

function columnWidths(output: readonly string[], widths: readonly number[], columns: number): number[] {
  return Array.from({ length: columns }, (_, column) => {
    let width = 0;
    for (let i = column; i < output.length; i += columns) width = Math.max(width, widths[i] ?? 0);
    return width + separatorWidth;
  });
}

function isNumeric(output: readonly string[], value: ArrayLike<unknown> | undefined): boolean {
  if (value === undefined) return true;
  return output.every((_, i) => typeof value[i] === 'number' || typeof value[i] === 'bigint');
}

function groupArrayElements(ctx: InspectContext, output: string[], value: ArrayLike<unknown> | undefined): string[] {
  // The last entry may be "... n more items", which stands alone.
  const count = ctx.maxArrayLength < output.length ? output.length - 1 : output.length;
  const measured = measure(output, count);
  const actualMax = measured.max + separatorWidth;
  const fitsThree = actualMax * 3 + ctx.indentationLvl < ctx.breakLength;
  if (!fitsThree || !(measured.total / actualMax > 5 || measured.max <= 6)) return output;
  const columns = columnCount(ctx, measured, output.length, count);
  if (columns <= 1) return output;
  const widths = columnWidths(output, measured.widths, columns);
  const padsStart = isNumeric(output, value);
  const lines: string[] = [];
  for (let i = 0; i < count; i += columns) {
    const last = Math.min(i + columns, count) - 1;
    let line = '';
    for (let j = i; j <= last; j++) {
      const text = output[j]!;
      const cell = j < last ? `${text}, ` : text;
      const padding = widths[j - i]! + text.length - measured.widths[j]!;
      if (padsStart) line += cell.padStart(j < last ? padding : padding - separatorWidth);
      else line += j < last ? cell.padEnd(padding) : cell;
    }
    lines.push(line);
  }
  if (count < output.length) lines.push(output[count]!);
  return lines;
}

function isBelowBreakLength(ctx: InspectContext, output: readonly string[], start: number, base: string): boolean {
  let total = output.length + start;
  if (total + output.length > ctx.breakLength) return false;
  for (const text of output) {
    total += ctx.colors ? removeColors(text).length : text.length;
    if (total > ctx.breakLength) return false;
  }
  return base === '' || !base.includes('\n');
}

export interface Entries {
  readonly output: string[];
  readonly base: string;
  readonly braces: readonly [string, string];
  readonly kind: EntryKind;
  readonly recurseTimes: number;
  readonly value?: ArrayLike<unknown> | undefined;
}

export function reduceToSingleString(ctx: InspectContext, entries: Entries): string {
  const { base, braces, kind, recurseTimes, value } = entries;
  let { output } = entries;
  const indentation = `\n${' '.repeat(ctx.indentationLvl)}`;
  if (ctx.compact === true) {
    if (isBelowBreakLength(ctx, output, 0, base)) {
      return `${braces[0]}${base ? ` ${base}` : ''} ${output.join(', ')} ${braces[1]}`;
    }
    const opening = base === '' && braces[0].length === 1 ? ' ' : `${base ? ` ${base}` : ''}${indentation}  `;
    return `${braces[0]}${opening}${output.join(`,${indentation}  `)} ${braces[1]}`;
  }
  const head = `${base ? `${base} ` : ''}${braces[0]}`;
  if (typeof ctx.compact === 'number' && ctx.compact >= 1) {
    const count = output.length;
    if (kind === 'array-extras' && count > 6) output = groupArrayElements(ctx, output, value);
    // Only the innermost `compact` levels are put on one line, and nothing that was grouped into columns.
    if (ctx.currentDepth - recurseTimes < ctx.compact && count === output.length) {
      const start = output.length + ctx.indentationLvl + braces[0].length + base.length + 10;
      if (isBelowBreakLength(ctx, output, start, base)) {
        const joined = output.join(', ');
        if (!joined.includes('\n')) return `${head} ${joined} ${braces[1]}`;
      }
    }
  }
  return `${head}${indentation}  ${output.join(`,${indentation}  `)}${indentation}${braces[1]}`;
}
