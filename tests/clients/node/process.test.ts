import { describe, expect, it } from 'vitest';
import { announceExit } from '../../../src/clients/node/globals';
import { notSimulated } from '../../../src/clients/node/not-simulated';
import { nodeModuleNames } from '../../../src/clients/node/node-module';
import { formatUncaught } from '../../../src/clients/node/uncaught';
import { FakeEnvironment, fakeProcess, ProcessEnd } from './fake-environment';

const output = async (source: string) => (await fakeProcess().run(source)).trimEnd().split('\n');

describe('timers', () => {
  it('run in order of due time, then of their making', async () => {
    expect(
      await output(`
        setTimeout((...args) => console.log('late', ...args), 20, 1, 2);
        setTimeout(() => console.log('zero'));
        setTimeout(() => console.log('one'), 1);
        setImmediate(() => console.log('immediate'));
        process.nextTick(() => console.log('tick'));
        setTimeout(() => console.log('too long'), 2 ** 31);`),
    ).toEqual(['tick', 'immediate', 'zero', 'one', 'too long', 'late 1 2']);
  });

  it('can be cleared by object, number and string', async () => {
    expect(
      await output(`
        clearTimeout(setTimeout(() => console.log('never'), 5));
        clearTimeout(+setTimeout(() => console.log('never'), 5));
        clearInterval(String(+setInterval(() => console.log('never'), 5)));
        clearImmediate(setImmediate(() => console.log('never')));
        clearTimeout(null); clearTimeout('x');
        let n = 0; const i = setInterval(() => { console.log(++n); if (n === 3) clearInterval(i); }, 5);`),
    ).toEqual(['1', '2', '3']);
  });

  it('are refreshed, referenced and listed as in Node', async () => {
    expect(
      await output(`
        const t = setTimeout(() => console.log('fired', performance.now()), 10);
        setTimeout(() => t.refresh(), 5);
        const u = setInterval(() => console.log('keeps nobody alive'), 1000).unref();
        console.log(t.hasRef(), u.hasRef(), t.constructor.name, t[Symbol.toPrimitive]() > 0);
        try { setTimeout('code') } catch (error) { console.log(error.code, error.message) }`),
    ).toEqual([
      'true false Timeout true',
      `ERR_INVALID_ARG_TYPE The "callback" argument must be of type function. Received type string ('code')`,
      'fired 15',
    ]);
  });

  it('pass what the user gave through bind', async () => {
    const process = fakeProcess();
    await process.run(
      `setTimeout(() => {}); setImmediate(() => {}); process.nextTick(() => {}); process.on('x', () => {});`,
    );
    expect(process.environment.boundCount).toBeGreaterThanOrEqual(4);
  });

  it('have promises that a signal can reject', async () => {
    expect(
      await output(`
        const { setTimeout: sleep, setInterval: every, scheduler } = require('timers/promises');
        console.log(await sleep(5, 'value'), await require('util').promisify(setTimeout)(5, 'custom'));
        const controller = new AbortController();
        setTimeout(() => controller.abort('why'), 10);
        try { await sleep(100, null, { signal: controller.signal }) }
        catch (error) { console.log(error.name, error.code, error.message, error.cause, performance.now()) }
        await scheduler.wait(5);
        for await (const beat of every(10, 'beat')) { console.log(beat, performance.now()); if (performance.now() > 40) break; }`),
    ).toEqual(['value custom', 'AbortError ABORT_ERR The operation was aborted why 20', 'beat 35', 'beat 45']);
  });
});

describe('process', () => {
  it('ends with the code that was set, after its exit event', async () => {
    const process = fakeProcess();
    await process.run(
      `process.on('exit', (code) => console.log('exit', code, process.exitCode)); process.exitCode = 3; process.exit();`,
    );
    expect(process.environment.written.stdout).toBe('exit 3 3\n');
    expect(process.environment.uncaught).toEqual([new ProcessEnd(3)]);
  });

  it('announces its end once when the runtime ends it', async () => {
    const process = fakeProcess();
    await process.run(`process.on('exit', (code) => console.log('exit', code));`);
    expect([announceExit(process.globals, 1), announceExit(process.globals)]).toEqual([1, 1]);
    expect(process.environment.written.stdout).toBe('exit 1\n');
  });

  it('tells the time of the run and nothing of the host', async () => {
    expect(
      await output(`
        await new Promise((resolve) => setTimeout(resolve, 1500));
        console.log(process.uptime(), process.hrtime(), process.hrtime.bigint(), process.hrtime([1, 0]));
        console.log(process.argv, process.pid, process.platform, process.version, process.cwd(), process.env.TZ, process.env.NODE_ENV);
        process.env.N = 5; console.log(typeof process.env.N, process.stdout.isTTY, process.title);`),
    ).toEqual([
      '1.5 [ 1, 500000000 ] 1500000000n [ 0, 500000000 ]',
      "[ '/usr/local/bin/node', '/app/main.js' ] 4242 linux v20.20.2 /app UTC undefined",
      'string undefined node',
    ]);
  });

  it('takes listeners off that it has bound', async () => {
    expect(
      await output(`
        const f = () => console.log('never'); process.on('a', f); process.off('a', f); process.emit('a');
        const g = () => console.log('never'); process.once('b', g); process.off('b', g); process.emit('b');
        process.once('c', () => console.log('once')); process.emit('c'); process.emit('c');
        console.log(process.listenerCount('c'), process.listeners('a').length);`),
    ).toEqual(['once', '0 0']);
  });

  it('writes warnings as Node does, with one hint', async () => {
    const process = fakeProcess();
    await process.run(
      `process.emitWarning('careful'); process.emitWarning('old', 'DeprecationWarning', 'DEP1'); console.countReset('nothing');`,
    );
    expect(process.environment.written.stderr.split('\n')).toEqual([
      '(node:4242) Warning: careful',
      '(Use `node --trace-warnings ...` to show where the warning was created)',
      '(node:4242) [DEP1] DeprecationWarning: old',
      `(node:4242) Warning: Count for 'nothing' does not exist`,
      '',
    ]);
  });

  it('calls back when something is written', async () => {
    expect(
      await output(
        `process.stdout.write(Buffer.from('ї'), () => console.log('!done')); process.stdout.write('x', 'utf8');`,
      ),
    ).toEqual(['їx!done']);
  });
});

