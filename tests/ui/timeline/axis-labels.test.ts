import { describe, expect, test } from 'vitest';
import { axisLabels } from '../../../src/ui/timeline/axis-labels';

describe('the words of the time axis', () => {
  const fold = (fromX: number, toX: number, waitMs: number) => ({
    fromMs: fromX,
    toMs: toX,
    fromX,
    toX,
    waitMs,
    folded: true,
  });
  const lengthOf = (waitMs: number) => ({ whole: `${String(waitMs)} seconds`, about: `${String(waitMs)} s` });
  const away = { fromX: -80, toX: -10 };

  test('say the longest waits where there is no room for all', () => {
    const folds = [fold(0, 20, 5), fold(24, 44, 300), fold(48, 68, 30)];
    const { folds: labels } = axisLabels({ widthPx: 600, folds, ticks: [], lengthOf, flag: away });
    expect(labels.map(({ text }) => text)).toEqual(['300 s']);
  });

  test('say a length in full where its fold is wide enough, and never below the flag of the playhead', () => {
    const folds = [fold(100, 200, 40), fold(300, 400, 50)];
    const labelled = axisLabels({ widthPx: 600, folds, ticks: [], lengthOf, flag: { fromX: 120, toX: 190 } });
    expect(labelled.folds.map(({ text, x }) => [text, x])).toEqual([['50 seconds', 350]]);
  });

  test('leave out an instant that a length runs into, or that has no room at the right', () => {
    const ticks = [0, 60, 180, 580].map((x) => ({ atMs: x, x, label: '00:01' }));
    const folds = [fold(90, 100, 70)];
    const { ticks: shown } = axisLabels({ widthPx: 600, folds, ticks, lengthOf, flag: away });
    expect(shown.map(({ x }) => x)).toEqual([0, 180]);
  });
});
