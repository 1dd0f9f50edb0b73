import { sleep } from 'eventarium';
import { Svix } from 'svix';

const svix = new Svix('testsk_playground');
await svix.application.create({ name: 'Оплата', uid: 'payments' });

const endpoints = [
  { uid: 'shop', url: 'http://shop:3000/hooks' },
  { uid: 'accounting', url: 'http://accounting:3001/hooks', filterTypes: ['payment.received'] },
  { uid: 'old-site', url: 'http://old-site:3002/hooks' },
  { uid: 'warehouse', url: 'http://warehouse:3003/hooks', filterTypes: ['payment.received'] },
];
for (const endpoint of endpoints) await svix.endpoint.create('payments', endpoint);

// A payment an hour; every fourth one is turned down by the bank.
for (let n = 1; n <= 30; n++) {
  const eventType = n % 4 === 0 ? 'payment.declined' : 'payment.received';
  await svix.message.create('payments', {
    eventType,
    eventId: `payment-${n}`,
    payload: { payment: n, total: n * 100 },
  });
  await sleep(3_600_000);
}
