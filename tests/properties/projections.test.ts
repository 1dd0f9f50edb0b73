import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Entry } from '../../src/log/entry';
import { Causes } from '../../src/projections/causes';
import { Depths } from '../../src/projections/depth';
import { fates } from '../../src/projections/fate';
import { FoldedTime } from '../../src/projections/folded-time';
import { Lanes } from '../../src/projections/lanes';
import { Lines } from '../../src/projections/lines';
import { Metrics } from '../../src/projections/metrics';
import { Timeline } from '../../src/projections/snapshots';
import { applyEntry, copySystem, createSystem, type SystemState } from '../../src/projections/system';
import { RandomSystem } from '../projections/random-log';

const choices = fc.array(fc.nat({ max: 100_000 }), { maxLength: 300, size: 'max' });

function systemOf(steps: readonly number[]): RandomSystem {
  const system = new RandomSystem();
  for (const choice of steps) system.step(choice);
  return system;
}

function foldTo(entries: readonly Entry[], position: number): SystemState {
  const state = createSystem();
  for (const entry of entries.slice(0, position)) applyEntry(state, entry);
  return state;
}

/** All but the book of messages, which is shared by the copies on purpose. */
function facts({ messages: _, ...state }: SystemState): Omit<SystemState, 'messages'> {
  return state;
}

describe('the folded system', () => {
  it('holds exactly what the system held', () => {
    fc.assert(
      fc.property(choices, (steps) => {
        const { entries, held } = systemOf(steps);
        const state = foldTo(entries, entries.length);
        const queue = state.brokers.get('shop')?.queues.get('mail');
        const ids = (list: readonly { delivery: string }[]): string[] => list.map(({ delivery }) => delivery).sort();
        const inQueue = ({ queue: name }: { queue?: string }): boolean => name !== undefined;
        expect(queue?.ready).toEqual(held.ready.map(({ message }) => message));
        expect([...(queue?.unacked.keys() ?? [])].sort()).toEqual(
          ids([...held.travelling, ...held.handling, ...held.unanswered].filter(inQueue)),
        );
        expect([...(queue?.retrying.keys() ?? [])].sort()).toEqual(
          held.queueRetries.map(({ sent }) => sent.message).sort(),
        );
        expect([...state.retries.values()].map(({ message }) => message).sort()).toEqual(
          held.plainRetries.map(({ sent }) => sent.message).sort(),
        );
        expect([...state.flights.keys()].sort()).toEqual(
          [...held.travelling.map(({ delivery }) => delivery), ...held.arriving.map(({ message }) => message)].sort(),
        );
        const handling = [...state.processes.values()].flatMap(({ deliveries }) => [...deliveries.values()]);
        expect(ids(handling)).toEqual(ids(held.handling));
        expect(queue?.enqueued).toBe(held.enqueued);
        expect(queue?.done).toBe(held.done);
        expect(state.brokers.get('shop')?.deadLetters.get('dead')?.count ?? 0).toBe(held.dead.length);
      }),
    );
  });

  it('accounts for every enqueued message at every position, and never counts below zero', () => {
    fc.assert(
      fc.property(choices, (steps) => {
        const { entries } = systemOf(steps);
        const state = createSystem();
        const broken: number[] = [];
        for (const entry of entries) {
          applyEntry(state, entry);
          const broker = state.brokers.get('shop');
          const queue = broker?.queues.get('mail');
          const held = queue ? queue.ready.length + queue.unacked.size + queue.retrying.size + queue.done : 0;
          const counts = [...fates.map((fate) => state.totals[fate])];
          for (const { underWay } of broker?.subscriptions.values() ?? []) counts.push(underWay);
          if (held !== (queue?.enqueued ?? 0) || counts.some((count) => count < 0)) broken.push(entry.seq);
        }
        expect(broken).toEqual([]);
      }),
    );
  });

  it('is empty of everything under way once everything has come to its end', () => {
    fc.assert(
      fc.property(choices, (steps) => {
        const system = systemOf(steps);
        system.settle();
        const state = foldTo(system.entries, system.entries.length);
        const broker = state.brokers.get('shop');
        expect(state.flights.size).toBe(0);
        expect(state.retries.size).toBe(0);
        expect(broker?.queues.get('mail')?.unacked.size ?? 0).toBe(0);
        for (const { deliveries } of state.processes.values()) expect(deliveries.size).toBe(0);
        for (const { underWay } of broker?.subscriptions.values() ?? []) expect(underWay).toBe(0);
      }),
    );
  });
});

describe('a timeline of states', () => {
  it('gives at any position, in any order, what folding from the start gives', () => {
    fc.assert(
      fc.property(
        choices,
        fc.array(fc.nat(), { maxLength: 12 }),
        fc.integer({ min: 1, max: 40 }),
        (steps, seeks, every) => {
          const { entries } = systemOf(steps);
          const read = (seq: number): Entry => entries[seq] as Entry;
          const fold = { create: createSystem, apply: applyEntry, copy: copySystem };
          const timeline = new Timeline(fold, { read, everyEntries: every });
          for (const seek of seeks) {
            const position = seek % (entries.length + 1);
            if (seek % 3 === 0) timeline.extend(position);
            else if (seek % 7 === 1) timeline.forget(position);
            else expect(facts(timeline.at(position))).toEqual(facts(foldTo(entries, position)));
          }
        },
      ),
    );
  });
});

