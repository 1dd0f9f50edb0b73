import { describe, expect, it } from 'vitest';
import { fileNameProblem, freeFileName } from '../../../src/ui/editor/file-names';
import { fittingTabs } from '../../../src/ui/editor/fitting-tabs';

describe('names of files', () => {
  it('say what is wrong with them', () => {
    const problem = (name: string, current?: string) => fileNameProblem(name, ['a.ts', 'b.ts'], current);
    expect(problem('c.ts')).toBeUndefined();
    expect(problem('lib/c.mjs')).toBeUndefined();
    expect(problem('a.ts', 'a.ts')).toBeUndefined();
    expect(problem('a.ts')).toBe('taken');
    expect(problem(' ')).toBe('empty');
    expect(problem('c.txt')).toBe('kind');
    expect(problem('../c.ts')).toBe('characters');
    expect(problem('/c.ts')).toBe('characters');
    expect(problem('два.ts')).toBe('characters');
    expect(problem(`${'x'.repeat(80)}.ts`)).toBe('long');
  });

  it('are found free', () => {
    expect(freeFileName([])).toBe('listener.ts');
    expect(freeFileName(['listener.ts', 'listener-2.ts'])).toBe('listener-3.ts');
  });
});

describe('tabs', () => {
  it('all stand when there is room', () => {
    expect(fittingTabs([100, 100, 100], 0, 300)).toEqual([0, 1, 2]);
  });

  it('leave out what does not fit, never the active one', () => {
    expect(fittingTabs([100, 100, 100, 100], 3, 300)).toEqual([0, 3]);
    expect(fittingTabs([100, 100, 100, 100], 0, 300)).toEqual([0, 1]);
    expect(fittingTabs([500, 100], 0, 300)).toEqual([0]);
    expect(fittingTabs([], 0, 300)).toEqual([]);
  });
});
