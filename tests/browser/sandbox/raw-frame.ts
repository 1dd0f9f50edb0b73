import { openFrame } from '../../../src/sandbox/frame';

export interface RawFrame {
  /** Runs the text of a function `({ port, host }) => …` in the sandbox and returns what it answers. */
  run(script: string): Promise<unknown>;
  close(): void;
}

export async function openRawFrame(frameUrl?: string): Promise<RawFrame> {
  const url = frameUrl ?? new URL('/sandbox.html', location.href).href;
  const source = import('virtual:simulation-source/tests/browser/sandbox/raw-worker.ts').then(
    (module) => module.default,
  );
  const frame = openFrame({ url, source });
  const waiting: ((answer: unknown) => void)[] = [];
  frame.listen((data) => waiting.shift()?.((data as { answer: unknown }).answer));
  const next = () => new Promise<unknown>((resolve) => waiting.push(resolve));
  await next();
  return {
    run(script) {
      const answer = next();
      frame.post(script as never);
      return answer;
    },
    close: () => frame.close(),
  };
}
