import fc from 'fast-check';
import type { FaultSpec } from '../../src/scenario/scenario';

/** Whom faults may hit: processes, and the broker between them, with the events that are published there. */
export interface Around {
  readonly processes: readonly string[];
  readonly broker: string;
  readonly event: string;
}

const share = fc.double({ min: 0.1, max: 0.6, noNaN: true });

function kinds({ processes, broker, event }: Around): fc.Arbitrary<FaultSpec> {
  const process = fc.constantFrom(...processes);
  const ends = process.chain((name) => fc.constantFrom([name, broker] as const, [broker, name] as const));
  return fc.oneof(
    fc
      .record({ process, every: fc.integer({ min: 1, max: 6 }), restartAfterMs: fc.nat(500) })
      .map((of): FaultSpec => ({ type: 'crash', ...of })),
    fc
      .record({ process, chance: share, restartAfterMs: fc.nat(500) })
      .map((of): FaultSpec => ({ type: 'crash', ...of })),
    fc.record({ process, factor: fc.integer({ min: 2, max: 9 }) }).map((of): FaultSpec => ({ type: 'slow', ...of })),
    fc.record({ process, lagMs: fc.nat(400) }).map((of): FaultSpec => ({ type: 'slow', ...of })),
    fc
      .record({ process, skewMs: fc.integer({ min: -90_000, max: 90_000 }) })
      .map((of): FaultSpec => ({ type: 'skew', ...of })),
    fc.constant<FaultSpec>({ type: 'outage', broker }),
    process.map((name): FaultSpec => ({ type: 'partition', groups: [[name], [broker]] })),
    fc
      .tuple(ends, fc.constantFrom('loss', 'duplicated', 'delayed', 'reordered', 'cut'), share)
      .map(([[from, to], what, value]): FaultSpec => ({
        type: 'link',
        from,
        to,
        link: { [what]: what === 'cut' || value },
      })),
    fc.integer({ min: 1, max: 4 }).map((every): FaultSpec => ({ type: 'poison', broker, event, every })),
    fc
      .constantFrom('memory' as const, 'disk' as const)
      .map((resource): FaultSpec => ({ type: 'alarm', broker, resource })),
  );
}

/** Up to four faults, one of a kind, all of them lifted after 2.5 s. */
export function anyFaults(around: Around): fc.Arbitrary<FaultSpec[]> {
  return fc.uniqueArray(
    fc
      .tuple(kinds(around), fc.nat(1_500), fc.integer({ min: 50, max: 1_000 }))
      .map(([fault, fromMs, forMs]): FaultSpec => ({ ...fault, fromMs, untilMs: fromMs + forMs })),
    { minLength: 1, maxLength: 4, selector: ({ type }) => type },
  );
}
