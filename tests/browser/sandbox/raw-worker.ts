import { primitives } from '../../../src/sandbox/lockdown';
import { createWorkerHost } from '../../../src/sandbox/worker-host';

/**
 * A worker that stands where the simulation's stands and does what code would that got out of the runtime altogether: it
 * runs scripts raw, in the worker's own realm, with the port to the page in its hands, and what hosts are made of.
 */
primitives.onMessage(({ data }) => {
  const port = data as MessagePort;
  void createWorkerHost(primitives).then((host) => {
    port.onmessage = async ({ data: script }: MessageEvent<string>) => {
      let answer: unknown;
      try {
        answer = await host.load(script, 'raw.js')({ port, host, createWorkerHost, primitives });
      } catch (error) {
        answer = { thrown: String(error) };
      }
      port.postMessage({ answer });
    };
    port.postMessage({ answer: 'ready' });
  });
});
