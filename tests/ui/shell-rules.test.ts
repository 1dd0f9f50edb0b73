import { describe, expect, test } from 'vitest';
import { emptyTrail, follow, sameSelection, walk } from '../../src/ui/selection';
import { commandFor } from '../../src/ui/shell/keys';
import { layoutKind, sizes } from '../../src/ui/shell/measures';
import { neighbourSpeed, readSeed, speedChoices } from '../../src/ui/topbar/transport';

const press = (key: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', boolean>> = {}) =>
  commandFor({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held });

describe('the layout', () => {
  test.each([
    [360, 'phone'],
    [767, 'phone'],
    [768, 'code-drawer'],
    [1023, 'code-drawer'],
    [1024, 'inspector-drawer'],
    [1279, 'inspector-drawer'],
    [1280, 'wide'],
  ])('%d px wide is %s', (widthPx, kind) => {
    expect(layoutKind(widthPx)).toBe(kind);
  });

  test('has the measures of the picture at 1440 × 900', () => {
    expect(sizes({}, { widthPx: 1440, heightPx: 900 })).toEqual({ codePx: 400, inspectorPx: 311, lowerPx: 316 });
  });

  test('has the whole of the code as a drawer, which takes nothing from the stage', () => {
    expect(sizes({}, { widthPx: 768, heightPx: 1024 }).codePx).toBe(400);
    expect(sizes({ codePx: 5000 }, { widthPx: 768, heightPx: 1024 }).codePx).toBe(646);
  });

  test('gives a third of what is wider than 1600 to the inspector', () => {
    expect(sizes({}, { widthPx: 1900, heightPx: 900 }).inspectorPx).toBe(411);
  });

  test('never lets a dragged splitter press another pane below its least size', () => {
    const pressed = sizes({ codePx: 5000, inspectorPx: 5000, lowerPx: 5000 }, { widthPx: 1440, heightPx: 900 });
    expect(1440 - pressed.codePx - pressed.inspectorPx - 2).toBeGreaterThanOrEqual(420);
    expect(pressed.lowerPx).toBe(900 - 48 - 220);
    const small = sizes({ codePx: 0, inspectorPx: 0, lowerPx: 0 }, { widthPx: 1440, heightPx: 900 });
    expect(small).toEqual({ codePx: 320, inspectorPx: 280, lowerPx: 180 });
  });
});

describe('keys', () => {
  test('are those of the help', () => {
    expect([' ', 'ArrowLeft', 'ArrowRight', 'Home', 'End', '?'].map((key) => press(key))).toEqual([
      'run-or-pause',
      'step-back',
      'step-forward',
      'start',
      'end',
      'help',
    ]);
    expect(press('Enter', { ctrlKey: true })).toBe('run');
    expect(press('Enter', { metaKey: true })).toBe('run');
    expect(press('ArrowLeft', { altKey: true })).toBe('selection-back');
    expect(['n', 'N', 'с', 'у'].map((key) => press(key))).toEqual([
      'next-failure',
      'previous-failure',
      'cause',
      'code',
    ]);
    expect(['x', 'к', '2', '5'].map((key) => press(key))).toEqual(['crash', 'restart', 'to-stage', 'to-inspector']);
    expect(['z', 'Z', 'y', 'я'].map((key) => press(key, { ctrlKey: true }))).toEqual(['undo', 'undo', 'redo', 'undo']);
    expect(press('Z', { metaKey: true, shiftKey: true })).toBe('redo');
  });

  test("leave the browser's own alone", () => {
    expect(press('p', { altKey: true })).toBeUndefined();
    expect(press('p', { ctrlKey: true })).toBeUndefined();
    expect(press('Enter')).toBeUndefined();
    expect(press('constructor')).toBeUndefined();
  });
});

describe('the trail of selections', () => {
  const message = { type: 'message', message: 'm_1' } as const;
  const process = { type: 'process', process: 'sms' } as const;

  test('goes back and forward, and a new step drops what lay ahead', () => {
    const there = follow(follow(emptyTrail, message), process);
    const back = walk(there, -1);
    expect(back.steps[back.at]).toEqual(message);
    expect(walk(back, 1).at).toBe(2);
    const elsewhere = follow(back, { type: 'entry', seq: 4 });
    expect(walk(elsewhere, 1)).toBe(elsewhere);
  });

  test('does not grow by selecting the same thing again', () => {
    const there = follow(emptyTrail, message);
    expect(follow(there, { ...message })).toBe(there);
    expect(sameSelection(message, { ...message, seq: 3 })).toBe(false);
  });
});

describe('run controls', () => {
  test('keep a speed that no list knows in its place', () => {
    expect(speedChoices(3).slice(4, 8)).toEqual([1, 2, 3, 5]);
    expect(neighbourSpeed(3, 'faster')).toBe(5);
    expect(neighbourSpeed(3, 'slower')).toBe(2);
    expect(neighbourSpeed(100_000, 'faster')).toBe(100_000);
  });

  test('take whole seeds of 32 bits and nothing else', () => {
    expect(['7', '0', '4294967295'].map(readSeed)).toEqual([7, 0, 4_294_967_295]);
    expect(['', ' ', '-1', '1.5', '4294967296', 'x'].map(readSeed)).toEqual(Array(6).fill(undefined));
  });
});
