import { expect, test } from 'vitest';
import { RunPlayer } from '../../src/player/player';
import { newScenario } from '../../src/scenario/new-scenario';

test('another scenario is recorded in a place of its own, and what nobody has seen anything of is recorded anew', () => {
  const player = new RunPlayer({
    createSandbox: () => ({ start: () => 1, advance: () => undefined, kill: () => undefined, close: () => undefined }),
    nowMs: () => 0,
    onFrame: () => () => undefined,
  });
  const begun: string[] = [];
  player.observe({
    begun: ({ title, seed }, { replaces }) => void begun.push(`${title} ${seed}${replaces ? ', in its place' : ''}`),
    segment: () => undefined,
    ended: () => undefined,
    branched: () => undefined,
  });
  player.open(newScenario('A'), { autoplay: true });
  player.setSeed(2);
  player.open(newScenario('B'), { autoplay: true });
  expect(begun).toEqual(['A 1', 'A 2, in its place', 'B 1']);
});
