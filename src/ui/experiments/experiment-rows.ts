import { figuresOf, type Experiment, type VersionFigures } from '../../projections/experiments';
import type { Format } from '../text/format';
import type { enExperiments } from '../text/en-experiments';
import type { Translated } from '../text/text';

export type ExperimentsText = Translated<typeof enExperiments>;

export interface ExperimentRow {
  readonly name: string;
  readonly how: string;
  /** Of what runs today, and of what is tried. */
  readonly cells: readonly { readonly text: string; readonly share: number }[];
}

/** The figures of both versions side by side; `share` is out of the larger of the two. */
export function experimentRows(
  experiment: Experiment,
  nowMs: number,
  t: ExperimentsText,
  format: Format,
): readonly ExperimentRow[] {
  const figures = experiment.versions.map((version) => figuresOf(experiment, version, nowMs));
  const row = (
    [name, how]: readonly [string, string],
    valueOf: (figures: VersionFigures) => number | undefined,
    textOf: (value: number) => string,
  ): ExperimentRow => {
    const values = figures.map(valueOf);
    const most = Math.max(...values.map((value) => value ?? 0));
    const cells = values.map((value) => ({
      text: value === undefined ? t.none : textOf(value),
      share: most > 0 ? (value ?? 0) / most : 0,
    }));
    return { name, how, cells };
  };
  const count = (value: number): string => format.number(value);
  const time = (value: number): string => format.duration(Math.round(value));
  const { rows } = t;
  return [
    row(rows.handled, ({ handled }) => handled, count),
    row(rows.failed, ({ failed }) => failed, count),
    row(rows.retried, ({ retried }) => retried, count),
    row(rows.p50, ({ p50Ms }) => p50Ms, time),
    row(rows.p95, ({ p95Ms }) => p95Ms, time),
    ...(experiment.split === 'shadow' ? [row(rows.held, ({ held }) => held, count)] : []),
  ];
}
