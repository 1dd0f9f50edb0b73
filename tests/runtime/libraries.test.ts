import { describe, expect, it } from 'vitest';
import { nameInSource } from '../../src/runtime/observed-policies';
import { runScenario } from './run-scenario';

describe('packages that run as they are', () => {
  it('retry in virtual time, with the cause carried through (cockatiel)', async () => {
    const log = await runScenario({
      files: {
        'a.ts': `import { eventBus } from 'eventarium';
import { retry, handleAll, ConstantBackoff } from 'cockatiel';
const bus = eventBus('shop');
const policy = retry(handleAll, { maxAttempts: 3, backoff: new ConstantBackoff(100) });
bus.subscribe('order', async function pay(event) {
  let calls = 0;
  await policy.execute(() => { if (++calls < 3) throw new Error('busy'); });
  bus.emit('paid', event.data);
});
bus.emit('order', 1);
bus.emit('order', 2);`,
      },
    });
    const paid = log.of('message.published').filter(({ message }) => message.type === 'paid');
    expect(paid.map(({ atMs, message }) => [atMs, message.causationid, message.data])).toEqual([
      [200, 'm_1', 1],
      [200, 'm_2', 2],
    ]);
  });

  it('sign and verify (standardwebhooks)', async () => {
    const log = await runScenario({
      files: {
        'a.ts': `import { Webhook } from 'standardwebhooks';
const wh = new Webhook('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw');
const at = new Date();
const body = JSON.stringify({ total: 1500 });
const headers = { 'webhook-id': 'msg_1', 'webhook-timestamp': String(Math.floor(at.getTime() / 1000)), 'webhook-signature': wh.sign('msg_1', at, body) };
console.log(wh.verify(body, headers));
try { wh.verify(body + ' ', headers); } catch (error) { console.log(error.message); }`,
      },
    });
    expect(log.printed()).toEqual(['{ total: 1500 }', 'No matching signature found']);
  });

  it('tell of a breaker: closed, open until an instant, half-open, and what its maker called it (cockatiel)', async () => {
    const log = await runScenario({
      files: {
        'a.ts': `import { circuitBreaker, handleAll, ConsecutiveBreaker } from 'cockatiel';
const bank = circuitBreaker(handleAll, { halfOpenAfter: 1000, breaker: new ConsecutiveBreaker(2) });
let calls = 0;
const call = () => bank.execute(() => { if (++calls < 4) throw new Error('no answer'); }).catch((error) => console.log(error.message));
for (let n = 0; n < 3; n++) await call();
setTimeout(call, 1200);
setTimeout(call, 2500);
setTimeout(() => { bank.isolate(); }, 3000);`,
      },
    });
    expect(log.of('breaker.declared')).toMatchObject([{ process: 'a', policy: 'bank', where: 'a.ts:2' }]);
    const told = log
      .of('breaker.changed')
      .map(({ atMs, state, halfOpenAtMs, failure }) => [atMs, state, halfOpenAtMs, failure?.message]);
    expect(told).toEqual([
      [0, 'open', 1_000, 'no answer'],
      [1_200, 'half-open', undefined, undefined],
      [1_200, 'open', 2_200, 'no answer'],
      [2_500, 'half-open', undefined, undefined],
      [2_500, 'closed', undefined, undefined],
      [3_000, 'isolated', undefined, undefined],
    ]);
    expect(log.printed()[2]).toContain('circuit breaker is open');
  });

  it('tell of each retry with its wait, and of giving up, caused by whoever made the call (cockatiel)', async () => {
    const log = await runScenario({
      files: {
        'a.ts': `import { eventBus } from 'eventarium';
import { retry, handleAll, ExponentialBackoff, ConstantBackoff } from 'cockatiel';
const bus = eventBus('shop');
const policies = {
  again: retry(handleAll, { maxAttempts: 2, backoff: new ConstantBackoff(100) }),
};
bus.subscribe('order', async function pay() {
  await policies.again.execute(() => { throw new TypeError('busy'); });
});
bus.emit('order');`,
      },
    });
    const started = log.of('delivery.started')[0]?.seq;
    expect(log.of('retry.scheduled')).toMatchObject([
      { atMs: 0, cause: started, attempt: 1, delayMs: 100, failure: { name: 'TypeError' } },
      { atMs: 100, cause: started, attempt: 2, delayMs: 100 },
    ]);
    expect(log.of('retry.given-up')).toMatchObject([{ atMs: 200, cause: started }]);
  });
});

describe('the name that a line gives to what it makes', () => {
  it.each([
    ['const breaker = circuitBreaker(handleAll, {', 'breaker'],
    ['export const bank: CircuitBreakerPolicy = circuitBreaker(handleAll, {', 'bank'],
    ['this.bank = circuitBreaker(', 'bank'],
    ['  #bank = circuitBreaker(', 'bank'],
    ['  bank: circuitBreaker(handleAll, options),', 'bank'],
    ['const policies = { bank: retry(handleAll, {}) };', 'bank'],
    ['return circuitBreaker(handleAll, { halfOpenAfter: 5 });', undefined],
    ['if (a === b) circuitBreaker(handleAll, o);', undefined],
    ['make(() => circuitBreaker(handleAll, o));', undefined],
  ])('is read from %s', (line, name) => {
    expect(nameInSource(line)).toBe(name);
  });
});
