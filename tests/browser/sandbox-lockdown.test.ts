import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRawFrame, type RawFrame } from './sandbox/raw-frame';

let sandbox: RawFrame;
const evaluate = (expression: string) => sandbox.run(`() => ${expression}`);

beforeAll(async () => {
  sandbox = await openRawFrame();
});
afterAll(() => sandbox.close());

describe('the realm of the simulation', () => {
  it('holds nothing that reaches outside, under any name', async () => {
    const names =
      'fetch XMLHttpRequest WebSocket WebSocketStream EventSource importScripts indexedDB IDBFactory caches CacheStorage ' +
      'BroadcastChannel navigator location Worker SharedWorker postMessage close requestAnimationFrame scheduler ' +
      'WebTransport RTCPeerConnection Notification FileReaderSync Blob File MessageChannel MessagePort setTimeout ' +
      'setInterval queueMicrotask performance crypto console reportError createImageBitmap OffscreenCanvas FontFace ' +
      'ReadableStream CompressionStream WebAssembly Atomics SharedArrayBuffer Temporal self ' +
      'name origin isSecureContext onmessage onerror onunhandledrejection webkitRequestFileSystem addEventListener ' +
      'dispatchEvent trustedTypes storage serviceWorker cookieStore locks DedicatedWorkerGlobalScope WorkerGlobalScope';
    const found = await evaluate(
      `'${names}'.split(' ').filter((name) => (function () { return this })()[name] !== undefined && !/^(add|dispatch)/.test(name))`,
    );
    expect(found).toEqual([]);
  });

  it('has no property on the global or what it inherits from that is not of the language or harmless', async () => {
    const found = (await evaluate(`(() => {
      const names = new Set();
      for (let at = globalThis; at && at !== Object.prototype; at = Object.getPrototypeOf(at)) {
        for (const key of Reflect.ownKeys(at)) if (globalThis[key] !== undefined) names.add(String(key));
      }
      return [...names];
    })()`)) as string[];
    const { allowedGlobals } = await import('../../src/sandbox/allowed-globals');
    const events = ['addEventListener', 'removeEventListener', 'dispatchEvent', 'when', 'constructor'];
    const known = [...allowedGlobals, ...events, 'Symbol(Symbol.toStringTag)'];
    expect(found.filter((name) => !known.includes(name))).toEqual([]);
  });

  it('cannot make code of text', async () => {
    const ways = [
      `eval('1')`,
      `(0, eval)('1')`,
      `Function('return 1')()`,
      `(() => {}).constructor('return 1')()`,
      `(async () => {}).constructor('return 1')()`,
      `(function* () {}).constructor('return 1')()`,
      `(async function* () {}).constructor('return 1')()`,
      `Reflect.construct(Function, ['return 1'])()`,
    ];
    for (const way of ways)
      expect([way, await evaluate(way)]).toEqual([way, { thrown: expect.stringMatching(/^EvalError/) }]);
  });

  it('tells no real time', async () => {
    const clocks = [
      'Date.now()',
      'new Date().getTime()',
      'Reflect.construct(Date, []).getTime()',
      'new (class extends Date {})().getTime()',
      'new Date.prototype.constructor().getTime()',
      'new (new Date(5).constructor)().getTime()',
      `new Event('x').timeStamp`,
      `Reflect.get(Event.prototype, 'timeStamp', new CustomEvent('x'))`,
      `(() => { const signal = new AbortController().signal; return signal.timeStamp ?? 0 })()`,
    ];
    for (const clock of clocks) expect([clock, await evaluate(clock)]).toEqual([clock, 0]);
    expect(await evaluate(`[Date(), new Intl.DateTimeFormat('en-US', { year: 'numeric' }).format()]`)).toEqual([
      expect.stringContaining('19'),
      expect.stringMatching(/^(1969|1970)$/),
    ]);
    expect(await evaluate(`new Intl.DateTimeFormat('en-US', { year: 'numeric' }).formatToParts()[0].value`)).toMatch(
      /^19/,
    );
    expect(await evaluate(`[typeof AbortSignal.timeout, typeof Date.prototype.toTemporalInstant]`)).toEqual([
      'undefined',
      'undefined',
    ]);
  });

  it('keeps dates that are given working', async () => {
    expect(await evaluate(`new Date(Date.UTC(2026, 0, 2)).toISOString()`)).toBe('2026-01-02T00:00:00.000Z');
    expect(await evaluate(`[new Date(1) instanceof Date, Date.name, new Date(2026, 0).getFullYear()]`)).toEqual([
      true,
      'Date',
      2026,
    ]);
    expect(
      await evaluate(`new Intl.DateTimeFormat('en-US', { timeZone: 'UTC' }).format(new Date(Date.UTC(2026, 0, 2)))`),
    ).toBe('1/2/2026');
  });

  it('collects no garbage that anybody could see', async () => {
    expect(
      await evaluate(
        `[new WeakRef({ a: 1 }).deref().a, String(new WeakRef({})), new FinalizationRegistry(() => {}).unregister({})]`,
      ),
    ).toEqual([1, '[object WeakRef]', false]);
  });

  it('has no chance in it', async () => {
    expect(await evaluate('[Math.random(), Math.random()]')).toEqual([0.5, 0.5]);
  });

  it('lets nobody sit on the global as an event target', async () => {
    for (const method of ['addEventListener', 'removeEventListener', 'dispatchEvent']) {
      expect(await evaluate(`EventTarget.prototype.${method}.call(globalThis, new Event('message'))`)).toEqual({
        thrown: 'TypeError: Illegal invocation',
      });
    }
    expect(await evaluate(`addEventListener('message', () => {})`)).toEqual({
      thrown: 'TypeError: Illegal invocation',
    });
    const own = `(() => { let seen = 0; const target = new EventTarget(); target.addEventListener('x', () => seen++);
      target.dispatchEvent(new Event('x')); return seen })()`;
    expect(await evaluate(own)).toBe(1);
  });

  it('makes no blob URLs', async () => {
    expect(await evaluate(`[typeof URL.createObjectURL, new URL('a?b=1', 'http://c/').searchParams.get('b')]`)).toEqual(
      ['undefined', '1'],
    );
  });
});

