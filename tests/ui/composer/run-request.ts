import type { Exchange } from '../../../src/projections/exchange';
import { ExchangeFold } from '../../../src/projections/exchange';
import { applyEntry, createSystem, type SystemState } from '../../../src/projections/system';
import { runScenario } from '../../runtime/run-scenario';

/** Runs a server, sends it a request at 100 ms, and folds what comes of it. */
export async function sendTo(
  source: string,
  url: string,
  latencyMs: number,
): Promise<{ readonly exchange: Exchange; readonly system: SystemState }> {
  const log = await runScenario({
    files: { 'server.ts': source },
    interventions: [
      {
        type: 'http.request',
        atMs: 100,
        method: 'POST',
        url,
        headers: ['Content-Type', 'application/json'],
        body: '{"n":1}',
      },
    ],
    latencyMs,
    durationMs: 5_000,
  });
  const system = createSystem();
  for (const entry of log.entries) if (entry.type !== 'run.ended') applyEntry(system, entry);
  const fold = new ExchangeFold(log.of('intervention.applied')[0]!.seq);
  for (const entry of log.entries) fold.append(entry);
  return { exchange: fold.get(), system };
}
