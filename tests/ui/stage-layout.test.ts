import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { besideCorner, boundsOf, exceeds, fitted, liesInCorner, type View } from '../../src/ui/stage/bounds';
import type { Box } from '../../src/ui/stage/callout-place';
import { layOut, type StageLayout } from '../../src/ui/stage/layout';
import { pillText, rowText } from '../../src/ui/stage/measure';
import { pillBoxes, routesOf, type Places, type Route } from '../../src/ui/stage/routes';
import { StructureReader, type Structure } from '../../src/ui/stage/structure';
import { sampleEntries, sampleScenario } from '../browser/sample-run';
import { shapedStructure, structures } from './random-structure';

// Properties try many cases, and a busy machine tries them slowly.
vi.setConfig({ testTimeout: 120_000 });
const few = { numRuns: 40 };

function structure(entries = sampleEntries()): Structure {
  const reader = new StructureReader(sampleScenario.processes);
  for (const entry of entries) reader.read(entry);
  return reader.structure;
}

const placesOf = (layout: StageLayout): Map<string, string> =>
  new Map(layout.nodes.map((node) => [node.id, `${node.x} ${node.y}`]));

const meet = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

function pairs<T>(all: readonly T[]): [T, T][] {
  return all.flatMap((a, n) => all.slice(n + 1).map((b): [T, T] => [a, b]));
}

/** Whether a way runs through a box, its edge left out. */
function runsThrough({ path }: Route, box: Box): boolean {
  const inner = { x: box.x + 1, y: box.y + 1, width: box.width - 2, height: box.height - 2 };
  for (let n = 0; n < path.table.length; n += 2) {
    const point = { x: path.table[n]!, y: path.table[n + 1]!, width: 0.01, height: 0.01 };
    if (meet(point, inner)) return true;
  }
  return false;
}

describe('the layout of the stage', () => {
  test('runs from publishers over the broker to those who listen', () => {
    const x = new Map(layOut(structure()).nodes.map((node) => [node.name, node.x]));
    expect(x.get('shop')!).toBeLessThan(x.get('shop-bus')!);
    for (const name of ['email', 'accounting', 'sms']) expect(x.get(name)!).toBeGreaterThan(x.get('shop-bus')!);
  });

  test('stands listeners in the order in which they subscribed', () => {
    const nodes = layOut(structure()).nodes.filter((node) => ['email', 'accounting', 'sms'].includes(node.name));
    expect(nodes.sort((a, b) => a.y - b.y).map((node) => node.name)).toEqual(['email', 'accounting', 'sms']);
  });

  test('is the same for the same structure, and does not change when a process comes back', () => {
    expect(layOut(structure())).toEqual(layOut(structure()));
    const shorter = sampleEntries().filter((entry) => entry.atMs < 3600);
    expect(layOut(structure(shorter))).toEqual(layOut(structure()));
  });

  test('lets no two nodes and no two binding keys overlap, whatever talks to whatever', () => {
    fc.assert(
      fc.property(structures, (shape) => {
        const layout = layOut(shape);
        for (const [a, b] of pairs(layout.nodes)) expect(meet(a, b), `${a.id} and ${b.id}`).toBe(false);
        const pills = [...routesOf(layout, {}).values()].flatMap(pillBoxes);
        for (const [a, b] of pairs(pills)) expect(meet(a, b)).toBe(false);
        for (const pill of pills) for (const node of layout.nodes) expect(meet(pill, node), node.id).toBe(false);
      }),
      few,
    );
  });

  test('leads no edge through a node, whatever talks to whatever', () => {
    fc.assert(
      fc.property(structures, (shape) => {
        const layout = layOut(shape);
        for (const route of routesOf(layout, {}).values())
          for (const node of layout.nodes)
            expect(runsThrough(route, node), `${route.edge.id} through ${node.id}`).toBe(false);
      }),
      few,
    );
  });

  test('leaves everything where it was when a service comes in that hears the last of the queues', () => {
    const names = ['email', 'sms', 'stock', 'slack'];
    const three = names.slice(0, 3).map((name) => ({ name, hears: [{ broker: 'orders', queue: name }] }));
    const before = placesOf(layOut(shapedStructure([{ name: 'shop', publishes: ['orders'] }, ...three])));
    const more = [...three, { name: 'slack', hears: [{ broker: 'orders', queue: 'slack' }] }];
    const after = placesOf(layOut(shapedStructure([{ name: 'shop', publishes: ['orders'] }, ...more])));
    for (const [id, place] of before) expect(after.get(id), id).toBe(place);
  });

  test('leaves everything where it was when one more listens to the bus itself', () => {
    const of = (count: number) =>
      layOut(
        shapedStructure([
          { name: 'shop', publishes: ['orders'] },
          ...Array.from({ length: count }, (_, n) => ({ name: `service-${n}`, hears: [{ broker: 'orders' }] })),
        ]),
      );
    for (let count = 1; count < 6; count++) {
      const after = placesOf(of(count + 1));
      for (const [id, place] of placesOf(of(count))) expect(after.get(id), id).toBe(place);
    }
  });

  test('draws a service level with the queue that it takes from', () => {
    const layout = layOut(
      shapedStructure(['email', 'sms', 'stock'].map((name) => ({ name, hears: [{ broker: 'orders', queue: name }] }))),
    );
    for (const { path } of routesOf(layout, {}).values()) {
      expect(path.table.at(-1)).toBeCloseTo(path.table[1]!, 0);
    }
  });

  test('marks each of several ways into one broker where it is alone, so that each can be seen and chosen', () => {
    for (const count of [2, 3, 4, 6, 9]) {
      const shops = Array.from({ length: count }, (_, n) => ({ name: `shop-${n}`, publishes: ['orders'] }));
      const layout = layOut(shapedStructure([...shops, { name: 'email', hears: [{ broker: 'orders' }] }]));
      const marks = [...routesOf(layout, {}).values()].filter(({ edge }) => edge.type === 'publish');
      expect(marks).toHaveLength(count);
      for (const [a, b] of pairs(marks)) {
        const far = Math.hypot(a.mark.x - b.mark.x, a.mark.y - b.mark.y);
        expect(far, `${a.edge.id} and ${b.edge.id} of ${count}`).toBeGreaterThanOrEqual(14);
      }
    }
  });
});

