import { expect, test } from 'vitest';
import { RunPlayer } from '../../src/player/player';
import type { Sandbox } from '../../src/sandbox/host';
import { newScenario } from '../../src/scenario/new-scenario';

const nothing = (): undefined => undefined;
const sandbox: Sandbox = {
  warm: nothing,
  start: () => 1,
  intervene: nothing,
  advance: nothing,
  kill: nothing,
  close: nothing,
};

test('another scenario is recorded in a place of its own, what nobody has seen anything of is recorded anew, and what changes no entry is kept with it', () => {
  const player = new RunPlayer({
    createSandbox: () => sandbox,
    nowMs: () => 0,
    onFrame: () => () => undefined,
  });
  const begun: string[] = [];
  const redefined: unknown[] = [];
  player.observe({
    begun: ({ title, seed }, { replaces }) => void begun.push(`${title} ${seed}${replaces ? ', in its place' : ''}`),
    redefined: ({ layout }) => void redefined.push(layout),
    segment: nothing,
    left: nothing,
    ended: nothing,
    branched: nothing,
  });
  player.open(newScenario('A'), { autoplay: true });
  player.setSeed(2);
  player.open(newScenario('B'), { autoplay: true });
  const layout = { shop: { x: 40, y: 80 } };
  player.define({ ...player.scenario, layout });
  player.undo();
  expect(begun).toEqual(['A 1', 'A 2, in its place', 'B 1']);
  expect(redefined).toEqual([layout, undefined]);
});