describe('loading a file', () => {
  it('keeps lines and gives the stack the name of the file', async () => {
    const script = `({ host }) => {
      const f = host.load('() => {\\n  throw new Error("on two");\\n} // ends in a comment', 'services/email.ts');
      try { f() } catch (error) { return error.stack }
    }`;
    expect(await sandbox.run(script)).toContain('services/email.ts:2:9');
  });

  it('leaves no trace of itself on the global', async () => {
    expect(await evaluate('typeof __take')).toBe('undefined');
  });

  it('cannot be led astray by the name of a file', async () => {
    const script = `({ host }) => host.load('() => 7', "a b\\n;globalThis.leaked = 1//'.js")()`;
    expect(await sandbox.run(script)).toBe(7);
    expect(await evaluate('typeof leaked')).toBe('undefined');
  });
});

describe('a hop', () => {
  it('is a real macrotask that lets messages of the page through', async () => {
    const choice = (await sandbox.run(
      '({ host }) => ({ name: host.hopChoice.name, trials: host.hopChoice.trials })',
    )) as {
      name: string;
      trials: { name: string; perHopMs: number; seenAfter?: number }[];
    };
    const chosen = choice.trials.find(({ name }) => name === choice.name);
    expect(chosen?.seenAfter).toBeLessThanOrEqual(10);
    console.info('hop trials', JSON.stringify(choice));
  });

  it('answers the page while the worker does nothing but hop', async () => {
    void sandbox.run(`({ port, host }) => {
      let going = true;
      (async () => { for (let i = 0; i < 2e5 && going; i++) await host.hop() })();
      const before = port.onmessage;
      port.onmessage = () => { going = false; port.onmessage = before; port.postMessage({ answer: 'seen' }) };
      return 'hopping';
    }`);
    expect(await sandbox.run('anything')).toBe('seen');
  });
});

describe('unhandled rejections', () => {
  const settle = 'const later = () => host.hop();';

  it('are reported in the order in which they happened, and each once', async () => {
    const script = `async ({ host }) => {
      for (let i = 0; i < 5; i++) void Promise.reject(i);
      const reasons = (await host.unhandledRejections()).map(({ reason }) => reason);
      return [reasons, (await host.unhandledRejections()).length];
    }`;
    expect(await sandbox.run(script)).toEqual([[0, 1, 2, 3, 4], 0]);
  });

  it('do not count those that got a handler in time', async () => {
    const script = `async ({ host }) => {
      const promise = Promise.reject('handled');
      void Promise.reject('not handled');
      promise.catch(() => {});
      return (await host.unhandledRejections()).map(({ reason }) => reason);
    }`;
    expect(await sandbox.run(script)).toEqual(['not handled']);
  });

  it('come with their promise, and from async functions and from earlier tasks too', async () => {
    const script = `async ({ host }) => {
      ${settle}
      const promise = (async () => { throw new TypeError('late') })();
      await later();
      void Promise.reject(undefined);
      const all = await host.unhandledRejections();
      return [all.length, all[0].promise === promise, String(all[0].reason), all[1].reason === undefined];
    }`;
    expect(await sandbox.run(script)).toEqual([2, true, 'TypeError: late', true]);
  });

  // Last: the host that each makes goes on listening.
  const reportedBy = (trusts: string, reasons: readonly string[]): Promise<unknown> =>
    sandbox.run(`async ({ createWorkerHost, primitives }) => {
      const onUnhandledRejection = (listener) => primitives.onUnhandledRejection((event) => {
        const { reason, promise } = event;
        listener({ reason, promise, isTrusted: (${trusts})(reason), preventDefault: () => event.preventDefault() });
      });
      const host = await createWorkerHost({ ...primitives, onUnhandledRejection });
      for (const reason of ${JSON.stringify(reasons)}) void Promise.reject(reason);
      return (await host.unhandledRejections()).map(({ reason }) => reason);
    }`);

  it('are heard of where the engine calls no report trusted, as Firefox in workers', async () => {
    expect(await reportedBy('() => false', ['one', 'two'])).toEqual(['one', 'two']);
  });

  it('are not believed when they are less trusted than the report of our own', async () => {
    expect(await reportedBy("(reason) => reason !== 'forged'", ['true', 'forged'])).toEqual(['true']);
  });
});