describe('a graph that is too wide', () => {
  const pattern = 'customer.address.changed.late';
  const chain = (...last: string[]) =>
    shapedStructure([
      { name: 'bank', publishes: ['payments'] },
      { name: 'gateway', hears: [{ broker: 'payments', pattern }], publishes: ['orders'] },
      ...last.map((name) => ({ name, hears: [{ broker: 'orders', pattern }] })),
    ]);
  const whole = (layout: StageLayout): number => Math.max(...layout.nodes.map(({ x, width }) => x + width));

  test('stands what feeds one node alone above it, with a way straight down past its key', () => {
    const layout = layOut(chain('email', 'audit'));
    const node = (id: string) => layout.nodes.find((each) => each.id === id)!;
    expect(whole(layout)).toBeLessThan(820);
    expect(node('service:gateway').x).toBe(node('broker:payments').x);
    const down = [...routesOf(layout, {}).values()].filter((route) => route.down);
    expect(down.map(({ edge }) => edge.id)).toContainEqual(expect.stringMatching(/^subscribe gateway/));
    for (const { path, edge } of down) {
      expect(path.heading).toEqual({ x: 0, y: 1 });
      expect(path.table[1]).toBe(node(edge.from.node).y + node(edge.from.node).height);
      expect(path.table.at(-1)).toBe(node(edge.to.node).y);
    }
  });

  test('leads to a node that was moved away from below as to any other', () => {
    const layout = layOut(chain('email', 'audit'));
    const routes = routesOf(layout, { 'service:gateway': { x: 400, y: -300 } });
    expect([...routes.values()].find(({ edge }) => edge.service === 'gateway')?.down).toBeUndefined();
  });

  test('stands what alone feeds a node above it, also when it feeds others further on', () => {
    const { services, ...rest } = chain('email');
    const layout = layOut({ ...rest, services, calls: [{ from: 'gateway', to: 'email', routes: [] }] });
    const node = (id: string) => layout.nodes.find((each) => each.id === id)!;
    expect(node('broker:orders').x).toBe(node('service:gateway').x);
    const routes = routesOf(layout, {});
    for (const pill of [...routes.values()].flatMap(pillBoxes))
      expect(runsThrough(routes.get('call gateway email')!, pill)).toBe(false);
  });

  test('writes into the cards what stood on the ways, when it is too wide for all else', () => {
    const names = ['one', 'two', 'three'];
    const both = names.map((name) => ({ name, hears: ['a', 'b'].map((broker) => ({ broker, pattern })) }));
    const shape = shapedStructure([
      { name: 'shop', hears: [{ broker: 'a', pattern }], publishes: ['a', 'b'] },
      { name: 'saga', hears: [{ broker: 'a', pattern: 'order.#' }], publishes: ['a'] },
      ...both,
    ]);
    const layout = layOut(shape);
    expect(whole(layout)).toBeLessThan(820);
    expect(layout.edges.filter(({ type }) => type === 'subscribe').map(({ key }) => key)).toEqual(Array(8).fill(''));
    const one = shape.services.get('one')!;
    expect(rowText(one, one.listeners)).toBe('listener0');
    expect(rowText({ ...one, keyed: true }, one.listeners)).toBe(pattern);
  });

  test('has what is fed from the foot of a tower stand beside it, not below it', () => {
    const names = Array.from({ length: 8 }, (_, n) => `service-${String(n)}`);
    const { nodes } = layOut(chain(...names));
    const highest = Math.min(...nodes.filter(({ name }) => names.includes(name)).map(({ y }) => y));
    expect(highest).toBeLessThan(nodes.find(({ id }) => id === 'broker:orders')!.y);
  });
});

