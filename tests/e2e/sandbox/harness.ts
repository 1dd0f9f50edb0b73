import lockedSource from 'virtual:simulation-source/tests/browser/sandbox/raw-worker.ts';
import bareSource from 'virtual:simulation-source/tests/e2e/sandbox/bare-worker.ts';
import { scenarioTitled } from '../../browser/sandbox/recorded-sandbox';
import { openFrame } from '../../../src/sandbox/frame';
import { createSandbox, type SandboxEvent } from '../../../src/sandbox/host';

/**
 * Three workers that run whatever text they are given. `locked` and `bare` are in the sandbox, with and without the
 * lock-down; `free` is a worker of this page, to see that what is tried works where nothing forbids it.
 */
type Kind = 'locked' | 'bare' | 'free';

const runners = new Map<Kind, Promise<(script: string) => Promise<unknown>>>();

async function openRunner(kind: Kind): Promise<(script: string) => Promise<unknown>> {
  const waiting: ((answer: unknown) => void)[] = [];
  const onAnswer = (data: unknown) => waiting.shift()?.((data as { answer: unknown }).answer);
  const next = () => new Promise<unknown>((resolve) => waiting.push(resolve));
  let post: (script: string) => void;
  const ready = next();
  if (kind === 'free') {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => onAnswer(data);
    new Worker(URL.createObjectURL(new Blob([bareSource]))).postMessage(port2, [port2]);
    post = (script) => port1.postMessage(script);
  } else {
    const url = new URL('/sandbox.html', location.href).href;
    const frame = openFrame({ url, source: Promise.resolve(kind === 'locked' ? lockedSource : bareSource) });
    frame.listen(onAnswer);
    post = (script) => frame.post(script as never);
  }
  await ready;
  return (script) => {
    const answer = next();
    post(script);
    return answer;
  };
}

const heard: string[] = [];
addEventListener('message', ({ data }) => heard.push(`message ${JSON.stringify(data)}`));
addEventListener('storage', ({ key }) => heard.push(`storage ${key}`));
new BroadcastChannel('eventarium').onmessage = ({ data }) => heard.push(`broadcast ${JSON.stringify(data)}`);

/** Runs a file as a process of a scenario, in the real simulation, and returns what was heard of it. */
function runFile(source: string): Promise<SandboxEvent[]> {
  const process = { name: 'p', file: 'p.js', args: [], env: {}, startAtMs: 0, replicas: 1 };
  const scenario = scenarioTitled('file', { durationMs: 10_000, files: { 'p.js': source }, processes: [process] });
  const events: SandboxEvent[] = [];
  return new Promise((resolve) => {
    const sandbox = createSandbox({
      frameUrl: new URL('/sandbox.html', location.href).href,
      keepWarm: false,
      onEvent(event) {
        events.push(event);
        const over =
          event.type === 'unresponsive' || event.type === 'failed' || (event.type === 'advanced' && event.ended);
        if (over) resolve(events);
        if (over) sandbox.close();
      },
    });
    sandbox.start({ scenario, fromSeq: 0 });
    sandbox.advance(scenario.durationMs);
  });
}

Object.assign(window, {
  runFile,
  async runIn(kind: Kind, script: string) {
    if (!runners.has(kind)) runners.set(kind, openRunner(kind));
    const run = await runners.get(kind);
    return run?.(script);
  },
  heard,
});
