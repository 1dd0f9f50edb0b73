import { pillPx } from './measure';
import type { BindingShape, BrokerShape } from './structure';

/** The columns of exchanges inside a broker, from left to right, before its queues. Pure. */

/** Widths: of the fan of an exchange's bindings, and of the arrow after a key; the left border; and of an exchange with its name. */
export const columnMeasure = { fanPx: 18, tailPx: 16, padPx: 8, exchangeMinPx: 56, exchangeMaxPx: 92 } as const;

/** All are as wide as the longest name needs, as far as there is room. */
export function exchangeWidth({ exchanges }: BrokerShape): number {
  const { exchangeMinPx, exchangeMaxPx } = columnMeasure;
  const chars = Math.max(0, ...exchanges.map(({ exchange }) => exchange.length));
  return Math.max(exchangeMinPx, Math.min(exchangeMaxPx, Math.ceil(chars * 7.4)));
}

/** Bindings that are drawn as one, and what their key says. */
export interface Group {
  readonly members: readonly BindingShape[];
  readonly text: string;
}

export interface Column {
  readonly startX: number;
  /** Where the next one begins, or the queues. */
  readonly endX: number;
  /** Of the widest key before what stands at its end. */
  readonly pillWidth: number;
}

/** A column for each level of exchanges, as wide as the keys that end at the next one need. */
export function columnsOf(
  groups: readonly Group[],
  levels: ReadonlyMap<string, number>,
  { depth, exchangePx }: { readonly depth: number; readonly exchangePx: number },
): Column[] {
  const { fanPx, tailPx, padPx } = columnMeasure;
  const columns: Column[] = [];
  const nextOf = ({ to, destination }: BindingShape): number =>
    to === 'queue' ? depth + 1 : Math.max(1, levels.get(destination) ?? 0);
  for (let level = 0, startX: number = padPx; level <= depth; level++) {
    const own = groups.filter(({ members, text }) => text !== '' && nextOf(members[0]!) === level + 1);
    const pillWidth = Math.max(0, ...own.map(({ text }) => pillPx(text)));
    const endX: number = startX + exchangePx + fanPx + pillWidth + tailPx;
    columns.push({ startX, endX, pillWidth });
    startX = endX;
  }
  return columns;
}

/** The column of each exchange: right of all that lead to it. A circle ends where it began. */
export function levelsOf(shape: BrokerShape): ReadonlyMap<string, number> {
  const levels = new Map(shape.exchanges.map(({ exchange }) => [exchange, 0]));
  const links = shape.bindings.filter(({ to }) => to === 'exchange');
  for (let round = 0; round < Math.min(3, shape.exchanges.length); round++)
    for (const { source, destination } of links) {
      const next = (levels.get(source) ?? 0) + 1;
      if (next > (levels.get(destination) ?? 0) && next <= 3) levels.set(destination, next);
    }
  return levels;
}