test('who call each other and are called by a third stand in one column, with ways right of it', () => {
  const names = ['kyiv', 'lviv', 'odesa'];
  const pairsOf = names.flatMap((from) => names.filter((to) => to !== from).map((to) => ({ from, to, routes: [] })));
  const calls = [...names.map((to) => ({ from: 'customers', to, routes: [] })), ...pairsOf];
  const layout = layOut({ ...shapedStructure(['customers', ...names].map((name) => ({ name }))), calls });
  const peers = layout.nodes.filter(({ name }) => name !== 'customers');
  expect(new Set(peers.map(({ x }) => x)).size).toBe(1);
  const right = peers[0]!.x + peers[0]!.width;
  for (const { edge, path } of routesOf(layout, {}).values()) {
    if (edge.service === 'customers') continue;
    expect(path.heading).toEqual({ x: -1, y: 0 });
    expect(Math.min(...path.table.filter((_, n) => n % 2 === 0))).toBeGreaterThanOrEqual(right);
  }
});

describe('one function for several patterns', () => {
  test('is one row of its process, with one way that names them', () => {
    const structure = shapedStructure([
      { name: 'audit', hears: ['a', 'b', 'c'].map((key) => ({ broker: 'orders', pattern: key })) },
    ]);
    const [audit] = structure.services.values();
    const listeners = audit!.listeners.map((each) => ({ ...each, listener: 'write' }));
    const services = new Map([['audit', { ...audit!, listeners }]]);
    const { edges } = layOut({ ...structure, services });
    expect(edges.map(({ patterns }) => patterns)).toEqual([['a', 'b', 'c']]);
    expect(pillText(['a', 'b', 'c'])).toBe('a b +1');
    expect(pillText(['customer.registered', 'customer.confirmed', 'customer.left'])).toBe('customer.registered +2');
  });
});

