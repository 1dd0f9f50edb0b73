import type { FaultEffect } from '../../projections/fault-effects';
import type { FaultSpan } from '../../projections/fault-spans';
import type { FieldRow } from '../inspector/fields-of';
import type { FaultFactsText } from '../text/en-fault-facts';
import type { Format } from '../text/format';

/** How long the fault lasted, and what it has done, at the playhead: what its kind can do, and what else was noticed. */
export function faultFacts(
  { fault, fromMs, toMs }: FaultSpan,
  effect: FaultEffect,
  playheadMs: number,
  { t, format }: { readonly t: FaultFactsText; readonly format: Format },
): readonly FieldRow[] {
  const isOver = toMs !== undefined && toMs <= playheadMs;
  const row = (name: string, value: string): FieldRow => ({ name, value });
  const count = (name: string, value: number): FieldRow => row(name, format.number(value));
  const time = (name: string, ms: number): FieldRow => row(name, format.duration(ms));
  const noticed = (name: string, value: number): FieldRow[] => (value > 0 ? [count(name, value)] : []);
  const lasted = time(isOver ? t.lasted : t.lasts, (isOver ? toMs : playheadMs) - fromMs);
  switch (fault.type) {
    case 'link':
    case 'partition': {
      const link = fault.type === 'link' ? fault.link : { cut: true };
      const loses = link.cut !== undefined || link.loss !== undefined;
      const delays = loses || link.delayed !== undefined || link.reordered !== undefined;
      return [
        lasted,
        count(t.sent, effect.sent),
        ...(loses ? [count(t.lost, effect.lost)] : []),
        ...(link.duplicated === undefined ? [] : [count(t.twice, effect.twice)]),
        ...(delays ? [count(t.late, effect.late)] : []),
        ...noticed(t.waiting, effect.waiting),
        ...(effect.longestMs > 0 ? [time(t.longest, effect.longestMs)] : []),
        ...noticed(t.unanswered, effect.unanswered),
      ];
    }
    case 'crash':
      return [
        lasted,
        count(t.crashes, effect.struck),
        count(t.interrupted, effect.interrupted),
        count(t.restarts, effect.restarts),
      ];
    case 'slow':
      return [
        lasted,
        count(t.handled, effect.handled),
        ...(effect.handled > 0 ? [time(t.took, effect.handledMs)] : []),
        ...(effect.beforeMs === undefined ? [] : [time(t.before, effect.beforeMs)]),
      ];
    case 'skew':
      return [lasted, count(t.stamped, effect.stamped)];
    case 'outage':
      return [lasted, count(t.dropped, effect.dropped), ...noticed(t.disconnected, effect.disconnected)];
    case 'alarm':
      return [lasted, count(t.blocked, effect.blocked)];
    case 'poison':
      return [...(fault.every === undefined ? [] : [lasted]), count(t.broken, effect.struck)];
  }
}
