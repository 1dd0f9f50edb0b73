import type { ComparisonFigure, ScenarioWords } from '../../scenario/scenario';
import type { SideFigures } from '../../projections/compare-sides';
import type { enComparison } from '../text/en-comparison';
import type { Translated } from '../text/text';
import type { Format, Language } from '../text/format';

export type ComparisonText = Translated<typeof enComparison>;

/** What is measured of a side besides what its flows tell. */
export interface MeasuredSide {
  readonly figures: SideFigures;
  readonly lines: number;
  /** By the name that was shown; undefined until a process has shown it. */
  readonly own: ReadonlyMap<string, number>;
}

export interface FigureRow {
  readonly name: string;
  readonly how: string;
  readonly cells: readonly [FigureCell, FigureCell];
  /** Which side is better; undefined: they are even, or one has no figure yet. */
  readonly winner: 0 | 1 | undefined;
}

export interface FigureCell {
  readonly text: string;
  /** Of how many requests it was taken, where that is not all of them: `24 of 29`. */
  readonly taken: string | undefined;
  /** Of the larger of the two, 0 to 1. */
  readonly share: number;
  readonly value: number;
}

interface Words {
  readonly name: string;
  readonly how: string;
}
interface Measure {
  readonly words: Words;
  readonly better: 'less' | 'more';
  readonly value: (side: MeasuredSide) => number;
  readonly text: (side: MeasuredSide) => string;
  /** The requests that the figure is taken of; absent: all of them. */
  readonly takenOf?: (figures: SideFigures) => number;
}

/** The table of a comparison: every row is a figure of both sides, in the same unit. */
export function figureRows(
  sides: readonly [MeasuredSide, MeasuredSide],
  own: readonly ComparisonFigure[],
  t: ComparisonText,
  format: Format,
): readonly FigureRow[] {
  return measures(own, t, format).map(({ words: { name, how }, better, value, text, takenOf }) => {
    const values = [value(sides[0]), value(sides[1])] as const;
    const most = Math.max(...values.filter((each) => !Number.isNaN(each)), 0);
    const cell = (at: 0 | 1): FigureCell => {
      const isKnown = !Number.isNaN(values[at]);
      const { flows } = sides[at].figures;
      const taken = takenOf?.(sides[at].figures) ?? flows;
      return {
        value: values[at],
        text: isKnown ? text(sides[at]) : t.none,
        taken: isKnown && taken < flows ? t.of(taken, flows) : undefined,
        share: isKnown && most > 0 ? values[at] / most : 0,
      };
    };
    return { name, how, cells: [cell(0), cell(1)], winner: winnerOf(values, better) };
  });
}

/** How many rows each side wins, and how many are even. */
export function scoreOf(rows: readonly FigureRow[]): {
  readonly wins: readonly [number, number];
  readonly even: number;
} {
  const won = (side: 0 | 1): number => rows.filter(({ winner }) => winner === side).length;
  return { wins: [won(0), won(1)], even: rows.length - won(0) - won(1) };
}

function winnerOf([one, other]: readonly [number, number], better: 'less' | 'more'): 0 | 1 | undefined {
  if (one === other || Number.isNaN(one) || Number.isNaN(other)) return undefined;
  return one < other === (better === 'less') ? 0 : 1;
}

function measures(own: readonly ComparisonFigure[], t: ComparisonText, format: Format): readonly Measure[] {
  const { rows } = t;
  // Below half a millisecond two times are the same.
  const time = (words: Words, takenOf: 'accepted' | 'done', of: (figures: SideFigures) => number): Measure => {
    const value = ({ figures }: MeasuredSide): number => Math.round(of(figures));
    const text = (side: MeasuredSide): string => format.duration(value(side));
    return { words, better: 'less', value, text, takenOf: (figures) => figures[takenOf] };
  };
  const count = (
    words: Words,
    better: 'less' | 'more',
    of: (figures: SideFigures) => number,
    text: (value: number, figures: SideFigures) => string = (value) => format.number(value),
  ): Measure => ({
    words,
    better,
    value: ({ figures }) => of(figures),
    text: ({ figures }) => text(of(figures), figures),
  });
  return [
    time(rows.answerP50, 'accepted', (side) => side.answerP50Ms),
    time(rows.answerP95, 'accepted', (side) => side.answerP95Ms),
    time(rows.wholeP50, 'done', (side) => side.wholeP50Ms),
    time(rows.wholeP95, 'done', (side) => side.wholeP95Ms),
    count(
      rows.refused,
      'less',
      (side) => side.refused,
      (value, { flows }) => t.of(value, flows),
    ),
    count(
      rows.reactions,
      'more',
      (side) => side.reactions / side.expected,
      (_, side) => t.of(side.reactions, side.expected),
    ),
    count(rows.pending, 'less', (side) => side.pending),
    count(
      rows.donePerSecond,
      'more',
      (side) => Number(side.donePerSecond.toFixed(2)),
      (value) => t.perSecond(value),
    ),
    count(rows.atOnce, 'less', (side) => side.atOnce),
    count(
      rows.knows,
      'less',
      (side) => side.knownServices + side.knownBrokers,
      (_, side) => t.known(side.knownServices, side.knownBrokers),
    ),
    count(rows.callsBefore, 'less', (side) => side.callsBeforeAnswer),
    count(rows.steps, 'less', (side) => side.steps),
    count(
      rows.withId,
      'more',
      (side) => side.stepsWithId / side.steps,
      (_, side) => t.of(side.stepsWithId, side.steps),
    ),
    count(rows.parts, 'less', (side) => side.parts),
    { words: rows.lines, better: 'less', value: ({ lines }) => lines, text: ({ lines }) => format.number(lines) },
    ...own.map(({ show, name = show, better }): Measure => {
      const value = ({ own }: MeasuredSide): number => own.get(show) ?? NaN;
      const words = { name: inLanguage(name, format.language), how: rows.own };
      return { words, better, value, text: (side) => format.number(value(side)) };
    }),
  ];
}

export function inLanguage(words: ScenarioWords, language: Language): string {
  return typeof words === 'string' ? words : words[language];
}
