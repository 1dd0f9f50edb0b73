import { expect, test } from 'vitest';
import { createNodeHost } from '../../src/headless/node-host';
import { createStream } from '../../src/kernel/random';
import { World } from '../../src/runtime/world';
import { WorldPort, wakesPerInstantMax } from '../../src/runtime/world-port';
import { emptyScenario } from '../../src/scenario/limits';

function portOf(world: World): WorldPort {
  return new WorldPort(world, 'shop', createStream(1, 'broker shop'));
}

/** Takes tasks off as a run does, until there are none or the world says that it is over. */
function work(world: World): void {
  for (let task = world.agenda.take(); task !== undefined; task = world.agenda.take()) {
    task.run();
    if (world.isStuck) return;
  }
}

test('a broker that has itself woken at the same instant again and again comes to a limit, which the log names', () => {
  const world = new World(emptyScenario, createNodeHost());
  const port = portOf(world);
  let woken = 0;
  // Less than a microsecond later is the same instant.
  const again = (): void => {
    woken += 1;
    port.wakeAt(port.nowMs + 0.000_3, again);
  };
  port.wakeAt(5, again);
  work(world);
  expect(world.isStuck).toBe(true);
  expect(woken).toBe(wakesPerInstantMax + 1);
  expect(world.journal.take()).toMatchObject([
    { type: 'limit.reached', atMs: 5, limit: 'wakes-per-instant', max: wakesPerInstantMax, broker: 'shop' },
  ]);
});

test('however many wakes are due at one instant, it is no limit when they were asked for before', () => {
  const world = new World(emptyScenario, createNodeHost());
  const port = portOf(world);
  let woken = 0;
  for (let wake = 0; wake < wakesPerInstantMax + 10; wake += 1) port.wakeAt(7, () => (woken += 1));
  work(world);
  expect(woken).toBe(wakesPerInstantMax + 10);
  expect(world.isStuck).toBe(false);
});

test('each instant counts for itself', () => {
  const world = new World(emptyScenario, createNodeHost());
  const port = portOf(world);
  let woken = 0;
  const again = (): void => {
    woken += 1;
    if (woken < wakesPerInstantMax * 2) port.wakeAt(woken === wakesPerInstantMax ? port.nowMs + 1 : port.nowMs, again);
  };
  port.wakeAt(0, again);
  work(world);
  expect(woken).toBe(wakesPerInstantMax * 2);
  expect(world.isStuck).toBe(false);
});
