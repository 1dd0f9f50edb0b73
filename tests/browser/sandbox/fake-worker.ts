import { primitives } from '../../../src/sandbox/lockdown';
import { createWorkerHost } from '../../../src/sandbox/worker-host';
import { serveRuns, type CreateRun } from '../../../src/sandbox/serve-runs';
import type { Entry } from '../../../src/log/entry';

/**
 * The simulation's worker with a run in it that does what the scenario's title says: so the tests of the border need no
 * runtime.
 *
 * One invocation every millisecond prints one entry. `hang 120` never returns from the one at 120 ms, `hang once` only
 * where nobody asked for announcements, `big 50 3000` prints 3,000 entries at each of 50 instants.
 */
const createFakeRun: CreateRun = ({ scenario, host, sink, onInvoke, shouldYield }) => {
  const [what = '', first = '', second = ''] = scenario.title.split(' ');
  if (what === 'refuse') throw new Error('this scenario cannot be run');
  let seq = 0;
  let nowMs = 0;
  let stopped = false;
  const entry = (text: string): Entry => ({
    type: 'console.printed',
    seq: seq++,
    atMs: nowMs,
    process: 'p',
    stream: 'stdout',
    text,
  });
  const invoke = (): Entry[] => {
    onInvoke?.({ atMs: nowMs, process: 'worker', what: `listener at ${nowMs}` });
    const hangs =
      (what === 'hang' && nowMs === Number(first)) || (what === 'hang-once' && !onInvoke && nowMs === Number(first));
    while (hangs);
    if (what === 'fail' && nowMs === Number(first)) throw new Error('a bug of ours');
    const count = what === 'big' ? Number(second) : 1;
    return Array.from({ length: count }, (_, index) =>
      entry(`${nowMs}/${index} ${what === 'wide' ? 'x'.repeat(Number(first)) : ''}`),
    );
  };
  return {
    get nowMs() {
      return nowMs;
    },
    get ended() {
      return nowMs >= scenario.durationMs;
    },
    async advance(untilMs) {
      while (nowMs < Math.min(untilMs, scenario.durationMs) && !stopped) {
        nowMs += 1;
        const entries = invoke();
        for (let from = 0; from < entries.length; from += 2_000) await sink(entries.slice(from, from + 2_000));
        if (shouldYield() || what === 'slow') await host.hop();
      }
    },
    intervene: (intervention) => void sink([entry(intervention.type)]),
    stop: () => (stopped = true),
  };
};

primitives.onMessage(({ data }) => {
  void createWorkerHost(primitives).then((host) => serveRuns(data as MessagePort, host, createFakeRun));
});
