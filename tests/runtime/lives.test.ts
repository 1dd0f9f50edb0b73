import { describe, expect, it } from 'vitest';
import { deliveriesPerInstantMax } from '../../src/runtime/deliveries';
import { createSystem, applyEntry } from '../../src/projections/system';
import { createNodeHost } from '../../src/headless/node-host';
import { createRun, type Invocation } from '../../src/runtime/run';
import { runScenario, scenarioOf } from './run-scenario';

describe('a reloaded process', () => {
  it('does not exit when its old text ends by itself', async () => {
    const head = `import { eventBus, sleep } from 'eventarium';\nconst bus = eventBus('shop');\n`;
    const log = await runScenario({
      files: {
        'a.ts': `${head}bus.subscribe('e', async () => { await sleep(100); process.exit(3); });\nbus.emit('e');`,
      },
      interventions: [
        { type: 'file.edit', atMs: 50, file: 'a.ts', source: `${head}bus.subscribe('e', () => console.log('new'));` },
        { type: 'message.publish', atMs: 200, broker: 'shop', event: 'e' },
      ],
    });
    expect(log.of('process.exited')).toEqual([]);
    expect(log.printed()).toEqual(['new']);
  });
});

it('an edit reaches whoever has imported the file, and nobody else', async () => {
  const log = await runScenario({
    files: {
      'a.ts': `import { eventBus } from 'eventarium';\nimport { greet } from './deep';\neventBus('shop').subscribe('e', () => greet());`,
      'b.ts': `import { eventBus } from 'eventarium';\neventBus('shop').subscribe('e', () => console.log('b'));`,
      'deep.ts': `export { greet } from './greet';`,
      'greet.ts': `export const greet = () => console.log('old');`,
    },
    processes: [{ file: 'a.ts' }, { file: 'b.ts' }],
    interventions: [
      { type: 'file.edit', atMs: 50, file: 'greet.ts', source: `export const greet = () => console.log('new');` },
      { type: 'message.publish', atMs: 200, broker: 'shop', event: 'e' },
    ],
  });
  expect(log.printed().toSorted()).toEqual(['b', 'new']);
  expect(log.of('process.reloaded')).toMatchObject([{ process: 'a', file: 'greet.ts' }]);
});

it('edits of one instant are one step: nobody runs some of the new texts without the others', async () => {
  const log = await runScenario({
    files: {
      'a.ts': `import { greet } from './greet';\ngreet();\nsetInterval(() => {}, 1000);`,
      'greet.ts': `export const greet = () => console.log('old');`,
    },
    processes: [{ file: 'a.ts' }],
    interventions: [
      { type: 'file.edit', atMs: 50, file: 'a.ts', source: `import { hello } from './greet';\nhello();` },
      { type: 'file.edit', atMs: 50, file: 'greet.ts', source: `export const hello = () => console.log('new');` },
    ],
  });
  expect(log.printed()).toEqual(['old', 'new']);
  expect(log.of('file.edited')).toHaveLength(2);
  expect(log.of('process.reloaded')).toHaveLength(1);
  expect(log.of('process.exited')).toMatchObject([{ code: 0 }]);
});

describe('beyond the deliveries of one instant', () => {
  it('what was not started stays on its way', async () => {
    const log = await runScenario({
      files: {
        'a.ts': `import { eventBus } from 'eventarium';\nconst bus = eventBus('shop');\nbus.subscribe('e', () => { bus.emit('e'); bus.emit('e'); });\nbus.emit('e');`,
      },
    });
    const state = createSystem();
    for (const entry of log.entries) applyEntry(state, entry);
    expect(log.of('limit.reached')).toMatchObject([{ limit: 'deliveries-per-instant' }]);
    expect(log.entries.at(-1)).toMatchObject({ type: 'run.ended', reason: 'limit' });
    expect(log.of('delivery.started')).toHaveLength(deliveriesPerInstantMax);
    const sent = log.of('message.dispatched').length;
    const onTheWay = [...state.flights.values()].filter(({ delivery }) => delivery !== undefined);
    expect(onTheWay).toHaveLength(sent - deliveriesPerInstantMax);
  });
});

describe('rejections', () => {
  it('that get a handler late are told after the handler ran', async () => {
    const log = await runScenario({
      files: {
        'a.js': `process.on('unhandledRejection', () => console.log('unhandled'));
process.on('rejectionHandled', (promise) => console.log('handled', promise === late));
const late = Promise.reject('text');
setTimeout(() => late.catch((reason) => console.log('caught', reason)), 10);`,
      },
    });
    expect(log.printed()).toEqual(['unhandled', 'caught text', 'handled true']);
  });
});

it('says what is about to run, and no line, since none of it has run', async () => {
  const announced: Invocation[] = [];
  const run = createRun({
    scenario: scenarioOf({
      files: {
        'a.ts': `import { eventBus, every } from 'eventarium';\nconst bus = eventBus('shop');\nbus.subscribe('e', function hear() {\n});\nevery(5, () => bus.emit('e'), { times: 1 });`,
      },
    }),
    host: createNodeHost(),
    sink: () => undefined,
    onInvoke: (what) => announced.push(what),
    shouldYield: () => false,
  });
  await run.advance(Infinity);
  expect(announced.slice(0, 3)).toEqual([
    { atMs: 0, process: 'a', what: 'main' },
    { atMs: 5, process: 'a', what: 'main' },
    { atMs: 5, process: 'a', what: 'hear' },
  ]);
});

it('has the globals of Node, and none that only some engines have', async () => {
  const log = await runScenario({
    files: {
      'a.mjs': `console.log(typeof Atomics, typeof globalThis.SharedArrayBuffer, typeof globalThis.Reflect, typeof WeakRef);
globalThis.mine = 1;
console.log(typeof mine, typeof yours, new WeakRef({ a: 1 }).deref());
console.log(new SharedArrayBuffer(8));`,
    },
  });
  expect(log.printed().slice(0, 2)).toEqual(['undefined undefined object function', 'number undefined { a: 1 }']);
  expect(log.of('process.exited')).toMatchObject([{ failure: { name: 'ReferenceError' } }]);
});

it.each([
  ['a file that there is none of', "import { two } from './laws';", "Cannot find './laws'"],
  ['a package that there is none of', "import two from 'lodash';", "Cannot find package 'lodash'"],
  ['a name that is not exported', "import { two } from './rules';", "does not provide an export named 'two'"],
])('an import of %s ends the process at its line', async (_, declaration, message) => {
  const log = await runScenario({
    files: {
      'a.ts': `import { one } from './ones';\n${declaration}\nconsole.log(one, two);`,
      'ones.ts': 'export const one = 1;',
      'rules.ts': 'export {};',
    },
  });
  const exited = log.of('process.exited').find(({ process }) => process === 'a');
  expect([exited?.where, exited?.failure?.message]).toEqual(['a.ts:2', expect.stringContaining(message)]);
});
