import { sleep } from 'eventarium';
import { Svix } from 'svix';
import { secret } from './keys';

const svix = new Svix('testsk_playground');
await svix.application.getOrCreate({ name: 'Оплата', uid: 'payments' });
await create({ url: 'http://shop:3000/hooks', secret });

/** With an idempotency key: once, however often this file is started. */
async function create(endpoint: { url: string; secret?: string; filterTypes?: string[] }) {
  await svix.endpoint.create('payments', endpoint, { idempotencyKey: endpoint.url });
}

// Whoever has an account may enter any address: the sender's policy decides where it really goes.
const entered = ['169.254.169.254/latest/meta-data', '127.0.0.1:9000/admin', '2130706433:9000/admin', '10.0.0.7/'];
for (const host of entered) await create({ url: `http://${host}`, filterTypes: ['payment.refunded'] });

async function tell(eventType: string, payment: number) {
  const payload = { payment, total: 500 };
  await svix.message.create('payments', { eventType, payload }, { idempotencyKey: `${eventType} ${payment}` });
}

for (let payment = 1; payment <= 3; payment++) {
  await tell('payment.received', payment);
  await sleep(5_000);
}
await sleep(400_000);
await tell('payment.refunded', 1);
