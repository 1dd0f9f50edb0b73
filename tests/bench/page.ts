import workerSource from 'virtual:simulation-source/tests/bench/worker.ts';
import { median, type Figure, type Figures, type Sizes } from '../../src/headless/bench/measure';
import { workload } from '../../src/headless/bench/workload';
import { openFrame } from '../../src/sandbox/frame';
import { createSandbox } from '../../src/sandbox/host';
import { DurableStorage, type Outcome } from '../../src/storage/storage';
import type { Segment } from '../../src/storage/protocol';

/** What `npm run bench` measures in a browser: the same cases in the sandbox's worker, and recording to IndexedDB. */

const frameUrl = '/sandbox.html';
/** Segments handed to the storage and not yet acknowledged, as the recorder of the player allows. */
const unwrittenMax = 16;

Object.assign(window, { measureWorker, measureRecording });

function measureWorker(sizes: Sizes): Promise<Figures> {
  const frame = openFrame({ url: frameUrl, source: Promise.resolve(workerSource) });
  return new Promise((resolve, reject) => {
    frame.listen((message) => {
      const { figures, error } = message as { figures?: Figures; error?: string };
      frame.close();
      if (figures) resolve(figures);
      else reject(new Error(error));
    });
    frame.post(sizes as never);
  });
}

/** Simulation, transfer and acknowledged segments against writing the same segments when they are there already. */
async function measureRecording(options: { deliveries: number; rounds: number }): Promise<Figure> {
  const recorded: number[] = [];
  const written: number[] = [];
  const transferred: number[] = [];
  const ratios: number[] = [];
  for (let round = 0; round < options.rounds; round += 1) {
    const segments: Segment[] = [];
    const all = await entriesPerSecond(options.deliveries, (write) =>
      simulate(options.deliveries, async (segment) => {
        segments.push(segment);
        await write(segment);
      }),
    );
    const raw = await entriesPerSecond(options.deliveries, async (write) => {
      for (const segment of segments) await write(segment);
    });
    const rate = new Rate();
    await simulate(options.deliveries, async ({ count }) => rate.note(count));
    transferred.push(rate.perSecond());
    recorded.push(all);
    written.push(raw);
    ratios.push(all / raw);
  }
  const perSecond = (rates: readonly number[]): number => Math.round(median(rates));
  return {
    perSecond: perSecond(recorded),
    ratio: Number(median(ratios).toPrecision(4)),
    writtenPerSecond: perSecond(written),
    transferredPerSecond: perSecond(transferred),
  };
}

/**
 * Entries a second from the first segment on, which itself does not count: a player has a frame ready for the next run, and
 * here each run waits until one has started.
 */
class Rate {
  #entries = 0;
  #sinceMs: number | undefined;

  note(entries: number): void {
    if (this.#sinceMs === undefined) this.#sinceMs = performance.now();
    else this.#entries += entries;
  }

  perSecond(): number {
    return this.#entries / ((performance.now() - (this.#sinceMs ?? NaN)) / 1_000);
  }
}

/** From the first segment to the acknowledgement of the last. */
async function entriesPerSecond(
  deliveries: number,
  produce: (write: (segment: Segment) => Promise<void>) => Promise<void>,
): Promise<number> {
  const storage = new DurableStorage();
  const run = value(await storage.createRun(workload('plain', deliveries)));
  const unwritten = new Set<Promise<unknown>>();
  const rate = new Rate();
  await produce(async (segment) => {
    rate.note(segment.count);
    const written = storage.appendSegment(run, segment).then(value);
    unwritten.add(written);
    void written.then(() => unwritten.delete(written));
    if (unwritten.size > unwrittenMax) await Promise.race(unwritten);
  });
  await Promise.all(unwritten);
  const perSecond = rate.perSecond();
  value(await storage.deleteRun(run));
  storage.close();
  return perSecond;
}

function simulate(deliveries: number, onSegment: (segment: Segment) => Promise<void>): Promise<void> {
  const scenario = workload('plain', deliveries);
  return new Promise((resolve, reject) => {
    const sandbox = createSandbox({
      frameUrl,
      keepWarm: false,
      onEvent: (event) => {
        if (event.type === 'segment') {
          const { firstSeq, count, fromMs, toMs, ndjson } = event;
          return onSegment({ firstSeq, count, fromMs, toMs, ndjson });
        }
        if (event.type === 'failed' || event.type === 'unresponsive') reject(new Error(JSON.stringify(event)));
        if (event.type === 'advanced' && event.ended) {
          sandbox.close();
          resolve();
        }
        return undefined;
      },
    });
    sandbox.start({ scenario, fromSeq: 0 });
    sandbox.advance(scenario.durationMs);
  });
}

function value<T>(outcome: Outcome<T>): T {
  if (outcome.type !== 'done') throw new Error(JSON.stringify(outcome));
  return outcome.value;
}
