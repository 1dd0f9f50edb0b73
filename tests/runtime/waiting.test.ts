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

it.each([
  ['what the engine finds as `then` of what it has found as `then`', `nested(9)`, 0],
  ['what an async function returns through another one', `through(9)`, 1],
])('the instant is not over before %s has run', async (_, what, waits) => {
  const log = await runScenario({
    files: {
      'a.mjs': `const nested = (n) => ({ then(done) { if (n === 0) console.log('now'); else done(nested(n - 1)); } });
const through = async (n) => n === 0 ? nested(1) : through(n - 1);
setTimeout(async () => { ${waits ? 'await' : 'new Promise((done) => done('} ${what}${waits ? '' : '))'}; }, 10);
setTimeout(() => console.log('later'), 50);`,
    },
  });
  expect(log.printedAt()).toEqual(['10 now', '50 later']);
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

describe('a promise that was printed', () => {
  const run = (code: string) => runScenario({ files: { 'a.mjs': `const no = () => new Error('no');\n${code}` } });

  it.each([
    ['rejected', `console.log(Promise.reject(no()));`, 0],
    [
      'pending, and rejected later',
      `console.log(new Promise((_, reject) => { setTimeout(() => reject(no()), 5); }));`,
      5,
    ],
    ['an async function’s', `console.log((async () => { await null; throw no(); })());`, 0],
    ['inside an object, twice', `const p = Promise.reject(no()); console.log({ p }); console.log([p]);`, 0],
  ])('ends the process when nobody handles it: %s', async (_, code, atMs) => {
    const log = await run(`${code}\nsetTimeout(() => console.log('never'), 50);`);
    expect(log.of('process.exited')).toMatchObject([{ atMs, code: 1, failure: { message: 'no' } }]);
    expect(log.printed().join('\n')).toContain('Promise {');
    expect(log.printed().join('\n')).not.toContain('never');
  });

  it.each([
    ['before', `const p = Promise.reject(no()); p.catch(() => {}); console.log(p);`],
    [
      'before, while it was open',
      `let f; const p = new Promise((_, reject) => { f = reject; }); p.catch(() => {}); console.log(p); f(no());`,
    ],
    ['after', `const p = Promise.reject(no()); console.log(p); p.catch(() => {});`],
    ['by await', `const p = Promise.reject(no()); console.log(p); try { await p; } catch {}`],
    ['by Promise.all', `const p = Promise.reject(no()); console.log(p); await Promise.all([p]).catch(() => {});`],
    [
      'by whom it was returned to',
      `const f = async () => { const p = Promise.reject(no()); console.log(p); return p; }; await f().catch(() => {});`,
    ],
  ])('does not when somebody does: %s', async (_, code) => {
    const log = await run(`${code}\nsetTimeout(() => console.log('later'), 50);`);
    expect(log.of('process.exited')).toMatchObject([{ code: 0 }]);
    expect(log.printed().at(-1)).toBe('later');
  });

  it('is the one that the process is told of', async () => {
    const log = await run(
      `const p = Promise.reject(no());\nprocess.on('unhandledRejection', (error, promise) => console.log('told', error.message, promise === p));\nconsole.log(p);`,
    );
    expect(log.printed().filter((line) => line.startsWith('told'))).toEqual(['told no true']);
  });

  it('fails the delivery, and not the process, when it is what a listener returns', async () => {
    const log = await runScenario({
      files: {
        'a.mjs': `import { eventBus } from 'eventarium';\nconst bus = eventBus('bus');\nbus.subscribe('e', () => { const p = Promise.reject(new Error('no')); console.log(p); return p; });\nbus.emit('e');`,
      },
    });
    expect(log.of('delivery.failed')).toMatchObject([{ failure: { message: 'no' } }]);
    expect(log.of('process.exited')).toEqual([]);
  });
});
