import fakeSource from 'virtual:simulation-source/tests/browser/sandbox/fake-worker.ts';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { decodeText } from '../../src/log/utf8';
import type { SandboxEvent, SandboxOptions } from '../../src/sandbox/host';
import { recordedSandbox, scenarioTitled, watchPage, type RecordedSandbox } from './sandbox/recorded-sandbox';

let sandbox: RecordedSandbox | undefined;
const open = (options: Partial<SandboxOptions> = {}): RecordedSandbox =>
  (sandbox = recordedSandbox({ source: async () => fakeSource, keepWarm: false, ...options }));
/** A worker that is nothing but this script; `port` is the port to the page. */
const rogue = (script: string) => ({ source: async () => `onmessage = ({ data: port }) => { ${script} }` });

afterEach(() => sandbox?.close());

const segments = (events: readonly SandboxEvent[]) => events.filter((event) => event.type === 'segment');
const count = (events: readonly SandboxEvent[]) => segments(events).reduce((sum, { count }) => sum + count, 0);
/** For as long as a busy machine may take. */
const eventually = <T>(value: () => T) => expect.poll(value, { timeout: 15_000 });
const frames = () => document.querySelectorAll('iframe').length;

describe('a run in the sandbox', () => {
  it('sends its log in order and says how far it is', async () => {
    const { start, advance, event, events } = bound(open());
    start({ scenario: scenarioTitled('plain'), fromSeq: 0 });
    advance(400);
    expect(await event('advanced')).toEqual({ type: 'advanced', run: 1, atMs: 400, ended: false });
    expect(count(events)).toBe(400);
    advance(5_000);
    const ended = await event('advanced', events.length);
    expect(ended).toEqual({
      type: 'advanced',
      run: 1,
      atMs: 1_000,
      ended: true,
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    const lines = segments(events).flatMap(({ ndjson }) => decodeText(ndjson).trimEnd().split('\n'));
    expect(lines.map((line) => JSON.parse(line).seq)).toEqual(Array.from({ length: 1_000 }, (_, seq) => seq));
  });

  it('sends nothing before the asked-for entry, and the digest is still that of the whole log', async () => {
    const digests = [];
    for (const fromSeq of [0, 700]) {
      const { start, advance, event, events } = bound(open());
      start({ scenario: scenarioTitled('plain'), fromSeq });
      advance(1_000);
      digests.push((await event('advanced')).digest);
      expect([segments(events)[0]?.firstSeq, count(events)]).toEqual([fromSeq, 1_000 - fromSeq]);
      sandbox?.close();
    }
    expect(digests[0]).toBe(digests[1]);
  });

  it('waits when the page does not take what it sent', async () => {
    let take: (() => void) | undefined;
    const taken = new Promise<void>((resolve) => (take = resolve));
    const { start, advance, event, events } = bound(
      open({ onEvent: (each) => (each.type === 'segment' ? taken : undefined) }),
    );
    start({ scenario: scenarioTitled('big 50 3000', { durationMs: 50 }), fromSeq: 0 });
    advance(50);
    await vi.waitFor(() => expect(segments(events)).toHaveLength(8));
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    // Silent for longer than it takes to be called dead, but its heart beats.
    expect([segments(events).length, events.length]).toEqual([8, 8]);
    take?.();
    await event('advanced');
    expect(count(events)).toBe(150_000);
  });

  it('cuts segments that would be too long', async () => {
    const { start, advance, event, events } = bound(open());
    start({ scenario: scenarioTitled('wide 150000', { durationMs: 20 }), fromSeq: 0 });
    advance(20);
    await event('advanced');
    expect(count(events)).toBe(20);
  });

  it('takes interventions while it goes on', async () => {
    const { start, advance, intervene, event, events } = bound(open());
    start({ scenario: scenarioTitled('plain'), fromSeq: 0 });
    advance(10);
    await event('advanced');
    intervene({ type: 'process.crash', atMs: 10, process: 'worker' });
    advance(11);
    await event('advanced', events.length);
    expect(segments(events).map(({ ndjson }) => decodeText(ndjson))).toContainEqual(
      expect.stringContaining('process.crash'),
    );
  });

  it('gives each run a frame of its own and leaves one at most', async () => {
    const before = frames();
    const { start, advance, event, events, warm } = bound(open());
    for (const run of [1, 2, 3]) {
      expect(start({ scenario: scenarioTitled('plain'), fromSeq: 0 })).toBe(run);
      advance(1_000);
      expect((await event('advanced', events.length)).run).toBe(run);
    }
    expect(frames()).toBe(before + 1);
    warm();
    warm();
    expect(frames()).toBe(before + 2);
    sandbox?.close();
    expect(frames()).toBe(before);
  });

  it('gets a frame ready for the next run while one goes on', async () => {
    const { start, advance, event } = bound(open({ keepWarm: true }));
    start({ scenario: scenarioTitled('plain'), fromSeq: 0 });
    advance(1_000);
    await event('advanced');
    await eventually(frames).toBe(2);
  });

  it('says nothing more of a run that was killed or replaced', async () => {
    const { start, advance, event, events, kill } = bound(open());
    start({ scenario: scenarioTitled('slow', { durationMs: 1e9 }), fromSeq: 0 });
    advance(1e9);
    await event('segment');
    start({ scenario: scenarioTitled('plain'), fromSeq: 0 });
    advance(1_000);
    const at = events.length;
    await event('advanced', at);
    expect(events.slice(at).every((each) => each.run === 2)).toBe(true);
    start({ scenario: scenarioTitled('slow', { durationMs: 1e9 }), fromSeq: 0 });
    advance(1e9);
    await event('segment', events.length);
    kill();
    const after = events.length;
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(events.length).toBe(after);
  });
});

describe('a run that falls silent', () => {
  it('is found out by running it again, and the page goes on all the while', async () => {
    const before = frames();
    const { start, advance, event, events, warm } = bound(open());
    const page = watchPage();
    const began = performance.now();
    start({ scenario: scenarioTitled('hang 120'), fromSeq: 0 });
    warm();
    advance(1_000);
    await event('fell-silent');
    const silentAfter = performance.now() - began;
    const found = await event('unresponsive');
    const foundAfter = performance.now() - began;
    expect(found).toEqual({
      type: 'unresponsive',
      run: 1,
      atMs: 120,
      process: 'worker',
      what: 'listener at 120',
    });
    expect(segments(events).map(({ firstSeq, count }) => [firstSeq, count])).toEqual(
      Array.from({ length: 119 }, (_, index) => [index, 1]),
    );
    const { worstMs } = page.stop();
    console.info('silent after', silentAfter, 'found after', foundAfter, 'worst gap of the page', worstMs);
    expect(worstMs).toBeLessThan(500);
    expect(frames()).toBe(before);

    start({ scenario: scenarioTitled('plain'), fromSeq: 0 });
    advance(1_000);
    expect((await event('advanced')).ended).toBe(true);
  });

  it('goes on as if nothing had been when it does not hang again', async () => {
    const { start, advance, event, events } = bound(open());
    start({ scenario: scenarioTitled('hang-once 500'), fromSeq: 0 });
    advance(1_000);
    expect(await event('advanced')).toMatchObject({ ended: true, run: 1 });
    expect(events.filter(({ type }) => type === 'fell-silent')).toHaveLength(1);
    const lines = segments(events).flatMap(({ ndjson }) => decodeText(ndjson).trimEnd().split('\n'));
    expect(lines.map((line) => JSON.parse(line).seq)).toEqual(Array.from({ length: 1_000 }, (_, seq) => seq));
  });

  it('is waited for longer as long as nothing of the user has run', async () => {
    const late = rogue(`port.postMessage({ type: 'ready' });
      const asked = [];
      port.onmessage = ({ data }) => { if (data.type === 'ping') asked.push(data.id); };
      setTimeout(() => {
        for (const id of asked) port.postMessage({ type: 'pong', id, atMs: 0 });
        port.postMessage({ type: 'run.advanced', run: 1, atMs: 1_000, ended: true, digest: '${'0'.repeat(64)}' });
      }, 1_500);`);
    const { start, advance, event, events } = bound(open({ ...late, heartbeatMs: 50, silentMs: 200 }));
    start({ scenario: scenarioTitled('plain'), fromSeq: 0 });
    advance(1_000);
    expect(await event('advanced')).toMatchObject({ ended: true });
    expect(events.map(({ type }) => type)).toEqual(['fell-silent', 'advanced']);
    sandbox?.close();

    const never = bound(
      open({ ...rogue(`port.postMessage({ type: 'ready' })`), heartbeatMs: 50, silentMs: 200, readyMs: 600 }),
    );
    never.start({ scenario: scenarioTitled('plain'), fromSeq: 0 });
    never.advance(1_000);
    expect(await never.event('unresponsive')).toMatchObject({ atMs: 0, process: undefined });
  });

  it('takes its interventions along when it runs again', async () => {
    const { start, advance, intervene, event } = bound(open());
    start({ scenario: scenarioTitled('hang 120'), fromSeq: 0 });
    intervene({ type: 'process.crash', atMs: 10, process: 'worker' });
    advance(1_000);
    expect(await event('unresponsive')).toMatchObject({ atMs: 120 });
  });
});

describe('what the sandbox must not send', () => {
  const ready = `var bytes = (text) => new TextEncoder().encode(text); port.postMessage({ type: 'ready' });`;
  const advanced = (rest: string) => `${ready} port.postMessage({ type: 'run.advanced', run: 1, ${rest} });`;
  const segment = (fields: string) =>
    `${ready} port.postMessage({ type: 'segment', run: 1, firstSeq: 0, count: 1, fromMs: 0, toMs: 0, ndjson: bytes('{}\\n'), ${fields} });`;
  const cases: [string, string, string][] = [
    ['no object', 'port.postMessage(7)', 'invalid'],
    ['nothing', 'port.postMessage(null)', 'invalid'],
    ['an unknown type', `port.postMessage({ type: 'eval', code: '1' })`, 'invalid'],
    ['ready twice', ready + ready, 'invalid'],
    ['an answer to no ping', `${ready} port.postMessage({ type: 'pong', id: 7, atMs: 0 })`, 'invalid'],
    ['a time that is no number', advanced(`atMs: NaN, ended: false`), 'invalid'],
    ['a digest that is none', advanced(`atMs: 1, ended: true, digest: '<img src=x>'`), 'invalid'],
    ['another run', `${ready} port.postMessage({ type: 'run.advanced', run: 99, atMs: 1, ended: false })`, 'invalid'],
    [
      'an announcement nobody asked for',
      `${ready} port.postMessage({ type: 'about-to-run', run: 1, atMs: 0, process: 'p', what: 'w' })`,
      'invalid',
    ],
    ['a gap in the log', segment('firstSeq: 5'), 'invalid'],
    ['too many entries', segment(`count: 3000, ndjson: bytes('{}\\n'.repeat(3000))`), 'invalid'],
    ['too long a segment', segment(`ndjson: bytes('x'.repeat(7e6) + '\\n')`), 'invalid'],
    ['text in place of bytes', segment(`ndjson: '{}\\n'`), 'invalid'],
    ['bytes of a larger memory', segment(`ndjson: bytes('{}\\n{}\\n').subarray(3)`), 'invalid'],
    ['fewer lines than entries', segment('count: 2'), 'invalid'],
    ['time that goes back', segment('fromMs: 5, toMs: 4'), 'invalid'],
    ['a failure of its own', `${ready} port.postMessage({ type: 'run.failed', run: 1, message: 'no' })`, 'run'],
  ];
  it.each(cases)('%s ends the run', async (_name, script, reason) => {
    const { start, advance, events } = bound(open(rogue(script)));
    start({ scenario: scenarioTitled('plain'), fromSeq: 0 });
    advance(1_000);
    await eventually(() => events.at(-1)).toMatchObject({ type: 'failed', reason, run: 1 });
    expect(frames()).toBe(0);
  });

  it('more segments than there are credits for end the run, and the page stays awake in a flood', async () => {
    const flood = `${ready} let seq = 0; const go = () => { for (let i = 0; i < 500; i++) port.postMessage({ type: 'segment', run: 1,
      firstSeq: seq++, count: 1, fromMs: 0, toMs: 0, ndjson: bytes('{}\\n') }); setTimeout(go, 0) }; go();`;
    const page = watchPage();
    const never = new Promise<void>(() => undefined);
    const { start, advance, events } = bound(
      open({ ...rogue(flood), onEvent: (each) => (each.type === 'segment' ? never : undefined) }),
    );
    start({ scenario: scenarioTitled('plain'), fromSeq: 0 });
    advance(1_000);
    await eventually(() => events.at(-1)).toMatchObject({ type: 'failed', reason: 'flood' });
    expect(segments(events)).toHaveLength(8);
    expect(page.stop().worstMs).toBeLessThan(500);
  });
});

describe('a sandbox that does not come up', () => {
  it('is reported when the frame stays silent', async () => {
    const { start, events } = bound(open({ ...rogue(''), readyMs: 300 }));
    start({ scenario: scenarioTitled('plain'), fromSeq: 0 });
    await eventually(() => events.at(-1)).toMatchObject({ type: 'failed', reason: 'never-ready' });
  });

  it('is reported when the frame is not there', async () => {
    const { start, events } = bound(open({ frameUrl: 'about:blank', readyMs: 300 }));
    start({ scenario: scenarioTitled('plain'), fromSeq: 0 });
    await eventually(() => events.at(-1)).toMatchObject({ type: 'failed', reason: 'never-ready' });
  });

  it('is reported when the worker cannot be loaded, and tried again the next time', async () => {
    let tries = 0;
    const source = () => (++tries === 1 ? Promise.reject(new Error('offline')) : Promise.resolve(fakeSource));
    const { start, advance, event, events } = bound(open({ source }));
    start({ scenario: scenarioTitled('plain'), fromSeq: 0 });
    await expect
      .poll(() => events.at(-1))
      .toMatchObject({ type: 'failed', reason: 'source', message: expect.stringContaining('offline') });
    start({ scenario: scenarioTitled('plain'), fromSeq: 0 });
    advance(1_000);
    await eventually(() => events.at(-1)).toMatchObject({ type: 'advanced', ended: true });
    expect(event).toBeDefined();
  });

  it('is reported when the runtime refuses the scenario or has a bug', async () => {
    for (const title of ['refuse', 'fail 5']) {
      const { start, advance, events } = bound(open());
      start({ scenario: scenarioTitled(title), fromSeq: 0 });
      advance(1_000);
      await eventually(() => events.at(-1)).toMatchObject({ type: 'failed', reason: 'run' });
      sandbox?.close();
    }
  });
});

describe('how fast it starts', () => {
  it('cold and warm', async () => {
    const times: Record<string, number[]> = { cold: [], warm: [] };
    for (const kind of ['cold', 'warm', 'cold', 'warm', 'cold', 'warm']) {
      const { start, advance, event, warm } = bound(open());
      if (kind === 'warm') {
        warm();
        await new Promise((resolve) => setTimeout(resolve, 500));
      }
      const began = performance.now();
      start({ scenario: scenarioTitled('plain', { durationMs: 1 }), fromSeq: 0 });
      advance(1);
      await event('advanced');
      times[kind]?.push(Math.round(performance.now() - began));
      sandbox?.close();
    }
    console.info('first entries after ms', JSON.stringify(times));
  });
});

/** Its methods, to be taken out one by one. */
function bound(sandbox: RecordedSandbox): RecordedSandbox {
  const { start, advance, intervene, kill, warm, close, event, events } = sandbox;
  const of = <T extends (...args: never[]) => unknown>(method: T): T => method.bind(sandbox) as T;
  return {
    start: of(start),
    advance: of(advance),
    intervene: of(intervene),
    kill: of(kill),
    warm: of(warm),
    close: of(close),
    event,
    events,
  };
}
