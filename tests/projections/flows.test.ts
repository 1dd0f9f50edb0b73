import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sideFigures } from '../../src/projections/compare-sides';
import { Flows } from '../../src/projections/flows';
import { linesOfServices } from '../../src/scenario/code-lines';
import type { Intervention } from '../../src/log/entry';
import { editGallery, loadGallery, runGallery } from '../gallery/run-gallery';
import type { Log } from '../runtime/run-scenario';

const id = 'rest-vs-events';
const { comparison: spec, network } = await loadGallery(id);
if (spec === undefined) throw new Error(`${id} declares no comparison`);

function figuresOf(log: Log, position = log.entries.length, window: { fromMs?: number; toMs?: number } = {}) {
  const flows = new Flows(spec!);
  for (const entry of log.entries) flows.append(entry);
  const playheadMs = log.entries[position - 1]!.atMs;
  const of = (side: 0 | 1) => sideFigures(flows, spec!, side, { position, playheadMs, ...window });
  return [of(0), of(1)] as const;
}

const run = (interventions: readonly Intervention[], seed = 7) => runGallery(id, { interventions, seed });

describe('the same flow as calls and as events', () => {
  it('answers after every service with calls, and at once with events; all is done sooner with events', async () => {
    const [calls, events] = figuresOf(await run([]));
    expect([calls.accepted, calls.refused, calls.callsBeforeAnswer]).toEqual([calls.flows - calls.pending - 1, 0, 6]);
    expect(events.callsBeforeAnswer).toBe(0);
    expect([calls.callsAtOnce, events.callsAtOnce]).toEqual([1, 0]);
    expect(calls.answerP50Ms).toBe(calls.wholeP50Ms);
    expect(events.answerP50Ms).toBeLessThan(calls.answerP50Ms / 5);
    expect(events.wholeP50Ms).toBeGreaterThan(events.answerP50Ms);
    expect(events.wholeP50Ms).toBeLessThan(calls.wholeP50Ms);
  });

  it('tells calls that are made at once from those that are made one after another', async () => {
    const inTurn = 'for (const url of services) await call(url, order);';
    const atOnce = 'await Promise.all(services.map((url) => call(url, order)));';
    const [calls] = figuresOf(await editGallery(id, 'rest-orders.ts', inTurn, atOnce));
    expect([calls.callsAtOnce, calls.callsBeforeAnswer]).toEqual([6, 6]);
  });

  it('knows six addresses with calls and one exchange with events, which take more parts', async () => {
    const [calls, events] = figuresOf(await run([]));
    expect([calls.knownServices, calls.knownBrokers, calls.parts]).toEqual([6, 0, 7]);
    expect([events.knownServices, events.knownBrokers, events.parts]).toEqual([0, 1, 14]);
    expect([calls.stepsWithId, events.stepsWithId]).toEqual([0, 6]);
  });

  it('refuses with calls whatever reaches a dead service, and nothing with events, which catch up', async () => {
    const log = await runGallery(id);
    const [calls, events] = figuresOf(log, undefined, { fromMs: 8_000, toMs: 12_000 });
    // The order of 11.5 s comes to accounting when it is back.
    expect([calls.refused, calls.flows]).toEqual([3, 4]);
    expect([events.refused, events.done]).toEqual([0, 4]);
    expect(calls.reactions).toBe(3 * 4 + 6);
    const before = figuresOf(
      log,
      log.entries.findIndex(({ atMs }) => atMs > 11_900),
    );
    expect(before[1].pending).toBeGreaterThan(2);
  });

  it('makes every caller wait for one slow service; the events answer as before', async () => {
    const link = { latencyMs: network.default.latencyMs + 500 };
    const ways = [
      ['rest-orders', 'rest-email'],
      ['rabbitmq', 'email'],
    ] as const;
    const usual = figuresOf(await run([]));
    const slowed = ways.map(([from, to]) => ({ type: 'link.change' as const, atMs: 0, from, to, link }));
    const slow = figuresOf(await run(slowed));
    expect(slow[0].answerP50Ms).toBeGreaterThan(usual[0].answerP50Ms + 450);
    expect(slow[1].answerP50Ms).toBeLessThan(usual[1].answerP50Ms + 20);
    expect(slow[1].wholeP50Ms).toBeGreaterThan(usual[1].wholeP50Ms + 300);
  });

  it('falls behind or refuses when there is more load than one service can take', async () => {
    const more = await run([{ type: 'process.scale', atMs: 5_000, service: 'customers', replicas: 6 }]);
    const [calls, events] = figuresOf(more);
    expect(calls.refused).toBeGreaterThan(10);
    expect([events.refused, events.pending > 10]).toEqual([0, true]);
  });

  it('takes fewer lines with calls', async () => {
    const scenario = await loadGallery(id);
    const lines = spec.sides.map(({ entry, parts }) => linesOfServices(scenario, [entry, ...Object.values(parts)]));
    expect(lines[0]).toBeGreaterThan(20);
    expect(lines).toEqual([lines[0], lines[1]]);
  });
});

it('counts what the log counts, at any position, whatever the seed', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat({ max: 4_294_967_295 }),
      fc.double({ min: 0.1, max: 1, noNaN: true }),
      async (seed, share) => {
        const log = await runGallery(id, { seed, durationMs: 14_000 });
        const position = Math.ceil(log.entries.length * share);
        const shown = log.entries.slice(0, position);
        const count = (test: (entry: (typeof shown)[number]) => boolean) => shown.filter(test).length;
        const [calls, events] = figuresOf(log, position);
        for (const [at, side] of [calls, events].entries()) {
          const { entry } = spec.sides[at]!;
          const asked = (each: (typeof shown)[number]) =>
            each.type === 'http.requested' && each.process === 'customers' && (each.to ?? each.meant) === entry;
          expect(side.flows).toBe(count(asked));
          const answers = shown.filter(
            (each) => each.type === 'http.completed' && each.process === 'customers' && each.to === entry,
          );
          expect(side.accepted).toBe(
            answers.filter((each) => each.type === 'http.completed' && each.status < 400).length,
          );
          expect(side.done + side.pending).toBe(side.accepted);
        }
        expect(events.reactions).toBe(count(({ type }) => type === 'delivery.succeeded'));
        const served = count((each) => each.type === 'http.answered' && each.to === 'rest-orders' && each.status < 400);
        expect(calls.reactions).toBe(served);
      },
    ),
    { numRuns: 8 },
  );
}, 60_000);
