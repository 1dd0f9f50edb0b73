import { describe, expect, it } from 'vitest';
import { fakeProcess } from './fake-environment';

const output = async (source: string) => (await fakeProcess().run(source)).trimEnd().split('\n');

describe('EventEmitter', () => {
  it('prints as in Node', async () => {
    expect(
      await fakeProcess().run(
        `class Shop extends require('events') {} const s = new Shop(); s.on('a', () => {}); console.log(s);`,
      ),
    ).toBe(
      `Shop {
  _events: [Object: null prototype] { a: [Function (anonymous)] },
  _eventsCount: 1,
  _maxListeners: undefined,
  [Symbol(shapeMode)]: false,
  [Symbol(kCapture)]: false
}
`,
    );
  });

  it('can be inherited from the old way', async () => {
    expect(
      await output(`
        const { EventEmitter } = require('events');
        function Old() { EventEmitter.call(this); } require('util').inherits(Old, EventEmitter);
        const old = new Old(); old.once('x', (...args) => console.log(args)); console.log(old.emit('x', 1, 2), old.emit('x'), Old.super_ === EventEmitter);`),
    ).toEqual(['[ 1, 2 ]', 'true false true']);
  });

  it('warns once of too many listeners', async () => {
    const process = fakeProcess();
    await process.run(`const e = new (require('events'))(); for (let i = 0; i < 13; i++) e.on('x', () => {});`);
    expect(process.environment.written.stderr.split('\n')[0]).toBe(
      '(node:4242) MaxListenersExceededWarning: Possible EventEmitter memory leak detected. 11 x listeners added to [EventEmitter]. MaxListeners is 10. Use emitter.setMaxListeners() to increase limit',
    );
  });

  it('waits for events with once and on', async () => {
    expect(
      await output(`
        const { EventEmitter, once, on } = require('events');
        const e = new EventEmitter();
        setTimeout(() => e.emit('a', 1, 2), 5);
        console.log(await once(e, 'a'), e.listenerCount('error'));
        setTimeout(() => e.emit('error', new Error('broken')), 5);
        await once(e, 'b').catch((error) => console.log(error.message, e.listenerCount('b')));
        const controller = new AbortController(); setTimeout(() => controller.abort(), 5);
        await once(e, 'c', { signal: controller.signal }).catch((error) => console.log(error.name, error.code));
        setTimeout(() => { e.emit('d', 1); e.emit('d', 2); e.emit('end'); }, 5);
        for await (const [n] of on(e, 'd', { close: ['end'] })) console.log('d', n);
        console.log(e.eventNames());`),
    ).toEqual(['[ 1, 2 ] 0', 'broken 0', 'AbortError ABORT_ERR', 'd 1', 'd 2', '[]']);
  });

  it('turns rejections into errors where asked', async () => {
    expect(
      await output(`
        const e = new (require('events'))({ captureRejections: true });
        e.on('x', async () => { throw new Error('async'); }); e.on('error', (error) => console.log('caught', error.message)); e.emit('x');`),
    ).toEqual(['caught async']);
  });

  it('removes all listeners, telling those who listen for that', async () => {
    expect(
      await output(`
        const e = new (require('events'))(); e.on('removeListener', (name) => console.log('-', name));
        e.on('a', () => {}); e.on('a', () => {}); e.on('b', () => {}); e.removeAllListeners(); console.log(e.eventNames());
        const { errorMonitor } = require('events'); e.on(errorMonitor, (error) => console.log('seen', error.message));
        try { e.emit('error', new Error('x')) } catch (error) { console.log('thrown', error.message) }`),
    ).toEqual(['- a', '- a', '- b', '[]', 'seen x', 'thrown x']);
  });
});

describe('EventTarget', () => {
  it('calls listeners once each, in order, until told to stop', async () => {
    expect(
      await output(`
        const target = new EventTarget(); const f = () => console.log('f');
        target.addEventListener('x', f); target.addEventListener('x', f);
        target.addEventListener('x', { handleEvent(event) { console.log(event.type, this.handleEvent.name); } }, { once: true });
        target.addEventListener('x', (event) => event.stopImmediatePropagation()); target.addEventListener('x', () => console.log('never'));
        console.log(target.dispatchEvent(new Event('x', { cancelable: true })));
        target.removeEventListener('x', f); target.dispatchEvent(new CustomEvent('x', { detail: 5 }));
        console.log(new CustomEvent('y', { detail: { a: 1 } }).detail, target, new Event('z'));`),
    ).toEqual([
      'f',
      'x handleEvent',
      'true',
      "{ a: 1 } EventTarget {} Event { type: 'z', defaultPrevented: false, cancelable: false, timeStamp: 0 }",
    ]);
  });

  it('leaves what a listener throws to the process', async () => {
    const process = fakeProcess();
    await process.run(`
      const t = new EventTarget(); t.addEventListener('x', () => { throw new Error('listener'); }); t.addEventListener('x', () => console.log('still called'));
      t.dispatchEvent(new Event('x'));`);
    expect(process.environment.written.stdout).toBe('still called\n');
    expect(process.environment.uncaught).toEqual([new Error('listener')]);
  });
});

describe('AbortSignal', () => {
  it('follows others, whichever comes first, through several steps', async () => {
    expect(
      await output(`
        const a = new AbortController(), b = new AbortController();
        const any = AbortSignal.any([AbortSignal.any([a.signal]), b.signal]);
        any.onabort = (event) => console.log('aborted', event.isTrusted, event.target === any);
        a.abort('first'); b.abort('second'); console.log(any.reason, a, AbortSignal.any([a.signal]).reason);
        try { any.throwIfAborted() } catch (error) { console.log('threw', error) }
        try { new AbortSignal() } catch (error) { console.log(error.code) }`),
    ).toEqual([
      'aborted true true',
      'first AbortController { signal: AbortSignal { aborted: true } } first',
      'threw first',
      'ERR_ILLEGAL_CONSTRUCTOR',
    ]);
  });

  it('times out in virtual time without keeping the process alive', async () => {
    expect(
      await output(`
        const signal = AbortSignal.timeout(30); setTimeout(() => console.log(signal.aborted), 29);
        setTimeout(() => { console.log(signal.reason.name, signal.reason.code, signal.reason instanceof DOMException); }, 31);
        AbortSignal.timeout(10_000).addEventListener('abort', () => console.log('never'));`),
    ).toEqual(['false', 'TimeoutError 23 true']);
  });
});

describe('DOMException', () => {
  it('is an error with a name, a code and a stack', async () => {
    expect(
      await output(`
        const error = new DOMException('why', 'AbortError');
        console.log(error instanceof Error, error.name, error.code, String(error), error.stack.split('\\n')[0], Object.keys(error));
        console.log(require('util').inspect(error).split('\\n')[0], DOMException.ABORT_ERR, new DOMException().code, typeof DOMException);`),
    ).toEqual([
      'true AbortError 20 AbortError: why AbortError: why []',
      'DOMException [AbortError]: why 20 0 function',
    ]);
  });
});
