import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createNodeHost } from '../../src/headless/node-host';
import { openFolder } from '../../src/headless/scenario-source';
import type { Intervention } from '../../src/log/entry';
import { writeEntries } from '../../src/log/ndjson';
import { inSteps } from '../../src/runtime/interventions';
import { createRun, type Run } from '../../src/runtime/run';
import type { Scenario } from '../../src/scenario/scenario';

/** A run is a pure function of (scenario, seed, interventions), however it is asked for. */

const durationMs = 2_500;

function scenarioNamed(name: string): Scenario {
  const opened = openFolder(fileURLToPath(new URL(`../golden/scenarios/${name}`, import.meta.url)));
  if (opened.type === 'problems') throw new Error(opened.problems.join('\n'));
  return { ...opened.scenario, durationMs, interventions: [] };
}

const scenarios = [scenarioNamed('interleaving'), scenarioNamed('queue')] as const;
const [interleaving, queue] = scenarios;

/** Computed to its last instant, a run is over, and nothing can be done to it. */
const atMs = fc.integer({ min: 0, max: durationMs - 1 });

/** What can be done to a scenario; some of it is refused, which is in the log too. */
function interventionOn(scenario: Scenario): fc.Arbitrary<Intervention> {
  const services = scenario.processes.map(({ name }) => name);
  const process = fc.constantFrom(...services, ...services.flatMap((name) => [`${name}#1`, `${name}#2`, `${name}#3`]));
  const service = fc.constantFrom(...services);
  const broker = fc.constantFrom('shop', 'jobs');
  const file = fc.constantFrom(...Object.keys(scenario.files));
  return fc.oneof(
    fc.record({ type: fc.constantFrom('process.crash', 'process.stop', 'process.restart'), atMs, process }),
    fc.record({ type: fc.constant('process.scale'), atMs, service, replicas: fc.integer({ min: 0, max: 5 }) }),
    fc.record({
      type: fc.constant('message.publish'),
      atMs,
      broker,
      event: fc.constantFrom('job.x', 'order.paid'),
      data: fc.constant({ id: 7, n: 7, items: [] }),
    }),
    fc.record({ type: fc.constant('file.edit'), atMs, file, source: file.map((name) => scenario.files[name] ?? '') }),
    fc.record({
      type: fc.constant('link.change'),
      atMs,
      from: fc.constantFrom(...services, 'shop', 'jobs'),
      to: fc.constantFrom(...services, 'shop', 'jobs'),
      link: fc.record({ latencyMs: fc.integer({ min: 0, max: 50 }), loss: fc.constantFrom(0, 0.5), cut: fc.boolean() }),
    }),
  );
}

const seed = fc.integer({ min: 0, max: 0xffffffff });

const inOrder = (interventions: readonly Intervention[]) => [...interventions].sort((a, b) => a.atMs - b.atMs);

const definition = fc
  .constantFrom(...scenarios)
  .chain((scenario) =>
    fc
      .record({ seed, interventions: fc.array(interventionOn(scenario), { maxLength: 6 }).map(inOrder) })
      .map((changes): Scenario => ({ ...scenario, ...changes })),
  );

async function logOf(
  scenario: Scenario,
  drive: (run: Run) => Promise<void> = (run) => run.advance(Infinity),
): Promise<string> {
  let log = '';
  const sink = (entries: Parameters<typeof writeEntries>[0]): void => {
    log += writeEntries(entries);
  };
  await drive(createRun({ scenario, host: createNodeHost(), sink, shouldYield: () => false }));
  return log;
}

const runs = { numRuns: 25 };

describe('a run', () => {
  it('has the same log each time', async () => {
    await fc.assert(
      fc.asyncProperty(definition, async (scenario) => {
        expect(await logOf(scenario)).toBe(await logOf(scenario));
      }),
      runs,
    );
  });

  it('has the same log when it is computed in pieces, whoever else wants the thread', async () => {
    await fc.assert(
      fc.asyncProperty(definition, fc.array(atMs, { maxLength: 10 }), async (scenario, stops) => {
        const inPieces = async (run: Run): Promise<void> => {
          for (const stop of stops.sort((a, b) => a - b)) await run.advance(stop + 0.5);
          await run.advance(Infinity);
        };
        expect(await logOf(scenario, inPieces)).toBe(await logOf(scenario));
      }),
      runs,
    );
  });

  it('does not notice another run in between', async () => {
    await fc.assert(
      fc.asyncProperty(definition, definition, atMs, async (scenario, other, stop) => {
        const interrupted = async (run: Run): Promise<void> => {
          await run.advance(stop);
          await logOf(other);
          await run.advance(Infinity);
        };
        expect(await logOf(scenario, interrupted)).toBe(await logOf(scenario));
      }),
      { numRuns: 15 },
    );
  });

  it('takes an intervention made live as it takes one that was planned', async () => {
    // Neither scenario runs out of things to do before its time is over, so that there is always a run to change.
    const endless: readonly Scenario[] = [
      queue,
      {
        ...interleaving,
        files: {
          ...interleaving.files,
          'mail.ts': `${interleaving.files['mail.ts'] ?? ''}setInterval(() => undefined, 100);`,
        },
      },
    ];
    const changed = fc
      .constantFrom(...endless)
      .chain((scenario) =>
        fc.tuple(
          fc.constant(scenario),
          seed,
          fc.array(interventionOn(scenario), { minLength: 1, maxLength: 5 }).map(inOrder),
        ),
      );
    await fc.assert(
      fc.asyncProperty(changed, async ([scenario, seed, interventions]) => {
        const live = async (run: Run): Promise<void> => {
          for (const step of inSteps(interventions)) {
            await run.advance(step[0]?.atMs ?? 0);
            run.intervene(...step);
          }
          await run.advance(Infinity);
        };
        const planned = { ...scenario, seed, interventions };
        // An intervention that ends the last process leaves nothing to wait for: the live run is over by then.
        fc.pre(/"reason":"duration"/.test(await logOf(planned)));
        expect(await logOf({ ...scenario, seed }, live)).toBe(await logOf(planned));
      }),
      runs,
    );
  });
});

describe('the seed', () => {
  it('decides what chance does, and nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(seed, seed, async (one, other) => {
        fc.pre(one !== other);
        const withSeed = (value: number): Promise<string> => logOf({ ...interleaving, seed: value });
        expect(await withSeed(one)).not.toBe(await withSeed(other));
        const withoutChance: Scenario = {
          ...interleaving,
          network: { default: { latencyMs: 5, jitterMs: 0, loss: 0, cut: false }, links: [] },
          files: {
            ...interleaving.files,
            'orders.ts': (interleaving.files['orders.ts'] ?? '').replace('Math.random()', '0.5'),
          },
        };
        const log = (value: number): Promise<string> => logOf({ ...withoutChance, seed: value });
        expect((await log(one)).replace(`"seed":${one}`, '')).toBe((await log(other)).replace(`"seed":${other}`, ''));
      }),
      { numRuns: 10 },
    );
  });
});
