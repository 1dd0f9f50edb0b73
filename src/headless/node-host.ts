import { Script } from 'node:vm';
import { fixSort } from '../clients/node/array-sort';
import { narrowLanguage } from '../clients/node/built-ins';
import type { Host, UnhandledRejection, UserFunction } from '../runtime/host';

/** The runtime's host in Node: scripts in the present realm, rejections as Node reports them. */
export function createNodeHost(): Host {
  prepare();
  return {
    load: (script, file) => new Script(script, { filename: file }).runInThisContext() as UserFunction,
    hop: () => new Promise((resolve) => setImmediate(resolve)),
    realMs: () => performance.now(),
    unhandledRejections: collect,
  };
}

let prepared = false;

function prepare(): void {
  if (prepared) return;
  prepared = true;
  narrowLanguage();
  fixSort();
  // Node warns of rejections that get a handler late; here they are a simulated program's, and it has been told.
  process.on('rejectionHandled', () => undefined);
}

/**
 * Waits until Node has reported every rejection: a rejection of our own, made last, is reported last. Other listeners,
 * a test runner's say, are put aside meanwhile, since the rejections are a simulated program's and not theirs.
 */
async function collect(): Promise<readonly UnhandledRejection[]> {
  const others = process.listeners('unhandledRejection');
  process.removeAllListeners('unhandledRejection');
  const found: UnhandledRejection[] = [];
  const sentinel = new Error('every earlier rejection has been reported');
  await new Promise<void>((resolve) => {
    process.on('unhandledRejection', (reason, promise) => {
      if (reason === sentinel) resolve();
      else found.push({ reason, promise });
    });
    void Promise.reject(sentinel);
  });
  process.removeAllListeners('unhandledRejection');
  for (const other of others) process.on('unhandledRejection', other);
  return found;
}