describe('the indexes over a log', () => {
  it('tell of a delivery under way in the story exactly when the system has it', () => {
    fc.assert(
      fc.property(choices, fc.nat(), (steps, seek) => {
        const { entries } = systemOf(steps);
        const position = seek % (entries.length + 1);
        const causes = new Causes((seq) => entries[seq] as Entry);
        for (const entry of entries) causes.append(entry);
        const state = foldTo(entries, position);
        const handled = [...state.processes.values()].flatMap(({ deliveries }) => [...deliveries.keys()]).sort();
        const told: string[] = [];
        for (let number = 1; causes.messageAt(`m_${String(number)}`, position); number += 1) {
          const summary = causes.messageAt(`m_${String(number)}`, position);
          for (const { state: phase, delivery } of summary?.deliveries ?? [])
            if (phase === 'handling') told.push(delivery ?? '');
        }
        expect(told.sort()).toEqual(handled);
      }),
    );
  });

  it('put every message in exactly one tree', () => {
    fc.assert(
      fc.property(choices, (steps) => {
        const { entries } = systemOf(steps);
        const causes = new Causes((seq) => entries[seq] as Entry);
        for (const entry of entries) causes.append(entry);
        for (const entry of entries) {
          if (entry.type !== 'message.published') continue;
          const { nodes, rest } = causes.causeTree(entry.message.id, entries.length, 1_000);
          expect(rest).toBe(0);
          expect(nodes[0]?.id).toBe(entry.message.correlationid);
          expect(nodes.filter(({ id }) => id === entry.message.id)).toHaveLength(1);
        }
      }),
    );
  });

  it('agree with counting the prefix again', () => {
    fc.assert(
      fc.property(choices, fc.nat(), (steps, seek) => {
        const { entries } = systemOf(steps);
        const position = seek % (entries.length + 1);
        const prefix = entries.slice(0, position);
        const lines = new Lines();
        const metrics = new Metrics();
        for (const entry of entries) {
          lines.append(entry);
          metrics.append(entry);
        }
        const wanted = new Map<string, number>();
        for (const { where } of prefix) if (where !== undefined) wanted.set(where, (wanted.get(where) ?? 0) + 1);
        const files = new Set([...wanted.keys()].map((where) => where.replace(/:.*$/, '')));
        const counts = [...files].flatMap((file) =>
          [...lines.countsIn(file, position)].map(([line, count]) => [`${file}:${String(line)}`, count] as const),
        );
        expect(new Map(counts)).toEqual(wanted);
        const count = (type: Entry['type']): number => prefix.filter((entry) => entry.type === type).length;
        const total = metrics.totalAt(position);
        expect(total.published).toBe(count('message.published'));
        expect(total.delivered).toBe(count('delivery.succeeded'));
        expect(total.failed).toBe(count('delivery.failed'));
        expect(total.deadLettered).toBe(count('message.dead-lettered'));
      }),
    );
  });

  it('know the depth of a queue at every instant', () => {
    fc.assert(
      fc.property(choices, (steps) => {
        const { entries } = systemOf(steps);
        const depths = new Depths();
        const state = createSystem();
        for (const entry of entries) depths.append(entry);
        entries.forEach((entry, index) => {
          applyEntry(state, entry);
          if (entries[index + 1]?.atMs === entry.atMs) return;
          const ready = state.brokers.get('shop')?.queues.get('mail')?.ready.length ?? 0;
          expect(depths.queue('shop', 'mail')?.countAt(entry.atMs) ?? 0).toBe(ready);
          expect(depths.all.countAt(entry.atMs)).toBe(ready);
        });
      }),
    );
  });
});

describe('lanes', () => {
  it('find by window every bar that touches it', () => {
    fc.assert(
      fc.property(choices, fc.nat({ max: 500 }), fc.nat({ max: 500 }), (steps, fromMs, spanMs) => {
        const { entries } = systemOf(steps);
        const lanes = new Lanes();
        for (const entry of entries) lanes.append(entry);
        for (const lane of lanes.lanes) {
          const all = lane.barsBetween(-Infinity, Infinity);
          const wanted = all.filter(({ startMs, endMs = Infinity }) => startMs <= fromMs + spanMs && endMs >= fromMs);
          expect(lane.barsBetween(fromMs, fromMs + spanMs)).toEqual(wanted);
          expect(all).toHaveLength(lane.barCount);
        }
      }),
    );
  });

  it('have a bar open exactly for what is being handled at the end', () => {
    fc.assert(
      fc.property(choices, (steps) => {
        const { entries, held } = systemOf(steps);
        const lanes = new Lanes();
        for (const entry of entries) lanes.append(entry);
        const bars = lanes.lanes.flatMap((lane) => lane.barsBetween(-Infinity, Infinity));
        const open = bars.filter(({ endMs }) => endMs === undefined).map(({ delivery }) => delivery);
        expect(open.sort()).toEqual(held.handling.map(({ delivery }) => delivery).sort());
      }),
    );
  });
});

describe('folded time', () => {
  it('has one instant for every x and one x for every instant', () => {
    const cuts = fc.uniqueArray(fc.integer({ min: 1, max: 9_999 }), { minLength: 0, maxLength: 8 });
    fc.assert(
      fc.property(cuts, fc.integer({ min: 0, max: 10_000 }), (points, ms) => {
        const sorted = points.sort((a, b) => a - b);
        const folds = [];
        for (let index = 0; index + 1 < sorted.length; index += 2) {
          folds.push({ fromMs: sorted[index] as number, toMs: sorted[index + 1] as number });
        }
        const time = new FoldedTime({ fromMs: 0, toMs: 10_000, width: 800, folds, foldWidth: 48 });
        expect(time.xToMs(time.msToX(ms))).toBeCloseTo(ms, 5);
        expect(time.msToX(0)).toBe(0);
        expect(time.msToX(10_000)).toBeCloseTo(800, 6);
        expect(time.msToX(ms + 1)).toBeGreaterThan(time.msToX(ms));
      }),
    );
  });
});
