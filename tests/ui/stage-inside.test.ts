import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { insideMeasure, insideOf, type Inside } from '../../src/ui/stage/inside';
import { litBy } from '../../src/ui/stage/lit-bindings';
import { brokerHeight, measure, queueDy, slotAt } from '../../src/ui/stage/measure';
import { layOut } from '../../src/ui/stage/layout';
import { groupRows, rowMeasure } from '../../src/ui/stage/rows';
import { StructureReader, type BrokerShape } from '../../src/ui/stage/structure';
import type { Entry } from '../../src/log/entry';

type Bare<T> = T extends unknown ? Omit<T, 'seq' | 'atMs'> : never;

function shapeOf(entries: readonly Bare<Entry>[]): BrokerShape {
  const reader = new StructureReader();
  entries.forEach((entry, seq) => {
    reader.read({ seq, atMs: 0, ...entry });
  });
  return reader.structure.brokers.get('rabbitmq')!;
}

const broker = 'rabbitmq';
const exchange = (name: string, kind = 'topic'): Bare<Entry> => ({
  type: 'exchange.declared',
  broker,
  exchange: name,
  kind,
  settings: {},
});
const queue = (name: string, settings = {}): Bare<Entry> => ({ type: 'queue.declared', broker, queue: name, settings });
const binding = (
  n: number,
  [source, destination, key]: readonly [string, string, string],
  to: 'queue' | 'exchange' = 'queue',
): Bare<Entry> => ({ type: 'binding.added', broker, binding: `b_${n}`, source, destination, to, key, arguments: {} });

const shop = [
  exchange('orders'),
  exchange('orders.dlx', 'direct'),
  queue('email'),
  queue('accounting', { 'x-dead-letter-exchange': 'orders.dlx', 'x-dead-letter-routing-key': 'retry' }),
  queue('retry', { 'x-dead-letter-exchange': '', 'x-dead-letter-routing-key': 'accounting', 'x-message-ttl': 30_000 }),
  binding(1, ['orders', 'email', 'order.created']),
  binding(2, ['orders', 'accounting', 'order.#']),
  binding(3, ['orders.dlx', 'retry', 'retry']),
];

const names = ['a', 'b', 'c', 'd'];
const topologies = fc
  .record({
    queues: fc.integer({ min: 0, max: 30 }),
    bindings: fc.array(
      fc.record({
        source: fc.constantFrom(...names),
        queue: fc.nat(29),
        key: fc.constantFrom('', '#', 'order.created', 'a.rather.long.key.of.a.binding'),
        exchange: fc.option(fc.constantFrom(...names), { nil: undefined, freq: 8 }),
      }),
      { maxLength: 60 },
    ),
    dead: fc.array(fc.tuple(fc.nat(29), fc.constantFrom(...names, '')), { maxLength: 5 }),
  })
  .map(({ queues, bindings, dead }) =>
    shapeOf([
      ...names.map((name) => exchange(name)),
      ...Array.from({ length: queues }, (_, n) => {
        const to = dead.find(([of]) => of === n);
        return queue(
          `q${n}`,
          to === undefined ? {} : { 'x-dead-letter-exchange': to[1], 'x-dead-letter-routing-key': 'q0' },
        );
      }),
      ...bindings.map(({ source, queue: to, key, exchange: other }, n) =>
        other === undefined ? binding(n, [source, `q${to}`, key]) : binding(n, [source, other, key], 'exchange'),
      ),
    ]),
  );

