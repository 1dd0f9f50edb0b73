import type { FaultSpan } from '../../projections/fault-spans';
import type { Lane } from '../../projections/lanes';
import type { Format } from '../text/format';
import type { Text } from '../text/text';

/** Something that was out of order while sagas began: a bracket below their overview. */
export interface Trouble {
  readonly fromMs: number;
  readonly toMs: number;
  readonly words: string;
  /** Shares of the overview's width. */
  readonly left: number;
  readonly width: number;
  /** From 0; what would stand over another's words stands below it. */
  readonly track: number;
}

const tracksMax = 2;
/** Of the overview's width, what a bracket's words take, about. */
const wordsShare = 0.24;

/** Crashes and stops of processes and faults up to the playhead, the longest first where there is no room for all. Pure. */
export function troublesOf(
  {
    lanes,
    faults,
    nowMs,
  }: { readonly lanes: readonly Lane[]; readonly faults: readonly FaultSpan[]; readonly nowMs: number },
  t: Text['timeline'],
  format: Format,
): readonly Trouble[] {
  const away = lanes.flatMap(({ process, outages }) =>
    outages
      .filter(({ type }) => type !== 'exited')
      .map(({ type, fromMs, toMs }) => ({ fromMs, toMs, what: `${process} ${t.outage[type]}` })),
  );
  const wrong = faults.map(({ fault, fromMs, toMs }) => ({ fromMs, toMs, what: t.what.fault(fault) }));
  const spans = [...away, ...wrong]
    .filter(({ fromMs }) => fromMs < nowMs)
    .map(({ fromMs, toMs, what }) => {
      const endMs = Math.min(toMs ?? nowMs, nowMs);
      const words = `${what}, ${t.instants(format.instant(fromMs), format.instant(endMs))}`;
      return { fromMs, toMs: endMs, words, left: fromMs / nowMs, width: (endMs - fromMs) / nowMs };
    })
    .sort((one, other) => other.width - one.width);
  const placed: Trouble[] = [];
  for (const span of spans) {
    const track = Array.from({ length: tracksMax }, (_, n) => n).find((n) =>
      placed.every((other) => other.track !== n || !meet(span, other)),
    );
    if (track !== undefined) placed.push({ ...span, track });
  }
  return placed.sort((one, other) => one.fromMs - other.fromMs);
}

function meet(one: Pick<Trouble, 'left' | 'width'>, other: Pick<Trouble, 'left' | 'width'>): boolean {
  const end = ({ left, width }: Pick<Trouble, 'left' | 'width'>): number => left + Math.max(width, wordsShare);
  return one.left < end(other) && other.left < end(one);
}
