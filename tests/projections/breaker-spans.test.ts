import { describe, expect, it } from 'vitest';
import type { Entry } from '../../src/log/entry';
import { BreakerSpans } from '../../src/projections/breaker-spans';
import { runGallery } from '../gallery/run-gallery';
import { LogBuilder } from './log-builder';

function tracksOf({ entries }: { readonly entries: readonly Entry[] }) {
  const spans = new BreakerSpans();
  for (const entry of entries) spans.append(entry);
  return spans.tracks;
}

describe('the states of circuit breakers', () => {
  const fact = { process: 'shop', policy: 'bank', where: 'shop.ts:3' };

  it('last from one change to the next, the last one until now', () => {
    const log = new LogBuilder();
    log.start('shop');
    log.add({ type: 'breaker.declared', ...fact });
    log.at(10).add({ type: 'breaker.changed', ...fact, state: 'open' });
    log.at(30).add({ type: 'breaker.changed', ...fact, state: 'half-open' });
    const [, declared, opened, tried] = log.entries;
    expect(tracksOf(log)).toEqual([
      {
        process: 'shop',
        policy: 'bank',
        spans: [
          { state: 'closed', seq: declared?.seq, fromMs: 0, toMs: 10 },
          { state: 'open', seq: opened?.seq, fromMs: 10, toMs: 30 },
          { state: 'half-open', seq: tried?.seq, fromMs: 30, toMs: undefined },
        ],
      },
    ]);
  });

  it('end with the life of the process, and go on closed in the next one', () => {
    const log = new LogBuilder();
    log.start('shop');
    log.add({ type: 'breaker.declared', ...fact });
    log.at(10).add({ type: 'breaker.changed', ...fact, state: 'isolated' });
    log.at(20).add({ type: 'process.crashed', process: 'shop', interrupted: 0 });
    log.at(50).start('shop');
    log.add({ type: 'breaker.declared', ...fact });
    expect(tracksOf(log)[0]?.spans.map(({ state, fromMs, toMs }) => [state, fromMs, toMs])).toEqual([
      ['closed', 0, 10],
      ['isolated', 10, 20],
      ['closed', 50, undefined],
    ]);
  });

  it('are told only of breakers that have opened', () => {
    const log = new LogBuilder();
    log.start('shop');
    log.add({ type: 'breaker.declared', ...fact });
    log.add({ type: 'breaker.declared', ...fact, policy: 'stock' });
    log.at(10).add({ type: 'breaker.changed', ...fact, policy: 'stock', state: 'open' });
    expect(tracksOf(log).map(({ policy }) => policy)).toEqual(['stock']);
  });

  it('follow one another without a gap in a real run', async () => {
    const [track, ...others] = tracksOf(await runGallery('circuit-breaker'));
    expect(others).toEqual([]);
    expect(track).toMatchObject({ process: 'safe-shop', policy: 'breaker' });
    const spans = track?.spans ?? [];
    expect(spans.filter(({ state }) => state === 'open').length).toBeGreaterThan(1);
    for (const [n, span] of spans.slice(1).entries()) expect(span.fromMs).toBe(spans[n]?.toMs);
  });
});
