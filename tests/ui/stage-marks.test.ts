import { describe, expect, test } from 'vitest';
import { applyEntry, createSystem, type SystemState } from '../../src/projections/system';
import { createCurve, pointOn } from '../../src/ui/stage/curve';
import { marksAt, type Paths } from '../../src/ui/stage/stage-marks';
import { sampleEntries } from '../browser/sample-run';

const curve = createCurve({ x: 0, y: 0 }, 1, { x: 200, y: 0 }, -1);
const paths: Paths = { publish: () => curve, subscribe: () => curve, broker: () => ({ x: 0, y: 0 }) };

function at(nowMs: number): { system: SystemState; recent: ReturnType<typeof sampleEntries> } {
  const system = createSystem();
  const shown = sampleEntries().filter((entry) => entry.atMs <= nowMs);
  for (const entry of shown) applyEntry(system, entry);
  return { system, recent: shown.slice(-20) };
}

const marks = (nowMs: number, speed: number, reducedMotion = false) =>
  marksAt({ ...at(nowMs), paths, nowMs, speed, reducedMotion }).filter((mark) => mark.message === 'm_1');

describe('messages on the stage', () => {
  test('stand on their edge in proportion to virtual time', () => {
    const [first] = marks(1010, 0.1);
    const [later] = marks(1040, 0.1);
    expect(first!.x).toBeLessThan(70);
    expect(later!.x).toBeGreaterThan(130);
  });

  test('step instead of travelling when a hop is shorter than 120 ms on the screen', () => {
    expect(marks(1010, 1).map((mark) => Math.round(mark.x))).toEqual([9]);
    expect(marks(1040, 1).map((mark) => Math.round(mark.x))).toEqual([191]);
  });

  test('jump from node to node and grow no ring with reduced motion', () => {
    expect(marks(1010, 0.1, true).map((mark) => Math.round(mark.x))).toEqual([9]);
    expect(marks(1310, 1, true).some((mark) => mark.ring !== undefined)).toBe(false);
    expect(marks(1310, 1).some((mark) => mark.ring !== undefined)).toBe(true);
  });

  test('show the fate of an attempt by its shape where it ended', () => {
    expect(new Set(marks(1205, 1).map((mark) => mark.fate))).toContain('failed');
    expect(new Set(marks(1310, 1).map((mark) => mark.fate))).toContain('delivered');
    expect(new Set(marks(1760, 1).map((mark) => mark.fate))).toContain('dead');
  });

  test('walk a curve evenly', () => {
    const bent = createCurve({ x: 0, y: 0 }, 1, { x: 200, y: 300 }, -1);
    const points = [0, 0.25, 0.5, 0.75, 1].map((share) => pointOn(bent, share));
    const steps = points.slice(1).map((point, n) => Math.hypot(point.x - points[n]!.x, point.y - points[n]!.y));
    expect(Math.max(...steps) / Math.min(...steps)).toBeLessThan(1.2);
  });
});
