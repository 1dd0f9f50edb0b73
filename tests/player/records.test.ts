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

test('another scenario is recorded in a place of its own, and what nobody has seen anything of is recorded anew', () => {
  const player = new RunPlayer({
    createSandbox: () => sandbox,
    nowMs: () => 0,
    onFrame: () => () => undefined,
  });
  const begun: string[] = [];
  player.observe({
    begun: ({ title, seed }, { replaces }) => void begun.push(`${title} ${seed}${replaces ? ', in its place' : ''}`),
    segment: nothing,
    left: nothing,
    ended: nothing,
    branched: nothing,
  });
  player.open(newScenario('A'), { autoplay: true });
  player.setSeed(2);
  player.open(newScenario('B'), { autoplay: true });
  expect(begun).toEqual(['A 1', 'A 2, in its place', 'B 1']);
});
