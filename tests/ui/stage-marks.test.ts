import { describe, expect, test } from 'vitest';
import type { Entry } from '../../src/log/entry';
import { applyEntry, createSystem, type SystemState } from '../../src/projections/system';
import type { Paths } from '../../src/ui/stage/hop-paths';
import { createElbow, createPath, distanceTo, pointOn } from '../../src/ui/stage/path';
import { giveBackMs, marksAt } from '../../src/ui/stage/stage-marks';
import { numbered, sampleEntries } from '../browser/sample-run';

const path = createPath({ x: 0, y: 0 }, [{ to: { x: 200, y: 0 } }]);
/** Along a binding. */
const side = createPath({ x: 200, y: 0 }, [{ to: { x: 200, y: 100 } }]);
const paths: Paths = {
  publish: () => path,
  subscribe: () => path,
  call: () => path,
  ofFlight: () => path,
  broker: () => ({ x: 0, y: 0 }),
  slot: () => ({ x: -40, y: 0 }),
  ways: { binding: () => side, deadWay: () => undefined, entry: () => path },
};

function at(nowMs: number, entries: readonly Entry[]): { system: SystemState; recent: readonly Entry[] } {
  const system = createSystem();
  const shown = entries.filter((entry) => entry.atMs <= nowMs);
  for (const entry of shown) applyEntry(system, entry);
  return { system, recent: shown.slice(-20) };
}

const marks = (nowMs: number, speed: number, reducedMotion = false, entries = sampleEntries()) =>
  marksAt({ ...at(nowMs, entries), paths, nowMs, speed, reducedMotion });
const ofFirst = (...args: Parameters<typeof marks>) => marks(...args).filter((mark) => mark.message === 'm_1');

describe('messages on the stage', () => {
  test('stand on their edge in proportion to virtual time', () => {
    const [first] = ofFirst(1010, 0.1);
    const [later] = ofFirst(1040, 0.1);
    expect(first!.x).toBeLessThan(70);
    expect(later!.x).toBeGreaterThan(130);
  });

  test('step instead of travelling when a hop is shorter than 120 ms on the screen', () => {
    expect(ofFirst(1010, 1).map((mark) => Math.round(mark.x))).toEqual([9]);
    expect(ofFirst(1040, 1).map((mark) => Math.round(mark.x))).toEqual([191]);
  });

  test('jump from node to node and grow no ring with reduced motion', () => {
    expect(ofFirst(1010, 0.1, true).map((mark) => Math.round(mark.x))).toEqual([9]);
    expect(ofFirst(1310, 1, true).some((mark) => mark.ring !== undefined)).toBe(false);
    expect(ofFirst(1310, 1).some((mark) => mark.ring !== undefined)).toBe(true);
  });

  test('show the fate of an attempt by its shape where it ended', () => {
    expect(new Set(ofFirst(1205, 1).map((mark) => mark.fate))).toContain('failed');
    expect(new Set(ofFirst(1310, 1).map((mark) => mark.fate))).toContain('delivered');
    expect(new Set(ofFirst(1760, 1).map((mark) => mark.fate))).toContain('dead');
  });
});

describe('what a crashed consumer held', () => {
  const crashed = crashWithTwoHeld();
  const back = (nowMs: number, speed = 1, reducedMotion = false) =>
    marks(nowMs, speed, reducedMotion, crashed).filter((mark) => mark.fate === 'retried');

  test('goes back to its queue one by one, each in 240 ms, into its slot', () => {
    expect(back(2000).map((mark) => mark.x)).toEqual([200, 200]);
    const [first, second] = back(2060);
    expect(first!.x).toBeLessThan(200);
    expect(second!.x).toBe(200);
    const [last] = back(2000 + giveBackMs - 5);
    expect(last!.x).toBeLessThan(0);
    expect(back(2000 + giveBackMs)).toHaveLength(1);
    expect(back(2900)).toEqual([]);
  });

  test('takes its time on the screen, not in virtual time', () => {
    expect(back(2000 + giveBackMs * 0.05, 0.05)).toHaveLength(1);
    expect(back(2000 + giveBackMs * 5, 10)).toHaveLength(2);
  });

  test('is there at once with reduced motion', () => {
    expect(back(2060, 1, true)).toEqual([]);
  });
});

