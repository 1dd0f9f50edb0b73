import { expect } from 'vitest';
import type { Entry } from '../../src/log/entry';

type Of<T extends Entry['type']> = Extract<Entry, { readonly type: T }>;
const isOf =
  <T extends Entry['type']>(type: T, instance: string) =>
  (entry: Entry): entry is Of<T> =>
    entry.type === type && (entry as { instance?: string }).instance === instance;

/** Steps of which nobody knows whether they were done: an attempt ended without an answer, by time or by a crash, and none succeeded. */
function uncertainOf(entries: readonly Entry[], instance: string): string[] {
  const [open, uncertain] = [new Set<string>(), new Set<string>()];
  for (const entry of entries) {
    if (isOf('saga.step-started', instance)(entry)) open.add(entry.step);
    if (isOf('saga.step-succeeded', instance)(entry)) for (const set of [open, uncertain]) set.delete(entry.step);
    if (isOf('saga.step-failed', instance)(entry) && open.delete(entry.step) && entry.reason !== 'threw')
      uncertain.add(entry.step);
    if (!isOf('saga.resumed', instance)(entry)) continue;
    for (const step of open) uncertain.add(step);
    open.clear();
  }
  return [...uncertain];
}

/**
 * An instance ended once: with all its steps done, with all undone that was done (in reverse) or may have been, or stuck. `pivot`: the
 * names of pivots.
 */
export function expectSound(
  entries: readonly Entry[],
  instance: string,
  { steps, pivot }: { readonly steps: number; readonly pivot: RegExp },
): void {
  const done = entries.filter(isOf('saga.step-succeeded', instance)).map(({ step }) => step);
  const undone = entries.filter(isOf('saga.compensation-succeeded', instance)).map(({ step }) => step);
  const ends = entries.filter(isOf('saga.ended', instance));
  expect(ends).toHaveLength(1);
  expect(new Set(done).size).toBe(done.length);
  expect(new Set(undone).size).toBe(undone.length);
  // Of what was done, what is undone is undone the latest first.
  const reverse = [...done].reverse();
  expect(undone.filter((step) => done.includes(step))).toEqual(reverse.filter((step) => undone.includes(step)));
  switch (ends[0]?.outcome) {
    case 'completed':
      expect(done).toHaveLength(steps);
      expect(undone).toEqual([]);
      break;
    case 'compensated':
      expect([...done, ...uncertainOf(entries, instance)].filter((step) => !undone.includes(step))).toEqual([]);
      break;
    case 'stuck':
      expect(ends[0].stuck).toBeDefined();
      break;
    default:
      expect.fail(`ended as ${String(ends[0]?.outcome)}`);
  }
  // Nothing is done once the way back has begun, and nothing is undone after the pivot.
  const firstUndo = entries.find(isOf('saga.compensation-started', instance));
  if (firstUndo) {
    expect(entries.slice(firstUndo.seq).filter(isOf('saga.step-started', instance))).toEqual([]);
    expect(done.some((step) => pivot.test(step))).toBe(false);
  }
}
