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
  /** Files to be written or changed when one more service is to react. */
  readonly filesForOneMore: number;
  /** By the name that was shown; undefined until a process has shown it. */
  readonly own: ReadonlyMap<string, number>;
  /** Of further runs of the same sides: every step slower; much load with the workers there are, and with more. */
  readonly slower?: FurtherFigures;
  readonly fewWorkers?: FurtherFigures;
  readonly moreWorkers?: FurtherFigures;
}

/** Undefined until they are computed. */
type FurtherFigures = SideFigures | 'failed' | undefined;

export interface FigureRow {
  readonly name: string;
  readonly how: string;
  readonly cells: readonly [FigureCell, FigureCell];
  /** Which side is better; undefined: they are even, or one has no figure yet. */
  readonly winner: 0 | 1 | undefined;
}

/** A row over several runs. */
export interface FigureSpread {
  /** The middle run, and from the least to the most. */
  readonly texts: readonly [string, string];
  /** In how many runs each side was better. */
  readonly wins: readonly [number, number];
  readonly runs: number;
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
  /** Of how many requests it is taken; absent: of all. */
  readonly taken?: (side: MeasuredSide) => { readonly of: number; readonly all: number } | undefined;
  /** Another run has to be computed first. */
  readonly isAwaited?: (side: MeasuredSide) => boolean;
}

/**
 * The table of a comparison: every row is a figure of both sides, in the same unit. `furtherMs`: where further runs are cut off;
 * undefined: they are computed to their end.
 */
export function figureRows(
  sides: readonly [MeasuredSide, MeasuredSide],
  own: readonly ComparisonFigure[],
  t: ComparisonText,
  format: Format,
  furtherMs?: number,
): readonly FigureRow[] {
  return measures(own, t, format).map(({ words, better, value, text, taken, isAwaited }) => {
    const { name } = words;
    const isCut = isAwaited !== undefined && furtherMs !== undefined;
    const how = isCut ? `${words.how}; ${t.onlyUntil(format.instant(furtherMs))}` : words.how;
    const values = [value(sides[0]), value(sides[1])] as const;
    const most = Math.max(...values.filter((each) => !Number.isNaN(each)), 0);
    const cell = (at: 0 | 1): FigureCell => {
      const isKnown = !Number.isNaN(values[at]);
      const { of, all } = taken?.(sides[at]) ?? { of: 0, all: 0 };
      return {
        value: values[at],
        text: isKnown ? text(sides[at]) : isAwaited?.(sides[at]) ? t.measuring : t.none,
        taken: isKnown && of < all ? t.of(of, all) : undefined,
        share: isKnown && most > 0 ? values[at] / most : 0,
      };
    };
    return { name, how, cells: [cell(0), cell(1)], winner: winnerOf(values, better) };
  });
}

