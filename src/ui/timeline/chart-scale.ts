/** The heights of a chart: where its scale ends, which values get a line, and where a line has room for its name. Pure. */
export interface ValueRange {
  readonly least: number;
  readonly most: number;
}

/** A limit is in the picture once so much of it is reached. */
const limitShare = 0.5;

/** From 0 to a round number, a limit that is near among it; for a logarithmic scale whole decades. */
export function valueRange(values: readonly (number | null)[], log: boolean, limit = Infinity): ValueRange {
  let [least, most] = [Infinity, 0];
  for (const value of values) {
    if (value === null) continue;
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  if (!log) return { least: 0, most: roundUp(Math.max(1, most, most >= limit * limitShare ? limit : 0)) };
  if (least === Infinity) return { least: 1, most: 1_000 };
  const from = Math.floor(Math.log10(least) + 1e-9);
  const to = Math.max(from + 1, Math.ceil(Math.log10(most) - 1e-9));
  return { least: 10 ** from, most: 10 ** to };
}

/** The least of 1, 2, 3, 4, 5, 6, 8 × 10ⁿ that is not below. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const factor = [1, 2, 3, 4, 5, 6, 8, 10].find((one) => one * power >= value - 1e-9) ?? 10;
  return factor * power;
}

const lineGapPx = 22;

/** The values that get a horizontal line, the highest always among them. */
export function gridValues({ least, most }: ValueRange, log: boolean, heightPx: number): number[] {
  const room = Math.max(1, Math.floor(heightPx / lineGapPx));
  if (log) {
    const decades = Math.round(Math.log10(most / least));
    const every = Math.ceil(decades / room);
    const values: number[] = [];
    for (let n = decades; n > 0; n -= every) values.push(least * 10 ** n);
    return values;
  }
  const parts = [4, 2].find((count) => count <= room && (most / count) % 1 === 0) ?? 1;
  return Array.from({ length: parts }, (_, n) => (most * (parts - n)) / parts);
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface NamedLine {
  readonly x: readonly number[];
  /** Pixels from the top; null where the line is not drawn. */
  readonly y: readonly (number | null)[];
  readonly widthPx: number;
}

const labelHeightPx = 12;
/** At the left stand the values of the grid. */
const gridLabelPx = 44;
const shares = [0.08, 0.2, 0.32, 0.44, 0.56, 0.68, 0.8, 0.02, 0.9];

/**
 * A place for each line's name: above or below its line, where no line and no other name runs through. A line that has none
 * stays without; its name stands beside the chart too.
 */
export function placeLabels(lines: readonly NamedLine[], size: { readonly width: number; readonly height: number }) {
  const placed: (Box | undefined)[] = [];
  for (const line of lines) {
    const others = placed.filter((box) => box !== undefined);
    placed.push(candidates(line, size).find((box) => isFree(box, lines, others)));
  }
  return placed;
}

function candidates(line: NamedLine, size: { readonly width: number; readonly height: number }): Box[] {
  const boxes: Box[] = [];
  for (const share of shares) {
    const x = Math.max(gridLabelPx, share * size.width);
    if (x + line.widthPx > size.width - 2) continue;
    const middle = valueNear(line, x + line.widthPx / 2);
    if (middle === null) continue;
    for (const y of [middle - labelHeightPx - 3, middle + 4])
      if (y >= 0 && y + labelHeightPx <= size.height) boxes.push({ x, y, width: line.widthPx, height: labelHeightPx });
  }
  return boxes;
}

function isFree(box: Box, lines: readonly NamedLine[], others: readonly Box[]): boolean {
  const hits = others.some(
    (other) =>
      Math.abs(other.y - box.y) < labelHeightPx && other.x < box.x + box.width && box.x < other.x + other.width,
  );
  return !hits && !lines.some((line) => crosses(line, box));
}

function crosses({ x, y }: NamedLine, box: Box): boolean {
  let before: number | null = null;
  for (let n = firstAtLeast(x, box.x - 10); n < x.length; n += 1) {
    const at = y[n] ?? null;
    if (at !== null) {
      const [top, bottom] = before === null ? [at, at] : [Math.min(at, before), Math.max(at, before)];
      if (bottom >= box.y && top <= box.y + box.height) return true;
    }
    before = at;
    if ((x[n] as number) > box.x + box.width + 10) break;
  }
  return false;
}

function valueNear({ x, y }: NamedLine, at: number): number | null {
  return y[Math.min(x.length - 1, firstAtLeast(x, at))] ?? null;
}

function firstAtLeast(values: readonly number[], value: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] as number) >= value) high = middle;
    else low = middle + 1;
  }
  return low;
}
