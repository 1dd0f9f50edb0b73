import { createCurve, type Curve, type Point } from './curve';
import type { StageEdge, StageLayout } from './layout';
import type { Paths } from './stage-marks';
import type { Structure } from './structure';

/**
 * The stage of a phone: for each broker a line with who publishes, and under it a row for each listener or queue with
 * the process at its right. A graph does not fit there and a list does. Pure geometry; all heights are fixed.
 */
export interface StageRow {
  readonly edge: StageEdge;
  readonly service: string;
  readonly y: number;
}

export interface RowGroup {
  readonly broker: string;
  readonly publishers: readonly string[];
  readonly rows: readonly StageRow[];
  readonly deadLetters: readonly { readonly queue: string; readonly y: number }[];
  readonly y: number;
  readonly height: number;
}

export const rowMeasure = {
  headPx: 64,
  pitchPx: 54,
  boxPx: 46,
  gapPx: 16,
  edgePx: 12,
  trunkPx: 26,
  leftPx: 48,
  arrowPx: 28,
} as const;

export function groupRows(layout: StageLayout, structure: Structure): RowGroup[] {
  let y = 8;
  return [...structure.brokers.values()].map((broker) => {
    const top = y;
    const edges = layout.edges.filter((edge) => edge.broker === broker.broker);
    y += rowMeasure.headPx;
    const rows = edges
      .filter((edge) => edge.type === 'subscribe')
      .map((edge): StageRow => {
        const row = { edge, service: edge.service, y };
        y += rowMeasure.pitchPx;
        return row;
      });
    const deadLetters = broker.deadLetters.map((queue) => {
      const letter = { queue, y };
      y += rowMeasure.pitchPx;
      return letter;
    });
    const hears = new Set(rows.map((row) => row.service));
    const publishers = edges
      .filter((edge) => edge.type === 'publish')
      .map((edge) => edge.service)
      .sort((a, b) => Number(hears.has(a)) - Number(hears.has(b)));
    const group = { broker: broker.broker, publishers, rows, deadLetters, y: top, height: y - top };
    y += rowMeasure.gapPx;
    return group;
  });
}

/** Left edge of the process boxes and right edge of the boxes before them. */
export function columns(widthPx: number): { readonly leftEndPx: number; readonly rightPx: number } {
  const leftEndPx = Math.round(
    rowMeasure.leftPx + (widthPx - rowMeasure.leftPx - rowMeasure.edgePx - rowMeasure.arrowPx) * 0.58,
  );
  return { leftEndPx, rightPx: leftEndPx + rowMeasure.arrowPx };
}

export function rowPaths(groups: readonly RowGroup[], widthPx: number): Paths {
  const { leftEndPx, rightPx } = columns(widthPx);
  const publish = new Map<string, Curve>();
  const subscribe = new Map<string, Curve>();
  const brokers = new Map<string, Point>();
  const middle = rowMeasure.boxPx / 2;
  for (const group of groups) {
    const headY = group.y + middle;
    brokers.set(group.broker, { x: rightPx - 12, y: headY });
    for (const service of group.publishers) {
      publish.set(
        JSON.stringify([service, group.broker]),
        line({ x: leftEndPx - 2, y: headY }, { x: rightPx + 2, y: headY }),
      );
    }
    for (const { queue, y } of group.deadLetters)
      brokers.set(JSON.stringify([group.broker, queue]), { x: leftEndPx + 14, y: y + middle });
    for (const { edge, y } of group.rows) {
      const curve = line({ x: leftEndPx - 2, y: y + middle }, { x: rightPx + 2, y: y + middle });
      for (const key of edge.listeners) {
        const [broker, listener] = JSON.parse(key) as [string, string];
        for (const name of [listener, '']) {
          const hop = JSON.stringify([broker, edge.service, name]);
          if (!subscribe.has(hop)) subscribe.set(hop, curve);
        }
      }
    }
  }
  return {
    publish: (service, broker) => publish.get(JSON.stringify([service, broker])),
    subscribe: (hop) =>
      subscribe.get(JSON.stringify([hop.broker, hop.service, hop.listener ?? ''])) ??
      subscribe.get(JSON.stringify([hop.broker, hop.service, ''])),
    broker: (broker, queue) =>
      brokers.get(queue === undefined ? broker : JSON.stringify([broker, queue])) ?? brokers.get(broker),
  };
}

function line(from: Point, to: Point): Curve {
  return createCurve(from, 1, to, -1);
}
