import { describe, expect, it } from 'vitest';
import { sideFigures } from '../../src/projections/compare-sides';
import { Flows } from '../../src/projections/flows';
import { linesOfServices } from '../../src/scenario/code-lines';
import { figureRows } from '../../src/ui/comparison/figures';
import { enComparison as t } from '../../src/ui/text/en-comparison';
import { enFormat } from '../../src/ui/text/format';
import { loadGallery, runGallery } from './run-gallery';

/** The table as the screen has it at the end of the run: by the name of a row its two texts and which is better. */
async function tableOf(id: string, seed?: number, furtherMs?: number) {
  const scenario = await loadGallery(id);
  const spec = scenario.comparison!;
  const log = await runGallery(id, seed === undefined ? {} : { seed });
  const flows = new Flows(spec);
  for (const entry of log.entries) flows.append(entry);
  const at = { position: log.entries.length, playheadMs: scenario.durationMs };
  const measured = (side: 0 | 1) => {
    const { entry, parts } = spec.sides[side];
    const services = [entry, ...Object.values(parts)];
    const shown = log.of('process.showed').filter(({ process }) => services.includes(process));
    return {
      figures: sideFigures(flows, spec, side, at),
      lines: linesOfServices(scenario, services),
      filesForOneMore: 1,
      own: new Map(shown.map(({ name, value }) => [name, Number(value)])),
    };
  };
  const rows = figureRows([measured(0), measured(1)], spec.figures ?? [], t, enFormat, furtherMs);
  return { log, rows: new Map(rows.map((row) => [row.name, row])) };
}

describe.each([1, 7])('a plain call wins, with seed %i', (seed) => {
  it.each([
    ['plain-crud', ['Stale answers', t.rows.answerP50.name, t.rows.parts.name, t.rows.lines.name]],
    [
      'real-time',
      [
        'Oldest signal acted on, ms',
        'Braked on a signal older than 100 ms',
        'Age of a signal on average, ms',
        t.rows.lines.name,
      ],
    ],
    ['small-team', [t.rows.parts.name, t.rows.lines.name, t.rows.wholeP50.name]],
    ['tangled-logic', [t.rows.answerP50.name, t.rows.steps.name, t.rows.lines.name, t.rows.parts.name]],
    ['no-need-to-scale', [t.rows.answerP50.name, t.rows.wholeP50.name, t.rows.parts.name, t.rows.lines.name]],
  ])('in %s', async (id, names) => {
    const { rows } = await tableOf(id, seed);
    expect(names.filter((name) => rows.get(name)?.winner !== 0)).toEqual([]);
  });
});

it.each([
  'circuit-breaker',
  'no-need-to-scale',
  'plain-crud',
  'real-time',
  'rest-vs-events',
  'small-team',
  'tangled-logic',
])('its customers outlive whoever is down in %s', async (id) => {
  const { comparison, durationMs, interventions } = await loadGallery(id);
  const { client, sides } = comparison!;
  const downs = sides.map(({ entry }) => ({ type: 'process.crash', atMs: durationMs / 3, process: entry }) as const);
  const log = await runGallery(id, { interventions: [...interventions, ...downs] });
  expect(log.of('http.failed').filter(({ process }) => process === client).length).toBeGreaterThan(2);
  expect(log.of('process.exited').map(({ process }) => process)).not.toContain(client);
});

describe('circuit-breaker', () => {
  it('fails fast while the bank is ill, and heals by itself', async () => {
    const { log, rows } = await tableOf('circuit-breaker');
    const states = log.of('breaker.changed').map(({ state }) => state);
    expect(states.slice(0, 3)).toEqual(['open', 'half-open', 'open']);
    expect(states.at(-1)).toBe('closed');
    const wins = [t.rows.refused.name, t.rows.answerP95.name, 'A failure takes, ms'];
    expect(wins.map((name) => rows.get(name)?.winner)).toEqual([1, 1, 1]);
    const waiting = (bank: string) =>
      Math.max(...log.of('process.showed').flatMap(({ process, value }) => (process === bank ? Number(value) : [])));
    expect(waiting('plain-bank')).toBeGreaterThan(3 * waiting('safe-bank'));
    expect(log.of('invariant.failed')).toEqual([]);
  });
});

it('says of the figures of further runs where those are cut off', async () => {
  const { rows } = await tableOf('small-team', 1, 60_000);
  const cut = [...rows.values()].filter(({ how }) => how.endsWith('; only up to 01:00.000')).map(({ name }) => name);
  expect(cut).toEqual([t.rows.slower.name, t.rows.workers.name]);
});
