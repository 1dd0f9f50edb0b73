import { sleep } from 'eventarium';
import { Svix } from 'svix';

const svix = new Svix('testsk_playground');
await svix.application.getOrCreate({ name: 'Оплата', uid: 'payments' });

const endpoints = [
  { uid: 'shop', url: 'http://shop:3000/hooks' },
  { uid: 'accounting', url: 'http://accounting:3001/hooks', filterTypes: ['payment.received'] },
  { uid: 'old-site', url: 'http://old-site:3002/hooks' },
  { uid: 'warehouse', url: 'http://warehouse:3003/hooks', filterTypes: ['payment.received'] },
];
for (const endpoint of endpoints) await svix.endpoint.create('payments', endpoint, { idempotencyKey: endpoint.uid });

// A payment an hour; every fourth one is turned down by the bank. What it has sent before it was started anew is refused with 409.
for (let n = 1; n <= 30; n++) {
  const eventType = n % 4 === 0 ? 'payment.declined' : 'payment.received';
  const payment = { eventType, eventId: `payment-${n}`, payload: { payment: n, total: n * 100 } };
  try {
    await svix.message.create('payments', payment);
    await sleep(3_600_000);
  } catch (error) {
    if (error.code !== 409) throw error;
  }
}