describe('console', () => {
  it('knows the state of promises, in the order in which things were printed', async () => {
    expect(
      await output(`
        const later = new Promise(() => {});
        console.log(Promise.resolve(5), later, (async () => 'v')());
        console.log('after', [Promise.resolve({ a: Promise.resolve(1) })]);
        const rejected = Promise.reject(new RangeError('no')); rejected.catch(() => {});
        rejected.then(undefined, () => {});
        console.log(rejected.constructor === Promise);
        const kept = { n: 1 }; console.log(Promise.resolve(1), kept); kept.n = 2;`),
    ).toEqual([
      "Promise { 5 } Promise { <pending> } Promise { 'v' }",
      'after [ Promise { { a: [Promise] } } ]',
      'true',
      'Promise { 1 } { n: 1 }',
    ]);
  });

  it('measures in virtual time', async () => {
    expect(
      await output(
        `
        console.time('t'); console.time();
        setTimeout(() => { console.timeLog('t', { a: 1 }); console.timeEnd(); }, 12);
        setTimeout(() => console.timeEnd('t'), 61_500);
        setTimeout(() => console.timeEnd('t'), 61_600);`
          .replace('61_500', '59_500')
          .replace('61_600', '59_600'),
      ),
    ).toEqual(['t: 12ms { a: 1 }', 'default: 12ms', 't: 59.500s']);
  });

  it('writes where its streams say', async () => {
    expect(
      await output(`
        const lines = []; const own = new console.Console({ write: (text) => lines.push(text) });
        own.log('a'); own.group(); own.error('b\\nc');
        console.log(lines, own instanceof console.Console, console instanceof console.Console);
        const write = process.stdout.write; process.stdout.write = (text) => write('> ' + text); console.log('patched', Promise.resolve(1));`),
    ).toEqual(["[ 'a\\n', '  b\\n  c\\n' ] true true", '> patched Promise { <pending> }']);
  });
});

describe('modules', () => {
  it('are the same object each time, with and without the prefix', () => {
    const { module } = fakeProcess();
    for (const name of nodeModuleNames) {
      expect(module(name)).toBeDefined();
      expect(module(`node:${name}`)).toBe(module(name));
    }
    expect(module('events')).toBe(module('events').EventEmitter);
    expect(module('assert/strict')).toBe(module('assert').strict);
    expect([module('fs'), module('express')]).toEqual([undefined, undefined]);
  });

  it('that are not simulated say so and what is there instead', () => {
    for (const name of nodeModuleNames) expect(notSimulated[name]).toBeUndefined();
    for (const name of ['fs', 'net', 'child_process', 'worker_threads', 'dns', 'tls', 'http2', 'stream']) {
      expect(notSimulated[name]).toMatch(new RegExp(`^node:${name} is not simulated: `));
    }
  });

  it('are separate for each process', () => {
    const [a, b] = [fakeProcess(), fakeProcess()];
    a.module('events').defaultMaxListeners = 1;
    expect(b.module('events').defaultMaxListeners).toBe(10);
    expect(a.module('process')).not.toBe(b.module('process'));
  });
});

describe('formatUncaught', () => {
  it('gives the stack of an error, its properties and the version', () => {
    const error = Object.assign(new RangeError('stock is negative'), { code: 5 });
    expect(formatUncaught(error).split('\n')[0]).toBe('RangeError: stock is negative');
    expect(formatUncaught(error)).toMatch(/\{\n {2}code: 5\n\}\n\nNode\.js v20\.20\.2\n$/);
  });

  it('wraps what is rejected and is no error', () => {
    const lines = formatUncaught('just text', { isRejection: true }).split('\n');
    expect(lines[0]).toBe(
      'UnhandledPromiseRejection: This error originated either by throwing inside of an async function without a catch ' +
        'block, or by rejecting a promise which was not handled with .catch(). The promise rejected with the reason "just text".',
    );
    expect(lines).toContain("  code: 'ERR_UNHANDLED_REJECTION'");
    expect(formatUncaught({ a: 1 }, { isRejection: true })).toContain('reason "#<Object>".');
  });

  it('shows other values that were thrown', () => {
    expect(formatUncaught('abc')).toMatch(/^abc\n\(Use `node --trace-uncaught/);
    expect(formatUncaught({ a: 1 })).toMatch(/^\{ a: 1 \}\n\nNode/);
  });
});

describe('determinism', () => {
  it('gives the same output for the same environment', async () => {
    const source = `
      console.log(Math.random(), crypto.randomUUID(), require('crypto').randomBytes(4), require('crypto').randomInt(100));
      console.log(new Date(), Date.now(), performance.now(), new Event('x').timeStamp, performance.timeOrigin, new Date().toString());
      console.log(new Intl.DateTimeFormat().format(), (1234.5).toFixed(1), new Intl.NumberFormat().format(1234.5));`;
    const first = await fakeProcess(new FakeEnvironment()).run(source);
    expect(await fakeProcess(new FakeEnvironment()).run(source)).toBe(first);
    expect(first).toContain('2024-01-01T00:00:00.000Z 1704067200000 0 0 1704067200000');
    expect(first).toContain('1/1/2024 1234.5 1,234.5');
  });
});
