import { beforeAll, describe, expect, it } from 'vitest';
import type { Entry } from '../../src/log/entry';
import { applyEntry, createSystem, type SystemState } from '../../src/projections/system';
import { layOut } from '../../src/ui/stage/layout';
import { HopPaths } from '../../src/ui/stage/hop-paths';
import { linkOf } from '../../src/ui/stage/link-state';
import { routesOf } from '../../src/ui/stage/routes';
import { marksAt, type StageMark } from '../../src/ui/stage/stage-marks';
import { lonelyProcesses, rowCalls, rowMeasure, rowPaths } from '../../src/ui/stage/rows';
import { serviceOf, StructureReader } from '../../src/ui/stage/structure';
import { runGallery } from '../gallery/run-gallery';
import { callsScenario, runOf, troubles } from '../projections/calls-run';

let entries: Entry[];
const reader = new StructureReader(callsScenario().processes);

beforeAll(async () => {
  entries = await runOf(callsScenario(troubles));
  for (const entry of entries) reader.read(entry);
});

function systemBefore(seq: number): SystemState {
  const state = createSystem();
  for (const entry of entries.slice(0, seq)) applyEntry(state, entry);
  return state;
}

function paths(): HopPaths {
  return new HopPaths(routesOf(layOut(reader.structure), {}).values(), {
    broker: () => undefined,
    slot: () => undefined,
  });
}

function marksOf(seq: number, nowMs: number): readonly StageMark[] {
  const recent = entries.slice(0, seq);
  return marksAt({ system: systemBefore(seq), paths: paths(), nowMs, speed: 0.01, recent, reducedMotion: false });
}

describe('calls on the stage', () => {
  it('make an edge for each two services, also to one that never answers', () => {
    expect(reader.structure.calls.map(({ from, to, routes }) => [from, to, routes])).toEqual([
      ['shop', 'orders', ['POST /orders']],
      ['orders', 'stock', ['GET /items/:id']],
      ['orders', 'payments', ['POST /pay']],
      ['orders', 'mail', ['GET /send']],
    ]);
  });

  it('make no edge beside that of the delivery that they carry', async () => {
    const log = await runGallery('webhook-delivery', { durationMs: 10_000 });
    const webhooks = new StructureReader([]);
    for (const entry of log.entries) webhooks.read(entry);
    expect(log.of('http.requested').some(({ delivery }) => delivery !== undefined)).toBe(true);
    const { edges } = layOut(webhooks.structure);
    expect(edges.filter(({ broker, type }) => broker === 'webhooks' && type === 'subscribe')).not.toEqual([]);
    expect(edges.filter(({ service, type }) => service === 'webhooks' && type === 'call')).toEqual([]);
  });

  it('run in the margin of the rows of a phone, between boxes that are there', () => {
    const layout = layOut(reader.structure);
    const tops = lonelyProcesses(layout, reader.structure).map((process, n) => ({
      process,
      y: n * rowMeasure.pitchPx,
    }));
    const calls = rowCalls(layout, [], tops, 390);
    expect(calls.map(({ edge }) => [edge.service, edge.callee])).toEqual([
      ['orders', 'stock'],
      ['orders', 'payments'],
      ['orders', 'mail'],
    ]);
    const topOf = (service?: string) => tops.find(({ process }) => serviceOf(process) === service)!.y;
    for (const { edge, path } of calls) {
      const [x, y] = path.table.slice(-2);
      expect(x).toBe(390 - rowMeasure.edgePx);
      expect(Math.abs(y! - topOf(edge.callee) - rowMeasure.boxPx / 2)).toBeLessThan(rowMeasure.boxPx / 2);
    }
    expect(rowPaths([], calls, 390).call('orders', 'stock')).toBe(calls[0]?.path);
  });

  it('stand left of whom they call, or above the only one', () => {
    const { nodes } = layOut(reader.structure);
    const node = (service: string) => nodes.find(({ id }) => id === `service:${service}`)!;
    const x = (service: string): number => node(service).x;
    expect(x('shop')).toBe(x('orders'));
    expect(node('shop').y + node('shop').height).toBeLessThan(node('orders').y);
    expect(x('orders')).toBeLessThan(x('payments'));
    expect(new Set([x('stock'), x('payments'), x('mail')]).size).toBe(1);
  });

  it('run there with the shape of what is under way, and back with that of the answer', () => {
    const answered = entries.find((entry) => entry.type === 'http.answered' && entry.status >= 500);
    if (answered?.type !== 'http.answered') throw new Error('no 5xx in the run');
    const asked = entries.find((entry) => entry.type === 'http.requested' && entry.request === answered.request);
    if (asked?.type !== 'http.requested') throw new Error('no request');
    const of = (marks: readonly StageMark[]): StageMark | undefined =>
      marks.find(({ message, ring }) => message === answered.request && ring === undefined);
    const share = (part: number, entry: { atMs: number; arrivesAtMs?: number }): number =>
      entry.atMs + part * ((entry.arrivesAtMs ?? entry.atMs) - entry.atMs);
    const [early, late] = [0.2, 0.8].map((part) => of(marksOf(asked.seq + 1, share(part, asked))));
    expect([early?.fate, late?.fate]).toEqual(['flight', 'flight']);
    expect(early?.x).toBeLessThan(late?.x ?? 0);
    const [left, back] = [0.2, 0.8].map((part) => of(marksOf(answered.seq + 1, share(part, answered))));
    expect([left?.fate, back?.fate]).toEqual(['failed', 'failed']);
    expect(left?.x).toBeGreaterThan(back?.x ?? Infinity);
  });

  it('fail at the end where nobody listens', () => {
    const failed = entries.find((entry) => entry.type === 'http.failed' && entry.code === 'ECONNREFUSED');
    if (failed?.type !== 'http.failed') throw new Error('no refusal in the run');
    const mark = marksOf(failed.seq + 1, failed.atMs).find(({ message }) => message === failed.request);
    const way = paths().call('orders', 'mail');
    expect(mark?.fate).toBe('failed');
    expect(mark?.x).toBeCloseTo((way?.table.at(-2) ?? 0) - 9, 0);
  });

  it('are over a link that shows who is down and what was cut', () => {
    const { edges } = layOut(reader.structure);
    const stateOf = (to: string, seq: number): string => {
      const edge = edges.find(({ callee }) => callee === to);
      return edge === undefined ? '' : linkOf(systemBefore(seq), edge, reader.structure);
    };
    const after = (type: Entry['type'], isMeant: (entry: Entry) => boolean): number =>
      (entries.find((entry) => entry.type === type && isMeant(entry))?.seq ?? 0) + 1;
    expect(
      stateOf(
        'payments',
        after('process.crashed', () => true),
      ),
    ).toBe('down');
    const cut = after(
      'intervention.applied',
      (entry) => entry.type === 'intervention.applied' && entry.intervention.type === 'link.change',
    );
    expect(stateOf('stock', cut)).toBe('cut');
    expect(stateOf('stock', entries.length)).toBe('normal');
  });
});