describe('a way', () => {
  test('is walked evenly round a bend', () => {
    const bend = [
      { x: 100, y: 0 },
      { x: 100, y: 300 },
    ] as const;
    const bent = createPath({ x: 0, y: 0 }, [{ to: { x: 200, y: 300 }, bend }]);
    const points = [0, 0.25, 0.5, 0.75, 1].map((share) => pointOn(bent, share));
    const steps = points.slice(1).map((point, n) => Math.hypot(point.x - points[n]!.x, point.y - points[n]!.y));
    expect(Math.max(...steps) / Math.min(...steps)).toBeLessThan(1.2);
  });

  test('is walked past its binding key, never under it', () => {
    const keyed = createPath({ x: 0, y: 0 }, [{ to: { x: 200, y: 0 } }], { fromPx: 50, toPx: 150 });
    expect(keyed.lengthPx).toBe(100);
    for (let share = 0; share <= 1; share += 0.01) {
      const { x } = pointOn(keyed, share);
      expect(x <= 50.01 || x >= 149.99, `${x}`).toBe(true);
    }
    expect(pointOn(keyed, 0.25).x).toBeLessThan(50);
    expect(pointOn(keyed, 0.75).x).toBeGreaterThan(150);
  });

  test('has round corners and ends where it was told to', () => {
    const elbow = createElbow([
      { x: 0, y: 0 },
      { x: 50, y: 0 },
      { x: 50, y: -80 },
    ]);
    expect(pointOn(elbow, 1)).toEqual({ x: 50, y: -80 });
    expect(elbow.heading.y).toBeCloseTo(-1);
    expect(distanceTo(elbow, { x: 50, y: 0 })).toBeGreaterThan(1);
    expect(distanceTo(elbow, { x: 25, y: 10 })).toBeCloseTo(10, 0);
  });
});

/** `email` holds two messages of its queue and crashes at 2 s. */
function crashWithTwoHeld(): Entry[] {
  const held = [1, 2].map((n) => ({ message: `m_${n}`, delivery: `d_${n}`, broker: 'orders', queue: 'email' }));
  return numbered([
    { type: 'process.started', atMs: 0, process: 'email', service: 'email', file: 'email.ts', args: [], life: 1 },
    { type: 'broker.declared', atMs: 0, broker: 'orders', kind: 'bus', settings: {} },
    ...held.map(({ message, broker, queue }) => ({
      type: 'message.enqueued' as const,
      atMs: 100,
      message,
      broker,
      queue,
    })),
    ...held.map(({ message, broker, queue, delivery }) => ({
      type: 'message.dispatched' as const,
      atMs: 200,
      arrivesAtMs: 260,
      subscription: 's_1',
      process: 'email',
      listener: 'sendEmail',
      attempt: 1,
      message,
      broker,
      queue,
      delivery,
    })),
    { type: 'process.crashed', atMs: 2000, process: 'email', interrupted: 2 },
    ...held.toReversed().map((each) => ({ type: 'message.requeued' as const, atMs: 2000, ...each })),
  ]);
}

describe('inside a broker', () => {
  const entry: Entry = {
    ...{ seq: 0, atMs: 100, type: 'message.routed', message: 'm_1', broker: 'rabbitmq' },
    ...{ subscriptions: [], queues: ['mail'], exchange: 'orders', bindings: ['b_1', 'b_2'] },
  };
  const shown = (ageMs: number, reducedMotion = false) =>
    marksAt({ system: createSystem(), paths, nowMs: 100 + ageMs, speed: 1, recent: [entry], reducedMotion });

  test('a message comes to its exchange as one, and goes on along each binding that matched', () => {
    expect(shown(0).map(({ x, y }) => [x, y])).toEqual([[0, 0]]);
    expect(shown(210).map(({ x }) => x)).toEqual([200, 200]);
    expect(shown(210)[0]!.y).toBeGreaterThan(20);
    expect(shown(1_000)).toEqual([]);
  });

  test('nothing runs where motion is reduced', () => {
    expect(shown(0, true)).toEqual([]);
  });
});
