// First, as in the simulation's own worker, so that what is measured is as locked down as that.
import { primitives } from '../../src/sandbox/lockdown';
import { measure, type Sizes } from '../../src/headless/bench/measure';
import { createWorkerHost } from '../../src/sandbox/worker-host';

/** Measures what Node measures, in a worker in the sandbox's frame. Gets the port to the page, and over it the sizes. */
primitives.onMessage(({ data }) => {
  const port = data as MessagePort;
  port.onmessage = async ({ data }: MessageEvent<Sizes>) => {
    const host = await createWorkerHost(primitives);
    const engine = { host, nowMs: primitives.realMs, heapBytes: async () => undefined };
    try {
      port.postMessage({ figures: await measure(engine, data) });
    } catch (error) {
      port.postMessage({ error: String(error) });
    }
  };
});
