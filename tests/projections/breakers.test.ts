import { beforeAll, describe, expect, it } from 'vitest';
import { applyEntry, copySystem, createSystem, type SystemState } from '../../src/projections/system';
import type { Breaker } from '../../src/projections/system-breakers';
import { runGallery } from '../gallery/run-gallery';
import { LogBuilder } from './log-builder';

const breakers = (state: SystemState, process: string): readonly Breaker[] => [
  ...(state.processes.get(process)?.breakers.values() ?? []),
];

describe('the circuit breakers of a process', () => {
  let log: Awaited<ReturnType<typeof runGallery>>;
  beforeAll(async () => {
    log = await runGallery('circuit-breaker');
  });

  it('stand after each change of a real run as the log says, and know the line that made them', () => {
    const state = createSystem();
    const seen: string[] = [];
    for (const entry of log.entries) {
      applyEntry(state, entry);
      if (entry.type !== 'breaker.declared' && entry.type !== 'breaker.changed') continue;
      const all = breakers(state, 'safe-shop');
      expect(all).toHaveLength(1);
      expect(all[0]).toMatchObject({ policy: 'breaker', sinceMs: entry.atMs, seq: entry.seq });
      expect(all[0]?.where).toMatch(/^safe-shop\.ts:8$/);
      seen.push(all[0]?.state ?? '');
      // One that opens says when it lets a call through: a second later, as its code has it.
      expect(all[0]?.halfOpenAtMs).toBe(all[0]?.state === 'open' ? entry.atMs + 1000 : undefined);
    }
    expect(seen.slice(0, 4)).toEqual(['closed', 'open', 'half-open', 'open']);
    expect(seen.at(-1)).toBe('closed');
    expect(breakers(state, 'plain-shop')).toEqual([]);
  });

  it('are of one life of the process, and a snapshot keeps its own', () => {
    const log = new LogBuilder();
    log.start('shop');
    const fact = { process: 'shop', policy: 'bank', where: 'shop.ts:3' };
    log.add({ type: 'breaker.declared', ...fact });
    log.add({ type: 'breaker.declared', ...fact, policy: 'stock', where: 'shop.ts:4' });
    const state = createSystem();
    for (const entry of log.entries) applyEntry(state, entry);
    const before = copySystem(state);
    log.at(10).add({ type: 'breaker.changed', ...fact, state: 'isolated' });
    applyEntry(state, log.entries.at(-1)!);
    const states = (of: SystemState) => breakers(of, 'shop').map((each) => [each.policy, each.state, each.sinceMs]);
    expect(states(state)).toEqual([
      ['bank', 'isolated', 10],
      ['stock', 'closed', 0],
    ]);
    expect(states(before)).toEqual([
      ['bank', 'closed', 0],
      ['stock', 'closed', 0],
    ]);
    log.at(20).start('shop');
    applyEntry(state, log.entries.at(-1)!);
    expect(breakers(state, 'shop')).toEqual([]);
  });
});