interface Box {
  readonly what: string;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

function boxesOf({ exchanges, bindings, queues, queueX, queueWidth }: Inside): Box[] {
  const box = (what: string, x: number, y: number, [width, height]: readonly [number, number]): Box => ({
    what,
    left: x,
    top: y,
    right: x + width,
    bottom: y + height,
  });
  return [
    ...exchanges.map((each) =>
      box(`exchange ${each.exchange}`, each.x - insideMeasure.radiusPx, each.y - insideMeasure.radiusPx, [
        insideMeasure.radiusPx * 2,
        insideMeasure.exchangePx - 4,
      ]),
    ),
    ...bindings
      .filter(({ pillWidth }) => pillWidth > 0)
      .map(({ ids, pill, pillWidth }) =>
        box(`binding ${ids.join()}`, pill.x - pillWidth / 2, pill.y - measure.pillHighPx / 2, [
          pillWidth,
          measure.pillHighPx,
        ]),
      ),
    ...queues.map(({ queue: name, top }) => box(`queue ${name}`, queueX, top, [queueWidth, measure.queueBoxPx])),
  ];
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

describe('inside a broker', () => {
  test('no two queues, keys or exchanges cover one another, and all lie within the frame', () => {
    fc.assert(
      fc.property(topologies, (shape) => {
        const inside = insideOf(shape);
        const boxes = boxesOf(inside);
        for (const [n, one] of boxes.entries()) {
          expect(one.left, one.what).toBeGreaterThanOrEqual(0);
          expect(one.right, one.what).toBeLessThanOrEqual(inside.width);
          expect(one.bottom, one.what).toBeLessThanOrEqual(inside.height);
          for (const other of boxes.slice(n + 1))
            expect(overlap(one, other) ? `${one.what} over ${other.what}` : '').toBe('');
        }
      }),
      { numRuns: 200 },
    );
  });

  test('what only dead letters reach stands below the rest, and their ways lead there and back', () => {
    const inside = insideOf(shapeOf(shop));
    const top = (name: string): number => inside.queues.find((each) => each.queue === name)!.top;
    expect(inside.deadTop).toBeGreaterThan(top('accounting'));
    expect(top('retry')).toBeGreaterThan(inside.deadTop!);
    expect(inside.deadWays.map((way) => way.queue)).toEqual(['accounting', 'retry']);
    const [rejected, expired] = inside.deadWays.map(({ path }) => path.table);
    const dlx = inside.exchanges.find((each) => each.exchange === 'orders.dlx')!;
    expect([rejected!.at(-2), rejected!.at(-1)]).toEqual([dlx.x, dlx.y - insideMeasure.radiusPx]);
    expect(expired!.at(-1)).toBeCloseTo(top('accounting') + measure.queueBoxPx / 2 - 8);
  });

  test('without an exchange of its own, ways of dead letters over the default one run before the queues', () => {
    const dead = (key: string): object => ({ 'x-dead-letter-exchange': '', 'x-dead-letter-routing-key': key });
    const shape = shapeOf([queue('work', dead('retry')), queue('retry', dead('work')), queue('other')]);
    const { deadWays, queueX, queues, width, queueWidth } = insideOf(shape);
    expect(deadWays.map((way) => way.queue)).toEqual(['work', 'retry']);
    const lanes = deadWays.map(({ path }) => Math.min(...path.table.filter((_, n) => n % 2 === 0)));
    expect(new Set(lanes).size).toBe(2);
    for (const lane of lanes) expect(lane).toBeGreaterThan(0);
    expect(queueX + queueWidth).toBeLessThanOrEqual(width);
    expect(queueDy(shape, 'retry')).toBe(queues[1]!.top + measure.queueBoxPx / 2);
  });

  test('a column of exchanges is as wide as its own keys need', () => {
    const long = 'a.rather.long.key';
    const widthWith = (key: string): number =>
      insideOf(
        shapeOf([
          exchange('a'),
          exchange('b'),
          queue('q'),
          binding(1, ['a', 'b', key], 'exchange'),
          binding(2, ['b', 'q', long]),
        ]),
      ).width;
    expect(widthWith(long) - widthWith('')).toBeGreaterThan(100);
  });

  test('queues beyond twelve and keys beyond twenty are summed up, and every queue has a place for its edge', () => {
    const queues = Array.from({ length: 30 }, (_, n) => `q${n}`);
    const shape = shapeOf([
      exchange('orders'),
      ...queues.map((name) => queue(name)),
      ...queues.flatMap((name, n) => [
        binding(2 * n, ['orders', name, `key.${n}`]),
        binding(2 * n + 1, ['orders', name, `other.${n}`]),
      ]),
    ]);
    const inside = insideOf(shape);
    expect(inside.queues).toHaveLength(12);
    expect(inside.hiddenQueues).toHaveLength(18);
    expect(inside.bindings.map(({ text }) => text)).toContain('key.0 other.0');
    for (const name of queues) expect(queueDy(shape, name)).toBeLessThan(brokerHeight(shape));
  });

  test('a binding that is taken away and added again is the same one', () => {
    const shape = shapeOf([
      ...shop,
      { type: 'binding.removed', broker, binding: 'b_1' },
      binding(9, ['orders', 'email', 'order.created']),
    ]);
    expect(insideOf(shape).bindings.map(({ ids }) => ids)).toEqual([['b_1', 'b_9'], ['b_2'], ['b_3']]);
  });

  test('the slots of a queue lie in its box', () => {
    const shape = shapeOf(shop);
    const { queueX, queueWidth, queues } = insideOf(shape);
    const { x, y } = slotAt(shape, 'email', { place: 0, held: 0, heldHidden: 0 });
    expect(x).toBeGreaterThan(queueX);
    expect(x).toBeLessThan(queueX + queueWidth);
    expect(y).toBeGreaterThan(queues[0]!.top);
    expect(y).toBeLessThan(queues[0]!.top + measure.queueBoxPx);
  });
});

describe('the rows of a phone', () => {
  test('have a line for each exchange, and ways of dead letters to exchanges and to queues', () => {
    const reader = new StructureReader();
    shop.forEach((entry, seq) => {
      reader.read({ seq, atMs: 0, ...entry });
    });
    const [group] = groupRows(layOut(reader.structure), reader.structure);
    const y = (name: string): number => group!.unheard.find((each) => each.queue === name)!.y;
    const lines = group!.exchanges.map((line) => line.y);
    expect(group!.exchanges.map((line) => line.exchange)).toEqual(['orders', 'orders.dlx']);
    expect(Math.max(...lines) + rowMeasure.exchangeBoxPx).toBeLessThan(y('email'));
    const ends = group!.deadWays.map(({ queue: of, path }) => [of, path.table.at(-1)]);
    expect(ends).toEqual([
      ['accounting', lines[1]! + rowMeasure.exchangeBoxPx / 2],
      ['retry', y('accounting') + 33],
    ]);
  });
});

test('dead letters go where a policy says, unless the queue was declared with a way of its own', () => {
  const rule = { pattern: '^(email|accounting)$', 'apply-to': 'queues', priority: 0 } as const;
  const dead = { name: 'dead', ...rule, definition: { 'dead-letter-exchange': 'orders' } };
  const definitions = { policies: [dead], parameters: [], queues: [], exchanges: [], bindings: [] };
  const reader = new StructureReader([], { definitions });
  shop.forEach((entry, seq) => {
    reader.read({ seq, atMs: 0, ...entry });
  });
  expect(reader.structure.brokers.get('rabbitmq')!.deadTo).toEqual({
    email: { exchange: 'orders', key: undefined },
    accounting: { exchange: 'orders.dlx', key: 'retry' },
    retry: { exchange: '', key: 'accounting' },
  });
});

describe('a broker of Pub/Sub and streams', () => {
  test('has a box for each channel and pattern, and says at the edges who reads as which group', () => {
    const reader = new StructureReader();
    const listens = (process: string, facts: object): Bare<Entry> => ({
      ...{ type: 'listener.subscribed', broker: 'redis', subscription: process, process, attempts: 1 },
      ...{ listener: process, pattern: 'orders', ...facts },
    });
    const read: Bare<Entry>[] = [
      { type: 'broker.declared', broker: 'redis', kind: 'redis', settings: {} },
      listens('cook', {}),
      listens('bookkeeper', { pattern: 'orders.*', space: 'pattern' }),
      listens('first', { queue: 'stream', pattern: 'stream', group: 'kitchen' }),
      listens('second', { queue: 'stream', pattern: 'stream', group: 'bar' }),
    ];
    read.forEach((entry, seq) => {
      reader.read({ seq, atMs: 0, ...entry });
    });
    const shape = reader.structure.brokers.get('redis')!;
    expect(shape.channels).toEqual(['orders', 'orders.*']);
    const { edges } = layOut(reader.structure);
    const [cook, bookkeeper, first, second] = edges;
    expect(edges.map(({ patterns }) => patterns)).toEqual([[], [], ['kitchen'], ['bar']]);
    expect(bookkeeper!.from.dy - cook!.from.dy).toBe(measure.channelPx);
    expect(first!.from.dy).toBe(second!.from.dy);
    expect(first!.from.dy).toBeGreaterThan(bookkeeper!.from.dy);
  });
});

describe('what is lit inside a broker', () => {
  const { bindings } = insideOf(shapeOf(shop));
  const litIds = (selection: Parameters<typeof litBy>[0]): string[] => [
    ...litBy(selection, broker, bindings, []).bindings,
  ];

  test('a queue lights what leads to it, an exchange what leaves it, a binding itself', () => {
    expect(litIds({ type: 'broker', broker, queue: 'accounting' })).toEqual(['b_2']);
    expect(litIds({ type: 'broker', broker, exchange: 'orders' })).toEqual(['b_1', 'b_2']);
    expect(litIds({ type: 'broker', broker, binding: 'b_3' })).toEqual(['b_3']);
    expect(litIds({ type: 'broker', broker: 'other', queue: 'accounting' })).toEqual([]);
  });

  test('a message lights the bindings that it followed, also those of its death', () => {
    const step = {
      ...{ seq: 1, atMs: 0, broker, keys: [], alternates: [], queues: [], dropped: undefined, properties: {} },
    };
    const lit = litBy({ type: 'message', message: 'm_1' }, broker, bindings, [
      { ...step, exchange: 'orders', bindings: ['b_2'], died: undefined },
      { ...step, exchange: 'orders.dlx', bindings: ['b_3'], died: { queue: 'accounting', reason: 'rejected' } },
    ]);
    expect([...lit.bindings]).toEqual(['b_2', 'b_3']);
    expect([...lit.exchanges]).toEqual(['orders', 'orders.dlx']);
    expect([...lit.died]).toEqual(['accounting']);
  });
});
