import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { firstDifferenceMs } from '../../src/scenario/first-difference';
import type { FaultSpec, Scenario } from '../../src/scenario/scenario';
import { scenarios } from './arbitraries';

// Properties try hundreds of cases, and a busy machine tries them slowly.
vi.setConfig({ testTimeout: 60_000 });

const base: Scenario = {
  title: 'Shop',
  about: '',
  durationMs: 60_000,
  seed: 1,
  speed: 1,
  startedAt: '2026-01-01T00:00:00.000Z',
  processes: [{ name: 'shop', file: 'shop.ts', args: [], env: {}, startAtMs: 0, replicas: 1 }],
  network: { default: { latencyMs: 0, jitterMs: 0, loss: 0, cut: false }, links: [] },
  interventions: [{ type: 'process.crash', atMs: 10, process: 'shop' }],
  files: { 'shop.ts': '' },
  note: '',
};

test('a definition gives the same run as its copy', () => {
  fc.assert(fc.property(scenarios, (scenario) => firstDifferenceMs(scenario, structuredClone(scenario)) === Infinity));
});

test('what is only for the reader does not change the run', () => {
  const read: readonly Partial<Scenario>[] = [
    { layout: { 'service:shop': { x: 10, y: 20 } } },
    { about: 'Watch it' },
    { note: 'Why?' },
    { speed: 10 },
  ];
  for (const change of read) expect(firstDifferenceMs(base, { ...base, ...change })).toBe(Infinity);
});

test('what it begins with changes it from its beginning', () => {
  const changes: readonly Partial<Scenario>[] = [
    { title: 'Store' },
    { durationMs: 1 },
    { seed: 2 },
    { startedAt: '2027-01-01T00:00:00.000Z' },
    { processes: [] },
    { network: { ...base.network, links: [{ from: 'shop', to: 'orders', cut: true }] } },
    { files: { 'shop.ts': 'console.log(1)' } },
  ];
  for (const change of changes) expect(firstDifferenceMs(base, { ...base, ...change })).toBe(-Infinity);
});

test('what is done to it changes it from the first intervention that one lacks, has elsewhere, or has otherwise', () => {
  const crash = (atMs: number, disabled?: true) =>
    ({ type: 'process.crash', atMs, process: 'shop', ...(disabled && { disabled }) }) as const;
  const difference = (one: Scenario['interventions'], other: Scenario['interventions']): number =>
    firstDifferenceMs({ ...base, interventions: one }, { ...base, interventions: other });
  expect(difference([crash(400), crash(900)], [crash(400)])).toBe(900);
  expect(difference([crash(400)], [crash(400), crash(900)])).toBe(900);
  expect(difference([crash(400), crash(900)], [crash(900)])).toBe(400);
  expect(difference([crash(400), crash(900)], [crash(100), crash(400)])).toBe(100);
  expect(difference([crash(400)], [{ ...crash(400), process: 'other' }])).toBe(400);
  expect(difference([crash(400), crash(900, true)], [crash(400)])).toBe(Infinity);
  expect(difference([crash(400, true)], [crash(400)])).toBe(400);
});

test('what goes wrong in it changes it from the first fault that one lacks, has elsewhere, or has otherwise', () => {
  const slow = (process: string, fromMs?: number, more: object = {}): FaultSpec => ({
    type: 'slow',
    process,
    factor: 2,
    ...(fromMs !== undefined && { fromMs }),
    ...more,
  });
  const difference = (one: readonly FaultSpec[], other: readonly FaultSpec[]): number =>
    firstDifferenceMs({ ...base, faults: one }, { ...base, faults: other });
  const [shop, mail, bank] = [slow('shop', 100), slow('mail', 400, { untilMs: 900 }), slow('bank', 700)];
  // It begins before all else of its instant.
  const before = (fromMs: number): number => fromMs - 0.001;
  expect(difference([], [])).toBe(Infinity);
  expect(difference([shop, mail, bank], [shop, bank])).toBe(before(400));
  expect(difference([shop], [shop, slow('bank')])).toBe(before(0));
  expect(difference([shop, mail], [shop, { ...mail, untilMs: 800 }])).toBe(before(400));
  expect(difference([shop, bank], [shop, slow('bank', 300)])).toBe(before(300));
  expect(difference([mail, bank], [bank, mail])).toBe(before(400));
  expect(difference([shop, slow('mail', 50, { disabled: true })], [shop])).toBe(Infinity);
  expect(difference([], [slow('mail', 50, { disabled: true }), bank])).toBe(before(700));
});
