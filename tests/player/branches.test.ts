import { describe, expect, test } from 'vitest';
import { Branches } from '../../src/player/branches';
import { emptyScenario } from '../../src/scenario/limits';
import type { Scenario } from '../../src/scenario/scenario';

const withSeed = (seed: number): Scenario => ({ ...emptyScenario, seed });

describe('what can be taken back', () => {
  test('in a branch is also what led to it, while the future it gave up stays as it was', () => {
    const branches = new Branches(withSeed(1));
    branches.change(withSeed(2));
    branches.change(withSeed(3), { forkMs: 500 });
    expect(branches.list.map(({ current }) => current)).toEqual([false, true]);
    branches.undo();
    expect(branches.definition.seed).toBe(2);
    branches.undo();
    expect(branches.definition.seed).toBe(1);
    expect(branches.canUndo).toBe(false);
    branches.redo();
    branches.redo();
    expect(branches.definition.seed).toBe(3);
    branches.switchTo(0);
    expect(branches.definition.seed).toBe(2);
    branches.undo();
    expect(branches.definition.seed).toBe(1);
  });

  test('does not join an edit of the branch before', () => {
    const branches = new Branches(withSeed(1));
    branches.change(withSeed(2), { joins: 'edit a.ts 0' });
    branches.change(withSeed(3), { joins: 'edit a.ts 0', forkMs: 500 });
    branches.undo();
    expect(branches.definition.seed).toBe(2);
  });
});
