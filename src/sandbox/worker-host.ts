import type { Host, UnhandledRejection, UserFunction } from '../runtime/host';
import type { Primitives } from './lockdown';
import { chooseHop, type HopChoice } from './choose-hop';

/** The runtime's host in the worker. */
export interface WorkerHost extends Host {
  /** Real milliseconds since messages from the page could last be seen. */
  sinceHopMs(): number;
  /** What the self-test at the start found. */
  readonly hopChoice: HopChoice;
}

export async function createWorkerHost(primitives: Primitives): Promise<WorkerHost> {
  const hopChoice = await chooseHop(primitives);
  const { hop } = hopChoice;
  const { realMs } = primitives;
  let hoppedAtMs = realMs();
  return {
    load: (script, file) => loadScript(primitives, script, file),
    async hop() {
      await hop();
      hoppedAtMs = realMs();
    },
    realMs,
    unhandledRejections: watchRejections(primitives),
    sinceHopMs: () => realMs() - hoppedAtMs,
    hopChoice,
  };
}

const realm = globalThis as unknown as { __take?: (value: unknown) => void };

/** A script and not `eval`, which the policy forbids: so the engine knows the file by its name. */
function loadScript(primitives: Primitives, script: string, file: string): UserFunction {
  let taken: unknown;
  realm.__take = (value) => (taken = value);
  // On one line with the script's first, so that no line moves. The line feed ends a comment at the script's end.
  const url = primitives.scriptUrl(`__take((${script}\n))\n//# sourceURL=${sourceName(file)}`);
  try {
    primitives.importScripts(url);
  } finally {
    primitives.revoke(url);
    delete realm.__take;
  }
  if (typeof taken !== 'function') throw new Error(`${file} did not evaluate to a function`);
  return taken as UserFunction;
}

/** Engines ignore a name with a blank or a quote in it, and a line feed would end the comment. */
function sourceName(file: string): string {
  return file.replace(/[\s'"]/g, encodeURIComponent);
}

/**
 * The engine reports rejections in a task of its own, in the order in which they happened. One of ours, made last, tells
 * that all earlier ones have been reported. What user code might send itself is told by `isTrusted`; but Firefox calls no report of
 * a worker trusted, so a report counts when it is as trusted as that of our own.
 */
function watchRejections({ onUnhandledRejection }: Primitives): Host['unhandledRejections'] {
  let reported: (UnhandledRejection & { readonly isTrusted: boolean })[] = [];
  const sentinels = new Map<Promise<unknown>, (isTrusted: boolean) => void>();
  onUnhandledRejection((event) => {
    event.preventDefault();
    const { promise, isTrusted } = event;
    const arrived = sentinels.get(promise);
    if (arrived) arrived(isTrusted);
    else reported.push({ reason: event.reason, promise, isTrusted });
  });
  return () =>
    new Promise((resolve) => {
      const sentinel = Promise.reject(new Error('Every earlier rejection was reported. This one means nothing.'));
      sentinels.set(sentinel, (isTrusted) => {
        sentinels.delete(sentinel);
        const all = reported.filter((one) => one.isTrusted === isTrusted);
        reported = [];
        resolve(all);
      });
    });
}
