import { describe, expect, it } from 'vitest';
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
});