/** What each row came to in several runs; a row that no run has a figure for is left out. */
export function figureSpreads(
  runs: readonly (readonly [MeasuredSide, MeasuredSide])[],
  own: readonly ComparisonFigure[],
  t: ComparisonText,
  format: Format,
): ReadonlyMap<string, FigureSpread> {
  const spreads = new Map<string, FigureSpread>();
  for (const { words, better, value, text } of measures(own, t, format)) {
    const texts = ([0, 1] as const).map((at) => {
      const known = runs.map((sides) => sides[at]).filter((side) => !Number.isNaN(value(side)));
      const sorted = known.toSorted((one, other) => value(one) - value(other));
      const middle = sorted[Math.ceil(sorted.length / 2) - 1];
      return middle && t.spread(text(middle), text(sorted[0]!), text(sorted.at(-1)!));
    });
    if (texts.every((each) => each === undefined)) continue;
    const winners = runs.map((sides) => winnerOf([value(sides[0]), value(sides[1])], better));
    const won = (side: 0 | 1): number => winners.filter((winner) => winner === side).length;
    const [one = t.none, other = t.none] = texts;
    spreads.set(words.name, { texts: [one, other], wins: [won(0), won(1)], runs: runs.length });
  }
  return spreads;
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

/** The kinds of rows there are. */
function kinds(t: ComparisonText, format: Format) {
  const time = (words: Words, taken: 'accepted' | 'done', of: (figures: SideFigures) => number): Measure => ({
    ...timeOf(words, ({ figures }) => of(figures), format),
    taken: ({ figures }) => ({ of: figures[taken], all: figures.flows }),
  });
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
  type Counted = 'reactions' | 'expected' | 'seen' | 'accepted' | 'stepsWithId' | 'steps';
  const share = (words: Words, part: Counted, whole: Counted): Measure =>
    count(
      words,
      'more',
      (side) => side[part] / side[whole],
      (_, side) => t.of(side[part], side[whole]),
    );
  const code = (words: Words, of: 'lines' | 'filesForOneMore'): Measure => ({
    words,
    better: 'less',
    value: (side) => side[of],
    text: (side) => format.number(side[of]),
  });
  return { time, count, share, code };
}

function measures(own: readonly ComparisonFigure[], t: ComparisonText, format: Format): readonly Measure[] {
  const { rows } = t;
  const { time, count, share, code } = kinds(t, format);
  return [
    // What the scenario is about comes first.
    ...own.map(({ show, name = show, better }): Measure => {
      const value = ({ own }: MeasuredSide): number => own.get(show) ?? NaN;
      const words = { name: inLanguage(name, format.language), how: rows.own };
      return { words, better, value, text: (side) => format.number(value(side)) };
    }),
    time(rows.answerP50, 'accepted', (side) => side.answerP50Ms),
    time(rows.answerP95, 'accepted', (side) => side.answerP95Ms),
    slowerMeasure(t, format),
    time(rows.wholeP50, 'done', (side) => side.wholeP50Ms),
    time(rows.wholeP95, 'done', (side) => side.wholeP95Ms),
    count(
      rows.refused,
      'less',
      (side) => side.refused,
      (value, { flows }) => t.of(value, flows),
    ),
    share(rows.reactions, 'reactions', 'expected'),
    count(rows.pending, 'less', (side) => side.pending),
    share(rows.seen, 'seen', 'accepted'),
    count(
      rows.donePerSecond,
      'more',
      (side) => Number(side.donePerSecond.toFixed(2)),
      (value) => t.perSecond(value),
    ),
    workersMeasure(t),
    count(rows.atOnce, 'less', (side) => side.atOnce),
    count(
      rows.knows,
      'less',
      (side) => side.knownServices + side.knownBrokers,
      (_, side) => t.known(side.knownServices, side.knownBrokers),
    ),
    code(rows.filesForOneMore, 'filesForOneMore'),
    count(rows.callsBefore, 'less', (side) => side.callsBeforeAnswer),
    count(rows.steps, 'less', (side) => side.steps),
    share(rows.withId, 'stepsWithId', 'steps'),
    count(rows.parts, 'less', (side) => side.parts),
    code(rows.lines, 'lines'),
  ];
}

/** Below half a millisecond two times are the same. */
function timeOf(words: Words, of: (side: MeasuredSide) => number, format: Format): Measure {
  const value = (side: MeasuredSide): number => Math.round(of(side));
  return { words, better: 'less', value, text: (side) => format.duration(value(side)) };
}

function slowerMeasure(t: ComparisonText, format: Format): Measure {
  const known = ({ slower }: MeasuredSide) => (typeof slower === 'object' ? slower : undefined);
  return {
    ...timeOf(t.rows.slower, (side) => known(side)?.answerP50Ms ?? NaN, format),
    taken: (side) => {
      const figures = known(side);
      return figures && { of: figures.accepted, all: figures.flows };
    },
    isAwaited: ({ slower }) => slower === undefined,
  };
}

function workersMeasure(t: ComparisonText): Measure {
  const perSecond = (figures: FurtherFigures): number =>
    typeof figures === 'object' ? Number(figures.donePerSecond.toFixed(2)) : NaN;
  return {
    words: t.rows.workers,
    better: 'more',
    value: ({ moreWorkers }) => perSecond(moreWorkers),
    text: ({ fewWorkers, moreWorkers }) => t.perSecondFromTo(perSecond(fewWorkers), perSecond(moreWorkers)),
    isAwaited: ({ moreWorkers }) => moreWorkers === undefined,
  };
}

export function inLanguage(words: ScenarioWords, language: Language): string {
  return typeof words === 'string' ? words : words[language];
}
