// First, and before every module that could keep hold of what it takes away.
import { primitives } from './lockdown';
import { createRun } from '../runtime/run';
import { serveRuns } from './serve-runs';
import { createWorkerHost } from './worker-host';

/** The simulation's worker. Gets one message from its frame: the port to the page. */
let begun = false;
primitives.onMessage(({ data }) => {
  if (begun) return;
  begun = true;
  void createWorkerHost(primitives).then((host) => serveRuns(data as MessagePort, host, createRun));
});
