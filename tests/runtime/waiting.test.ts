import { describe, expect, it } from 'vitest';
import { runScenario } from './run-scenario';

/** A listener settles, in a way that no inserted code sees, what other code waits for. */
const waiting = (setUp: string, settle: string) =>
  runScenario({
    files: {
      'a.mjs': `import { eventBus } from 'eventarium';
import { EventEmitter, on, once } from 'node:events';
const bus = eventBus('bus');
const emitter = new EventEmitter();
${setUp}
bus.subscribe('e', () => { ${settle} });
setTimeout(() => bus.emit('e'), 10);
setTimeout(() => console.log('later'), 50);`,
    },
  });

describe('code that waits goes on at the instant at which it is let', () => {
  it.each([
    ['by events.once', `(async () => { await once(emitter, 'x'); console.log('now'); })();`, `emitter.emit('x');`],
    [
      'by events.on',
      `(async () => { for await (const _ of on(emitter, 'x')) { console.log('now'); break; } })();`,
      `emitter.emit('x');`,
    ],
    [
      'by a promise of a class of its own',
      `class Own extends Promise {}; let settle; const own = new Own((resolve) => { settle = resolve; });
       own.then(() => console.log('now'));`,
      'settle();',
    ],
    [
      'by a generator',
      `async function* numbers() { yield 1; yield 2; } const it = numbers(); let go;
       const gate = new (class extends Promise {})((resolve) => { go = resolve; });
       (async () => { await it.next(); await gate; await it.next(); console.log('now'); })();`,
      'go();',
    ],
  ])('%s', async (_, setUp, settle) => {
    const log = await waiting(setUp, settle);
    expect(log.printedAt()).toEqual(['10 now', '50 later']);
  });
});

it('a rejection inside a constructor is noticed at once', async () => {
  const log = await runScenario({
    files: {
      'a.js': `setTimeout(() => { new Promise(() => { throw new Error('no'); }); }, 5);\nsetTimeout(() => console.log('never'), 50);`,
    },
  });
  expect(log.of('process.exited')).toMatchObject([{ atMs: 5, code: 1 }]);
  expect(log.printed().join('\n')).not.toContain('never');
});
