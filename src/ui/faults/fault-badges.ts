import { meant } from '../../log/entry-fault';
import type { Fault } from '../../log/entry';
import type { Text } from '../text/text';

export interface FaultBadge {
  readonly name: string;
  readonly type: 'crash' | 'slow' | 'skew';
  /** As short as it gets: `×5`, `+5 min`. */
  readonly text: string;
  readonly fault: Fault;
}

export type ProcessFault = Extract<Fault, { readonly type: 'crash' | 'slow' | 'skew' }>;

/** What is wrong with a process itself, not with what it is connected to. */
export function isProcessFault(fault: Fault): fault is ProcessFault {
  return fault.type === 'crash' || fault.type === 'slow' || fault.type === 'skew';
}

/** The marks of a process's faults that are under way, in order of beginning. */
export function badgesOf(
  faults: ReadonlyMap<string, Fault>,
  process: string,
  t: Text['faults']['badge'],
): readonly FaultBadge[] {
  return [...faults].flatMap(([name, fault]) => {
    if (!isProcessFault(fault) || !meant(fault.process, process)) return [];
    return [{ name, type: fault.type, text: textOf(fault, t), fault }];
  });
}

function textOf(fault: ProcessFault, t: Text['faults']['badge']): string {
  switch (fault.type) {
    case 'crash':
      return t.crash;
    case 'slow':
      return fault.factor === undefined ? t.lag(fault.lagMs ?? 0) : t.slow(fault.factor);
    case 'skew':
      return t.skew(fault.skewMs);
  }
}
