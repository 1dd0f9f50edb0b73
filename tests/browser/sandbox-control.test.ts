import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Entry } from '../../src/log/entry';
import { decodeText } from '../../src/log/utf8';
import type { SandboxEvent } from '../../src/sandbox/host';
import type { Scenario } from '../../src/scenario/scenario';
import { recordedSandbox, scenarioTitled, watchPage, type RecordedSandbox } from './sandbox/recorded-sandbox';

/**
 * Attacks on control, with the real runtime: the page stays awake, the frame is replaced, and the report says which listener
 * it was and on which line.
 */
let sandbox: RecordedSandbox;

beforeAll(async () => {
  await import('virtual:simulation-source');
});
afterEach(() => sandbox.close());

const shop = `import { eventBus } from 'eventarium';
const bus = eventBus('shop');
for (let i = 0; i < 20; i++) setTimeout(() => bus.emit('order.created', { id: i }), i * 10);
`;
const healthy = `import { eventBus } from 'eventarium';
eventBus('shop').subscribe('order.created', function count(event) { console.log('counted', event.data.id) });
`;

function attack(email: string): Scenario {
  const process = (name: string, file: string) => ({ name, file, args: [], env: {}, startAtMs: 0, replicas: 1 });
  return scenarioTitled('attack', {
    durationMs: 2_000,
    files: { 'shop.js': shop, 'email.js': email, 'count.js': healthy },
    processes: [process('count', 'count.js'), process('email', 'email.js'), process('shop', 'shop.js')],
  });
}

const listener = (body: string) => `import { eventBus } from 'eventarium';
eventBus('shop').subscribe('order.created', async function sendEmail(event) {
  if (event.data.id !== 7) return;
  ${body}
});
`;

const entriesOf = (events: readonly SandboxEvent[]): Entry[] =>
  events.flatMap((event) =>
    event.type === 'segment'
      ? decodeText(event.ndjson)
          .trimEnd()
          .split('\n')
          .map((line) => JSON.parse(line) as Entry)
      : [],
  );

/** Runs it to the end, or to what ended it, and looks at the page meanwhile. */
async function run(scenario: Scenario) {
  sandbox = recordedSandbox();
  const before = document.querySelectorAll('iframe').length;
  const page = watchPage();
  const began = performance.now();
  sandbox.start({ scenario, fromSeq: 0 });
  sandbox.advance(scenario.durationMs);
  await expect
    .poll(
      () => sandbox.events.some((event) => event.type === 'unresponsive' || (event.type === 'advanced' && event.ended)),
      {
        timeout: 25_000,
      },
    )
    .toBe(true);
  const tookMs = Math.round(performance.now() - began);
  const { worstMs } = page.stop();
  return {
    last: sandbox.events.at(-1),
    entries: entriesOf(sandbox.events),
    worstMs,
    tookMs,
    frames: document.querySelectorAll('iframe').length - before,
  };
}

describe('a listener that does not give the thread back', () => {
  const hangs: [string, string, string][] = [
    ['a regular expression that backtracks', `/(a+)+$/.test('a'.repeat(40) + '!');`, 'regex'],
    [
      'one call into the engine that takes forever',
      `let x = 3n ** 20_000_000n; for (let i = 0; i < 20; i++) x *= x;`,
      'native',
    ],
  ];
  it.each(hangs)('%s: it is named, and the log so far is kept', async (_name, body, kind) => {
    const { last, entries, worstMs, tookMs, frames } = await run(attack(listener(body)));
    console.info(kind, { tookMs, worstMs });
    expect(last).toMatchObject({
      type: 'unresponsive',
      process: 'email',
      what: 'sendEmail',
      atMs: 70,
      where: expect.stringMatching(/^email\.js:/),
    });
    expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, index) => index));
    expect(entries.filter(({ type }) => type === 'console.printed').length).toBeGreaterThanOrEqual(7);
    expect(worstMs).toBeLessThan(1_000);
    expect(frames).toBe(0);

    // And the next run is none the worse for it.
    const from = sandbox.events.length;
    sandbox.start({ scenario: attack(listener('return;')), fromSeq: 0 });
    sandbox.advance(2_000);
    expect(await sandbox.event('advanced', from)).toMatchObject({ ended: true });
  });
});

/** Whichever was first, a guard or the heartbeat on a slow machine: it is known who it was. */
function expectStopped(last: SandboxEvent | undefined, entries: readonly Entry[]): void {
  if (last?.type === 'unresponsive')
    return expect(last).toMatchObject({
      process: 'email',
      what: 'sendEmail',
      where: expect.stringMatching(/^email\.js:2/),
    });
  expect(last).toMatchObject({ type: 'advanced', ended: true });
  const limit = entries.find((entry) => entry.type === 'limit.reached');
  expect(limit).toMatchObject({ process: 'email', where: expect.stringMatching(/^email\.js:4/) });
}

