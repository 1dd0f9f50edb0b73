import { describe, expect, it } from 'vitest';
import { runScenario } from './run-scenario';

const head = `import { eventBus, sleep } from 'eventarium';
import util from 'node:util';
const bus = eventBus('bus');
async function ended() {}
const open = () => new Promise(() => {});
`;
const run = (code: string) =>
  runScenario({ files: { 'a.mjs': `${head}${code}\nbus.emit('e', { n: 1 });` }, durationMs: 100 });

describe('an async listener that never waits', () => {
  it('succeeds in its place among the promise jobs of its instant', async () => {
    const log = await run(`
bus.subscribe('e', async () => { queueMicrotask(() => console.log('before the first')); }, { name: 'first' });
bus.subscribe('e', async () => {}, { name: 'second' });
bus.subscribe('e', async () => { Promise.resolve().then(() => console.log('before the third')); }, { name: 'third' });
bus.subscribe('e', async () => {}, { name: 'fourth' });`);
    const told = log.entries.flatMap((entry) => {
      if (entry.type === 'delivery.succeeded') return [entry.listener];
      return entry.type === 'console.printed' ? [entry.text.trim()] : [];
    });
    expect(told).toEqual(['before the first', 'first', 'second', 'before the third', 'third', 'fourth']);
  });

  it('is under way until then: a crash of its process at the same instant interrupts it', async () => {
    const log = await run(`
bus.subscribe('e', async () => {});
bus.subscribe('e', () => process.exit(1));`);
    expect(log.of('delivery.started')).toHaveLength(2);
    expect(log.of('delivery.succeeded')).toEqual([]);
  });

  it('may end with whatever its last statement is', async () => {
    const ends = [
      'if (event) ended()',
      'ended() // so',
      'do {} while (false)',
      '{}',
      'for (;;) break',
      'class A {}',
      '',
    ];
    const log = await run(ends.map((end) => `bus.subscribe('e', async (event) => { ${end}\n});`).join('\n'));
    expect(log.of('delivery.succeeded')).toHaveLength(ends.length);
  });
});

describe('a listener is done when its promise is, not when an async function that it calls is', () => {
  it.each([
    ['it returns another promise', `() => { ended(); return open(); }`],
    ['it is async and returns another promise', `async () => { await ended(); return open(); }`],
    ['it waits after the call', `async () => { await ended(); await open(); }`],
    ['the call is a default', `async (event, x = ended()) => { await open(); }`],
    ['it is called by what stands in for Node', `util.promisify(ended)`],
    ['it is called by a proxy', `new Proxy(async () => {}, { apply: (f) => { f(); return open(); } })`],
    [
      'it says that it is async, and is not',
      `Object.setPrototypeOf(() => { ended(); return open(); }, Object.getPrototypeOf(ended))`,
    ],
  ])('%s', async (_, listener) => {
    const log = await run(`bus.subscribe('e', ${listener});`);
    expect(log.of('delivery.succeeded')).toEqual([]);
    expect(log.of('delivery.stalled')).toHaveLength(1);
  });

  it.each([
    ['throws', `async () => { ended(); throw new Error('no'); }`],
    ['throws before its body', `async (event, x = ended(), y = x.no.no) => {}`],
    ['throws while what it is given is taken apart', `async ({ no: { no } }) => { ended(); }`],
    ['throws after a call of its own', `async () => { try { throw new Error('no'); } finally { ended(); } }`],
    ['rejects in a job', `() => { ended(); return Promise.resolve().then(() => { throw new Error('no'); }); }`],
  ])('and fails when it %s', async (_, listener) => {
    const log = await run(`bus.subscribe('e', ${listener});`);
    expect(log.of('delivery.succeeded')).toEqual([]);
    expect(log.of('delivery.failed')).toHaveLength(1);
  });
});