describe('the ways of the edges', () => {
  const shop = shapedStructure([
    { name: 'shop', publishes: ['orders'] },
    { name: 'order-service', hears: [{ broker: 'orders', queue: 'checkout' }], publishes: ['orders'] },
    { name: 'email', hears: [{ broker: 'orders', queue: 'email' }], publishes: ['orders'] },
    { name: 'audit', hears: [{ broker: 'orders' }] },
  ]);

  test('put a process that publishes and listens once, right of its broker', () => {
    const layout = layOut(shop);
    const node = (id: string) => layout.nodes.find((each) => each.id === id)!;
    expect(layout.nodes.filter((each) => each.name === 'email')).toHaveLength(1);
    expect(node('service:email').x).toBeGreaterThan(node('broker:orders').x);
  });

  test('run back to a broker over neither a node nor a binding key', () => {
    const layout = layOut(shop);
    const routes = [...routesOf(layout, {}).values()];
    const back = routes.filter(({ edge }) => edge.type === 'publish' && edge.service !== 'shop');
    expect(back).toHaveLength(2);
    for (const route of back) {
      for (const node of layout.nodes) expect(runsThrough(route, node), `${route.edge.id} over ${node.id}`).toBe(false);
      for (const pill of routes.flatMap(pillBoxes)) expect(runsThrough(route, pill)).toBe(false);
    }
  });

  test('carry their key on themselves, and a message never stands under it', () => {
    for (const route of routesOf(layOut(shop), {}).values()) {
      const { pill, path } = route;
      if (pill === undefined) continue;
      expect(pill.y).toBeCloseTo(path.table.at(-1)!, 0);
      for (const box of pillBoxes(route)) expect(runsThrough(route, box)).toBe(false);
    }
  });

  test('follow a node that was moved, wherever it was put', () => {
    const layout = layOut(shop);
    const place = fc.record({ x: fc.integer({ min: -800, max: 800 }), y: fc.integer({ min: -800, max: 800 }) });
    const ids = layout.nodes.map((node) => node.id);
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...ids), place, { noNullPrototype: true }), (places: Places) => {
        const routes = routesOf(layout, places);
        expect(routes.size).toBe(layout.edges.length);
        for (const { edge, path } of routes.values()) {
          const from = layout.nodes.find((node) => node.id === edge.from.node)!;
          const at = places[from.id] ?? from;
          expect([path.table[0], path.table[1]]).toEqual([at.x + from.width, at.y + edge.from.dy]);
          expect([...path.table].every(Number.isFinite)).toBe(true);
        }
      }),
    );
  });
});

describe('the view of the stage', () => {
  const room = { width: 700, height: 400 };
  const limits = { marginPx: 12, zoomMin: 0.2, zoomMax: 1.15 };

  test('holds every node and every edge once it is fitted, in the middle', () => {
    fc.assert(
      fc.property(structures, (shape) => {
        const layout = layOut(shape);
        const routes = [...routesOf(layout, {}).values()].map((route) => route.path);
        const bounds = boundsOf(layout.nodes, routes)!;
        const view = fitted(bounds, room, limits);
        fc.pre(view.zoom > limits.zoomMin);
        expect(exceeds(bounds, view, room)).toBe(false);
        expect(view.x + (bounds.x + bounds.width / 2) * view.zoom).toBeCloseTo(room.width / 2);
      }),
      few,
    );
  });

  test('leaves the lower left corner free where there is room enough beside it', () => {
    const corner = { width: 120, height: 160 };
    const box = { x: 0, y: 0, width: 600, height: 300 };
    const at = (bounds: Box, boxes: readonly Box[]): number =>
      besideCorner({ x: 50, y: 50, zoom: 1 }, { bounds, boxes }, room, { corner, ...limits }).x;
    expect(at({ ...box, width: 300 }, [{ ...box, width: 300 }])).toBe(120);
    expect(at(box, [box])).toBe(50);
    expect(at({ ...box, width: 300 }, [{ ...box, width: 300, height: 150 }])).toBe(50);
  });

  test('knows whether a box, as it is seen, lies in the lower left corner', () => {
    const corner = { width: 120, height: 160 };
    const seen = (box: Partial<Box>, view: Partial<View> = {}): boolean =>
      liesInCorner([{ x: 0, y: 0, width: 100, height: 40, ...box }], { x: 0, y: 0, zoom: 1, ...view }, room, corner);
    const top = room.height - corner.height;
    expect(seen({ y: top - 40 })).toBe(false);
    expect(seen({ y: top - 39 })).toBe(true);
    expect(seen({ y: top, x: 120 })).toBe(false);
    expect(seen({ y: top, x: 119 })).toBe(true);
    expect(seen({ y: room.height })).toBe(false);
    expect(seen({ y: top, x: -100 })).toBe(false);
    expect(seen({ y: top, x: 119 }, { zoom: 0.5 })).toBe(false);
    expect(seen({}, { y: top })).toBe(true);
  });

  test('is exceeded by a graph that was moved or zoomed out of it', () => {
    const bounds = { x: 0, y: 0, width: 600, height: 300 };
    expect(exceeds(bounds, { x: 0, y: 0, zoom: 1 }, room)).toBe(false);
    expect(exceeds(bounds, { x: -50, y: 0, zoom: 1 }, room)).toBe(true);
    expect(exceeds(bounds, { x: 0, y: 0, zoom: 1.5 }, room)).toBe(true);
    expect(exceeds(undefined, { x: 0, y: 0, zoom: 1 }, room)).toBe(false);
  });
});