describe('what the guards of the runtime stop', () => {
  const guarded: [string, string][] = [
    ['an endless loop', `while (true);`],
    ['an endless loop over microtasks', `for (;;) await null;`],
    ['promises that make promises', `const again = () => Promise.resolve().then(again); await again();`],
    ['endless recursion', `(function deep() { return deep() + 1 })();`],
    ['a generator without an end', `for (const x of (function* () { for (;;) yield 1 })());`],
    ['a getter without an end', `JSON.stringify({ get a() { for (;;); } });`],
    ['a replacer without an end', `'a'.replace(/a/, () => { for (;;); });`],
  ];
  it.each(guarded)('%s', async (_name, body) => {
    const { last, entries, worstMs } = await run(attack(listener(body)));
    expectStopped(last, entries);
    // The others go on.
    if (last?.type === 'advanced')
      expect(entries.filter((entry) => entry.type === 'console.printed' && entry.process === 'count')).toHaveLength(20);
    expect(worstMs).toBeLessThan(1_000);
  });
});

describe('too much of everything', () => {
  it('a flood of messages leaves the page awake', async () => {
    const { last, worstMs, entries } = await run(
      attack(
        listener(`for (let i = 0; i < 50_000; i++) eventBus('shop').emit('noise.' + i, { i, text: 'x'.repeat(100) });`),
      ),
    );
    if (last?.type === 'advanced') expect(entries.length).toBeGreaterThan(50_000);
    else expect(last).toMatchObject({ type: 'unresponsive', process: 'email', what: 'sendEmail' });
    expect(worstMs).toBeLessThan(1_000);
  });

  it('an event that emits itself ends at a limit', async () => {
    const { last, worstMs, entries } = await run(
      attack(listener(`eventBus('shop').emit('order.created', event.data);`)),
    );
    expect(last).toMatchObject({ type: 'advanced', ended: true });
    expect(entries.some((entry) => entry.type === 'limit.reached')).toBe(true);
    expect(worstMs).toBeLessThan(1_000);
  });

  it('a heap that grows without an end takes nothing with it but its frame', { timeout: 90_000 }, async () => {
    sandbox = recordedSandbox();
    const page = watchPage();
    const began = performance.now();
    const email = listener(`const kept = []; for (;;) kept.push(new Array(4_000_000).fill(kept.length));`);
    sandbox.start({ scenario: attack(email), fromSeq: 0 });
    sandbox.advance(2_000);
    await expect
      .poll(
        () => sandbox.events.find(({ type }) => type === 'unresponsive' || type === 'advanced' || type === 'failed'),
        { timeout: 80_000 },
      )
      .toMatchObject({ type: 'unresponsive', process: 'email', what: 'sendEmail' });
    const { worstMs } = page.stop();
    console.info('heap', { tookMs: performance.now() - began, worstMs });
    expect(worstMs).toBeLessThan(2_000);
    const from = sandbox.events.length;
    sandbox.start({ scenario: attack(listener('return;')), fromSeq: 0 });
    sandbox.advance(2_000);
    expect(await sandbox.event('advanced', from)).toMatchObject({ ended: true });
  });
});

describe('user code in the runtime', () => {
  it('reaches no global of the worker and nothing outside', async () => {
    const expressions = [
      'typeof importScripts',
      'typeof indexedDB',
      'typeof caches',
      'typeof Worker',
      'typeof XMLHttpRequest',
      'typeof WebSocket',
      'typeof EventSource',
      'typeof postMessage',
      'typeof self',
      'typeof navigator',
      'typeof location',
      'typeof BroadcastChannel',
      'typeof (function () { return this })()?.importScripts',
      'typeof globalThis.importScripts',
      'typeof global.XMLHttpRequest',
      'typeof (function () { return this })()?.WebSocket',
      'typeof Object.getPrototypeOf(globalThis).indexedDB',
      'typeof setTimeout(() => {}, 1).constructor.importScripts',
      'typeof URL.createObjectURL',
      'typeof AbortSignal.prototype.timeout',
    ];
    const attempts = expressions
      .map((expression) => `try { console.log(${expression}) } catch { console.log('undefined') }`)
      .join('\n');
    const { entries } = await run(attack(attempts));
    const printed = entries.flatMap((entry) =>
      entry.type === 'console.printed' && entry.process === 'email' ? [entry.text.trim()] : [],
    );
    expect(printed).toEqual(expressions.map(() => 'undefined'));
  });

  it('gives the same log and digest every time', async () => {
    const digests = new Set();
    for (const _ of [1, 2]) {
      const { last } = await run(
        attack(
          listener(
            'await new Promise((r) => setTimeout(r, 5)); console.log(Math.random(), Date.now(), new Date().toString())',
          ),
        ),
      );
      digests.add(last?.type === 'advanced' && last.digest);
      sandbox.close();
    }
    expect(digests.size).toBe(1);
  });
});
